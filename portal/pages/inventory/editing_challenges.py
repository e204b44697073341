"""What can be edited of a challenge."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from portal.commands.inventory.challenges import CHALLENGE, add_challenge, report_too
from portal.entities import inventory as described
from portal.pages.editing.derived import fields
from portal.pages.editing.kinds import Added, Editable, Twin, Values
from portal.pages.inventory import choices
from portal.permissions import Permission, Viewer
from portal.queries.inventory.challenges import challenge_detail
from portal.queries.inventory.editable import editable_challenges
from portal.queries.inventory.likeness import twins

LIKE = 3
FOR_US, FOR_CHOSEN = "Meld dit ook voor ons", "Meld dit ook voor het gekozen bestuur"
OWN = "al van uw bestuur: open ze en vul ze aan."


def _add(session: Session, by: Viewer, of: str, values: Values) -> Added:
    row = add_challenge(session, by, partner=str(values.get("partner")), values=_new(values))
    return Added(f"{row.code} {row.title}", f"/uitdaging/{row.code}")


def _join(session: Session, by: Viewer, of: str, values: Values, like: str) -> Added:
    partner = str(values.get("partner"))
    row = report_too(session, by, partner=partner, values=_new(values), like=like)
    return Added(f"{row.code} {row.title} (hetzelfde als {like})", f"/uitdaging/{row.code}")


def _new(values: Values) -> Values:
    """What describes it; a day that was left empty is today, which the command knows."""
    described = {key: value for key, value in values.items() if key != "partner"}
    if described.get("inventoried_on") is None:
        described.pop("inventoried_on", None)
    return described


def _may_add(session: Session, viewer: Viewer, _: str) -> bool:
    return bool(choices.partners(session, viewer))


def _twins(session: Session, viewer: Viewer, title: str) -> Sequence[Twin]:
    """Those of other partners may be reported too, in the own words; an own one is there already."""
    own = [slug for slug, _ in choices.partners(session, viewer)]
    ours = own[0] if len(own) == 1 else None
    return [
        _twin(row, own=row["partner_slug"] == ours, join=FOR_US if ours else FOR_CHOSEN)
        for row in twins(session, viewer, title=title, most=LIKE).to_dict("records")
    ]


def _twin(row: Mapping[Hashable, Any], *, own: bool, join: str) -> Twin:
    twin = Twin(f"{row['code']} {row['title']}", row["partner"], f"/uitdaging/{row['code']}", row["why"])
    return replace(twin, hint=OWN) if own else replace(twin, join=join, code=row["code"])


def _from_twin(session: Session, viewer: Viewer, code: str) -> Values:
    found = challenge_detail(session, viewer, code)
    sorted_out = {"theme": found.theme_code, "dimension": found.dimension_code, "service": found.service_code}
    return {**sorted_out, "urgency": str(found.urgency)}


CHALLENGES = Editable(
    name="uitdagingen",
    one="uitdaging",
    right=Permission.EDIT_INVENTORY,
    fields=fields(
        described.CHALLENGE,
        told="code",
        code={"pinned": True, "width": 105},
        partner={"choices": choices.partners, "only_new": True, "fixed": True, "width": 130},
        title={"width": 280},
        urgency={"start": "2"},
    ),
    rows=editable_challenges,
    change=CHALLENGE.change,
    add=_add,
    archive=CHALLENGE.archive,
    restore=CHALLENGE.restore,
    may_add=_may_add,
    twins=_twins,
    from_twin=_from_twin,
    join=_join,
)
