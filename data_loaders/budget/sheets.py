"""The three sheets of the money: what they know beside what the tables say."""

from data_loaders.described import Options, columns
from data_loaders.sheets import VERSION, Sheet
from portal.entities.money import BOOKING, BUDGET_LINE, FORECAST

LINES, BOOKINGS, FORECASTS = "Begroting", "Boekingen", "Prognoses"
OWN_CODE = {"says": "de code; laat ze leeg voor een nieuwe rij, of kies er een die nog niet bestaat"}
ON_LINE = {"says": "de code van een lijn, ook van een nieuwe met een eigen code op het blad Begroting"}
ITS_PROJECT = {"says": "de code van een gedeeld project; leeg voor dat van het dossier"}


def lines(options: Options, *, of_all: bool) -> Sheet:
    """`of_all`: for who answers for every atelier, and for the lines that have none."""
    described = columns(
        BUDGET_LINE,
        options=options,
        code=OWN_CODE,
        grant={"also": ("dossier",)},
        atelier={"required": not of_all},
        funding_state={"also": ("staat",)},
        project=ITS_PROJECT,
    )
    return Sheet(LINES, (*described, VERSION), ("code",))


BOOKED = Sheet(BOOKINGS, (*columns(BOOKING, code=OWN_CODE, budget_line=ON_LINE), VERSION), ("code",))
FORESEEN = Sheet(FORECASTS, (*columns(FORECAST, budget_line=ON_LINE), VERSION), ("budget_line", "as_of"))
