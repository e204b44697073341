"""Everything that somebody can read: each page and callback, each download and pack, mail and command line."""

import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from typing import Any

import pandas as pd
from click.testing import CliRunner
from plotly.utils import PlotlyJSONEncoder
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from data_loaders.export import export
from data_loaders.load import kinds_for
from portal.auth.callbacks import DASHS_OWN, RIGHTS
from portal.cli import main
from portal.db.engine import reading
from portal.exports.workbook import Rows
from portal.pages import PAGES, Page
from portal.pages.downloads import offered
from portal.pages.editing import view
from portal.pages.editing.kinds import editables
from portal.pages.editing.places import Mode
from portal.pages.steering_pack import ENDINGS
from portal.permissions import GRANTS, PermissionDenied, RowNotFound, Viewer
from portal.queries.inventory.subjects import subject_titles
from portal.queries.meetings.changes import pack_for
from portal.queries.meetings.meetings import notes_of, report_of
from portal.queries.meetings.rounds import mailing
from portal.queries.trace.history import BELONGING, archived_rows, history_of
from portal.queries.trace.search import TraceFilter, trace_rows
from portal.vocabulary import MeetingBody, ReminderKind
from tests.visitors import Portal

ACTS = re.compile(r"n_clicks|cellRendererData|contents|clickData|edit-(sent|posted|switch|field)|-part-|currentUser")
(LAYOUT,) = DASHS_OWN
ASKED = {"startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {}}
SOUGHT = (
    "blijft liggen",
    "in kaart",
    "elke gemeente een",
)  # of titles of the story, and not the words that betray them
Read = Iterator[tuple[str, str]]
"""Where, and what it says there."""


@dataclass(frozen=True)
class Places:
    """Which pages are opened: of these rows by code, partners, subjects, and steering groups by their query."""

    challenges: Sequence[str]
    projects: Sequence[str]
    results: Sequence[str]
    partners: Sequence[str]
    subjects: Sequence[int]
    meetings: Sequence[str]
    ids: Mapping[str, Sequence[int]]  # by table, of what has a history

    def of(self, component: str) -> Sequence[Any]:
        """What the stores of a page can hold."""
        held: Mapping[str, Sequence[Any]] = {
            "challenge": self.challenges,
            "project": self.projects,
            "result": self.results,
            "partner": self.partners,
            "subject": [str(each) for each in self.subjects],
            "steering": self.meetings,
            "inventory": [f"gemeente={partner}" for partner in self.partners],
            "search": [f"q={words}" for words in SOUGHT],
            "find": SOUGHT,
        }
        return held.get(component.partition("-")[0], [""])


# -- in the browser


def shown(portal: Portal, account: str, places: Places) -> Read:
    """What each callback that only reads answers, for every place it may be asked at."""
    for output, given, answer in answers(portal, account, places):
        said = answer.text if answer.status_code == 200 else ""
        yield f"{output} {given}", said.replace(str(given), "") if given else said  # the asker knows what it asked


def answers(portal: Portal, account: str, places: Places) -> Iterator[tuple[str, Any, TestResponse]]:
    """Which callback, asked what, and its answer."""
    viewer = portal.viewer(account)
    for output, right in RIGHTS.items():
        known = portal.app.callback_map.get(output)
        if known is None or right not in GRANTS[viewer.role]:
            continue
        inputs = [f"{part['id']}.{part['property']}" for part in known["inputs"]]
        if any(map(ACTS.search, inputs)):
            continue
        for given in _given(inputs[0], places):
            state = [places.of(part["id"])[0] for part in known["state"]]
            yield output, given, portal.call(account, output, [given, *[None] * (len(inputs) - 1)], state)
    for page in (page for page in PAGES if viewer.may(page.right)):
        yield from _opened(portal, account, page, places)


def _opened(portal: Portal, account: str, page: Page, places: Places) -> Iterator[tuple[str, Any, TestResponse]]:
    """The page itself, which says something above its parts too."""
    for given in places.of(f"{page.name}-"):
        path = re.sub(r"<\w+>", str(given), page.path)
        search = f"?{given}" if given and path == page.path else ""
        yield f"{page.name} {LAYOUT}", given, portal.call(account, LAYOUT, [path, search])


def _given(component: str, places: Places) -> Sequence[Any]:
    if "getRowsRequest" in component:
        return [ASKED]
    if "link-asked" in component:
        pages = (("challenge", places.challenges), ("project", places.projects), ("serving", places.projects))
        pages += (("result", places.results),)
        return [{"page": page, "of": code} for page, codes in pages for code in codes]
    if "edit-asked" in component:
        return []  # `edited` reads them
    if "steering-screen-asked" in component:
        return [f"{place}:{meeting}" for place, meeting in product(range(6), places.meetings[-2:])]
    return places.of(component)


def edited(portal: Portal, account: str, places: Places) -> Read:
    """The rows that this account may edit anywhere, and what the forms and grids offer to choose from."""
    meetings = [meeting.partition("=")[2].partition("&")[0] for meeting in places.meetings]
    abouts = ["", *places.challenges, *places.projects, *places.results, *places.partners, *meetings]
    with portal.as_account(account) as viewer, reading(portal.engine) as session:
        for name, what in editables().items():
            if not viewer.may(what.right):
                continue
            for of in abouts:
                yield f"bewerken {name} {of}", written(what.rows(session, viewer, of))
            for mode in Mode:
                drawn = _or_nothing(lambda: view.body(viewer, name, "", mode))  # noqa: B023 - called at once
                yield f"formulier {name} {mode}", json.dumps(drawn, cls=PlotlyJSONEncoder)


# -- below /download/, in the mail and on the command line


def taken_away(session: Session, viewer: Viewer, places: Places) -> Read:
    """What each download holds, and every workbook for importing."""
    for name, download in offered().items():
        for query in _queries(name, places) if viewer.may(download.right) else ():
            yield f"download {name} {query}", _told(lambda: download.make(session, viewer, query))  # noqa: B023
    for kind in kinds_for(viewer):
        yield f"export {kind.name}", text_of(export(kind, session, viewer))


def _queries(name: str, places: Places) -> Iterator[dict[str, str]]:
    for given in places.of(name.partition("/")[0] + "-"):
        pairs = dict(pair.partition("=")[::2] for pair in given.split("&")) if "=" in given else {}
        yield {"code": given, "gemeente": given} | pairs


def written(rows: Rows) -> str:
    """All that the rows hold, whether a column shows it or not."""
    return rows.to_csv() if isinstance(rows, pd.DataFrame) else str(list(rows))


def _told(ask: Callable[[], Any]) -> str:
    made = _or_nothing(ask)
    if not made:
        return ""
    about, tables = made
    return "\n".join([str(about), *(f"{table.name}\n{written(table.rows)}" for table in tables)])


def met(session: Session, viewer: Viewer, numbers: Sequence[int], audience: MeetingBody) -> Read:
    """Each meeting's report and notes, and the packs of the second: whole as a workbook, and as slides for a body."""
    for number in numbers:
        kept = _or_nothing(lambda: report_of(session, viewer, MeetingBody.STEERING, number))  # noqa: B023
        yield f"verslag {number}", kept.to_json() if kept else ""
        notes = _or_nothing(lambda: notes_of(session, viewer, MeetingBody.STEERING, number))  # noqa: B023
        yield f"nota's {number}", "" if notes is None else written(notes)
    yield "pakket", _packed(session, viewer, numbers[1], None, "xlsx")
    yield f"dia's {audience}", _packed(session, viewer, numbers[1], audience, "pptx")
    yield f"verslag voor {audience}", _packed(session, viewer, numbers[1], audience, "docx")


def _packed(session: Session, viewer: Viewer, number: int, asked: MeetingBody | None, ending: str) -> str:
    found = _or_nothing(lambda: pack_for(session, viewer, MeetingBody.STEERING, number, asked))
    return text_of(ENDINGS[ending][1](found)) if found else ""


def remembered(session: Session, viewer: Viewer, places: Places) -> Read:
    """The trace, as far as it is anybody's, and the column 'onderwerp'."""
    for entity, ids in places.ids.items():
        for row_id in ids if entity in BELONGING else ():
            lines = _or_nothing(lambda: history_of(session, viewer, entity, row_id))  # noqa: B023
            yield f"historiek {entity} {row_id}", "" if lines is None else written(lines)
    yield "onderwerpen", json.dumps(list(subject_titles(session, viewer).values()))
    for name, ask in (("archief", archived_rows), ("spoor", lambda *who: trace_rows(*who, TraceFilter()))):
        rows = _or_nothing(lambda: ask(session, viewer))  # noqa: B023
        yield name, "" if rows is None else written(rows)


def mailed(session: Session) -> Iterator[tuple[str, str, str]]:
    """To whom, which mail, and what it names."""
    for kind in ReminderKind:
        found = mailing(session, Viewer.system(), kind)
        for letter in found.letters if found else ():
            yield letter.address, kind.value, str(letter)


def typed(*words: object) -> str:
    """What the command line says."""
    done = CliRunner().invoke(main, [str(word) for word in words], prog_name="portal")
    assert done.exit_code == 0, done.output
    return done.output


def text_of(data: bytes) -> str:
    """The text in a workbook or a presentation."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        parts = [packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]*>", " ", " ".join(parts))


def _or_nothing(ask: Callable[[], Any]) -> Any:
    """None where it is refused, as if it were not there."""
    try:
        return ask()
    except (RowNotFound, PermissionDenied):
        return None
