"""What tables and columns are called, wherever the portal speaks of them: as each model says of itself."""

from collections import Counter
from collections.abc import Mapping
from functools import cache

from sqlalchemy import inspect

from portal.db.base import SHOWN, Shown
from portal.db.traced import MODELS, traced_models
from portal.words import fold

# what the trace tells of itself, where its sealing began; no columns
OF_THE_TRACE: Mapping[str, str] = {
    "audit_hash": "kenmerk",
    "sealed_from": "verzegeld vanaf rij",
    "untold": "rijen zonder spoor",
}


def entity_label(entity: str) -> str:
    """What a row of this table is called; the table's own name for one that was there before."""
    model = MODELS.get(entity)
    return str(model.called) if model is not None and hasattr(model, "called") else entity


def field_label(field: str, entity: str = "") -> str:
    """What people call a column of this table, or the key by which they name the row it points at ("theme" for
    theme_id); without a table, what most tables call it. The name itself for a column that was there before."""
    said = _labels(entity)
    return said.get(field) or said.get(f"{field}_id") or (field_label(field) if entity else field)


def field_meaning(heading: str, key: str, *entities: str) -> str:
    """What a column of a sheet tells: what the field means that is called so in the first of these tables that has one,
    or has this key there; "" for a column that is no field of theirs."""
    for entity in entities:
        by_label, by_key = _meanings(entity)
        if said := by_label.get(fold(heading)) or by_key.get(key.removesuffix("_label")):
            return said
    return ""


@cache
def _meanings(entity: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What the columns of this table mean, by label; and by the keys that rows of it have ("since", "theme" for
    theme_id, "end_expected" for end_expected_on)."""
    found = [(key, shown) for key, shown in _shown_of(entity) if shown.means]
    keys = {name: shown.means for key, shown in found for name in (key, *map(key.removesuffix, ("_id", "_on")))}
    return {fold(shown.label): shown.means for _, shown in found}, keys


@cache
def _labels(entity: str) -> Mapping[str, str]:
    """The word of each column of this table; of every table for "", where most tables decide, then the alphabet."""
    if not entity:
        told = {(key, word, table) for table in _told() for key, word in _labels(table).items()}
        most = Counter((key, word) for key, word, _ in told)
        ordered = sorted(most, key=lambda one: (one[0], most[one], one[1]))
        return dict(ordered) | dict(OF_THE_TRACE)
    return {key: shown.word for key, shown in _shown_of(entity)} if entity in MODELS else {}


def _shown_of(entity: str) -> list[tuple[str, Shown]]:
    columns = inspect(MODELS[entity]).column_attrs
    found: list[tuple[str, Shown | None]] = [(each.key, each.columns[0].info.get(SHOWN)) for each in columns]
    return [(key, shown) for key, shown in found if shown is not None]


def _told() -> list[str]:
    return [model.__tablename__ for model in traced_models()]
