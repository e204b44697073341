"""Who is invited to a coalition, and what can be edited of who takes part."""

from collections.abc import Sequence
from dataclasses import replace

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.commands.base import Refused
from portal.commands.coalitions.participations import PARTICIPATION, invite_partners
from portal.components import editing as parts
from portal.components.aria import named
from portal.pages.coalitions.matrix import Parts
from portal.pages.editing.columns import NEW, editable, fields, some
from portal.pages.editing.kinds import Added, Field, Values
from portal.pages.outcome import Told, attempt
from portal.permissions import Permission, Viewer, scope
from portal.queries.coalitions.participations import (
    editable_participation,
    editable_participations,
    leads_beside,
    partners_to_ask,
    partners_without_state,
)
from portal.queries.editable_rows import Labelled
from portal.text import in_words, listed
from portal.vocabulary import ParticipationState

LABEL = "Nodig partners uit"
CHOOSE = "Kies eerst een traject."
ASKED = "Wie al gevraagd werd of antwoordde, staat er niet bij."
NOBODY = "Iedereen werd al gevraagd voor dit traject."
Options = Sequence[tuple[str, str]]


def may_invite(viewer: Viewer) -> bool:
    return scope(viewer, Permission.EDIT_PARTICIPATION).everything


def opener(projects: Options) -> Component:
    """The form, behind a button."""
    project = html.Div(
        [
            html.Label("Traject", htmlFor=Parts.INVITE_TO),
            parts.choice(Parts.INVITE_TO, None, projects, wrong=False),
        ],
        className="field wide",
    )
    label = "Welke partners?"
    ticks = html.Div(dbc.Checklist(id=Parts.INVITE_WHO, options=[], value=[]), role="group", **named(label))
    hint = html.Small(CHOOSE, id=Parts.INVITE_HINT, className="hint", role="status")
    whom = html.Div([html.Span(label, className="label"), ticks, hint], className="field wide ticks")
    send = html.Div(parts.button(Parts.INVITE_SEND, "Nodig uit", main=True), className="edit-choices")
    fields = html.Div([project, whom], className="form-fields")
    return parts.opener(LABEL, html.Div([html.Div(id=Parts.INVITE_SAID), fields, send], className="editing"))


def hint(project: str, waiting: Options) -> str:
    """What is said below the partners that can still be asked."""
    return (ASKED if waiting else NOBODY) if project else CHOOSE


def invite(viewer: Viewer, project: str, partners: Sequence[str], names: Options) -> Told:
    """Asks each of them; who was asked already is not asked again."""

    def act(session: Session) -> Told:
        waiting = {slug for slug, _ in partners_to_ask(session, viewer, project)}
        asked = invite_partners(session, viewer, project=project, partners=partners)
        if not asked:
            return Told("Deze partners waren al uitgenodigd; er is niets gewijzigd.", done=False)
        known = dict(names)
        whom = listed([known.get(slug, slug) for slug in dict.fromkeys(partners) if slug in waiting])
        return Told(f"Uitgenodigd: {whom}. Ze zien de vraag op hun eerste pagina.", href=f"/project/{project}")

    return attempt(act)


RIGHT = Permission.EDIT_PARTICIPATION
Listed = Sequence[tuple[str, str]]
NOT_ASKED = ParticipationState.NOT_ASKED
ANSWERS = tuple(state for state in ParticipationState if state is not NOT_ASKED)


def _partners(session: Session, viewer: Viewer) -> Listed:
    return partners_without_state(session, viewer, "")


def _many(session: Session, viewer: Viewer, project: str) -> list[Labelled]:
    """The coalition as a grid; who edits one row of it gets a form instead."""
    found = editable_participations(session, viewer, project)
    return [] if len(found) == 1 and not _whole_region(viewer) else found


def _own(session: Session, viewer: Viewer, project: str) -> list[Labelled]:
    return [] if _whole_region(viewer) else editable_participations(session, viewer, project)


def _whole_region(viewer: Viewer) -> bool:
    return scope(viewer, RIGHT).everything


def _asked(session: Session, viewer: Viewer, of: str) -> list[Labelled]:
    """The invitation `of` this id as long as it waits; its state is still to be chosen."""
    found = editable_participation(session, viewer, int(of) if of.isdecimal() else 0)
    return [{**row, "state": None} for row in found if row["state"] is NOT_ASKED and row["asked_on"]]


def _answer(session: Session, by: Viewer, row_id: int, version: int, values: Values) -> object:
    if "state" not in values:
        raise Refused("Kies eerst of u meedoet; er is nog niets bewaard.")
    return PARTICIPATION.change(session, by, row_id, version, values)


def _add(session: Session, by: Viewer, project: str, values: Values) -> Added:
    said = {key: value for key, value in values.items() if value is not None or key == "state"}
    row = PARTICIPATION.add_said(session, by, said, project=project)
    name = dict(_partners(session, by)).get(str(values["partner"]), "")
    return Added(f"De deelname van {name}", remark=_remark(session, by, row.id, values))


def _remark(session: Session, viewer: Viewer, row_id: int, values: Values) -> str:
    """Two leads are possible, and said."""
    if values.get("state") != ParticipationState.LEAD:
        return ""
    leads = leads_beside(session, viewer, row_id)
    return f"Let op: dit traject heeft nu {in_words(len(leads))} trekkers, {listed(leads)}." if len(leads) > 1 else ""


PARTICIPATIONS = editable(
    PARTICIPATION,
    _many,
    (
        Field("partner_name", "Partner", width=150, fixed=True, pinned=True),
        *fields(
            PARTICIPATION.entity,
            f"partner {PARTICIPATION.entity.typed}",
            partner=NEW | {"choices": _partners},
        ),
    ),
    add=_add,
    may_add=lambda session, viewer, project: bool(partners_without_state(session, viewer, project)),
    remark=_remark,
)
OWN_PARTICIPATION = replace(PARTICIPATIONS, name="eigen-deelname", rows=_own)
INVITATION = editable(
    PARTICIPATION,
    _asked,
    fields(
        PARTICIPATION.entity,
        "state expected_on reason improvement improvement_note",
        state=some(*ANSWERS) | {"label": "Doet u mee?"},
    ),
    name="uitnodiging",
    one="antwoord",
    change=_answer,
    add=None,
    remark=_remark,
    switch="Antwoord",
)
EDITABLES = (PARTICIPATIONS, OWN_PARTICIPATION, INVITATION)
