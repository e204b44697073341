"""Whether a project can become what its row says, judged by the rules that the command keeps."""

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any, cast

from data_loaders.inventory.known import Known
from data_loaders.plan import Present
from portal.commands.base import Refused
from portal.commands.inventory.projects import in_order, require_in_reach
from portal.db.models import Project
from portal.vocabulary import ProjectScope

LOCAL_HAS_A_REPORTER = "een lokaal project wordt door een partner gemeld; vul gemeld door in."
WHEN = "vul in wanneer het project eindigde."
NOT_ENDED = "een project in deze fase is niet beëindigd; wis de datum of wijzig de fase."
ORDER = ("ended_on", "end_expected_on", "start_on", "phase")


def faults_of(values: Mapping[str, Any], present: Present | None, known: Known) -> Iterator[tuple[str, str]]:
    """Column key and sentence. A row that changes nothing is not judged: it may be older than the rule."""
    old: Mapping[str, Any] = present.values if present else {}
    said = {key for key in values if present is None or (key in old and values[key] != old[key])}
    if not said:
        return
    if values["scope"] is ProjectScope.LOCAL and not values["reported_by"] and present is None:
        yield "reported_by", LOCAL_HAS_A_REPORTER
        return
    as_it_would_be = _stand_in(values, known)
    try:
        in_order(as_it_would_be, said, old.get("end_expected_on"))
    except Refused as refused:
        yield next(key for key in ORDER if key in said), str(refused)
    else:
        if as_it_would_be.ended_on != values["ended_on"]:
            yield "ended_on", NOT_ENDED if values["ended_on"] else WHEN
    try:
        require_in_reach(known.viewer, as_it_would_be)
    except Refused as refused:
        yield (
            "code" if present is None else next((key for key in ("atelier", "scope") if key in said), "code"),
            str(refused),
        )


def _stand_in(values: Mapping[str, Any], known: Known) -> Project:
    """What the rules look at, without a row of the database behind it."""
    ends = {"end_first_planned_on": None, "version": 0}
    places = {
        "reported_by_id": known.partner_ids.get(values["reported_by"]),
        "atelier_id": known.atelier_ids.get(values["atelier"]),
    }
    return cast(Project, SimpleNamespace(**{**values, **ends, **places}))
