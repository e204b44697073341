"""The columns of the list of partners."""

from portal.components import grids
from portal.text import NO_DATA

# nothing known is said in words, once for the three counts, and never as 0
_OR_UNKNOWN = {
    "valueFormatter": {"function": f"params.value == null ? '{NO_DATA}' : asNumber(params.value)"},
    "colSpan": {"function": "params.data.challenges == null ? 3 : 1"},
}

LIST = [
    grids.link("name", "Bestuur", "/gemeente/", "slug", grow=1, width=118),
    grids.number("coalitions", "Coalities", width=90),
    grids.number("leads", "Trekt", width=80),
    grids.number("challenges", "Uitdagingen", width=115, **_OR_UNKNOWN),
    grids.number("without_project", "Open zonder project", width=115),
    grids.number("projects", "Projecten", width=105),
]
