"""Who takes part in which coalition, in which state, as one workbook."""

from data_loaders.kind import Kind
from data_loaders.participation.known import known_in, tables
from data_loaders.participation.reading import read
from data_loaders.participation.writing import apply, plan
from portal.permissions import Permission

PARTICIPATION = Kind(
    name="participation",
    description="deelnames: de stand van elke partner in elk regionaal traject (.xlsx)",
    right=Permission.EDIT_PARTICIPATION,
    everything=False,
    known=known_in,
    read=read,
    plan=plan,
    apply=apply,
    tables=tables,
    title="Deelnames",
)
