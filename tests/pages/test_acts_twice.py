"""Every act that is not a form, clicked twice at once and once more: what it adds is there once.

Some acts carry a key; the others are kept from adding twice by what they check. Which files write at all is counted,
so that an act of a new file has to be put here.
"""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.export import export
from data_loaders.load import KINDS, Asked, File, Outcome, Reading
from data_loaders.mapping.file_map import FileMap
from data_loaders.mapping.looked import ColumnSeen, Looked
from portal import clock
from portal.commands.coalitions.coalitions import Plan
from portal.commands.once import new_key
from portal.db.engine import reading
from portal.db.models import AgendaItem, Challenge, ChallengeGroup, ChallengeGroupMember, ImportRun, Project, User
from portal.pages import linking, same_question
from portal.pages.account.page import changed_password
from portal.pages.coalitions import editing
from portal.pages.first_steps import closed
from portal.pages.imports import lists as imports_lists
from portal.pages.imports import view as imports_view
from portal.pages.imports.view import looked_into
from portal.pages.management import Ids as ManagementIds
from portal.pages.management import archive, learning, synonyms, users
from portal.pages.partner import starting
from portal.pages.round import editing as round_acts
from portal.pages.steering import acting, asks, editing_order, feed, minutes, view
from portal.pages.steering.editing_order import Order
from portal.pages.subject import acts as subject_acts
from portal.pages.subject.acts import Parts
from portal.permissions import Viewer
from portal.queries.coalitions.participations import partners_to_ask
from portal.queries.inventory.editable import projects_to_link
from portal.queries.inventory.learning import proposals
from portal.queries.inventory.same_question import own_questions
from portal.queries.inventory.starting import first_questions
from portal.vocabulary import Phase, ProjectScope, SameQuestion
from tests.pages.test_twice import counts
from tests.test_two_at_once import at_once
from tests.visitors import Portal

pytestmark = pytest.mark.both_databases

Act = Callable[[], Any]
ROOT = Path(__file__).parents[2] / "portal/pages"
FORMS = {"editing/posting.py", "editing/saving.py", "outcome.py"}  # the last is how acts write


def subject_of(session: Session) -> tuple[ChallengeGroup, list[int]]:
    """The one with most challenges, so that it can be split."""
    found = session.execute(select(ChallengeGroupMember.challenge_group_id, ChallengeGroupMember.challenge_id))
    members: dict[int, list[int]] = {}
    for group_id, challenge_id in found:
        members.setdefault(group_id, []).append(challenge_id)
    largest = max(members, key=lambda one: len(members[one]))
    return session.get_one(ChallengeGroup, largest), sorted(members[largest])


def start_a_coalition(session: Session, by: Viewer) -> Act:
    group, _ = subject_of(session)
    plan = Plan("Samen onderweg", frozenset(), ("wervik", "menen"))
    return lambda: subject_acts.start(by, subject_acts.Seen(group.id, group.version), plan)


def split_a_subject(session: Session, by: Viewer) -> Act:
    group, members = subject_of(session)
    wanted = subject_acts.Wanted("Kaarten", frozenset(members[:2]), "Apart")
    return lambda: subject_acts.decide(by, Parts.SPLIT, subject_acts.Seen(group.id, group.version), wanted)


def confirm_unchanged(session: Session, by: Viewer) -> Act:
    found = select(Project).where(Project.phase == Phase.EXECUTION, Project.archived_at.is_(None))
    row = session.scalars(found.order_by(Project.code)).first()
    assert row
    seen = round_acts.Seen(row.id, row.version, new_key())
    return lambda: round_acts.confirm(by, seen)


def put_on_the_agenda(session: Session, by: Viewer) -> Act:
    seen = asks.known(by, "")
    sent = f"{editing_order.spot(seen.proposals[0])} {new_key()}"
    return lambda: editing_order.put(by, asks.known(by, ""), sent)


def drop_from_the_agenda(session: Session, by: Viewer) -> Act:
    put_on_the_agenda(session, by)()
    added = max(asks.known(by, "").agenda, key=lambda item: item.position)
    with reading() as now:
        item = now.scalars(select(AgendaItem).order_by(AgendaItem.id.desc())).first()
        assert item
        assert item.title == added.title
        pressed = {"type": Order.DROP.value, "item": f"{item.id}:{item.version}"}
    return lambda: editing_order.act(by, pressed)


def make_an_address(_: Session, by: Viewer) -> Act:
    return lambda: feed.do(by, feed.Act.MAKE)


def revoke_no_address(_: Session, by: Viewer) -> Act:
    return lambda: feed.do(by, feed.Act.REVOKE)


