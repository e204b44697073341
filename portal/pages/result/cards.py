"""The tables of one result, each with its workbook."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode

from sqlalchemy.orm import Session

from portal import numbers
from portal.components.tags import signs_of
from portal.exports.workbook import Kind
from portal.pages.agreed import agreed_download
from portal.pages.budget.cards import line_columns
from portal.pages.budget.lines import line_total
from portal.pages.cards import Card, Meant, offering
from portal.pages.columns import WRAPS, days, holding, link, signed, text, told, word, written
from portal.pages.columns import numbers as whole
from portal.pages.history import history_of_a
from portal.pages.project.course import STEP_COLUMNS, StepTold
from portal.pages.result import words
from portal.pages.risks import LOW, risks_card
from portal.permissions import Permission, Viewer
from portal.queries.meetings.open_work import Concern
from portal.queries.money.lines import LineRow, project_money
from portal.queries.results.result import ResultDetail, result_detail
from portal.queries.results.risks import RiskRow, heaviest_first, risk_rows
from portal.queries.results.serving import reports_of
from portal.vocabulary import Health, Phase

PAGE = "result"
AGREED = "Wat is beslist, wat is beloofd?"
TOLD = (("done", "Gedaan"), ("next", "Volgende stap"), ("blocked", "Geblokkeerd"))
SOURCE = "vinkjes met datum, en de projecten"


def meant(session: Session, viewer: Viewer, query: str) -> Meant[ResultDetail]:
    """The result that an address names. Raises RowNotFound for none."""
    found = result_detail(session, viewer, dict(parse_qsl(query)).get("code", ""))
    return Meant(found, query_of(found), (f"resultaat: {found.code} {found.title}",))


def named(session: Session, viewer: Viewer, code: str) -> Meant[ResultDetail]:
    return meant(session, viewer, urlencode({"code": code}))


def query_of(found: ResultDetail) -> str:
    return urlencode({"code": found.code})


@dataclass(frozen=True, slots=True)
class PartnerTold:
    """A partner as the workbook tells it."""

    partner: str
    reached_on: date | None
    standing: str


def partner_rows(found: ResultDetail) -> list[PartnerTold]:
    counted = words.is_counted(found.row)
    return [PartnerTold(one.partner, one.reached_on, words.stand_of(one, counted)[1]) for one in found.ticks]


PARTNERS: Card[ResultDetail] = Card(
    *(PAGE, "partners", "Hoever staan we?", SOURCE),
    of="deliverable_partner",
    columns=(
        *(written("partner", "Partner"), written("reached_on", "Bereikt op", Kind.DATE), written("standing", "Stand")),
    ),
    rows=lambda session, viewer, found: partner_rows(found),
)
STEPS: Card[ResultDetail] = Card(
    *(PAGE, "mijlpalen", "Welke stappen, en wanneer?", "mijlpalen in het portaal"),
    of="milestone",
    columns=STEP_COLUMNS,
    rows=lambda session, viewer, found: told(found.steps, StepTold),
    height=360,
    row_id="code",
)
PROJECTS: Card[ResultDetail] = Card(
    *(PAGE, "projecten", "Welke projecten werken eraan?", "projecten in het portaal"),
    of="project",
    columns=(
        written("code", "Code"),
        link("title", "Project", "/project/", grow=3, width=190, **WRAPS),
        word("phase", "Fase", Phase, width=140),
        signed("health", "Gemeld", signs_of(Health), book="health", width=130),
        text("lead", "Trekker", grow=2, width=150, **WRAPS),
        holding(numbers.JOINING, whole("partners", "Doen mee", width=100)),
        days("end", "Einde", width=115),
    ),
    rows=lambda session, viewer, found: found.projects,
    row_id="code",
)
REPORTS: Card[ResultDetail] = Card(
    *(PAGE, "verslagen", "Wat werd het laatst gerapporteerd?", "voortgangsverslagen van deze projecten"),
    of="progress_report project",
    columns=(
        days("on", "Datum", width=108),
        written("code", "Code"),
        link("title", "Project", "/project/", grow=2, width=120, **WRAPS),
        word("health", "Gemeld", Health, width=110),
        whole("progress", "Voortgang (%)", width=100),
        *(text(key, label, grow=3, width=150, **WRAPS) for key, label in TOLD),
        *(written("meeting", "Stuurgroep", Kind.NUMBER), written("unchanged", "Ongewijzigd"), written("by", "Door")),
    ),
    rows=lambda session, viewer, found: reports_of(session, found.projects),
)


def _lines(session: Session, viewer: Viewer, found: ResultDetail) -> list[LineRow]:
    money = project_money(session, viewer, *(one.code for one in found.projects))
    return money.lines if money else []


MONEY: Card[ResultDetail] = Card(
    *(PAGE, "geld", "Wat kosten deze projecten?", "budgetlijnen in het portaal"),
    of="budget_line",
    columns=line_columns(None),
    rows=_lines,
    sheet="Lijnen",
    right=Permission.VIEW_MONEY,
    total=line_total,
    row_id="code",
)
HISTORY = history_of_a(PAGE, "deliverable")


def _risks(session: Session, viewer: Viewer, found: ResultDetail) -> list[RiskRow]:
    """Its own, and those of the projects that work on it."""
    codes = (found.code, *(one.code for one in found.projects))
    return heaviest_first(risk for code in codes for risk in risk_rows(session, viewer, of=code))


RISKS = risks_card(PAGE, _risks, "Wat kan er misgaan, hier of in de projecten?", height=LOW)


def agreed_about(found: ResultDetail) -> Concern:
    return Concern(result=found.code)


DOWNLOADS = {
    **offering(meant, PARTNERS, STEPS, PROJECTS, REPORTS, MONEY, HISTORY, RISKS),
    "afspraken": agreed_download(AGREED, meant, agreed_about, undone=False),
}
