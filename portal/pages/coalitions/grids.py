"""The columns of the coalitions' grids."""

from collections.abc import Sequence

from portal.components import grids
from portal.components.tags import Sign, Tone
from portal.queries.topics import PartnerName
from portal.queries.type_rules import Verdict
from portal.vocabulary import ParticipationState

FIXED: grids.ColumnDef = {"sortable": False}
STATE, TOLD = "state ", "told "  # before a partner's slug: its state in the row, and that state in words
VERDICTS = {
    Verdict.FITS.value: Sign(Verdict.FITS.label, Tone.GOOD, "✓"),
    Verdict.DEVIATES.value: Sign(Verdict.DEVIATES.label, Tone.ATTENTION, "▲"),
    Verdict.OPEN.value: Sign(Verdict.OPEN.label, Tone.PLAIN, "○"),
}
_UPRIGHT: grids.ColumnDef = {"headerClass": "upright", "resizable": False}

RULES = [
    grids.link("title", "Traject", "/project/", grow=2, width=150, **grids.WRAPS),
    grids.text("type", "Type", width=150, **grids.WRAPS),
    grids.signed("verdict", "Toets", VERDICTS, width=190),
    grids.text("told", "Waarom", grow=4, width=240, **grids.WRAPS),
    grids.text("deviation", "Bewust afgeweken, want …", grow=2, width=160, **grids.WRAPS),
]
EACH = [
    grids.link("partner", "Partner", "/gemeente/", "slug", grow=1, width=116),
    grids.link("coalitions", "Doet mee in", "/coalities?partner=", "slug", width=84, type="rightAligned"),
    grids.number("leads", "Trekt", width=80),
    grids.number("local", "Lokale projecten", width=104),
    grids.number("side_by_side", "Waarvan ook elders", width=104),
]
PAIRS = [
    grids.link("title", "Project", "/project/", grow=2, width=150, **grids.WRAPS),
    grids.link("partner", "Bestuur", "/gemeente/", "partner_slug", width=120),
    grids.link("other_title", "Lijkt op", "/project/", "other_code", grow=2, width=150, **grids.WRAPS),
    grids.link("other_partner", "Bestuur", "/gemeente/", "other_partner_slug", width=120),
    grids.text("why", "Waarom", grow=3, width=150, **grids.WRAPS),
]
CANDIDATES = [
    grids.link("title", "Onderwerp", "/onderwerp/", "id", grow=2, width=150, **grids.WRAPS),
    grids.text("partners", "Partners", grow=3, width=150, **grids.WRAPS),
    grids.text("advice", "Hoe samen?", grow=2, width=130, **grids.WRAPS | {"tooltipField": "because"}),
]


def matrix(partners: Sequence[PartnerName]) -> list[grids.ColumnDef]:
    """The project stays in sight; a partner's column is as narrow as its sign, its name stands upright."""
    return [_project(), _atelier(), *(_partner(partner) for partner in partners), _joined(), _better()]


def _project() -> grids.ColumnDef:
    below: grids.ColumnDef = {"path": "/project/", "codeField": "code", "belowField": "below"}
    wraps: grids.ColumnDef = {"wrapText": True, "autoHeight": True}
    looks: grids.ColumnDef = {"cellRenderer": "LinkAbove", "cellRendererParams": below, "tooltipField": "title"}
    return grids.text("title", "Traject", width=238, pinned="left", lockPinned=True, **looks, **wraps)


def _atelier() -> grids.ColumnDef:
    """Sorts as the list of ateliers does, and shows the code."""
    order = {"comparator": {"function": "byAmount"}, "valueGetter": {"function": "params.data.place"}}
    shown = {"valueFormatter": {"function": "params.data.atelier || ''"}, "tooltipField": "atelier_title"}
    return {"colId": "atelier", "headerName": "Atelier", "width": 46, "minWidth": 46, **_UPRIGHT, **order, **shown}


def _partner(partner: PartnerName) -> grids.ColumnDef:
    column = grids.marked(f"{STATE}{partner.slug}", partner.title, ParticipationState, width=40, **_UPRIGHT, **FIXED)
    return column | {"cellRendererParams": column["cellRendererParams"] | {"toldField": f"{TOLD}{partner.slug}"}}


def _joined() -> grids.ColumnDef:
    """Nobody is 0, and not known is no number."""
    text = "params.value == null ? 'niet bekend' : params.value + ' van ' + params.data.partners"
    said = {"valueFormatter": {"function": text}}
    return grids.number("joined", "Doet mee", width=90, **said, cellClass="strong", sortingOrder=["desc", "asc"])


def _better() -> grids.ColumnDef:
    return grids.text("better", "Beter voor", width=138, **FIXED)
