"""The three sheets of the money, with what may stand in each column."""

from collections.abc import Mapping, Sequence

from data_loaders.sheets import VERSION, Column, Sheet
from portal.db.base import LINE, TITLE
from portal.values import YEAR, Code, Day, Euro, Line, Ref, Words
from portal.values.synonyms import PARTNERS
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
            Column("code", "code", Code(), required=False, says=OWN_CODE),
            Column("dossier", "grant", Ref().among(options["grant"])),
            Column("atelier", "atelier", Ref().among(options["atelier"]), required=not of_all),
            Column("partner", "partner", Ref(also=PARTNERS).among(options["partner"]), required=False),
            Column("jaar", "year", YEAR),
            Column("kostensoort", "cost_kind", Words(CostKind)),
            Column("bron", "funding", Words(FundingSource)),
            Column("staat", "funding_state", Words(FundingState)),
            Column("omschrijving", "description", Line(LINE), required=False),
            Column("begroot", "amount", Euro()),
            Column(
                *("project", "project", Ref().among(options["project"])),
                required=False,
                optional=True,
                says=ITS_PROJECT,
            ),
            VERSION,
        ),
        ("code",),
    )


BOOKED = Sheet(
    BOOKINGS,
    (
        Column("code", "code", Code(), required=False, says=OWN_CODE),
        Column("budgetlijn", "budget_line", Code(), says=ON_LINE),
        Column("soort", "kind", Words(BookingKind)),
        Column("datum", "on", Day(past=True)),
        Column("bedrag", "amount", Euro(), says="een bedrag in euro, zoals 1234,50; een rechtzetting is negatief"),
        Column("omschrijving", "description", Line(LINE), required=False),
        Column("referentie", "reference", Line(TITLE), required=False),
        VERSION,
    ),
    ("code",),
)
FORESEEN = Sheet(
    FORECASTS,
    (
        Column("budgetlijn", "budget_line", Code(), says=ON_LINE),
        Column("peildatum", "as_of", Day(past=True)),
        Column("prognose", "amount", Euro(), says="wat de lijn op het einde kost, zoals 1234,50"),
        VERSION,
    ),
    ("budget_line", "as_of"),
)
