"""What stands on the agenda, what was decided and what was promised."""

from collections.abc import Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from portal.components.cards import nothing_found
from portal.components.changes import Change, Point, agenda_list, change_list
from portal.components.tags import Tone, tag
from portal.pages.agreed import closing, met
from portal.pages.columns import records
from portal.pages.steering import rows
from portal.pages.steering.asks import Seen
from portal.pages.steering.cards import ACTIONS, DECISIONS
from portal.pages.steering.filters import Ids
from portal.pages.steering.reading import Agreed
from portal.snapshots.report import Item
from portal.text import day, plural

MOST, SOON = 5, 7
ACROSS = "Over de ateliers heen"


def agenda_body(seen: Seen) -> list[Component]:
    """Per atelier, and first what goes across them; each point keeps its place on the agenda."""
    if not seen.agenda:
        hint = "De coördinator zet ze erop." if not seen.frozen else "Er stond niets op."
        return [nothing_found("agendapunten", hint)]
    numbered = {item.id: place for place, item in enumerate(seen.agenda, start=1)}
    groups = groupby(sorted(seen.agenda, key=_atelier), key=_atelier)
    return [part for atelier, items in groups for part in _group(atelier, list(items), numbered)]


def _atelier(item: Item) -> str:
    return item.atelier


def _group(atelier: str, items: Sequence[Item], numbered: dict[int, int]) -> list[Component]:
    name = f"Atelier {atelier}" if atelier else ACROSS
    return [html.H3(name), agenda_list([point(item, numbered[item.id]) for item in items], name)]


def point(item: Item, place: int) -> Point:
    return Point(place, item.kind, item.title, item.about, item.path, item.note)


def decisions_body(seen: Seen) -> list[Component]:
    """The decisions of this meeting."""
    if not seen.decisions:
        hint = "Ze staan hier zodra ze genomen zijn." if not seen.frozen else "Er werd niets beslist."
        return [nothing_found("beslissingen", hint if seen.kept else rows.NOT_KEPT_SHORT)]
    return [change_list([decision_line(one) for one in seen.decisions], DECISIONS.question)]


def decision_line(one: Agreed) -> Change:
    about = " · ".join(filter(None, (day(one.on), one.who, one.about)))
    return Change("✓", "beslist", one.text, detail=about, href=one.path or None)


def actions_body(seen: Seen) -> list[Component]:
    """Of every meeting, what is not done: the longest over its day first."""
    if seen.extract:
        return [nothing_found("acties in dit uittreksel", "Acties volgen de besturen zelf op.")]
    if not seen.actions:
        return [nothing_found("open acties", "Alles wat beloofd is, is gedaan." if seen.kept else rows.NOT_KEPT_SHORT)]
    shown = [action_line(one, closes=one.id in seen.closable) for one in seen.actions[:MOST]]
    return [change_list(shown, ACTIONS.question), *([_all_actions(seen)] if len(seen.actions) > MOST else [])]


def action_line(one: Agreed, *, closes: bool = False) -> Change:
    """`closes`: with the place where who may close it says what was done."""
    late = one.late is not None and one.late > 0
    soon = one.late is not None and -SOON <= one.late <= 0
    tone = Tone.LATE if late else Tone.ATTENTION if soon else Tone.PLAIN
    symbol = "▲" if late else "○"
    about = " · ".join(filter(None, (one.who, met(one.of, one.age), one.about)))
    end = tag(rows.standing(one), tone, symbol)
    below = closing(one.id, (Ids.WANTED,)) if closes else None
    return Change(symbol, "actie", one.text, detail=about, href=one.path or None, end=end, below=below)


def _all_actions(seen: Seen) -> Component:
    found = records(rows.agreed_rows(seen.actions))
    table = ACTIONS.grid(height=420, rows=found)
    return html.Details(
        [html.Summary(f"Toon {plural(len(found), 'actie', 'acties')} als lijst"), table], className="as-table"
    )
