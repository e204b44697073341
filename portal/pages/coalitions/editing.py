"""What can be edited of coalitions: each partner's state, and the answer to an invitation."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy.orm import Session

from portal.commands.base import Refused
from portal.commands.coalitions import participations
from portal.entities import coalitions as described
from portal.pages.editing.derived import NEW, fields
from portal.pages.editing.kinds import Added, Editable, Field, Rows, Values
from portal.permissions import Permission, Viewer, scope
from portal.queries.coalitions.participations import (
    editable_participation,
    editable_participations,
    leads_beside,
    partners_without_state,
)
from portal.text import in_words, listed
from portal.values import Ref
from portal.vocabulary import ParticipationState

RIGHT = Permission.EDIT_PARTICIPATION
Listed = Sequence[tuple[str, str]]
NOT_ASKED = ParticipationState.NOT_ASKED
ANSWERS = tuple((state.value, state.label) for state in ParticipationState if state is not NOT_ASKED)


def _partners(session: Session, viewer: Viewer) -> Listed:
    return partners_without_state(session, viewer, "")


def _may_add(session: Session, viewer: Viewer, project: str) -> bool:
    return bool(partners_without_state(session, viewer, project))


def _answers(_: Session, __: Viewer) -> Listed:
    return ANSWERS


def _many(session: Session, viewer: Viewer, project: str) -> pd.DataFrame:
    """The coalition as a grid; who edits one row of it gets a form instead."""
    found = editable_participations(session, viewer, project)
    return found.head(0) if len(found) == 1 and not _whole_region(viewer) else found


def _own(session: Session, viewer: Viewer, project: str) -> pd.DataFrame:
    found = editable_participations(session, viewer, project)
    return found.head(0) if _whole_region(viewer) else found


def _whole_region(viewer: Viewer) -> bool:
    return scope(viewer, RIGHT).everything


def _asked(session: Session, viewer: Viewer, of: str) -> pd.DataFrame:
    """The invitation `of` this id as long as it waits; its state is still to be chosen."""
    found = editable_participation(session, viewer, int(of) if of.isdecimal() else 0)
    waiting = found[(found["state"] == NOT_ASKED) & found["asked_on"].notna()]
    return waiting.assign(state=None)


def _change(session: Session, by: Viewer, row_id: int, version: int, values: Values) -> object:
    return participations.answer_participation(session, by, participation_id=row_id, version=version, values=values)


def _answer(session: Session, by: Viewer, row_id: int, version: int, values: Values) -> object:
    if "state" not in values:
        raise Refused("Kies eerst of u meedoet; er is nog niets bewaard.")
    return _change(session, by, row_id, version, values)


def _add(session: Session, by: Viewer, project: str, values: Values) -> Added:
    rest = {key: value for key, value in values.items() if key != "partner" and (value is not None or key == "state")}
    partner = str(values.get("partner"))
    row = participations.add_participation(session, by, project=project, partner=partner, values=rest)
    name = dict(_partners(session, by)).get(partner, partner)
    return Added(f"De deelname van {name}", remark=_remark(session, by, row.id, values))


def _remark(session: Session, viewer: Viewer, row_id: int, values: Values) -> str:
    """Two leads are possible, and said."""
    if values.get("state") != ParticipationState.LEAD:
        return ""
    leads = leads_beside(session, viewer, row_id)
    return f"Let op: dit traject heeft nu {in_words(len(leads))} trekkers, {listed(leads)}." if len(leads) > 1 else ""


def _participations(name: str, rows: Rows) -> Editable:
    return Editable(
        name=name,
        one="deelname",
        right=RIGHT,
        fields=(
            Field("partner_name", "Partner", width=150, fixed=True, pinned=True),
            *fields(
                described.PARTICIPATION,
                f"partner {described.PARTICIPATION.typed}",
                partner=NEW | {"choices": _partners},
            ),
        ),
        rows=rows,
        change=_change,
        add=_add,
        may_add=_may_add,
        remark=_remark,
        name_of="partner_name",
    )


PARTICIPATIONS = _participations("deelnames", _many)
OWN_PARTICIPATION = _participations("eigen-deelname", _own)
INVITATION = Editable(
    name="uitnodiging",
    one="antwoord",
    right=RIGHT,
    fields=fields(
        described.PARTICIPATION,
        "state expected_on reason improvement improvement_note",
        state={"label": "Doet u mee?", "kind": Ref(), "choices": _answers},
    ),
    rows=_asked,
    change=_answer,
    remark=_remark,
    switch="Antwoord",
    name_of="title",
)
EDITABLES = (PARTICIPATIONS, OWN_PARTICIPATION, INVITATION)
