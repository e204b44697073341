"""The filter's fields: the key each has in the address, and which of the two lists it concerns."""

from typing import Any, NamedTuple
from urllib.parse import parse_qs

from portal.components.filters import Option
from portal.pages.inventory.ids import Ids
from portal.vocabulary import ChallengeStatus, Phase, ProjectScope, Word

BOTH, CHALLENGES, PROJECTS = "beide", "uitdagingen", "projecten"


class Field(NamedTuple):
    """A field of the filter; `lists` says for which list it counts."""

    key: str
    control: Ids
    label: str
    everything: str
    lists: str = BOTH


MANY = (
    Field("gemeente", Ids.PARTNERS, "Gemeente of partner", "Alle partners"),
    Field("thema", Ids.THEMES, "Thema", "Alle thema's"),
    Field("dienst", Ids.SERVICES, "Dienst", "Alle diensten"),
    Field("dimensie", Ids.DIMENSIONS, "Dimensie", "Alle dimensies"),
    Field("status", Ids.STATUSES, "Status", "Elke status", CHALLENGES),
    Field("urgentie", Ids.URGENCIES, "Urgentie", "Elke urgentie", CHALLENGES),
    Field("fase", Ids.PHASES, "Fase", "Elke fase", PROJECTS),
    Field("schaal", Ids.SCOPES, "Schaal", "Elke schaal", PROJECTS),
    Field("atelier", Ids.ATELIERS, "Atelier", "Alle ateliers", PROJECTS),
)
COVERED = Field("dekking", Ids.COVERED, "Project", "Met en zonder project", CHALLENGES)
TEXT = Field("tekst", Ids.TEXT, "Zoek in tekst", "")
TAB = Field("tab", Ids.TAB, "Lijst", CHALLENGES)
ALL = (*MANY, COVERED, TEXT, TAB)
KEYS = [field.key for field in ALL]
# as the page's script writes them: what a field is without being chosen does not stand in the address
WRITTEN = [f"{field.key}={CHALLENGES}" if field is TAB else field.key for field in ALL]
# what the page's script needs to set the fields from a link
SCRIPT = {
    field.key: {"id": field.control.value, "many": field in MANY, "empty": CHALLENGES if field is TAB else ""}
    for field in ALL
}
URGENCIES = [Option("3", "hoog (3)"), Option("2", "middel (2)"), Option("1", "laag (1)")]
COVERAGE = [Option("nee", "Nog zonder project"), Option("ja", "Met een lopend project")]


def words(kind: type[Word]) -> list[Option]:
    return [Option(word.value, word.label) for word in kind]


STATUSES, PHASES, SCOPES = words(ChallengeStatus), words(Phase), words(ProjectScope)


def values_in(query: str) -> list[Any]:
    """The value of each field of `ALL` that an address means; what a field does not offer stays unchosen there."""
    given = {key: texts[0] for key, texts in parse_qs(query).items()}
    return [
        [value for value in given.get(field.key, "").split(",") if value]
        if field in MANY
        else given.get(field.key, SCRIPT[field.key]["empty"])
        for field in ALL
    ]