def decide_at_a_point(_: Session, by: Viewer) -> Act:
    return at_a_point(by, "decide", {"decision": "Het mag", "outcome": "goedgekeurd"})


def promise_at_a_point(_: Session, by: Viewer) -> Act:
    return at_a_point(by, "promise", {"action": "Bellen", "owner": "menen", "due": ""})


def postpone_a_point(_: Session, by: Viewer) -> Act:
    return at_a_point(by, "postpone", {"why": "Later"})


def at_a_point(by: Viewer, act: str, typed: dict[str, str]) -> Act:
    seen = asks.known(by, "")
    item = seen.agenda[0]
    sent = f"{seen.id}:{item.id}:{item.version} {new_key()}"
    return lambda: acting.do(by, {"act": act, "row": ""}, sent, typed)


def freeze(session: Session, by: Viewer) -> Act:
    spot = view.spot(asks.known(by, ""))
    return lambda: view.freeze(by, spot, clock.today().isoformat())


def approve_the_report(session: Session, by: Viewer) -> Act:
    spot = view.spot(asks.known(by, "vergadering=stuurgroep-6"))
    return lambda: minutes.approve(by, spot)


def invite_partners(session: Session, by: Viewer) -> Act:
    found = select(Project).where(Project.scope == ProjectScope.REGIONAL, Project.phase == Phase.EXECUTION)
    for project in session.scalars(found.order_by(Project.code)):
        if waiting := partners_to_ask(session, by, project.code):
            return lambda: editing.invite(by, project.code, [waiting[0][0]], waiting)
    raise AssertionError("everybody was asked")


def link(session: Session, by: Viewer) -> Act:
    code = session.scalars(select(Challenge.code).order_by(Challenge.code)).first()
    assert code
    (other, *_) = projects_to_link(session, by, code).offered[0]
    return lambda: linking.change(by, linking.Place("challenge", code), other, unlink=False)


def bring_in_a_file(session: Session, by: Viewer) -> Act:
    kind = KINDS["inventory"]
    book = openpyxl.load_workbook(BytesIO(export(kind, session, by, empty=False)))
    sheet = book["Uitdagingen"]
    names = [cell.value for cell in sheet[1]]
    row = dict(zip(names, [cell.value for cell in sheet[2]], strict=True)) | {
        "code": "U-NIEUW-1",
        "titel": "Nog niet gemeld",
    }
    sheet.append([None if name == "versie" else row[name] for name in names])
    target = BytesIO()
    book.save(target)
    file = File("nieuw.xlsx", target.getvalue())
    outcome = looked_into(by, kind, file, Asked())
    agreed = imports_view.agreed(outcome)
    assert agreed, outcome.problems
    return lambda: looked_into(by, kind, file, Asked(), agreed)


def keep_how_a_file_was_explained(session: Session, by: Viewer) -> Act:
    mapped = FileMap.read({"bladen": [{"blad": "Lijst", "is": "Projecten", "kolommen": {"Naam": "titel"}}]})
    looked = Looked(mapped, (), (ColumnSeen("Lijst", "Naam", "titel", ""),), (), (), {}, {})
    outcome = Outcome(written=1, reading=Reading(looked=looked))
    return lambda: imports_lists.keep_explained(by, KINDS["inventory"], File("lijst.xlsx", b""), outcome)


def take_back_a_load(session: Session, by: Viewer) -> Act:
    bring_in_a_file(session, by)()
    with reading() as now:
        run = now.scalars(select(ImportRun.id).order_by(ImportRun.id.desc())).first()
    return lambda: imports_view.taken_back(by, run)


def take_back_a_file(session: Session, by: Viewer) -> Act:
    bring_in_a_file(session, by)()
    with reading() as now:
        run = now.scalars(select(ImportRun.id).order_by(ImportRun.id.desc())).first()
    assert run
    return lambda: archive.take_back(by, run)


def invite_somebody(session: Session, by: Viewer) -> Act:
    wanted = users.Wanted("stuurgroep", [], [])
    return lambda: users.invited(by, "an.peeters@voorbeeld.example", "An Peeters", wanted)


def invite_anew(session: Session, by: Viewer) -> Act:
    person = session.scalars(select(User).where(User.id != by.user_id).order_by(User.id)).first()
    assert person
    who = {"id": person.id, "version": person.version, "active": True}
    return lambda: users.do(by, ManagementIds.RENEW, who, users.Wanted("", [], []))


def keep_a_word(session: Session, by: Viewer) -> Act:
    return lambda: synonyms.keep(by, "kastje", "server", {})


def learn_a_word(session: Session, by: Viewer) -> Act:
    first = proposals(session, by)[0]
    return lambda: learning.accept(by, first.term, first.meaning)


