"""The tables of the first page, each with its workbook."""

from collections.abc import Callable
from decimal import Decimal

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import numbers
from portal.addresses import ATELIER, of_work
from portal.components.cards import Tile, card, nothing_found, source_line, tile_map
from portal.components.changes import Change, change_list
from portal.components.charts import Track, tracks
from portal.components.links import Content, inside
from portal.components.numbers import in_a_row, keyed
from portal.components.tables import Column, small_table
from portal.components.tags import Tone, tag, word_tag
from portal.exports.workbook import Kind, Rows
from portal.pages.agreed import met, standing
from portal.pages.cards import Card, everything, offering
from portal.pages.columns import Columns, holding, records, written
from portal.pages.home import asks
from portal.pages.home.asks import five
from portal.permissions import Permission, Viewer
from portal.queries.coalitions.participations import Invitation, invitations_of
from portal.queries.meetings.open_work import ActionRow, open_actions
from portal.queries.meetings.rounds import still_to_report
from portal.queries.money.grants import grants
from portal.queries.money.rows import Per
from portal.queries.money.totals import totals_per
from portal.queries.partners.figures import joined_partners
from portal.queries.results.deliverables import MilestoneRow, results_per_atelier, urgent_milestones
from portal.queries.results.signals import Signal, project_signals
from portal.text import day, euro, plural
from portal.vocabulary import Health
from portal.words import fold

MILESTONES = (
    written("title", "Mijlpaal"),
    written("of_title", "Van"),
    written("atelier", "Atelier"),
    written("due_first", "Eerste plan", Kind.DATE),
    written("due_expected", "Verwacht", Kind.DATE),
    written("slip_days", "Uitloop (dagen)", Kind.NUMBER),
    written("days_late", "Dagen te laat", Kind.NUMBER),
)
SIGNALS = (
    written("code", "Code"),
    written("title", "Traject"),
    written("atelier", "Atelier"),
    written("phase", "Fase"),
    written("health", "Gemeld"),
    written("signal", "Berekend"),
    written("why", "Waarom"),
    written("last_seen", "Laatste teken", Kind.DATE),
    written("end_expected", "Verwacht einde", Kind.DATE),
)
ACTIONS = (
    written("text", "Actie"),
    written("owner", "Wie"),
    written("due_on", "Tegen", Kind.DATE),
    written("days_left", "Dagen over", Kind.NUMBER),
    written("meeting", "Vergadering"),
    written("project_title", "Project"),
)
PARTNERS = (
    written("name", "Partner"),
    written("kind", "Soort"),
    holding(numbers.JOINED, written("coalitions", "Doet mee in", Kind.NUMBER)),
    holding(numbers.LEADS, written("leads", "Trekt", Kind.NUMBER)),
)
REPORTS = (
    written("code", "Code"),
    written("title", "Traject"),
    written("atelier", "Atelier"),
    written("health", "Gemeld"),
    written("last_reported_on", "Laatste melding", Kind.DATE),
)
RESULTS = (
    written("code", "Atelier"),
    written("title", "Naam"),
    holding(numbers.RESULTS, written("results", "Resultaten", Kind.NUMBER)),
    holding(numbers.REACHED, written("bereikt", "Bereikt", Kind.NUMBER)),
    written("milestones", "Mijlpalen", Kind.NUMBER),
    holding(numbers.LATE_OF_RESULTS, written("milestones_late", "Mijlpalen te laat", Kind.NUMBER)),
)
MONEY = (
    written("code", "Atelier"),
    written("name", "Naam"),
    holding(numbers.BUDGETED, written("budgeted", "Begroot", Kind.EURO)),
    holding(numbers.COMMITTED, written("committed", "Vastgelegd", Kind.EURO)),
    holding(numbers.SPENT, written("spent", "Uitgegeven", Kind.EURO)),
    holding(numbers.FORECAST, written("forecast", "Prognose", Kind.EURO)),
)
QUESTIONS = (
    *(written("partner", "Partner"), written("code", "Code"), written("title", "Traject")),
    written("asked_on", "Gevraagd op", Kind.DATE),
)


def _money(session: Session, viewer: Viewer) -> pd.DataFrame:
    found = grants(session, viewer)
    empty = pd.DataFrame(columns=[column.key for column in MONEY])
    return totals_per(session, viewer, found[0], Per.ATELIER) if found else empty


