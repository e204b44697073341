"""Of a municipality: who has the same question, what covers it, and whom to call."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dash import MATCH, Input, Output, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.components.cards import card, nothing_found
from portal.components.links import inside, mail_to
from portal.db.engine import reading
from portal.exports.workbook import Kind
from portal.pages.cards import Card
from portal.pages.columns import told, written
from portal.pages.given import Clicks, pressed_id
from portal.pages.same_question import SHOWN, Table, more, more_id, question_table, rest_id, to_call
from portal.permissions import Permission, Viewer
from portal.queries.inventory.covering import OwnAnswer, own_answers
from portal.queries.inventory.same_question import Alone, Elsewhere, alone, elsewhere, may_answer
from portal.queries.partners.partners import Contact, PartnerDetail, contacts_of, partner_detail
from portal.text import in_words, number, plural, sentence
from portal.vocabulary import SameQuestion

INVENTORY = "inventaris in het portaal"
AT_ONCE = 20
SOURCE = "bevestigde onderwerpen, anders gelijkende woorden; trajecten die iemand koppelde"


def query_of(partner: PartnerDetail) -> str:
    """What a download of this partner carries."""
    return f"gemeente={partner.slug}"


@dataclass(frozen=True, slots=True)
class Shared(OwnAnswer):
    """An open challenge as the workbook tells it."""

    @property
    def confirmed_with(self) -> str:
        return self._names(SameQuestion.CONFIRMED)

    @property
    def like_with(self) -> str:
        return self._names(SameQuestion.ALIKE)

    def _names(self, origin: SameQuestion) -> str:
        return ", ".join(dict.fromkeys(one.partner.title for one in self.same if one.origin is origin))

    @property
    def why(self) -> str:
        return next((one.why for one in self.same if one.why), "")

    @property
    def through(self) -> str | None:
        return self.cover.through.title if self.cover and self.cover.through else None


SHARED: Card[PartnerDetail] = Card(
    *("partner", "gedeeld", "Wie heeft dezelfde vraag?", SOURCE),
    of="challenge",
    columns=(
        written("code", "Code"),
        written("title", "Uitdaging"),
        *(written("theme", "Thema"), written("service", "Dienst"), written("urgency", "Urgentie", Kind.NUMBER)),
        written("origin", "Dezelfde vraag"),
        written("confirmed_with", "Bevestigd bij"),
        written("like_with", "Lijkt op een vraag van"),
        written("why", "Want"),
        written("project_code", "Code traject"),
        written("project", "Wat antwoordt erop"),
        written("project_state", "Stand traject"),
        written("through", "Gekoppeld door"),
        written("subject", "Kandidaat-coalitie"),
    ),
    rows=lambda session, viewer, partner: told(own_answers(session, viewer, partner.slug), Shared),
)


@dataclass(frozen=True, slots=True)
class Sharing:
    """What the card shows: the first open challenges of each kind that the viewer may know of, who may answer, and whom
    to call. `counted` is over every challenge, `named` over those of which the others may be named."""

    rows: list[OwnAnswer]
    answerable: bool
    contacts: list[Contact]
    counted: Elsewhere
    named: Elsewhere
    alone: Alone

    def table(self, partner: PartnerDetail) -> Table:
        return question_table(self.rows, self.contacts, answerable=self.answerable, ours=partner.own)


def sharing_of(session: Session, viewer: Viewer, partner: PartnerDetail, *, most: int = SHOWN) -> Sharing:
    rows = own_answers(session, viewer, partner.slug, most=most)
    called = to_call(rows) if partner.own else [partner.slug]
    return Sharing(
        rows=rows,
        answerable=may_answer(viewer, partner.id),
        contacts=contacts_of(session, viewer, called),
        counted=elsewhere(session, partner.slug),
        named=elsewhere(session, partner.slug, viewer),
        alone=alone(session, viewer, partner.slug, most=AT_ONCE),
    )


def sharing_cards(partner: PartnerDetail, found: Sharing, as_of: date, refreshes: Sequence[str]) -> list[Component]:
    called = call_card(partner, found.contacts)
    return [sharing_card(partner, found, as_of, refreshes), *([called] if called else [])]


def sharing_card(partner: PartnerDetail, found: Sharing, as_of: date, refreshes: Sequence[str]) -> Component:
    """`refreshes`: the stores whose callbacks say what an answer changes."""
    table = found.table(partner)
    body = table.first(SHOWN, found.named) or [
        nothing_found("vragen die ook elders leven", "Niemand anders heeft dezelfde vraag.")
    ]
    marks: dict[str, Any] = {"data-refreshes": json.dumps(list(refreshes))}
    return card(
        SHARED.question,
        html.Div(
            [*body, more("partner", partner.slug, table.left_out(SHOWN, found.named)), _alone(found.alone)], **marks
        ),
        sub=told_of(found),
        foot=SHARED.foot(as_of, query_of(partner)),
        flows=True,
    )


@callback(
    Permission.VIEW_PORTAL,
    Output(rest_id("partner", MATCH), "children"),
    Input(more_id("partner", MATCH), "n_clicks"),
    prevent_initial_call=True,
)
def show_rest(clicks: Clicks) -> Any:
    if not clicks:
        return no_update
    viewer = current_viewer()
    with reading() as session:
        partner = partner_detail(session, viewer, pressed_id()["of"])
        found = sharing_of(session, viewer, partner, most=AT_ONCE)
    return [*found.table(partner).rest(SHOWN), html.P(f"Hoogstens {AT_ONCE} van elk; de download heeft ze alle.")]


def told_of(found: Sharing) -> str:
    """The grades counted; what may not be named is counted too, and said."""
    kept_back = found.counted.total - found.named.total
    counted = f"{sentence(in_words(found.counted.confirmed))} bevestigd, {in_words(found.counted.alike)} gelijkend."
    inner = f" {sentence(plural(kept_back, 'interne vraag is', 'interne vragen zijn'))} hier niet uitgesplitst."
    return counted + (inner if kept_back else "")


def _alone(found: Alone) -> Component | None:
    if not found.count:
        return None
    lines = [html.Li(inside(title, f"/uitdaging/{code}")) for code, title in found.first]
    more = [html.Li(f"en nog {number(found.count - len(lines))}")] if found.count > len(lines) else []
    fold = html.Summary(f"Nergens anders: {plural(found.count, 'open uitdaging', 'open uitdagingen')}")
    return html.Details([fold, html.Ul([*lines, *more])], className="as-table")


def call_card(partner: PartnerDetail, contacts: Sequence[Contact]) -> Component | None:
    """Of another partner its own directors; whom to call of the own challenges stands beside each."""
    if partner.own:
        return None
    return card(f"Wie belt u bij {partner.name}?", people(contacts, partner.slug) or _nobody(partner.name))


def people(contacts: Sequence[Contact], slug: str) -> Component | None:
    """Those of one partner, each with a way to write to them; None where nobody is known."""
    own = [one for one in contacts if one.partner_slug == slug]
    lines = [html.Div([f"{one.name}: ", mail_to(one.email)]) for one in own]
    return html.Div(lines) if lines else None


def _nobody(names: str) -> Component:
    return html.P(
        f"Van {names} is nog niemand aangemeld. Vraag het de projectcoördinator; die kan iemand laten uitnodigen.",
        className="remark",
    )
