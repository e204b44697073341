"""The tables that people edit, described once: forms, grids, sheets, history and meetings read them here."""

from collections.abc import Mapping

from portal.entities import coalitions, inventory, meetings, money, results
from portal.entities.fields import Entity

WINGS = (inventory, coalitions, results, money, meetings)
ENTITIES: Mapping[str, Entity] = {
    each.model.__tablename__: each for wing in WINGS for each in vars(wing).values() if isinstance(each, Entity)
}
"""Every one of them, by the name of its table."""
