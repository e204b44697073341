"""Results, milestones and the partners that reached a result, as one workbook."""

from data_loaders.kind import Kind
from data_loaders.milestones.known import known_in, tables
from data_loaders.milestones.reading import read
from data_loaders.milestones.writing import apply, plan
from portal.permissions import Permission

MILESTONES = Kind(
    name="milestones",
    description="resultaten, mijlpalen en wie een resultaat bereikte (.xlsx)",
    right=Permission.EDIT_DELIVERABLES,
    everything=False,
    known=known_in,
    read=read,
    plan=plan,
    apply=apply,
    tables=tables,
    title="Resultaten en mijlpalen",
    files="resultaten-en-mijlpalen",
)
