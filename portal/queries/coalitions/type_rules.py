"""The rule of each type of collaboration, held against each coalition. A finding is a note, never a lock."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import pandas as pd
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.db.models import CollaborationType, Indicator, Participation, Partner, Project
from portal.db.types import bytewise
from portal.likeness.groups import CHALLENGER, COACH, EXPERTS, FRONT_RUNNER
from portal.permissions import RowNotFound, Viewer
from portal.queries.coalitions.coalitions import wanted_ids
from portal.queries.inventory.filters import CoalitionFilter, is_current
from portal.queries.survey.observations import CHANCE_POINTS, Comparison, compared, editions, known, observations
from portal.queries.visible import visible_projects
from portal.text import day, listed, number
from portal.vocabulary import TAKES_PART, ParticipationState, Word

# Who joins, joins with a coach, or joins later wants it deepened. `asked_on` says the reverse: that we asked them.
ASKS = frozenset({ParticipationState.MEMBER, ParticipationState.COACHED, ParticipationState.LATER})
TWO, NAMED = 2, 3
LEAD_UNKNOWN = "Trekker onbekend"


class Verdict(Word):
    FITS = "klopt", "klopt met de regel"
    DEVIATES = "wijkt_af", "wijkt af van de regel"
    OPEN = "open", "nog niet te toetsen"


@dataclass(frozen=True, slots=True)
class Member:
    """A partner with its state now; `expected_on` is when it joins, or stands on its own feet."""

    slug: str
    name: str
    state: ParticipationState
    expected_on: date | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A partner's value on the aspect; equal values share a rank (1 is best). `margin` in points, where known."""

    slug: str
    name: str
    value: float
    rank: int
    margin: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coalition:
    """What a rule looks at. `standings`: who has a value on the aspect, best first."""

    type_code: str | None = None
    members: tuple[Member, ...] = ()
    external_lead: str | None = None
    aspect: str | None = None
    standings: tuple[Placed, ...] = ()
    assignment: str = ""

    @property
    def leads(self) -> tuple[Member, ...]:
        return self.within(frozenset({ParticipationState.LEAD}))

    def within(self, states: frozenset[ParticipationState]) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.state in states)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the rule says of the coalition, in sentences; `doubt` how sure the places are, nothing when they are."""

    verdict: Verdict
    remarks: tuple[str, ...]
    doubt: str = ""


def checked(coalition: Coalition) -> Finding:
    """The coalition against the rule of its type."""
    if coalition.type_code is None:
        return Finding(Verdict.OPEN, ("Er is nog geen type gekozen.",))
    if rule := _RULES.get(coalition.type_code):
        return rule(coalition)
    return Finding(Verdict.OPEN, (f"Voor type {coalition.type_code} is er geen regel om te toetsen.",))


def places(standings: Iterable[Placed]) -> list[tuple[Placed, ...]]:
    """Who shares each place, best first. The second entry is the challenger: the first behind the best."""
    return [tuple(group) for _, group in groupby(standings, key=lambda placed: placed.rank)]


def _challenger(coalition: Coalition) -> Finding:
    """The lead is the second of the region. When several share the first place, the second is who comes after them:
    there is nothing to pull up to from the top."""
    if (lacking := _unmeasured(coalition)) is not None:
        return Finding(Verdict.OPEN, (lacking,))
    ranked = places(coalition.standings)
    if len(ranked) < TWO:
        return Finding(Verdict.OPEN, ("Alle gemeten partners staan gelijk: er is geen tweede.",))
    return _led_by(coalition, ranked, 1)


def _front_runner(coalition: Coalition) -> Finding:
    """The lead is the first of the region, and another partner asks for it."""
    asking = [member.name for member in coalition.within(ASKS)]
    asked = f"{_few(asking)} {_one(asking, 'vraagt', 'vragen')} erom." if asking else "Nog niemand vraagt erom."
    if (lacking := _unmeasured(coalition)) is not None:
        return Finding(Verdict.OPEN, (lacking, asked))
    led = _led_by(coalition, places(coalition.standings), 0)
    verdict = Verdict.OPEN if led.verdict is Verdict.FITS and not asking else led.verdict
    return Finding(verdict, (*led.remarks, asked), led.doubt)


def _coach(coalition: Coalition) -> Finding:
    """There is a coach, there are coached partners, and each has a moment at which it joins on its own."""
    coaches = [lead.name for lead in coalition.leads] or [*filter(None, (coalition.external_lead,))]
    coached = coalition.within(frozenset({ParticipationState.COACHED}))
    names = [member.name for member in coached]
    waiting = [member.name for member in coached if member.expected_on is None]
    days = sorted(member.expected_on for member in coached if member.expected_on)
    first, last = (day(days[0]), day(days[-1])) if days else ("", "")
    remarks = [
        f"{listed(coaches)} {_one(coaches, 'begeleidt', 'begeleiden')}." if coaches else f"{LEAD_UNKNOWN}.",
        f"{_few(names)} {_one(names, 'wordt', 'worden')} begeleid." if names else "Nog niemand wordt begeleid.",
        *([f"Aansluiten op eigen kracht: {first if first == last else f'tussen {first} en {last}'}."] if days else []),
        *([f"Nog zonder moment van aansluiten: {listed(waiting)}."] if waiting else []),
    ]
    return Finding(Verdict.FITS if coaches and coached and not waiting else Verdict.OPEN, tuple(remarks))


def _experts(coalition: Coalition) -> Finding:
    """At least two partners take part, and they have a task."""
    names = [member.name for member in coalition.within(TAKES_PART)]
    joined = f"{_few(names)} {_one(names, 'doet', 'doen')} mee." if names else "Nog niemand doet mee."
    task = "Er is een taakstelling." if coalition.assignment.strip() else "Er is nog geen taakstelling."
    lacking = ["Er zijn minstens twee partners nodig."] if len(names) < TWO else []
    fits = coalition.assignment.strip() and not lacking
    return Finding(Verdict.FITS if fits else Verdict.OPEN, (joined, *lacking, task))


_RULES: dict[str, Callable[[Coalition], Finding]] = {
    CHALLENGER: _challenger,
    FRONT_RUNNER: _front_runner,
    COACH: _coach,
    EXPERTS: _experts,
}


def _unmeasured(coalition: Coalition) -> str | None:
    """Why the places of the region are not known."""
    if coalition.aspect is None:
        return "Er is nog geen aspect gekozen om de trekker aan te toetsen."
    if not coalition.standings:
        return f"Van “{coalition.aspect}” zijn er geen waarden."
    return None


def _led_by(coalition: Coalition, ranked: Sequence[tuple[Placed, ...]], place: int) -> Finding:
    """Whether a lead stands at this place (0 is the first)."""
    meant, doubt = ranked[place], _doubt(ranked, place)
    leads = [placed for placed in coalition.standings if placed.slug in {lead.slug for lead in coalition.leads}]
    names = _standing(meant, coalition.standings)
    rule = f"volgens de regel trekt {' of '.join(filter(None, (', '.join(names[:-1]), names[-1])))}."
    if not leads:
        unmeasured = [lead.name for lead in coalition.leads] or [*filter(None, (coalition.external_lead,))]
        who = f"{listed(unmeasured)} trekt en heeft geen waarde" if unmeasured else LEAD_UNKNOWN
        return Finding(Verdict.OPEN, (f"{who}; {rule}",), doubt)
    fitting = [lead for lead in leads if lead in meant]
    said = f"{listed(_standing(fitting or leads, coalition.standings))} {_one(fitting or leads, 'trekt', 'trekken')}"
    if not fitting:
        return Finding(Verdict.DEVIATES, (f"{said}; {rule}",), doubt)
    return Finding(Verdict.FITS, (f"{said}.",), doubt)


def _standing(those: Sequence[Placed], everybody: Sequence[Placed]) -> list[str]:
    """ "Kade (2e, 80)", or "Kade (gedeeld 2e, 65)" when its value is another's too."""
    ranks = [placed.rank for placed in everybody]
    shared = {rank for rank in ranks if ranks.count(rank) > 1}
    return [f"{one.name} ({'gedeeld ' if one.rank in shared else ''}{one.rank}e, {number(one.value)})" for one in those]


