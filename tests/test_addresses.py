"""Whatever names a result leads to its page, by one rule; what was frozen before keeps the addresses it had."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import addresses
from portal.addresses import of_result, of_work
from portal.config import ROOT
from portal.db import models as m
from portal.entities.heard import told
from portal.exports.pack import tables
from portal.pages.agreed import Agreed, agreed_card
from portal.pages.ateliers import cards as ateliers
from portal.pages.ateliers.filters import Choice
from portal.pages.cards import Card
from portal.pages.columns import on_screen, records
from portal.pages.home import cards as home
from portal.permissions import Viewer
from portal.queries.meetings.meetings import agenda_of, live_report
from portal.queries.meetings.open_work import Concern, actions_on, decisions_on
from portal.queries.meetings.state import state_now
from portal.queries.results.deliverables import milestone_rows, urgent_milestones
from portal.queries.results.risks import risk_rows
from portal.queries.search.kinds import Findable
from portal.queries.search.texts import texts
from portal.queries.trace.search import TraceFilter, trace_rows
from portal.snapshots.agreed import open_actions
from portal.snapshots.proposed import About, proposed
from portal.snapshots.radar import Quiet, radar
from portal.snapshots.state import Kind
from portal.vocabulary import AgendaKind, MeetingBody
from tests.makers import make_action, make_agenda_item, make_meeting
from tests.reading import links
from tests.visitors import Portal

LEAD = Viewer.system()
CODE = "I.D-1"
Named = Iterator[tuple[object, str]]
"""The code of a result that is named somewhere, and where that leads."""


def result(session: Session) -> m.Deliverable:
    return session.scalars(select(m.Deliverable).filter_by(code=CODE)).one()


def linked(session: Session, card: Card[Any], wanted: Any) -> Named:
    """The links in a list, as assets/grid.js makes them: of each row that is about a result."""
    rows = records(card.rows(session, LEAD, wanted))
    for look in on_screen(card.columns_of(wanted)):
        params = look.get("cellRendererParams", {})
        if look.get("cellRenderer") != "InsideLink" or look["field"] not in {"title", "of_title"}:
            continue
        for row in rows:
            if not row.get("project_code"):
                code = row["of_code"] if "of_code" in row else row["code"]
                yield code, f"{params['path']}{row[params['codeField']]}"


def in_lists(session: Session) -> Named:
    yield from linked(session, ateliers.RESULTS, Choice())
    yield from linked(session, ateliers.PARTNERS, Choice())
    yield from linked(session, ateliers.STEPS, Choice())
    yield from linked(session, ateliers.URGENT, None)


def found_by_search(session: Session) -> Named:
    results = {row.code: row.href for text in texts(session, LEAD) if (row := text.row).kind is Findable.RESULT}
    yield from results.items()
    for text in texts(session, LEAD):
        if text.row.kind in {Findable.MILESTONE, Findable.RISK} and text.row.where in results:
            yield text.row.where, text.row.href


def heard_by_a_meeting(session: Session) -> Named:
    state, words = state_now(session), told()
    for kind, key in ((Kind.RESULT, "code"), (Kind.MILESTONE, "of_code"), (Kind.RISK, "result_code")):
        for row in state.of(kind).values():
            if row[key] and not row.get("project_code"):
                yield row[key], words[kind].path(row)


def that_fall_silent(session: Session) -> Named:
    now = state_now(session)
    for alert in radar(None, now):
        if alert.kind in {Quiet.RESULT, Quiet.OWNERLESS}:
            yield alert.what.partition(" ")[0], alert.path


def proposed_for_the_agenda(session: Session) -> Named:
    coming = session.scalars(select(m.Meeting).where(m.Meeting.body == MeetingBody.STEERING)).all()[-1]
    for one in proposed(live_report(session, coming), {}):
        if one.about is About.RESULT:
            yield one.code, one.path


def on_the_agenda(session: Session) -> Named:
    meeting = make_meeting(session)
    make_agenda_item(session, meeting, deliverable_id=result(session).id, kind=AgendaKind.DECISION)
    for item in agenda_of(session, meeting.id):
        yield item.about.partition(" ")[0], item.path


def agreed_at_a_meeting(session: Session) -> Named:
    make_action(session, deliverable_id=result(session).id)
    report = live_report(session, make_meeting(session))
    for one in open_actions(report):
        if one.about == CODE:
            yield one.about, one.path


def agreed_elsewhere(session: Session) -> Named:
    """On the pages of an atelier, a partner and a project, and on the first page."""
    make_action(session, deliverable_id=result(session).id)
    for concern in (Concern(results_of="I"), Concern(result=CODE)):
        actions = [one for one in actions_on(session, LEAD, concern) if one.about == CODE]
        decisions = [one for one in decisions_on(session, LEAD, concern) if one.about == CODE]
        card = agreed_card("Wat?", Agreed(decisions, actions, actions[0].met_on), "", [])
        yield CODE, next(link for link in links(card) if link.startswith(addresses.RESULT))
        yield CODE, str(home.promise(actions[0], "wie").href)


def on_the_first_page(session: Session) -> Named:
    for one in urgent_milestones(session, LEAD):
        if one.project_code is None:
            yield one.of_code, str(home._step(one).href)


def among_the_risks(session: Session) -> Named:
    results = set(session.scalars(select(m.Deliverable.code)))
    yield from ((one.of, one.href) for one in risk_rows(session, LEAD) if one.of in results)


def in_the_log(session: Session) -> Named:
    for row in trace_rows(session, LEAD, TraceFilter(entity="deliverable"), size=500):
        yield row.what.removeprefix("resultaat: ").partition(",")[0], row.href


def in_the_pack(session: Session) -> Named:
    coming = session.scalars(select(m.Meeting).where(m.Meeting.body == MeetingBody.STEERING)).all()[-1]
    report = live_report(session, coming)
    silent = next(table for table in tables(report, MeetingBody.STEERING, ()) if table.name == "Stilval")
    assert "path" in [column.key for column in silent.columns]
    yield from ((one.what.partition(" ")[0], one.path) for one in silent.rows if one.kind is Quiet.OWNERLESS)


PLACES = (
    *(in_lists, found_by_search, heard_by_a_meeting, that_fall_silent, proposed_for_the_agenda, on_the_agenda),
    *(agreed_at_a_meeting, agreed_elsewhere, on_the_first_page, among_the_risks, in_the_log, in_the_pack),
)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__.replace("_", " "))
def test_what_names_a_result_leads_to_its_page(demo_session: Session, place: Any):
    codes = set(demo_session.scalars(select(m.Deliverable.code)))
    found = list(place(demo_session))
    assert found
    assert [(code, path) for code, path in found if code not in codes or path != f"/resultaat/{code}"] == []


def test_every_result_is_among_the_lists(demo_session: Session):
    codes = set(demo_session.scalars(select(m.Deliverable.code)))
    for place in (in_lists, found_by_search, heard_by_a_meeting):
        assert {code for code, _ in place(demo_session)} >= codes, place.__name__
    steps = {one.of_code for one in milestone_rows(demo_session, LEAD) if one.project_code is None}
    assert steps <= codes


def test_a_step_or_a_risk_of_a_project_leads_to_the_project():
    assert (of_work("R-05", "R-05"), of_work(None, CODE)) == ("/project/R-05", of_result(CODE))


def test_nobody_but_the_one_rule_writes_the_address_of_a_result():
    written = re.compile(r"/resultaat/|/ateliers\?atelier")
    allowed = {"addresses.py", "pages/__init__.py"}
    folder = ROOT / "portal"
    found = {str(file.relative_to(folder)) for file in folder.rglob("*.py") if written.search(_text(file))}
    assert found == allowed


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def test_the_address_that_frozen_meetings_have_of_an_atelier_still_answers(portal: Portal):
    for account in ("burgemeester", "stuurgroep"):
        assert portal.visitor(account).get("/ateliers?atelier=I").status_code == 200
