"""The filter's fields: the key each has in the address."""

from typing import NamedTuple
from urllib.parse import parse_qs

from portal.pages.coalitions.ids import Ids


class Field(NamedTuple):
    key: str
    control: Ids
    label: str
    everything: str


ALL = (
    Field("type", Ids.TYPES, "Type samenwerking", "Alle types"),
    Field("thema", Ids.THEMES, "Thema", "Alle thema's"),
    Field("atelier", Ids.ATELIERS, "Atelier", "Alle ateliers"),
    Field("partner", Ids.PARTNERS, "Partner die meedoet", "Alle partners"),
)
KEYS = [field.key for field in ALL]
# what the page's script needs to set the fields from a link
SCRIPT = {field.key: {"id": field.control.value, "many": True, "empty": ""} for field in ALL}


def values_in(query: str) -> list[list[str]]:
    """The value of each field of `ALL` that an address means; what a field does not offer stays unchosen there."""
    given = {key: texts[0] for key, texts in parse_qs(query).items()}
    return [[value for value in given.get(field.key, "").split(",") if value] for field in ALL]
