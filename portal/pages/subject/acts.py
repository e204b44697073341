"""What is done with a subject: confirmed, split, named, or begun as a coalition."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.commands.coalitions.coalitions import Plan, start_coalition
from portal.commands.inventory import subjects
from portal.components.aria import named
from portal.components.cards import card
from portal.components.editing import button, choice, labelled, line, prose
from portal.db.engine import reading
from portal.pages.given import row_number
from portal.pages.outcome import Told, attempt
from portal.permissions import Permission, RowNotFound, Viewer, require
from portal.queries.coalitions.candidates import Candidate, SubjectChallenge, find_subject
from portal.queries.inventory.subjects import Subject
from portal.queries.reference import Option
from portal.text import plural
from portal.vocabulary import GroupState


class Ids(StrEnum):
    NUMBER = "subject-number"
    HEAD = "subject-head"
    BODY = "subject-body"
    MEMBERS = "subject-members"
    TOGETHER = "subject-together"
    SAID = "subject-said"
    ACTS = "subject-acts"


class Parts(StrEnum):
    """What stands in the forms of who may decide."""

    SEEN = "subject-part-seen"
    TITLE = "subject-part-title"
    TICKED = "subject-part-ticked"
    OTHER = "subject-part-other"
    CONFIRM = "subject-part-confirm"
    SPLIT = "subject-part-split"
    REJECT = "subject-part-reject"
    NAME = "subject-part-name"
    ABOUT = "subject-part-about"
    TYPE = "subject-part-type"
    PARTNERS = "subject-part-partners"
    START = "subject-part-start"


@dataclass(frozen=True, slots=True)
class Seen:
    """A subject, and the version of it that the person saw."""

    group_id: int
    version: int

    @classmethod
    def sent(cls, group: str, version: int) -> "Seen":
        """Raises RowNotFound for what no page of ours sends."""
        return cls(row_number(group), version)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What stands in the form to decide: the title, the ticked challenges, the title of a second subject."""

    title: str
    ticked: frozenset[int]
    other: str


def decide(viewer: Viewer, by: object, seen: Seen, wanted: Wanted) -> Told:
    """`by` is the button: confirm (also to rename), split or reject."""
    acts = {Parts.CONFIRM.value: _confirm, Parts.SPLIT.value: _split, Parts.REJECT.value: _reject}
    if (act := acts.get(str(by))) is None:
        raise RowNotFound(f"act {by}")
    return attempt(lambda session: act(session, viewer, seen, wanted))


def _confirm(session: Session, by: Viewer, seen: Seen, wanted: Wanted) -> Told:
    kept = subjects.confirm_subject(
        session, by, group_id=seen.group_id, version=seen.version, title=wanted.title, challenge_ids=wanted.ticked
    )
    return Told(f"‘{kept.title}’ is bevestigd met {plural(len(wanted.ticked), 'uitdaging', 'uitdagingen')}.")


def _split(session: Session, by: Viewer, seen: Seen, wanted: Wanted) -> Told:
    require(by, Permission.CONFIRM_GROUPS)
    apart = _members(session, by, seen.group_id) - wanted.ticked
    if not apart:
        return Told("Vink eerst af welke uitdagingen apart horen; er is niets gewijzigd.", done=False)
    second = subjects.split_subject(
        session, by, group_id=seen.group_id, version=seen.version, title=wanted.other, challenge_ids=apart
    )
    return Told(f"Gesplitst: ‘{second.title}’ is nu een eigen onderwerp.", href=f"/onderwerp/{second.id}")


def _reject(session: Session, by: Viewer, seen: Seen, _: Wanted) -> Told:
    subjects.reject_subject(session, by, group_id=seen.group_id, version=seen.version)
    return Told("Verworpen: dit wordt niet opnieuw voorgesteld.")


