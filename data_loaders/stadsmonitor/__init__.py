"""Editions of the survey among inhabitants, in the official layouts and in our own."""

from data_loaders.kind import Kind
from data_loaders.stadsmonitor.comparing import apply, plan
from data_loaders.stadsmonitor.exporting import long_form
from data_loaders.stadsmonitor.known import known_in
from data_loaders.stadsmonitor.reading import read
from portal.permissions import Permission

STADSMONITOR = Kind(
    name="stadsmonitor",
    description="waarden van de Gemeente- en Stadsmonitor (.xlsx of .csv)",
    right=Permission.IMPORT_DATA,
    everything=True,
    known=known_in,
    read=read,
    plan=plan,
    apply=apply,
    tables=long_form,
    asks_year=True,
)
