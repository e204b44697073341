"""One's own account, without data."""

from dash import html
from dash.development.base_component import Component

from portal.components import editing
from portal.components.cards import card, cards, skeleton
from portal.credentials import LONGEST, PASSWORD_RULE
from portal.pages.account.ids import Ids


def layout() -> Component:
    form = editing.posted(
        "Wachtwoord wijzigen",
        [
            _secret(Ids.CURRENT, "Huidig wachtwoord", "current-password"),
            _secret(Ids.PASSWORD, "Nieuw wachtwoord", "new-password"),
            _secret(Ids.AGAIN, "Nogmaals het nieuwe wachtwoord", "new-password"),
        ],
        editing.said_place(Ids.SAID),
        editing.button(Ids.SAVE, "Wijzig wachtwoord", main=True),
    )
    sub = f"{PASSWORD_RULE} Daarna meldt u zich overal opnieuw aan."
    place = html.Div(id=Ids.LEAVE)
    return html.Div(
        [
            html.Div(skeleton(120), id=Ids.WHO, className="page-head"),
            cards(card("Hoe wijzigt u uw wachtwoord?", form, place, sub=sub)),
        ]
    )


def _secret(control_id: Ids, label: str, autocomplete: str) -> Component:
    return editing.typed(control_id, label, kind="password", most=LONGEST, autoComplete=autocomplete)
