"""The cards of the first page. Each is one question, answered from `answers`."""

from decimal import Decimal
from typing import Any

from dash import html
from dash.development.base_component import Component

from portal.components.bars import Track, tracks
from portal.components.cards import card, nothing_found, source_line
from portal.components.changes import Change, change_list
from portal.components.links import inside
from portal.components.tables import Column, small_table
from portal.components.tags import Tone, tag, word_tag
from portal.components.tiles import Tile, tile_map
from portal.pages.agreed import met, standing
from portal.pages.home import answers
from portal.pages.home.downloads import JOINED, LATE, OPEN, REACHED, SPENT, STUCK
from portal.pages.home.sentences import five
from portal.pages.rows import records
from portal.permissions import Viewer
from portal.text import day, euro, listed, plural
from portal.vocabulary import Health

MOST, HALF, WIDE, NARROW = 6, 6, 7, 5


def late(viewer: Viewer, span: int = WIDE) -> Component:
    """The milestones that are past or due before the next steering group, the latest first."""
    region = answers.region(viewer)
    lines = [_step(row) for row in records(region.urgent)[:MOST]]
    said = change_list(lines, "Mijlpalen") if lines else nothing_found("dringende mijlpalen", "Alles ligt op schema.")
    sub = f"{plural(len(region.urgent), 'mijlpaal', 'mijlpalen')} over tijd of verwacht voor de volgende stuurgroep."
    return card(LATE.question, said, sub=sub, foot=LATE.foot(region.as_of), span=span)


def _step(row: dict[str, Any]) -> Change:
    moved = row["due_first"] != row["due_expected"]
    overdue = row["days_late"] is not None
    href = f"/project/{row['project_code']}" if row["project_code"] else f"/ateliers?atelier={row['atelier']}"
    word = f"{row['days_late']} d over tijd" if overdue else "nabij"
    return Change(
        symbol="▲" if overdue else "○",
        kind="over tijd" if overdue else "nabij",
        what=row["title"],
        old=day(row["due_first"]) if moved else None,
        new=day(row["due_expected"]),
        detail=row["of_title"] + (f" · atelier {row['atelier']}" if row["atelier"] else ""),
        href=href,
        end=tag(word, Tone.LATE if overdue else Tone.ATTENTION, "▲" if overdue else "○"),
    )


def stuck(viewer: Viewer, span: int = NARROW) -> Component:
    """Reported colour beside the computed signal, for the projects where one of the two is not green."""
    region = answers.region(viewer)
    green = Health.GREEN.value
    rows = [row for row in records(region.signals) if row["health"] != green or row["signal"] != green]
    rows.sort(key=_worst)
    table = small_table(
        "Gemeld en berekend",
        [Column("Traject"), Column("Gemeld"), Column("Berekend")],
        [[inside(r["title"], f"/project/{r['code']}"), word_tag(Health(r["health"])), _signal(r)] for r in rows[:MOST]],
    )
    said = table if rows else nothing_found("trajecten die vastzitten", "Alles is groen, gemeld en berekend.")
    sub = "De gemelde kleur naast het berekende signaal."
    return card(STUCK.question, said, sub=sub, foot=STUCK.foot(region.as_of), span=span)


def _worst(row: dict[str, Any]) -> tuple[int, int]:
    """Red before amber, whichever of the two says so; then who reports greener than is computed."""
    order = [Health.RED.value, Health.AMBER.value, Health.UNKNOWN.value, Health.GREEN.value]
    reported, computed = order.index(row["health"]), order.index(row["signal"])
    return min(reported, computed), -reported


def _signal(row: dict[str, Any]) -> Component:
    return word_tag(Health(row["signal"]), row["why"] if row["signal"] != Health.GREEN.value else "")


def money(viewer: Viewer, span: int = WIDE) -> Component:
    """Spent and committed against budgeted, per atelier."""
    found = answers.money_per_atelier(viewer)
    region = answers.region(viewer)
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
    region = answers.region(viewer)
    rows = records(region.partners)
    tiles = [
        Tile(r["slug"], r["name"], r["tile_row"], r["tile_col"], r["coalitions"], f"/gemeente/{r['slug']}")
        for r in rows
        if r["tile_row"] is not None
    ]
    others = [f"{r['name']} in {r['coalitions']}" for r in rows if r["tile_row"] is None]
    note = html.P(f"Daarnaast {listed(others)}.", className="sub") if others else None
    sub = f"Aantal van {len(region.signals)} gedeelde trajecten waarin een gemeente trekt of deelneemt."
    said = tile_map(tiles, "Gedeelde trajecten per gemeente", "trajecten")
    return card(JOINED.question, said, note, sub=sub, foot=JOINED.foot(region.as_of), span=span)


def actions(viewer: Viewer, span: int = 12) -> Component:
    """Open actions of every partner, the longest overdue first."""
    region = answers.region(viewer)
    lines = [promise(row, row["owner"]) for row in records(region.actions)[:MOST]]
    said = change_list(lines, "Acties") if lines else nothing_found("open acties", "Alles wat beloofd is, is gedaan.")
    sub = f"{plural(len(region.actions), 'actie', 'acties')} uit vorige vergaderingen."
    return card(OPEN.question, said, sub=sub, foot=OPEN.foot(region.as_of), span=span)


def promise(row: dict[str, Any], who: str, below: Component | None = None) -> Change:
    symbol, end = standing(row["days_left"])
    about = " · ".join(filter(None, (who, met(row["meeting"], row["age"]), row["project_title"])))
    href = f"/project/{row['project_code']}" if row["project_code"] else None
    return Change(symbol, "actie", row["text"], detail=about, href=href, end=end, below=below)


def five_sentences(viewer: Viewer, span: int = HALF) -> Component:
    region = answers.region(viewer)
    said = html.Ol([html.Li(line) for line in five(region)], className="sentences")
    return card("Hoe staat het ervoor, in vijf zinnen?", said, foot=source_line("portaal", region.as_of), span=span)


def results(viewer: Viewer, span: int = HALF) -> Component:
    """Per atelier how many of its results are reached."""
    region = answers.region(viewer)
    rows = [
        Track(
            inside(f"{r['code']} · {r['title']}", f"/ateliers?atelier={r['code']}"),
            *(Decimal(r["bereikt"]), Decimal(0), Decimal(r["results"])),
            f"{r['bereikt']} van {r['results']}",
        )
        for r in records(region.results)
    ]
    said = tracks(rows, "Bereikte resultaten per atelier")
    sub = "Per atelier, van wat beloofd is."
    return card(REACHED.question, said, sub=sub, foot=REACHED.foot(region.as_of), span=span)
