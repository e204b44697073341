"""The sheet of participations: what it knows beside what the table says."""

from data_loaders.described import Options, columns
from data_loaders.sheets import VERSION, Column, Sheet
from portal.entities.coalitions import PARTICIPATION
from portal.values import Prose, Words
from portal.vocabulary import Improvement

STATES = "Deelnames"
SINCE = "een datum; wijzigt de stand, dan de dag waarop de nieuwe begint (de vorige eindigt dan)"
UNKNOWN = {"kind": Words(Improvement, nothing=Improvement.UNKNOWN), "required": False}


def state_sheet(options: Options) -> Sheet:
    """With every partner, and the shared projects, to choose from."""
    project, *rest = columns(
        PARTICIPATION,
        options=options,
        project={"also": ("traject",), "says": "de code van een regionaal traject"},
        since={"required": False, "says": SINCE},
        improvement=UNKNOWN | {"also": ("wordt het beter",)},
        improvement_note={"also": ("toelichting beter",)},
        decision_organ={"also": ("orgaan beslissing",)},
        decision_on={"also": ("datum beslissing",)},
        decision_status={"also": ("stand beslissing",)},
        decision_url={"also": ("adres besluit",)},
        asked_on={"says": "wanneer de coördinator het vroeg"},
    )
    title = Column("titel", "title", Prose(), info=True)
    return Sheet(STATES, (project, title, *rest, VERSION), ("project", "partner"))