def _doubt(ranked: Sequence[tuple[Placed, ...]], place: int) -> str:
    """How sure a place is: its distance to the places beside it."""
    one = ranked[place][0]
    beside = [(ranked[place - 1][0], "de eerste")] if place else []
    beside += [(ranked[place + 1][0], "de volgende")] if place + 1 < len(ranked) else []
    how = [(compared(one.value, other.value, one.margin, other.margin), other, who) for other, who in beside]
    said = []
    for kind, why in _WHY.items():
        gaps = [(who, number(abs(one.value - other.value))) for found, other, who in how if found is kind]
        near = [f"{who} ({gap} {'punt' if gap == '1' else 'punten'})" for who, gap in gaps]
        if near:
            said.append(f"Het verschil met {listed(near)} {why}: {kind.value}.")
    return " ".join(said)


_WHY = {
    Comparison.MAYBE_CHANCE: f"is kleiner dan {CHANCE_POINTS:g} punten, respondenten onbekend",
    Comparison.ALIKE: "valt binnen de foutenmarge",
}


def _one(those: Sequence[object], one: str, many: str) -> str:
    return one if len(those) == 1 else many


def _few(names: Sequence[str]) -> str:
    return listed(names) if len(names) <= NAMED else f"{len(names)} partners"


@dataclass(frozen=True, slots=True)
class TypeCheck:
    """A coalition, the rule of its type in one sentence, and what the rule finds.

    `edition` is the year of the values the lead is judged by (`Project.aspect_year`), None without values;
    `deviation_reason` is '' where nobody wrote one.
    """

    code: str
    title: str
    type_title: str | None
    rule: str | None
    coalition: Coalition
    finding: Finding
    edition: int | None
    deviation_reason: str


