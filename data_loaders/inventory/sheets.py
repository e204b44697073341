"""The three sheets of the inventory: what they know beside what the tables say."""

from data_loaders.described import Options, columns
from data_loaders.sheets import VERSION, Column, Sheet
from portal.entities.inventory import CHALLENGE, PROJECT
from portal.values import Code, Prose

CHALLENGES, PROJECTS, LINKS = "Uitdagingen", "Projecten", "Koppelingen"
WHOSE = {CHALLENGES: "partner", PROJECTS: "reported_by"}
"""The key that says whose a row is; it does not change."""
OWN_CODE = {"says": "de code; leeg voor een nieuwe rij, die krijgt er zelf een, of kies er een die er nog niet is"}
SUBJECT = Column("onderwerp", "subject", Prose(), info=True, says="waar ze bij hoort, met gelijke van andere partners")
REPORTER = "de partner die het meldde; wijzigt niet meer; een lokaal project heeft er altijd een"
ENDED = "een datum; nodig wanneer de fase afgerond of stopgezet is"


def challenges(options: Options) -> Sheet:
    whose = {"says": "wie ze meldde; wijzigt niet meer"}
    return Sheet(
        CHALLENGES, (*columns(CHALLENGE, options=options, code=OWN_CODE, partner=whose), SUBJECT, VERSION), ("code",)
    )


def projects(options: Options) -> Sheet:
    described = columns(
        PROJECT,
        options=options,
        code=OWN_CODE,
        reported_by={"says": REPORTER},
        ended_on={"says": ENDED},
        end_first_planned_on={"says": "de eerste planning blijft"},
    )
    return Sheet(PROJECTS, (*described, VERSION), ("code",))


LINKED = Sheet(
    LINKS,
    (
        Column("project", "project", Code(), says="de code van een project, ook van een nieuw op het blad Projecten"),
        Column("uitdaging", "challenge", Code(), says="de code van een uitdaging, ook van een nieuwe"),
    ),
    ("project", "challenge"),
)