def start(viewer: Viewer, seen: Seen, plan: Plan) -> Told:
    """The project with all the subject's challenges and an invitation for each partner, or nothing at all."""
    require(viewer, Permission.CONFIRM_GROUPS)
    with reading() as session:
        plan = replace(plan, challenge_ids=_members(session, viewer, seen.group_id))

    def act(session: Session) -> Told:
        made = start_coalition(session, viewer, group_id=seen.group_id, version=seen.version, plan=plan)
        asked = plural(len(set(plan.partners)), "partner is", "partners zijn")
        return Told(f"{made.code} {made.title} is gestart; {asked} uitgenodigd.", href=f"/project/{made.code}")

    return attempt(act)


def _members(session: Session, viewer: Viewer, group_id: int) -> frozenset[int]:
    return frozenset(member.id for member in find_subject(session, viewer, str(group_id)).members)


LONGEST_TITLE, LONGEST_TEXT = 300, 4000
SPLIT_HINT = "Vink hierboven af wat apart hoort en geef dat een titel."


def decide_card(subject: Subject, challenges: Sequence[SubjectChallenge]) -> Component:
    """The title, the challenges that belong, and three buttons; `SEEN` is the version these were shown of."""
    confirmed = subject.state is GroupState.CONFIRMED
    ticks = [(one.id, f"{one.partner}: {one.title}") for one in challenges]
    fields = [
        _titled(Parts.TITLE, "Titel van het onderwerp", subject.title),
        _group("Welke uitdagingen horen hierbij?", _ticks(Parts.TICKED, ticks), "field wide ticks long"),
        _titled(Parts.OTHER, "Titel van het tweede onderwerp", "", SPLIT_HINT),
    ]
    ends = [
        button(Parts.CONFIRM, "Bewaar" if confirmed else "Bevestig", main=True),
        button(Parts.SPLIT, "Splits"),
        button(Parts.REJECT, "Verwerp"),
    ]
    return card(
        "Horen deze uitdagingen samen?",
        dcc.Store(id=Parts.SEEN, data=subject.version),
        html.Div(fields, className="form-fields"),
        html.Div(ends, className="edit-choices"),
        sub="Uw besluit wordt onthouden: wat u verwerpt, wordt niet opnieuw voorgesteld.",
        span=6,
    )


def start_card(
    subject: Subject, title: str, candidate: Candidate | None, types: Sequence[Option], partners: Sequence[Option]
) -> Component:
    """A new regional project with the subject's partners already ticked; `title` is for everybody to read."""
    if subject.state is GroupState.REJECTED:
        return html.Div(hidden=True)
    advice = candidate.advice.code if candidate else ""
    kinds = [(option.code, f"{option.code}. {option.label}") for option in types]
    own = [partner.slug for partner in subject.partners]
    fields = [
        _titled(Parts.NAME, "Titel van het traject", title),
        labelled(Parts.TYPE, "Type samenwerking (mag leeg)", choice(Parts.TYPE, advice, kinds, wrong=False), wide=True),
        labelled(Parts.ABOUT, "Omschrijving (mag leeg)", prose(Parts.ABOUT, "", LONGEST_TEXT, wrong=False), wide=True),
        _group("Welke partners nodigt u uit?", _ticks(Parts.PARTNERS, partners, own)),
    ]
    linked = plural(len(subject.members), "uitdaging wordt", "uitdagingen worden")
    return card(
        "Start een coalitie",
        html.Div(fields, className="form-fields"),
        html.Div(button(Parts.START, "Start de coalitie", main=True), className="edit-choices"),
        sub=f"Een nieuw regionaal traject: {linked} gekoppeld en elke gekozen partner krijgt een uitnodiging.",
        span=6,
    )


def _titled(part: Parts, label: str, value: str, hint: str = "") -> Component:
    return labelled(part, label, line(part, value, LONGEST_TITLE, wrong=False), hint, wide=True)


def _group(label: str, ticks: Component, looks: str = "field wide ticks") -> Component:
    heading = html.Span(label, className="label")
    return html.Div([heading, html.Div(ticks, role="group", **named(label))], className=looks)


def _ticks(control_id: str, options: Sequence[tuple[object, str]], ticked: Sequence[object] | None = None) -> Component:
    listed = [{"value": value, "label": label} for value, label in options]
    chosen = [value for value, _ in options] if ticked is None else list(ticked)
    box: Component = dbc.Checklist(id=control_id, options=listed, value=chosen)
    return box