def type_checks(session: Session, viewer: Viewer, wanted: CoalitionFilter) -> list[TypeCheck]:
    """The living shared projects of a type that the filter leaves: by type, then by code."""
    return _checks(session, viewer, wanted_ids(viewer, wanted).where(Project.collaboration_type_id.is_not(None)))


def type_check_of(session: Session, viewer: Viewer, code: str) -> TypeCheck:
    """One project, whether or not it has a type. Raises RowNotFound for one the viewer may not know of."""
    found = _checks(session, viewer, select(Project.id).where(Project.code == code, visible_projects(viewer)))
    if not found:
        raise RowNotFound(f"project {code}")
    return found[0]


def _checks(session: Session, viewer: Viewer, ids: Select[int]) -> list[TypeCheck]:
    found = (
        select(Project.id, Project.code, Project.title, Project.external_lead, Project.assignment)
        .add_columns(Project.deviation_reason, CollaborationType.code.label("type_code"))
        .add_columns(CollaborationType.title.label("type"), CollaborationType.lead_rule.label("rule"))
        .add_columns(Indicator.code.label("aspect_code"), Indicator.title.label("aspect"), Project.aspect_year)
        .select_from(Project)
        .outerjoin(Project.collaboration_type)
        .outerjoin(Indicator, Indicator.id == Project.aspect_id)
        .where(Project.id.in_(ids))
        .order_by(CollaborationType.position, bytewise(Project.code))
    )
    rows, members = session.execute(found).all(), _members(session, ids)
    newest = next(iter(editions(session, viewer)), None)
    years = [row.aspect_year or newest for row in rows]
    placed = {year: _placed(observations(session, viewer, year)) for year in set(years)}
    checks = []
    for row, edition in zip(rows, years, strict=True):
        coalition = Coalition(
            type_code=row.type_code,
            members=tuple(members[row.id]),
            external_lead=row.external_lead,
            aspect=row.aspect,
            standings=placed[edition].get(row.aspect_code, ()),
            assignment=row.assignment,
        )
        told = (coalition, checked(coalition), edition if coalition.standings else None, row.deviation_reason)
        checks.append(TypeCheck(row.code, row.title, row.type, row.rule, *told))
    return checks


def _members(session: Session, ids: Select[int]) -> dict[int, list[Member]]:
    found = (
        select(Participation.project_id, Partner.slug, Partner.title, Participation.state, Participation.expected_on)
        .select_from(Participation)
        .join(Partner, Partner.id == Participation.partner_id)
        .where(Participation.project_id.in_(ids), is_current(), Partner.archived_at.is_(None))
        .order_by(bytewise(Partner.title_key), Partner.id)
    )
    members: dict[int, list[Member]] = defaultdict(list)
    for project_id, slug, name, state, expected_on in session.execute(found):
        members[project_id].append(Member(slug, name, state, expected_on))
    return members


def _placed(values: pd.DataFrame) -> dict[str, tuple[Placed, ...]]:
    """Per indicator who has a value, best first; equals by name, as the frame has them."""
    placed: dict[str, tuple[Placed, ...]] = {}
    for row in values.dropna(subset=["value"]).sort_values("rank", kind="stable").to_dict("records"):
        one = Placed(row["partner_slug"], row["partner"], float(row["value"]), int(row["rank"]), known(row["margin"]))
        placed[row["indicator_code"]] = (*placed.get(row["indicator_code"], ()), one)
    return placed
