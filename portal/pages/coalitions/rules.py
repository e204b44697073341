"""What a type of collaboration asks and what could become a coalition, drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import numbers
from portal.components.charts import bars
from portal.components.links import Content, inside
from portal.components.numbers import keyed
from portal.components.tags import Sign, Tone
from portal.exports.workbook import Kind
from portal.likeness.groups import CHALLENGER, FRONT_RUNNER
from portal.pages.cards import Card
from portal.pages.columns import WRAPS, link, signed, text, written
from portal.permissions import Viewer
from portal.queries.coalitions.candidates import Candidate
from portal.queries.coalitions.coalitions import Matrix
from portal.queries.coalitions.type_rules import Placed, TypeCheck, Verdict, type_checks
from portal.queries.inventory.filters import CoalitionFilter
from portal.queries.reference import Option
from portal.text import in_words, listed, sentence
from portal.vocabulary import ProjectScope


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A subject, with the code of its first challenge and how it could be taken up together. `alike`: codes."""

    id: int
    code: str
    title: str
    partners: str
    count: int
    challenges: int
    advice: str
    because: str
    leads: str
    alike: str


def candidate_rows(candidates: Iterable[Candidate], types: Iterable[Option]) -> list[CandidateRow]:
    names = {option.code: option.label for option in types}
    return [_candidate(candidate, names) for candidate in candidates]


def _candidate(candidate: Candidate, types: Mapping[str, str]) -> CandidateRow:
    subject, code = candidate.subject, candidate.advice.code
    partners, leads = [partner.title for partner in subject.partners], leads_in(candidate)
    return CandidateRow(
        id=subject.id,
        code=subject.members[0].code,
        title=subject.title,
        partners=f"{len(partners)}: {', '.join(partners)}",
        count=len(partners),
        challenges=len(subject.members),
        advice=f"Type {code}: {types.get(code, '')}".removesuffix(": ") + (f" ({leads} trekt)" if leads else ""),
        because=candidate.advice.because,
        leads=leads,
        alike="; ".join(answer.code for answer in candidate.alike),
    )


def leads_in(candidate: Candidate) -> str:
    """The names of who would lead, by the type that is suggested."""
    titles = {standing.partner.slug: standing.partner.title for standing in candidate.standings}
    return listed([titles.get(slug, slug) for slug in candidate.advice.leads])


PARTICIPATIONS = "deelnames in het portaal"
SURVEY = "Gemeente- en Stadsmonitor"
LIKENESS = "gelijkenis van titels en omschrijvingen in de inventaris"
RULES_SOURCE = f"{PARTICIPATIONS}, {SURVEY} en de regels per type samenwerking"
AT_ONCE, FIRST = 3, 4
ROOM = "Nog geen reden genoteerd: “bewust afgeweken, want …”."


def challengers(checks: Sequence[TypeCheck]) -> list[TypeCheck]:
    """Those in which the second of the region should lead."""
    return [check for check in checks if check.coalition.type_code == CHALLENGER]


def survey_of(checks: Sequence[TypeCheck]) -> str:
    """The survey with the editions of the values that are shown."""
    editions = sorted({check.edition for check in challengers(checks) if check.edition})
    return " ".join(filter(None, (SURVEY, listed([str(year) for year in editions]))))


def leads_of(checks: Sequence[TypeCheck]) -> Component:
    """The first coalitions of type 1, each with its bars and its finding; the others are in the table of rules."""
    found = challengers(checks)
    if not found:
        return html.P("Binnen deze filters is er geen coalitie van type 1.")
    more = len(found) - AT_ONCE
    rest = [html.P(f"En nog {more} van type 1: die staan hieronder in de tabel.", className="sub")] if more > 0 else []
    return html.Div([*(_lead_of(check) for check in found[:AT_ONCE]), *rest], className="side-by-side")


def _lead_of(check: TypeCheck) -> Component:
    title = html.H3(inside(check.title, f"/project/{check.code}"))
    return html.Div([title, html.P(aspect_of(check), className="sub"), standings_of(check), *finding_of(check)])


def aspect_of(check: TypeCheck) -> str:
    if check.coalition.aspect is None:
        return "Aspect nog niet gekozen."
    edition = f", Stadsmonitor {check.edition}" if check.edition else ""
    return f"Aspect: {check.coalition.aspect}{edition}."


def ranked(check: TypeCheck) -> bool:
    """The rule looks at places, or could once an aspect is chosen."""
    return check.coalition.type_code in {CHALLENGER, FRONT_RUNNER}


def standings_of(check: TypeCheck) -> Component | None:
    """The first four of the region, and the leads further down; nothing without values."""
    leading = {lead.slug for lead in check.coalition.leads}
    everybody = check.coalition.standings
    shown = [*everybody[:FIRST], *(placed for placed in everybody[FIRST:] if placed.slug in leading)]
    if not shown:
        return None
    return bars([(_named(placed, leading), placed.value) for placed in shown], f"Waarden voor {check.coalition.aspect}")


def _named(placed: Placed, leading: set[str]) -> Content:
    name = f"{placed.rank} {placed.name}"
    return html.B(f"{name} (trekt)") if placed.slug in leading else name


def finding_of(check: TypeCheck) -> list[Component]:
    """What the rule finds; a deviation with the reason somebody wrote, or room for it."""
    said = html.P([*(f"{remark} " for remark in check.finding.remarks), *_doubt(check)])
    why = deviation_of(check)
    return [said, *([html.P(why, className="notice", role="note")] if why else [])]


def _doubt(check: TypeCheck) -> list[Component | str]:
    """The last words, after the colon, are what matters."""
    before, colon, last = check.finding.doubt.rpartition(":")
    return [f"{before}{colon}", html.B(last)] if colon else []


