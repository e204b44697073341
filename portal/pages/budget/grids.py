"""The columns of the budget's grids. Amounts arrive as exact text."""

from portal.components import grids
from portal.components.grids import ColumnDef
from portal.components.tags import Sign, Tone
from portal.queries.money_lines import Standing

_FORESEEN = {"valueFormatter": {"function": "params.value == null ? 'geen prognose' : asEuro(params.value)"}}
SIGNS = {
    Standing.FAR_OVER.value: Sign("ver boven", Tone.LATE, "■"),
    Standing.OVER.value: Sign("boven", Tone.ATTENTION, "▲"),
    Standing.WITHIN.value: Sign("binnen", Tone.GOOD, "●"),
    Standing.UNKNOWN.value: Sign("geen", Tone.PLAIN, "○"),
}
TIME = [
    grids.date("on", "Dag", width=130),
    grids.euro("spent", "Uitgegeven", width=150),
    grids.euro("plan", "Plan", width=150),
    grids.euro("straight", "Rechte lijn", width=150),
]
BOOKINGS = [
    grids.text("code", "Boeking", width=96),
    grids.date("on", "Datum", width=112),
    grids.text("description", "Omschrijving", grow=1, width=170),
    grids.text("reference", "Referentie", width=120),
    grids.euro("committed", "Vastgelegd", width=140),
    grids.euro("spent", "Uitgegeven", width=140),
]


def totals(title: str, path: str | None) -> list[ColumnDef]:
    """`path` leads to the lines of a row; None for who may not see them."""
    wide: ColumnDef = {"grow": 1, "width": 150} | grids.WRAPS
    name = grids.link("name", title, path, **wide) if path else grids.text("name", title, **wide)
    return [
        name,
        grids.number("lines", "Lijnen", width=80),
        grids.euro("budgeted", "Begroot", width=132),
        grids.euro("committed", "Vastgelegd", width=132),
        grids.euro("spent", "Uitgegeven", width=132),
        grids.euro("forecast", "Prognose", width=132, **_FORESEEN),
        grids.number("without_forecast", "Zonder prognose", width=96),
        grids.euro("left", "Nog niet uitgegeven", width=132),
    ]


def lines(path: str | None) -> list[ColumnDef]:
    """`path` leads to the bookings of a line; None where they are not shown."""
    return [
        grids.link("code", "Lijn", path, width=72) if path else grids.text("code", "Lijn", width=72),
        grids.text("what", "Waarvoor", grow=1, width=130, **grids.WRAPS),
        grids.text("place", "Atelier en jaar", width=84),
        grids.euro("budgeted", "Begroot", width=126),
        grids.euro("committed", "Vastgelegd", width=126),
        grids.euro("spent", "Uitgegeven", width=126),
        grids.euro("forecast", "Prognose", width=126, **_FORESEEN),
        grids.signed("standing", "Prognose is", SIGNS, width=104),
        grids.date("last_booked", "Laatste boeking", width=106),
    ]
