"""Whatever a command accepts in a field of any table is shown by every page to every role, and comes back from a file.

Each example writes values of every kind into rows of every table of the demo: through the commands, so a rule that lets
something in lets it in here. What is refused stays as it was.
"""

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date, time
from decimal import Decimal
from functools import partial
from http import HTTPStatus
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from data_loaders.load import KINDS
from portal import clock, entities
from portal.auth.callbacks import CLIENTSIDE, RIGHTS
from portal.commands.base import Refused
from portal.commands.coalitions.endorsements import change_endorsement
from portal.commands.coalitions.participations import answer_participation
from portal.commands.inventory.projects import report_progress
from portal.commands.meetings.agreed import take_decision
from portal.commands.meetings.meetings import add_note, change_meeting
from portal.commands.money import change_grant, change_grant_condition
from portal.commands.results import change_deliverable, tick_partner
from portal.commands.tables import ACTS
from portal.db import models as m
from portal.db.engine import reading, writing
from portal.entities.coalitions import PARTICIPATION
from portal.entities.fields import Entity, Field
from portal.entities.inventory import CHALLENGE, PROJECT
from portal.pages.downloads import offered
from portal.pages.editing import view
from portal.pages.editing.kinds import editables
from portal.pages.editing.places import Mode
from portal.permissions import GRANTS, Role, RowNotFound, Viewer
from portal.values import Day, Euro, Https, Kind, Line, Number, Prose, Ref, Share, TimeOfDay, Whole, Words, YesNo
from portal.vocabulary import MeetingState
from tests.data_loaders.test_round_trip import untouched
from tests.databases import undone
from tests.test_access import ROLE_OF
from tests.visitors import ACCOUNTS, Portal, fitting

ALL = os.environ.get("PORTAL_ALL_WALKS") == "1"
COORDINATOR = Viewer(Role.COORDINATOR)
# by day those that differ most
ACCOUNTS_TRIED = tuple(ACCOUNTS) if ALL else ("coordinator", "burgemeester")
MOST_TRIED, ROWS = 60, 6  # of each table: each gets other values in other fields
SIGNS = (
    *("=1+1", "+32 56", "-5", "@iedereen", "'=1", "_x0041_", "1.234", "WAAR", "#REF!", "31/12/2026", "€ 5", "%", "\\"),
    *(
        "<b>vet</b> & <script>",
        "{accolade} {0}",
        "[link](javascript:x)",
        "e\u0301e\u0301n 👩‍👩‍👧",
        "\u202eachterstevoren",
    ),
    *("a\u00a0b\u2009c", "nul\u200bbreed", " spaties ervoor en erna ", "a\tb", "a" * 300, "w" * 299 + "é", "bom\ufeff"),
)
# what a drawing, a sheet or an address may take for its own, in one: the few examples of a day have it in every text
MIXED = "<b>vet</b> & {accolade} {0} %s 100 % [link](javascript:x) \\ 'x' \"y\" 👩‍👩‍👧 e\u0301"
EVERY_SO_MANY = 3
LINES = ("een\ntwee", "een\r\ntwee", "een\rtwee", "een\n\n\nvier\n", "\n- punt\n- punt", "a\u2028b", "a\x85b")
ODD = ("a\x0bb", "a\x08b", "a\x1fb", "a\ufffeb", "a\ud800b", "a\x7fb")
DAYS = (date(2024, 2, 29), date(1, 1, 1), date.max)
AMOUNTS = (Decimal(0), Decimal("0.01"), Decimal("-0.01"), Decimal("1234.5"), Decimal("0.001"))
TEXTS = st.text(max_size=80)


