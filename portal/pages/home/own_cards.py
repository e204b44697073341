"""Cards about what is one's own: what waits for a director's answer, what a coordinator must bring up to date."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from portal.components.cards import card, nothing_found, source_line
from portal.components.changes import Change, change_list
from portal.components.links import inside
from portal.components.tables import Column, small_table
from portal.components.tags import Tone, tag, word_tag
from portal.pages.agreed import closing
from portal.pages.home import answers
from portal.pages.home.cards import MOST, promise
from portal.pages.home.downloads import ASKED, OWED
from portal.pages.home.ids import Ids
from portal.pages.invitations import invitations_card
from portal.pages.rows import records
from portal.permissions import Viewer
from portal.text import day, listed, plural
from portal.vocabulary import Health


def invitations(viewer: Viewer) -> Component | None:
    """What the viewer's partners are asked to join, with a form to answer; nothing when nothing waits."""
    asked, answered = answers.invited(viewer)
    as_of = answers.region(viewer).as_of
    return invitations_card(asked, answered, as_of, [Ids.START], several=len(viewer.partner_ids) > 1)


def waiting(viewer: Viewer, span: int = 7) -> Component:
    """Open conditions and own actions, of every partner the viewer serves; invitations have their own card."""
    lines = [line for own in answers.own(viewer) for line in _waiting_of(own)]
    as_of = answers.region(viewer).as_of
    said = change_list(lines[:MOST], "Vragen") if lines else nothing_found("vragen aan u", "Niemand wacht op u.")
    foot = ASKED.foot(as_of, source="deelnames, draagvlak en verslagen in het portaal")
    sub = "Open voorwaarden en acties van uw bestuur."
    way = html.P(inside("Meld de voortgang van onze eigen projecten", "/ronde"))
    return card(ASKED.question, said, way, sub=sub, foot=foot, span=span)


def _waiting_of(own: answers.Own) -> list[Change]:
    promised = [promise(row, own.partner.label, below=closing(row["id"], [Ids.START])) for row in records(own.actions)]
    return [*promised, *(_condition(row, own.partner.code) for row in records(own.conditions))]


def _condition(row: dict[str, Any], slug: str) -> Change:
    due = f" · tegen {day(row['due_on'])}" if row["due_on"] else ""
    end = tag("voorwaarde", Tone.PLAIN, "◐")
    detail = f"{row['level_label']} ({row['track_label']}){due}"
    return Change("◐", "open voorwaarde", row["text"], detail=detail, href=f"/gemeente/{slug}", end=end)


def shared(viewer: Viewer, span: int = 5) -> Component:
    """The own open challenges that most others have too."""
    found = answers.own(viewer)
    rows = [row for own in found for row in records(own.sharing) if row["shared_with"]]
    rows.sort(key=lambda row: -row["shared_with"])
    table = small_table(
        "Gedeelde uitdagingen",
        [Column("Onze uitdaging"), Column("Ook bij")],
        [[inside(row["title"], f"/uitdaging/{row['code']}"), _others(row["partners"])] for row in rows[:MOST]],
    )
    said = table if rows else nothing_found("gedeelde uitdagingen", "Niemand anders meldde hetzelfde.")
    more = [html.P(inside("Alles op de pagina van ons bestuur", f"/gemeente/{o.partner.code}")) for o in found]
    foot = source_line("inventaris; zelfde dienst en thema", answers.region(viewer).as_of)
    sub = "Onze open uitdagingen die ook bij anderen leven."
    return card("Met wie kunnen we samen?", said, *more, sub=sub, foot=foot, span=span)


def _others(partners: tuple[str, ...]) -> str:
    shown = list(partners[:3])
    rest = len(partners) - len(shown)
    return listed([*shown, plural(rest, "ander", "anderen")]) if rest else listed(shown)


def reports(viewer: Viewer, span: int = 7) -> Component:
    """Who still owes a report before the next steering group."""
    work = answers.work(viewer)
    rows = records(work.reports)
    table = small_table(
        "Nog te melden",
        [Column("Project"), Column("Laatste melding"), Column("Gemeld")],
        [
            [
                inside(row["title"], f"/project/{row['code']}"),
                day(row["last_reported_on"], "nog nooit"),
                word_tag(Health(row["health"])),
            ]
            for row in rows[: 2 * MOST]
        ],
    )
    said = table if rows else nothing_found("projecten die nog moeten melden", "Iedereen is bij.")
    sub = f"{plural(len(rows), 'gedeeld traject', 'gedeelde trajecten')} zonder melding sinds de vorige stuurgroep."
    foot = OWED.foot(answers.region(viewer).as_of)
    way = html.P(inside("Naar de voortgangsronde", "/ronde"))
    return card(OWED.question, said, way, sub=sub, foot=foot, span=span)
