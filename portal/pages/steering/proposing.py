"""What the portal proposes for the agenda, and the click that puts it there."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from portal.commands.meetings.agreed import add_item
from portal.commands.once import given_before, new_key, once
from portal.components.agenda import kind_tag
from portal.components.aria import named
from portal.components.links import inside
from portal.db.engine import reading
from portal.pages.given import key
from portal.pages.steering.answers import Seen
from portal.pages.steering.ids import Propose, propose_id
from portal.pages.told import Told, attempt
from portal.permissions import RowNotFound, Viewer
from portal.snapshots.proposed import About
from portal.text import number, plural
from portal.vocabulary import AgendaKind

MOST, ALL = 5, 20
KEYS = {About.PROJECT: "project", About.RESULT: "deliverable", About.ATELIER: "atelier"}
Row = Mapping[Hashable, Any]


def proposed(seen: Seen) -> list[Component]:
    """Nothing for who does not edit this agenda, and when everything that asks for attention is on it."""
    rows = seen.proposals.to_dict("records")
    if not rows:
        return []
    folded = rows[MOST:ALL]
    rest = html.Details(
        [html.Summary(f"Toon nog {number(len(folded))}"), _listed(folded, "Nog meer voorstellen")], className="as-table"
    )
    said = f"{plural(len(rows), 'voorstel', 'voorstellen')} van het portaal; wat al op de agenda staat, niet."
    head = [html.H3("Wat vraagt aandacht?"), html.P(said, className="sub")]
    return [*head, _listed(rows[:MOST], "Voorstellen"), *([rest] if folded else [])]


def _listed(rows: Sequence[Row], label: str) -> Component:
    return html.Ul([_line(row) for row in rows], className="proposals", **named(label))


def _line(row: Row) -> Component:
    name = f"{row['code']} {row['title']}"
    put = html.Button(
        ["Zet op de agenda", html.Span(f": {name}", className="quiet")],
        id=propose_id(Propose.PUT, spot(row)),
        value=f"{spot(row)} {new_key()}",
        n_clicks=0,
        className="btn btn-outline-primary btn-sm",
    )
    return html.Li(
        [
            html.Div([html.B(inside(name, row["path"])), html.Small(row["why"])]),
            kind_tag(AgendaKind(row["suggested"])),
            put,
            html.Div(id=propose_id(Propose.SAID, spot(row)), className="said"),
        ]
    )


def spot(row: Row) -> str:
    """What a proposal is about, as its button carries it ("project:R-14")."""
    return f"{row['kind']}:{row['code']}"


def put(viewer: Viewer, seen: Seen, sent: str) -> Told:
    """Puts it on the agenda as it was proposed, or tells why not. Raises RowNotFound for what was not proposed."""
    named, _, sent_key = sent.partition(" ")
    found = next((row for row in seen.proposals.to_dict("records") if spot(row) == named), None)
    with once(key(sent_key), (seen.id, named)):
        if found is None:
            return _before(viewer, named)
        about = KEYS[About(found["kind"])]
        values = {"title": found["title"], "kind": AgendaKind(found["suggested"]), about: found["code"]}
        return attempt(lambda session: _done(add_item(session, viewer, meeting_id=seen.id, values=values)))


def _before(viewer: Viewer, named: str) -> Told:
    """The answer to a click that came twice: what is on the agenda is not proposed any more. Raises RowNotFound."""
    with reading() as session:
        row = given_before(session, viewer.user_id, add_item)
        if row is None:
            raise RowNotFound(f"proposal {named}")
        return _done(row)


def _done(row: Any) -> Told:
    return Told(f"‘{row.title}’ staat op de agenda, als punt {row.position}.")