def _questions(session: Session, viewer: Viewer) -> list[Invitation]:
    return sorted(invitations_of(session, viewer, viewer.partner_ids), key=lambda asked: fold(asked.partner))


def _card(
    name: str,
    question: str,
    source: str,
    columns: Columns,
    rows: Callable[[Session, Viewer], Rows],
    *,
    of: str = "",
    right: Permission = Permission.VIEW_PORTAL,
) -> Card[None]:
    return Card(
        *("home", name, question, source, columns), lambda session, viewer, _: rows(session, viewer), of=of, right=right
    )


REPORTED = "deelnames in het portaal"
LATE = _card(
    *("mijlpalen", "Wat is te laat of dringend?", "mijlpalen in het portaal", MILESTONES, urgent_milestones),
    of="milestone",
)
STUCK = _card(
    *("signalen", "Waar zit het vast?", "voortgangsmeldingen en mijlpalen", SIGNALS, project_signals), of="project"
)
OPEN = _card(
    *("acties", "Welke acties staan open?", "verslagen van de vergaderingen", ACTIONS, open_actions),
    of="action",
    right=Permission.VIEW_OPEN_MEETINGS,
)
JOINED = _card("deelnames", "Welke gemeenten doen mee?", REPORTED, PARTNERS, joined_partners)
OWED = _card(
    *("meldingen", "Wie moet nog melden?", "voortgangsmeldingen", REPORTS, still_to_report),
    of="project",
    right=Permission.EDIT_PROJECTS,
)
REACHED = _card(
    *("resultaten", "Welke resultaten zijn bereikt?", "resultaten in het portaal", RESULTS, results_per_atelier)
)
SPENT = _card(
    *("geld", "Ligt het geld op schema?", "boekingen in het portaal", MONEY, _money), right=Permission.VIEW_MONEY_TOTALS
)
ASKED = _card(
    *("vragen", "Wat wacht op u?", REPORTED, QUESTIONS, _questions),
    of="participation project",
    right=Permission.EDIT_PARTICIPATION,
)
DOWNLOADS = offering(everything, LATE, STUCK, OPEN, JOINED, OWED, REACHED, SPENT, ASKED)


MOST, HALF, WIDE, NARROW = 6, 6, 7, 5


def late(viewer: Viewer, span: int = WIDE) -> Component:
    """The milestones that are past or due before the next steering group, the latest first."""
    region = asks.region(viewer)
    lines = [_step(one) for one in region.urgent[:MOST]]
    said = change_list(lines, "Mijlpalen") if lines else nothing_found("dringende mijlpalen", "Alles ligt op schema.")
    sub = f"{plural(len(region.urgent), 'mijlpaal', 'mijlpalen')} te laat of verwacht voor de volgende stuurgroep."
    return card(LATE.question, said, sub=sub, foot=LATE.foot(region.as_of), span=span)


def _step(one: MilestoneRow) -> Change:
    overdue = one.days_late is not None
    symbol, tone = ("▲", Tone.LATE) if overdue else ("○", Tone.ATTENTION)
    return Change(
        symbol=symbol,
        kind="te laat" if overdue else "nabij",
        what=one.title,
        old=day(one.due_first) if one.due_first != one.due_expected else None,
        new=day(one.due_expected),
        detail=one.of_title + (f" · atelier {one.atelier}" if one.atelier else ""),
        href=of_work(one.project_code, one.of_code),
        end=tag(f"{one.days_late} d te laat" if overdue else "nabij", tone, symbol),
    )


def stuck(viewer: Viewer, span: int = NARROW) -> Component:
    """Reported colour beside the computed signal, for the projects where one of the two is not green."""
    region = asks.region(viewer)
    rows = [one for one in region.signals if {one.health, one.signal} != {Health.GREEN}]
    rows.sort(key=_worst)
    table = small_table(
        "Gemeld en berekend",
        [Column("Traject"), Column("Gemeld", beside=True), Column("Berekend")],
        [[inside(one.title, f"/project/{one.code}"), word_tag(one.health), _signal(one)] for one in rows[:MOST]],
    )
    said = table if rows else nothing_found("trajecten die vastzitten", "Alles is groen, gemeld en berekend.")
    sub = "De gemelde kleur naast het berekende signaal."
    return card(STUCK.question, said, sub=sub, foot=STUCK.foot(region.as_of), span=span)


def _worst(one: Signal) -> tuple[int, int]:
    """Red before amber, whichever of the two says so; then who reports greener than is computed."""
    order = [Health.RED, Health.AMBER, Health.UNKNOWN, Health.GREEN]
    reported, computed = order.index(one.health), order.index(one.signal)
    return min(reported, computed), -reported


