"""The three sheets of the inventory, with what may stand in each column."""

from collections.abc import Mapping, Sequence

from data_loaders.sheets import VERSION, Column, Sheet
from portal.db.base import LINE, TITLE
from portal.values import URGENCY, Code, Day, Line, Prose, Ref, Words
from portal.values.synonyms import PARTNERS
from portal.vocabulary import ChallengeStatus, Phase, ProjectFunding, ProjectScope, Visibility

CHALLENGES, PROJECTS, LINKS = "Uitdagingen", "Projecten", "Koppelingen"
OWN_CODE = "de code; kies voor een nieuwe rij een code die er nog niet is"

Options = Mapping[str, Sequence[tuple[str, str]]]
"""The codes to choose from with their titles, by column key."""


def challenges(options: Options) -> Sheet:
    prose = Prose()
    return Sheet(
        CHALLENGES,
        (
            Column("code", "code", Code(), says=OWN_CODE),
            Column(
                *("partner", "partner", Ref(also=PARTNERS).among(options["partner"])),
                says="wie ze meldde; wijzigt niet meer",
            ),
            Column("titel", "title", Line(TITLE)),
            Column("omschrijving", "description", prose, required=False),
            Column("thema", "theme", Ref().among(options["theme"])),
            Column("dimensie", "dimension", Ref().among(options["dimension"])),
            Column("dienst", "service", Ref().among(options["service"])),
            Column("urgentie", "urgency", URGENCY),
            Column("status", "status", Words(ChallengeStatus)),
            Column("zichtbaarheid", "visibility", Words(Visibility)),
            Column("ingebracht door", "raised_by", Line(TITLE), required=False),
            Column("geïnventariseerd op", "inventoried_on", Day(past=True), required=False),
            Column(
                "onderwerp", "subject", Prose(), info=True, says="waar ze bij hoort, met gelijke van andere partners"
            ),
            VERSION,
        ),
        ("code",),
    )


def projects(options: Options) -> Sheet:
    prose = Prose()

    def chosen(heading: str, key: str) -> Column:
        return Column(heading, key, Ref().among(options[key]), required=False)

    return Sheet(
        PROJECTS,
        (
            Column("code", "code", Code(), says=OWN_CODE),
            Column(
                *("gemeld door", "reported_by", Ref(also=PARTNERS).among(options["reported_by"])),
                required=False,
                says="de partner die het meldde; wijzigt niet meer; een lokaal project heeft er altijd een",
            ),
            Column("titel", "title", Line(TITLE)),
            Column("omschrijving", "description", prose, required=False),
            Column("schaal", "scope", Words(ProjectScope)),
            Column("fase", "phase", Words(Phase)),
            Column("zichtbaarheid", "visibility", Words(Visibility)),
            Column("start", "start_on", Day(), required=False),
            Column("eerst gepland einde", "end_first_planned_on", Day(), info=True, says="de eerste planning blijft"),
            Column("verwacht einde", "end_expected_on", Day(), required=False),
            Column("beëindigd op", "ended_on", Day(past=True), required=False),
            chosen("thema", "theme"),
            chosen("dimensie", "dimension"),
            chosen("dienst", "service"),
            chosen("atelier", "atelier"),
            chosen("type samenwerking", "collaboration_type"),
            chosen("aspect", "aspect"),
            Column("taakstelling", "assignment", prose, required=False),
            Column("reden van afwijking", "deviation_reason", Prose(LINE), required=False),
            Column("financiering", "funding", Words(ProjectFunding), required=False),
            Column("effect op de dienstverlening", "service_effect", prose, required=False),
            Column("trekker buiten de regio", "external_lead", Line(TITLE, nothing=None), required=False),
            VERSION,
        ),
        ("code",),
    )


LINKED = Sheet(
    LINKS,
    (
        Column("project", "project", Code(), says="de code van een project, ook van een nieuw op het blad Projecten"),
        Column("uitdaging", "challenge", Code(), says="de code van een uitdaging, ook van een nieuwe"),
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
