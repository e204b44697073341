"""The fields of the search in the trace: the key each has in the address."""

from typing import Any
from urllib.parse import parse_qs

from portal.pages.management.ids import Ids

CONTROLS = {
    "wie": Ids.TRACE_WHO,
    "van": Ids.TRACE_SINCE,
    "tot": Ids.TRACE_UNTIL,
    "soort": Ids.TRACE_KIND,
    "rij": Ids.TRACE_ROW,
    "tekst": Ids.TRACE_TEXT,
    "import": Ids.TRACE_RUN,
}
KEYS = list(CONTROLS)
SCRIPT: dict[str, dict[str, Any]] = {
    key: {"id": control.value, "many": False, "empty": ""} for key, control in CONTROLS.items()
}


def values_in(query: str) -> dict[str, str]:
    """What each field shows for this address."""
    given = parse_qs(query[:2000])
    return {key: given.get(key, [""])[0] for key in KEYS}
