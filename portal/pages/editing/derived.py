"""The fields of forms and grids, as the tables they are of describe them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from portal.entities.fields import Entity, fields_of
from portal.pages.editing.kinds import Field
from portal.permissions import Viewer
from portal.queries import reference
from portal.queries.money import grants
from portal.values import Day, Euro, Prose, Ref, Share, Whole, Words, YesNo

Listed: TypeAlias = Callable[[Session, Viewer], Sequence[tuple[str, str]]]
How: TypeAlias = dict[str, Any]
"""What a form or grid says otherwise of a field, by the names of `Field`."""

LISTS: Mapping[str, Listed] = {
    "atelier": reference.atelier_options,
    "collaboration_type": reference.numbered_type_options,
    "dimension": reference.dimension_options,
    "subsidy_grant": grants.grant_options,
    "indicator": reference.indicator_options,
    "partner": reference.partner_options,
    "service": reference.service_options,
    "subsidy_call": grants.call_options,
    "theme": reference.theme_options,
}
"""What may be chosen, by the table that a field points at."""
WIDTHS: Sequence[tuple[type[Any], int]] = (
    (Day, 135),
    (Euro, 140),
    (Share, 130),
    (Whole, 100),
    (YesNo, 128),
    (Words, 145),
    (Ref, 160),
    (Prose, 240),
)
LINE_WIDTH = 190
NEW: How = {"only_new": True, "in_grid": False}
"""Said once, in the form that adds; the grid has no column for it."""


def fields(entity: Entity, keys: str = "", told: str = "", **how: Any) -> tuple[Field, ...]:
    """Those of these keys (else all that people type, in the order of the entity), each as its table says it.

    `told` are keys that are shown before them and never typed. `how`: by key, what differs here (a `How`).
    """
    shown = [_field(entity.model, key, {"fixed": True, **how.get(key, {})}) for key in told.split()]
    typed = [_field(entity.model, key, how.get(key, {})) for key in (keys or f"{entity.once} {entity.typed}").split()]
    return (*shown, *typed)


def _field(model: Any, key: str, how: How) -> Field:
    of = fields_of(model)[key]
    fixed = bool(how.get("fixed")) and not how.get("only_new")
    said: dict[str, Any] = {
        "label": of.label,
        "kind": of.kind,
        "required": of.required and not fixed,
        "choices": LISTS.get(of.points_at.table) if of.points_at else None,
        "width": next((width for kind, width in WIDTHS if isinstance(of.kind, kind)), LINE_WIDTH),
        "empty": of.shown.empty or "leeg",
        "start": of.start,
        "hint": of.shown.hint,
    }
    return Field(key, **said | dict(how))