def texts(longest: int) -> list[Any]:
    return [*SIGNS, *LINES, *ODD, "x" * longest, "é\n" * (longest // 2), ""]


LIMITS: dict[type[Kind], Callable[[Any], list[Any]]] = {
    Line: lambda kind: texts(kind.most),
    Prose: lambda kind: texts(kind.most),
    Https: lambda kind: [
        *texts(kind.most),
        "https://leiedal.be/stuk",
        "http://leiedal.be",
        "https://leiedal.be/" + "x" * 481,
    ],
    Day: lambda kind: [*DAYS, date(kind.first, 1, 1), date(kind.last, 12, 31), clock.today()],
    Share: lambda kind: [Decimal(one) for one in ("0", "0.005", "0.01", "0.9999", "1", "1.0001")],
    Euro: lambda kind: [*AMOUNTS, Decimal(kind.most), -Decimal(kind.most), Decimal(kind.most) + 1],
    Number: lambda kind: [*AMOUNTS, Decimal(kind.most), -Decimal(kind.most), Decimal(kind.most) + 1],
    Whole: lambda kind: [int(kind.least or 0), int(kind.most), int(kind.most) + 1, -1, 7],
    Words: lambda kind: [code for code, _ in kind.options],
    YesNo: lambda kind: [True, False],
    TimeOfDay: lambda kind: [time(0), time(23, 59), time(9, 5, 1)],
}


def edges(field: Field) -> list[Any]:
    """The values at the limits of a field's kind, also some just beyond; and nothing."""
    return [*LIMITS[type(field.kind)](field.kind), None]


def every_entity() -> list[Entity]:
    modules = [import_module(f"{entities.__name__}.{one.name}") for one in iter_modules(entities.__path__)]
    return [one for module in modules for one in vars(module).values() if isinstance(one, Entity)]


Change = Callable[[Session, Any, Mapping[str, Any]], object]


def by_row(command: Callable[..., object]) -> Change:
    return lambda session, row, values: command(session, COORDINATOR, row.id, row.version, values)


def _answered(session: Session, row: m.Participation, values: Mapping[str, Any]) -> object:
    named = {"row_id": row.id, "version": row.version}
    return answer_participation(session, COORDINATOR, **named, values=values)


def _reported(session: Session, row: m.ProgressReport, values: Mapping[str, Any]) -> object:
    project = session.get_one(m.Project, row.project_id)
    return report_progress(session, COORDINATOR, project_id=project.id, version=project.version, values=values)


def _ticked(session: Session, row: m.DeliverablePartner, values: Mapping[str, Any]) -> object:
    partner = session.get_one(m.Partner, row.partner_id)
    named = {"deliverable_id": row.deliverable_id, "partner": partner.slug, "seen": row.reached_on}
    return tick_partner(session, COORDINATOR, **named, reached_on=values["reached_on"])


def _decided(session: Session, row: m.Decision, values: Mapping[str, Any]) -> object:
    """Anew, at the meeting to come: what a meeting that is past decided stays."""
    coming = select(m.Meeting.id).where(m.Meeting.state != MeetingState.FROZEN).order_by(m.Meeting.planned_on)
    meeting_id = session.scalars(coming).first()
    assert meeting_id
    return take_decision(session, COORDINATOR, meeting_id=meeting_id, values={"text": row.text} | dict(values))


BY_HAND: dict[type[Any], Change] = {
    m.Grant: by_row(change_grant),
    m.GrantCondition: by_row(change_grant_condition),
    m.Deliverable: by_row(change_deliverable),
    m.Endorsement: by_row(change_endorsement),
    m.Meeting: by_row(change_meeting),
    m.Participation: _answered,
    m.Decision: _decided,
    m.ProgressReport: _reported,
    m.DeliverablePartner: _ticked,
    m.MeetingNote: lambda s, row, values: add_note(s, COORDINATOR, meeting_id=row.meeting_id, text=values["text"]),
}


def change_of(entity: Entity) -> Change:
    acts = ACTS.get(entity.model.__tablename__)
    return BY_HAND.get(entity.model) or by_row(acts.change if acts else None)  # type: ignore[arg-type]


Opened = Callable[[], AbstractContextManager[Session]]
"""Where one command is done: what it raises undoes it."""


def within(session: Session) -> Opened:
    @contextmanager
    def opened() -> Iterator[Session]:
        with session.begin_nested():
            yield session

    return opened


def tried(opened: Opened, entity: Entity, row_id: int, values: Mapping[str, Any]) -> bool:
    """Whether it was accepted; what is refused leaves nothing."""
    try:
        with opened() as session:
            row = session.get_one(entity.model, row_id, populate_existing=True)
            change_of(entity)(session, row, values)
    except (Refused, RowNotFound):
        return False
    return True


def rows_of(session: Session, entity: Entity) -> list[int]:
    """The newest: what is of a meeting that is past may not change."""
    there = select(entity.model.id).order_by(entity.model.id.desc())
    if hasattr(entity.model, "archived_at"):
        there = there.where(entity.model.archived_at.is_(None))
    return list(session.scalars(there.limit(MOST_TRIED)))


def written(opened: Opened, turn: int, drawn: list[str]) -> Iterator[tuple[str, str]]:
    """Writes the values of this turn in each table; (table, key) of what was accepted."""
    for entity in every_entity():
        typed = list(enumerate(pair for pair in entity.shape.fields.items() if not isinstance(pair[1].kind, Ref)))
        with opened() as session:
            there = rows_of(session, entity)
        kept = 0
        for place, row_id in enumerate(there):
            values = {key: value_of(field, turn + place + number * ROWS, drawn) for number, (key, field) in typed}
            together = tried(opened, entity, row_id, values)
            accepted = [key for key in values if together or tried(opened, entity, row_id, {key: values[key]})]
            yield from ((entity.model.__tablename__, key) for key in accepted)
            kept += bool(accepted)
            if kept == ROWS:
                break


def value_of(field: Field, place: int, drawn: list[str]) -> Any:
    if isinstance(field.kind, Line | Prose) and place % EVERY_SO_MANY == 0:
        return MIXED
    known = [*edges(field), *(drawn if isinstance(field.kind, Prose) else ())]
    return known[place % len(known)]


def examples(test: Callable[..., None]) -> Callable[..., None]:
    """By day one, the same each time: what is at the limits stands in its rows."""
    by_day: dict[str, Any] = {"max_examples": 1, "derandomize": True, "phases": [Phase.generate], "database": None}
    return settings(**({"max_examples": 20} if ALL else by_day))(test)


def test_every_table_that_people_edit_is_tried():
    assert all(change_of(entity) for entity in every_entity())
    assert {entity.model.__tablename__ for entity in every_entity()} >= set(ACTS)


def test_whatever_is_accepted_comes_back_from_its_export_as_it_was(demo_engine: Engine):
    seen: set[tuple[str, str]] = set()

    @examples
    @given(turn=st.integers(0, 200), drawn=st.lists(TEXTS, min_size=4, max_size=8))
    def holds(turn: int, drawn: list[str]) -> None:
        with undone(demo_engine) as session:
            seen.update(written(within(session), turn, drawn))
            for kind in KINDS.values():
                untouched(session, kind)

    holds()
    assert {table for table, _ in seen} >= set(ACTS)


def drawn_for(portal: Portal, account: str, codes: Mapping[str, str]) -> Iterator[str]:
    """What goes wrong where everything is drawn that this account may open: pages, their callbacks, grids, forms and
    downloads."""
    role = GRANTS[ROLE_OF[account]]
    for output, right in RIGHTS.items():
        if right in role and output not in CLIENTSIDE:
            inputs, state = fitting(portal.app, output)
            word = codes.get(output.strip(".").split("-")[0], "")
            answer = portal.call(account, output, [word if one == "" else one for one in inputs], state)
            if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                yield f"{account}: {output}"
    for name in offered():
        word = codes.get(name.split("/")[0], "")
        answer = portal.visitor(account).get(f"/download/{name}.xlsx?gemeente={word}&code={word}")
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            yield f"{account}: {name}.xlsx"
    with portal.as_account(account) as viewer:
        for name in editables():
            view.body(viewer, name, "", Mode.GRID)
            for of in codes.values():
                view.body(viewer, name, of, Mode.CHANGE)


def of_each(session: Session) -> dict[str, str]:
    """For the page of one row, a row in which this example wrote."""
    found = {
        entity.model: session.get_one(entity.model, rows_of(session, entity)[0])
        for entity in (CHALLENGE, PROJECT, PARTICIPATION)
    }
    partner = session.get_one(m.Partner, found[m.Participation].partner_id)
    return {"challenge": found[m.Challenge].code, "project": found[m.Project].code, "partner": partner.slug}


def test_whatever_is_accepted_is_drawn_on_every_page_for_every_role(
    own_portal: Portal, caplog: pytest.LogCaptureFixture
):
    @examples
    @given(turn=st.integers(0, 200), drawn=st.lists(TEXTS, min_size=4, max_size=8))
    def holds(turn: int, drawn: list[str]) -> None:
        assert [*written(partial(writing, own_portal.engine), turn, drawn)]
        with reading(own_portal.engine) as session:
            codes = of_each(session)
        caplog.clear()
        wrong = [one for account in ACCOUNTS_TRIED for one in drawn_for(own_portal, account, codes)]
        faults = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
        assert (wrong, faults) == ([], [])  # a callback that broke says so in the page and the log, and answers 200

    holds()