def say_it_is_the_same(session: Session, by: Viewer) -> Act:
    alike = next(one for one in own_questions(session, by, "wervik") if one.origin is SameQuestion.ALIKE)
    said = (alike.code, alike.same[0].code, SameQuestion.CONFIRMED, SameQuestion.ALIKE)
    return lambda: same_question.say(by, *said)


def have_it_too(session: Session, by: Viewer) -> Act:
    like = first_questions(session, by, "spiere-helkijn")[0].code
    return lambda: starting.adopt(by, "spiere-helkijn", like)


def bring_back(session: Session, by: Viewer) -> Act:
    row = session.scalars(select(Challenge.id).order_by(Challenge.id)).first()
    return lambda: archive.restored(by, f"challenge.{row}")


def change_the_password(session: Session, by: Viewer) -> Act:
    app = current_app._get_current_object()  # type: ignore[attr-defined] # each click is a request of its own

    def act() -> Any:
        with app.test_request_context("/account"):
            return changed_password(by, "niet het huidige", "een heel ander wachtwoord")

    return act


def close_the_first_steps(session: Session, by: Viewer) -> Act:
    return lambda: closed(by)


ACTS: Mapping[str, tuple[Callable[[Session, Viewer], Act], dict[str, int]]] = {
    # with a key
    "round/editing.py": (confirm_unchanged, {"progress_report": 1}),
    "steering/editing_order.py propose": (put_on_the_agenda, {"agenda_item": 1}),
    "steering/acting.py decide": (decide_at_a_point, {"decision": 1}),
    "steering/acting.py promise": (promise_at_a_point, {"action": 1}),
    "steering/acting.py postpone": (postpone_a_point, {"agenda_item": 1, "agenda_move": 1}),
    "imports/view.py": (bring_in_a_file, {"challenge": 1, "import_run": 1}),
    "imports/view.py undo": (take_back_a_load, {"challenge": -1}),
    "imports/lists.py": (keep_how_a_file_was_explained, {"remembered_list": 1}),
    # kept by what is checked: a version, a state, a title, an address that may stand once
    "subject/acts.py": (start_a_coalition, {"project": 1, "participation": 2}),
    "subject/acts.py split": (split_a_subject, {"challenge_group": 1}),
    "steering/editing_order.py drop": (drop_from_the_agenda, {"agenda_item": 0}),
    "steering/feed.py": (make_an_address, {"calendar_address": 1}),
    "steering/feed.py revoke": (revoke_no_address, {"calendar_address": 0, "audit": 0}),
    "steering/view.py": (freeze, {"meeting": 0}),
    "steering/minutes.py": (approve_the_report, {"meeting": 0, "audit": 1}),
    "coalitions/editing.py": (invite_partners, {"audit": 1}),
    "linking.py": (link, {"project_challenge": 1}),
    "management/users.py": (invite_somebody, {"user_account": 1}),
    "management/users.py anew": (invite_anew, {"user_account": 0}),
    "management/synonyms.py": (keep_a_word, {"synonym": 1}),
    "management/learning.py": (learn_a_word, {"synonym": 1}),
    "same_question.py": (say_it_is_the_same, {"challenge_apart": 0, "audit": 3}),
    "partner/starting.py": (have_it_too, {"challenge": 1}),
    "management/archive.py": (bring_back, {"challenge": 0}),
    "management/archive.py undo": (take_back_a_file, {"challenge": -1}),
    "first_steps.py": (close_the_first_steps, {"user_account": 0, "audit": 1}),
    "account/page.py": (change_the_password, {"user_account": 0}),
}
AT_A_POINT = {name for name in ACTS if name.startswith("steering/acting.py")}
KEYED = {"round/editing.py", "steering/editing_order.py propose", "imports/view.py"} | AT_A_POINT


def test_every_file_that_writes_is_tried():
    writing = re.compile(r"\battempt\(|\bwriting\(")
    found = {str(path.relative_to(ROOT)) for path in ROOT.rglob("*.py") if writing.search(path.read_text())}
    assert found == FORMS | {name.partition(" ")[0] for name in ACTS}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_that_comes_twice_at_once_and_once_more_adds_once(own_portal: Portal, name: str):
    make, adds = ACTS[name]
    with own_portal.as_account("beheerder") as by:
        with reading() as session:
            act = make(session, by)
        stood = counts(own_portal)
        told = [*at_once([act] * 2), act()]
    after = counts(own_portal)
    assert {table: after[table] - stood[table] for table in adds} == adds, told
    assert name not in KEYED or {getattr(one, "said", "") for one in told[:2]} == {getattr(told[2], "said", "")}