def deviation_of(check: TypeCheck) -> str:
    if check.deviation_reason:
        return f"Bewust afgeweken, want {check.deviation_reason}"
    return ROOM if check.finding.verdict is Verdict.DEVIATES else ""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A coalition of a type, and what the rule finds."""

    code: str
    title: str
    type: str
    verdict: Verdict
    rule: str | None
    aspect: str | None
    edition: int | None
    told: str
    deviation: str


def rule_rows(checks: Iterable[TypeCheck]) -> list[RuleRow]:
    return [
        RuleRow(
            code=check.code,
            title=check.title,
            type=f"{check.coalition.type_code}. {check.type_title}" if check.type_title else "",
            verdict=check.finding.verdict,
            rule=check.rule,
            aspect=check.coalition.aspect,
            edition=check.edition,
            told=" ".join(filter(None, (*check.finding.remarks, check.finding.doubt))),
            deviation=check.deviation_reason or ("nog geen reden" if check.finding.verdict is Verdict.DEVIATES else ""),
        )
        for check in checks
    ]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A partner with a value on the aspect of a coalition."""

    code: str
    title: str
    aspect: str | None
    edition: int | None
    partner: str
    value: float
    rank: int
    leads: str


def place_rows(checks: Iterable[TypeCheck]) -> list[PlaceRow]:
    """By coalition, best first."""
    rows = []
    for check in checks:
        leading = {lead.slug for lead in check.coalition.leads}
        about = (check.code, check.title, check.coalition.aspect, check.edition)
        for one in check.coalition.standings:
            leads = "trekt" if one.slug in leading else ""
            rows.append(PlaceRow(*about, one.name, one.value, one.rank, leads))
    return rows


_PLAIN = 12  # as far as `in_words` goes
_LARGER = ("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig")


def counted(count: int) -> str:
    """In letters up to twenty: the sentence of this page has two such numbers side by side."""
    larger = count - _PLAIN - 1
    return _LARGER[larger] if 0 <= larger < len(_LARGER) else in_words(count)


def story(matrix: Matrix) -> list[str | Component]:
    """How many there are, and in how many of the partners' names an average one is; unknown is not nobody."""
    rows = matrix.coalitions
    if not rows:
        return ["Er loopt nog geen regionaal traject."]
    kinds = [scope.label for scope in ProjectScope if scope in {row.scope for row in rows}]
    kind = f"{listed([kind.removesuffix('aal') + 'ale' for kind in kinds])} trajecten"
    many = keyed(numbers.COALITIONS.at(len(rows)), sentence(counted(len(rows))))
    begin: list[str | Component] = [many, f" {f'{kinds[0]} traject' if len(rows) == 1 else kind}. "]
    return [*begin, html.B("Elke partner sluit aan op eigen snelheid"), ": ", *_average(matrix), "."]


def _average(matrix: Matrix) -> list[str | Component]:
    known = [row.joined for row in matrix.coalitions if row.known]
    silent = len(matrix.coalitions) - len(known)
    if not known:
        return ["wie meedoet, is nog niet bekend"]
    mean, partners = int(sum(known) / len(known) + 0.5), len(matrix.partners)
    said: list[str | Component] = [
        f"gemiddeld {'doet er' if mean == 1 else 'doen er'} ",
        *(keyed(numbers.JOINING_ON_AVERAGE.at(mean), counted(mean)), " van de "),
        *(keyed(numbers.PARTNERS.at(partners), counted(partners)), " mee"),
    ]
    if not silent:
        return said
    unknown = keyed(numbers.JOINING_UNKNOWN.at(silent), counted(silent))
    return [*said, "; van ", unknown, " is nog niet bekend wie meedoet"]


VERDICTS = {
    Verdict.FITS.value: Sign(Verdict.FITS.label, Tone.GOOD, "✓"),
    Verdict.DEVIATES.value: Sign(Verdict.DEVIATES.label, Tone.ATTENTION, "▲"),
    Verdict.OPEN.value: Sign(Verdict.OPEN.label, Tone.PLAIN, "○"),
}
PLACES = (
    written("partner", "Partner"),
    written("value", "Waarde", Kind.DECIMAL),
    written("rank", "Plaats", Kind.NUMBER),
    written("leads", "Trekker"),
)
RULE = (
    text("type", "Type", width=150, **WRAPS),
    *(written("rule", "Regel"), written("aspect", "Aspect"), written("edition", "Editie")),
    signed("verdict", "Toets", VERDICTS, book="verdict", width=190),
    text("told", "Waarom", grow=4, width=240, **WRAPS),
    text("deviation", "Bewust afgeweken, want …", grow=2, width=160, **WRAPS),
)


def _survey(session: Session, viewer: Viewer, wanted: CoalitionFilter) -> str:
    return survey_of(type_checks(session, viewer, wanted))


def _leads(session: Session, viewer: Viewer, wanted: CoalitionFilter) -> list[PlaceRow]:
    return place_rows(challengers(type_checks(session, viewer, wanted)))


LEADS = Card(
    *("coalitions", "trekkers", "Klopt de trekker?", _survey),
    of="project",
    columns=(
        *(
            written("code", "Code"),
            written("title", "Traject"),
            written("aspect", "Aspect"),
            written("edition", "Editie"),
        ),
        *PLACES,
    ),
    rows=_leads,
    dated=False,
)
RULES: Card[CoalitionFilter] = Card(
    *("coalitions", "regels", "Past elke coalitie bij haar type?", RULES_SOURCE),
    of="project",
    columns=(written("code", "Code"), link("title", "Traject", "/project/", grow=2, width=150, **WRAPS), *RULE),
    rows=lambda session, viewer, wanted: rule_rows(type_checks(session, viewer, wanted)),
)