def _signal(one: Signal) -> Component:
    return word_tag(one.signal, one.why if one.signal is not Health.GREEN else "")


def money(viewer: Viewer, span: int = WIDE) -> Component:
    """Spent and committed against budgeted, per atelier."""
    found = asks.money_per_atelier(viewer)
    region = asks.region(viewer)
    if not found:
        return card(SPENT.question, nothing_found("subsidiedossiers", "Er is nog geen dossier."), span=span)
    grant, rows = found[0]
    lines = [
        Track(
            inside(row["name"], "/budget"),
            row["spent"],
            row["committed"],
            row["budgeted"],
            f"{euro(row['spent'], cents=False)} van {euro(row['budgeted'], cents=False)}",
        )
        for row in records(rows)
    ]
    booked = region.money[0].last_booked if region.money else None
    foot = SPENT.foot(None, source=f"boekingen tot {day(booked)}")
    sub = f"{grant.title}: uitgegeven (donker) en vastgelegd (licht) tegenover begroot."
    return card(SPENT.question, tracks(lines, "Geld per atelier"), sub=sub, foot=foot, span=span)


def joined(viewer: Viewer, span: int = NARROW) -> Component:
    """The tile map of coalitions, and beside it the partners without a place on it."""
    region = asks.region(viewer)
    tiles = [
        Tile(
            *(one.slug, one.name, one.tile_row, one.tile_col, one.coalitions, f"/gemeente/{one.slug}"),
            number=numbers.JOINED,
        )
        for one in region.partners
        if one.tile_row is not None and one.tile_col is not None
    ]
    others = [
        html.Span([f"{one.name} in ", keyed(numbers.JOINED.at(one.coalitions, one.slug))])
        for one in region.partners
        if one.tile_row is None
    ]
    note = html.P(["Daarnaast ", *in_a_row(others), "."], className="sub") if others else None
    living = keyed(numbers.COALITIONS.at(region.counts.coalitions))
    sub: Content = ["Aantal van ", living, " gedeelde trajecten waarin een gemeente trekt of deelneemt."]
    said = tile_map(tiles, "Gedeelde trajecten per gemeente", "trajecten")
    return card(JOINED.question, said, note, sub=sub, foot=JOINED.foot(region.as_of), span=span)


def actions(viewer: Viewer, span: int = WIDE) -> Component:
    """Open actions of every partner, the longest overdue first."""
    region = asks.region(viewer)
    lines = [promise(row, row.owner) for row in region.actions[:MOST]]
    said = change_list(lines, "Acties") if lines else nothing_found("open acties", "Alles wat beloofd is, is gedaan.")
    count = region.counts.actions
    sub: Content = [
        keyed(numbers.OPEN_ACTIONS.at(count), plural(count, "actie", "acties")),
        " uit vorige vergaderingen.",
    ]
    return card(OPEN.question, said, sub=sub, foot=OPEN.foot(region.as_of), span=span)


def promise(row: ActionRow, who: str, below: Component | None = None) -> Change:
    symbol, end = standing(row.days_left)
    about = " · ".join(filter(None, (who, met(row.meeting, row.age), row.project_title)))
    href = of_work(row.is_of_project and row.about, row.about) if row.about else None
    return Change(symbol, "actie", row.text, detail=about, href=href, end=end, below=below)


def five_sentences(viewer: Viewer, span: int = HALF) -> Component:
    region = asks.region(viewer)
    said = html.Ol([html.Li(line) for line in five(region)], className="sentences")
    return card("Hoe staat het ervoor, in vijf zinnen?", said, foot=source_line("portaal", region.as_of), span=span)


def results(viewer: Viewer, span: int = HALF) -> Component:
    """Per atelier how many of its results are reached."""
    region = asks.region(viewer)
    rows = [
        Track(
            inside(f"{r['code']} · {r['title']}", f"{ATELIER}{r['code']}"),
            *(Decimal(r["bereikt"]), Decimal(0), Decimal(r["results"])),
            f"{r['bereikt']} van {r['results']}",
        )
        for r in records(region.results)
    ]
    said = tracks(rows, "Bereikte resultaten per atelier")
    sub = "Per atelier, van wat beloofd is."
    return card(REACHED.question, said, sub=sub, foot=REACHED.foot(region.as_of), span=span)
