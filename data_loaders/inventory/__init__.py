"""The inventory as a workbook: challenges, projects, and which project answers which challenge."""

from data_loaders.inventory.reading import read
from data_loaders.inventory.sheets import apply, known_in, plan, tables
from data_loaders.kind import Kind
from portal.permissions import Permission

INVENTORY = Kind(
    name="inventory",
    description="uitdagingen, projecten en hun koppelingen (.xlsx)",
    right=Permission.EDIT_PROJECTS,
    everything=False,
    known=known_in,
    read=read,
    plan=plan,
    apply=apply,
    tables=tables,
    title="Inventaris",
    files="uitdagingen-en-projecten",
)
