"""The three sheets of the inventory, with what may stand in each column."""

from collections.abc import Mapping, Sequence

from data_loaders.cells import Cell
from data_loaders.comparing import among
from data_loaders.sheets import VERSION, Column, Sheet
from data_loaders.values import code, day, text, whole, word, wrong
from portal.db.base import LINE, PROSE, TITLE
from portal.vocabulary import ChallengeStatus, Phase, ProjectFunding, ProjectScope, Visibility

CHALLENGES, PROJECTS, LINKS = "Uitdagingen", "Projecten", "Koppelingen"
OWN_CODE = "de code; kies voor een nieuwe rij een code die er nog niet is"
HIGHEST_URGENCY = 3

Options = Mapping[str, Sequence[tuple[str, str]]]
"""The codes to choose from with their titles, by column key."""


def urgency(cell: Cell) -> int:
    number = whole(cell)
    if not 1 <= number <= HIGHEST_URGENCY:
        raise wrong(cell, "geen urgentie; schrijf 1 (laag), 2 (middel) of 3 (hoog)")
    return number


def challenges(options: Options) -> Sheet:
    prose = text(2 * PROSE)
    return Sheet(
        CHALLENGES,
        (
            Column("code", "code", code(), says=OWN_CODE),
            Column("partner", "partner", among(options["partner"]), says="wie ze meldde; wijzigt niet meer"),
            Column("titel", "title", text(TITLE)),
            Column("omschrijving", "description", prose, required=False, empty=""),
            Column("thema", "theme", among(options["theme"])),
            Column("dimensie", "dimension", among(options["dimension"])),
            Column("dienst", "service", among(options["service"])),
            Column("urgentie", "urgency", urgency, says="1 (laag), 2 (middel) of 3 (hoog)"),
            Column("status", "status", word(ChallengeStatus)),
            Column("zichtbaarheid", "visibility", word(Visibility)),
            Column("ingebracht door", "raised_by", text(TITLE), required=False, empty=""),
            Column("geïnventariseerd op", "inventoried_on", day, required=False),
            Column(
                "onderwerp", "subject", text(), info=True, says="waar ze bij hoort, met gelijke van andere partners"
            ),
            VERSION,
        ),
        ("code",),
    )


def projects(options: Options) -> Sheet:
    prose = text(2 * PROSE)

    def chosen(heading: str, key: str) -> Column:
        return Column(heading, key, among(options[key]), required=False)

    return Sheet(
        PROJECTS,
        (
            Column("code", "code", code(), says=OWN_CODE),
            Column(
                *("gemeld door", "reported_by", among(options["reported_by"])),
                required=False,
                says="de partner die het meldde; wijzigt niet meer; een lokaal project heeft er altijd een",
            ),
            Column("titel", "title", text(TITLE)),
            Column("omschrijving", "description", prose, required=False, empty=""),
            Column("schaal", "scope", word(ProjectScope)),
            Column("fase", "phase", word(Phase)),
            Column("zichtbaarheid", "visibility", word(Visibility)),
            Column("start", "start_on", day, required=False),
            Column("eerst gepland einde", "end_first_planned_on", day, info=True, says="de eerste planning blijft"),
            Column("verwacht einde", "end_expected_on", day, required=False),
            Column("beëindigd op", "ended_on", day, required=False),
            chosen("thema", "theme"),
            chosen("dimensie", "dimension"),
            chosen("dienst", "service"),
            chosen("atelier", "atelier"),
            chosen("type samenwerking", "collaboration_type"),
            chosen("aspect", "aspect"),
            Column("taakstelling", "assignment", prose, required=False, empty=""),
            Column("reden van afwijking", "deviation_reason", text(LINE), required=False, empty=""),
            Column("financiering", "funding", word(ProjectFunding), required=False),
            Column("effect op de dienstverlening", "service_effect", prose, required=False, empty=""),
            Column("trekker buiten de regio", "external_lead", text(TITLE), required=False),
            VERSION,
        ),
        ("code",),
    )


LINKED = Sheet(
    LINKS,
    (
        Column("project", "project", code(), says="de code van een project, ook van een nieuw op het blad Projecten"),
        Column("uitdaging", "challenge", code(), says="de code van een uitdaging, ook van een nieuwe"),
    ),
    ("project", "challenge"),
)
WORDS = {
    "status": ChallengeStatus,
    "visibility": Visibility,
    "scope": ProjectScope,
    "phase": Phase,
    "funding": ProjectFunding,
}
