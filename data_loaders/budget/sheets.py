"""The three sheets of the money, with what may stand in each column."""

from collections.abc import Mapping, Sequence

from data_loaders.comparing import among
from data_loaders.sheets import VERSION, Column, Sheet
from data_loaders.values import code, day, euro, text, whole, word
from portal.db.base import LINE, TITLE
from portal.vocabulary import BookingKind, CostKind, FundingSource, FundingState

LINES, BOOKINGS, FORECASTS = "Begroting", "Boekingen", "Prognoses"
Options = Mapping[str, Sequence[tuple[str, str]]]
"""The codes to choose from with their titles, by column key."""
WORDS = {"cost_kind": CostKind, "funding": FundingSource, "funding_state": FundingState, "kind": BookingKind}
OWN_CODE = "de code; laat ze leeg voor een nieuwe rij, of kies er een die nog niet bestaat"
ITS_PROJECT = "de code van een gedeeld project; leeg voor dat van het dossier"
ON_LINE = "de code van een lijn, ook van een nieuwe met een eigen code op het blad Begroting"


def lines(options: Options, *, of_all: bool) -> Sheet:
    """`of_all`: for who answers for every atelier, and for the lines that have none."""
    return Sheet(
        LINES,
        (
            Column("code", "code", code(), required=False, says=OWN_CODE),
            Column("dossier", "grant", among(options["grant"])),
            Column("atelier", "atelier", among(options["atelier"]), required=not of_all),
            Column("partner", "partner", among(options["partner"]), required=False),
            Column("jaar", "year", whole),
            Column("kostensoort", "cost_kind", word(CostKind)),
            Column("bron", "funding", word(FundingSource)),
            Column("staat", "funding_state", word(FundingState)),
            Column("omschrijving", "description", text(LINE), required=False, empty=""),
            Column("begroot", "amount", euro),
            Column("project", "project", among(options["project"]), required=False, optional=True, says=ITS_PROJECT),
            VERSION,
        ),
        ("code",),
    )


BOOKED = Sheet(
    BOOKINGS,
    (
        Column("code", "code", code(), required=False, says=OWN_CODE),
        Column("budgetlijn", "budget_line", code(), says=ON_LINE),
        Column("soort", "kind", word(BookingKind)),
        Column("datum", "on", day),
        Column("bedrag", "amount", euro, says="een bedrag in euro, zoals 1234,50; een rechtzetting is negatief"),
        Column("omschrijving", "description", text(LINE), required=False, empty=""),
        Column("referentie", "reference", text(TITLE), required=False, empty=""),
        VERSION,
    ),
    ("code",),
)
FORESEEN = Sheet(
    FORECASTS,
    (
        Column("budgetlijn", "budget_line", code(), says=ON_LINE),
        Column("peildatum", "as_of", day),
        Column("prognose", "amount", euro, says="wat de lijn op het einde kost, zoals 1234,50"),
        VERSION,
    ),
    ("budget_line", "as_of"),
)
