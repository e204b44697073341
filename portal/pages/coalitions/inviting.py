"""The coordinator invites partners to a coalition: which project, whom, and what became of it."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.commands.coalitions.participations import invite_partners
from portal.components import editing as parts
from portal.components.aria import named
from portal.pages.coalitions.ids import Parts
from portal.pages.told import Told, attempt
from portal.permissions import Permission, Viewer, scope
from portal.queries.coalitions.participations import partners_to_ask
from portal.text import listed

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
