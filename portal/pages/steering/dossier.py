"""The dossier of a point, drawn the same on the page and in the room: what is proposed, why now, what it costs, and the
facts that the portal fills in."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from portal.commands.once import new_key
from portal.components import editing as parts
from portal.components.agenda import kind_tag
from portal.components.aria import HIDDEN
from portal.components.changes import change_list, old_to_new
from portal.components.links import inside
from portal.components.tags import word_tag
from portal.pages.steering import radar
from portal.pages.steering.asks import Seen
from portal.pages.steering.filters import Note, note_id
from portal.pages.steering.news import change
from portal.pages.steering.noting import NOTHING, May
from portal.snapshots.agreed import Agreed
from portal.snapshots.brief import Brief
from portal.snapshots.counted import Amounts
from portal.snapshots.facts import Colour, Company, Course, Facts
from portal.snapshots.report import Item, Link
from portal.text import day, euro, number, plural
from portal.values.texts import host_of
from portal.vocabulary import AgendaKind, ItemState, ParticipationState

LACK = "Nog geen voorstel."
WHO = {True: "De coördinator of de atelierverantwoordelijke bereidt het voor.", False: "Er is er geen bewaard."}
FEW, WIDE = 3, 15
STAND = {
    ParticipationState.FOLLOWS: "volgen",
    ParticipationState.LATER: "later",
    ParticipationState.DECLINED: "niet",
    ParticipationState.NOT_ASKED: "nog te vragen",
}
FULL, OTHER, NONE = "■", "□", "·"


def drawn(brief: Brief, seen: Seen, may: May = NOTHING) -> list[Component | None]:
    """`may`: what its reader does here, and so which buttons stand in it."""
    item = brief.item
    seen_now = f"{seen.id}:{item.id}:{item.version} {new_key()}"
    return [
        dcc.Store(id=note_id(Note.SEEN, item.id, of="point"), data=seen_now) if may != NOTHING else None,
        _about(brief, acts=may.treat),
        html.H2(item.title),
        *_proposed(brief, seen),
        _facts(brief.facts[0]) if brief.facts else None,
        *[_also(item, each, drops=may.prepare) for each in brief.facts[1:]],
        _more(brief, seen),
        _agreed(brief, acts=may.treat),
    ]


def _about(brief: Brief, *, acts: bool) -> Component:
    item, first = brief.item, brief.facts[0] if brief.facts else None
    named: list[Component | str] = [f"Punt {number(brief.place)}"]
    if first is not None:
        name = first.about.name
        named += [" · ", inside(name, first.about.path) if first.about.path else name]
    if first is not None and first.standing and first.company is None:
        named += [f" · {first.standing}"]
    moved = [f" · uitgesteld van {item.comes_from}"] if item.comes_from else []
    said = [kind_tag(item.kind), html.Span([*named, *moved], className="of")]
    return html.Div([*said, _documents(item.links), _state(item, acts=acts)], className="brief-head")


def _documents(links: Sequence[Link]) -> Component | None:
    if not links:
        return None
    outside: dict[str, Any] = {"target": "_blank", "rel": "noopener noreferrer"}
    listed = [html.Li([html.A(one.title, href=one.url, **outside), html.Small(host_of(one.url))]) for one in links]
    return html.Details([html.Summary(plural(len(links), "stuk", "stukken")), html.Ul(listed)], className="documents")


def _state(item: Item, *, acts: bool) -> Component:
    """How far the meeting is with it, and the time it took beside the time it was given."""
    shown: list[Component | None] = [_time(item)]
    if item.goes_to:
        shown.append(html.Span(f"→ uitgesteld naar {item.goes_to}", className="state moved"))
    elif item.state is not ItemState.OPEN:
        shown.append(html.Span([html.Span("✓", **HIDDEN), f" {item.state.label}"], className="state done"))
    if acts:
        shown += _ways(item)
    return html.Span(shown, className="brief-state")


def _time(item: Item) -> Component | None:
    given, running = item.minutes, item.began_at is not None
    if given is None and not item.used and not running:
        return None
    ticks: dict[str, Any] = {"data-began": item.began_at.isoformat()} if item.began_at else {}
    counts: dict[str, Any] = {"data-used": str(item.used), "data-minutes": str(given or 0), **ticks}
    used = f"{number(item.used)} van " if item.used or running else ""
    return html.Span(f"{used}{number(given)} min" if given else f"{number(item.used)} min", className="time", **counts)


def _ways(item: Item) -> list[Component | None]:
    if item.state is not ItemState.OPEN:
        again = item.state is not ItemState.DECIDED
        return [_act(item, "reopen", "Heropen")] if again else []
    begins = [] if item.began_at else [_act(item, "begin", "▶ Begin")]
    return [*begins, _act(item, "discuss", "Besproken")]


def _act(item: Item, act: str, label: str, row: str = "") -> Component:
    return parts.button(note_id(Note.ACT, item.id, act=act, row=row), label, about=item.title)


def _proposed(brief: Brief, seen: Seen) -> list[Component]:
    """ "Nog geen voorstel" is a lack, never an emptiness; what only one way needs says nothing of choices."""
    item = brief.item
    if brief.empty:
        lack = html.P([html.B(LACK), f" {WHO[not seen.frozen]}"], className="lack")
        return [html.H3("Wat stellen we voor?"), lack, *_columns(item, asks=False)]
    asks = item.kind is AgendaKind.DECISION and not seen.extract  # an extract leaves out, it does not lack
    return [html.H3("Wat stellen we voor?"), html.P(item.proposal, className="proposal"), *_columns(item, asks=asks)]


def _columns(item: Item, *, asks: bool) -> list[Component]:
    told = [
        ("Waarom nu?", item.why_now, asks),
        ("Wat kost het, en wie draagt het?", item.cost, asks),
        ("Welke keuzes zijn er?", item.options, False),
        ("Wat vragen we, en van wie?", item.asked, False),
    ]
    shown = [
        html.Div([html.H3(question), html.P(text or "Nog niet ingevuld.", className="" if text else "lack")])
        for question, text, must in told
        if text or must
    ]
    noted = [html.Div([html.H3("Nota"), *(html.P(line) for line in item.note.splitlines())])] if item.note else []
    return [html.Div([*shown, *noted], className="brief-columns")] if shown or noted else []


def _facts(facts: Facts) -> Component | None:
    """The four that nobody types; only those of which the portal knows something."""
    cells = [
        ("Welke kleur?", _colour(facts.colour) if facts.colour else None),
        ("Wanneer klaar?", _course(facts.course) if facts.course else None),
        ("Wie doet mee?", _company(facts.company, facts.standing) if facts.company else None),
        ("Wat met het geld?", _money(facts.money) if facts.money else None),
    ]
    shown = [html.Div([html.H3(question), *told]) for question, told in cells if told]
    return html.Div(shown, className="brief-facts") if shown else None


def _colour(colour: Colour) -> list[Component]:
    rows: list[Component] = [html.P(["gemeld ", word_tag(colour.reported)])]
    if colour.computed is not None:
        rows.append(html.P(["berekend ", word_tag(colour.computed)]))
    return [*rows, html.Small(colour.why)] if colour.why and colour.computed is not colour.reported else rows


def _course(course: Course) -> list[Component]:
    now = course.done or course.expected
    moved = course.first != now
    said = old_to_new(day(course.first) if course.first and moved else None, day(now) if now else None)
    slip = course.slip
    late = f"{plural(slip, 'dag', 'dagen')} uitloop" if slip and slip > 0 else ""
    early = f"{plural(-slip, 'dag', 'dagen')} vroeger" if slip and slip < 0 else ""
    told = "klaar, " if course.done else ""
    rest = f"{told}{late or early or 'zoals gepland'}" if course.first and now else told.removesuffix(", ")
    return [html.P(said or "geen datum", className="big"), *([html.Small(rest)] if rest else [])]


def _company(company: Company, standing: str) -> list[Component]:
    joined, of = len(company.joined), company.of
    others = [f"{number(len(names))} {STAND[state]}" for state, names in company.others]
    unasked = [f"{number(company.unasked)} onbekend"] if company.unasked and company.others else []
    squares = FULL * joined + OTHER * sum(len(names) for _, names in company.others) + NONE * company.unasked
    said = f"{number(joined)} van {number(of)}" if of else number(joined)
    names = [html.P(f"Doet mee: {', '.join(company.joined) or 'niemand'}.")]
    names += [html.P(f"{state.label}: {', '.join(who)}.") for state, who in company.others]
    return [
        html.P([said, html.Small(f" {standing}")], className="big"),
        html.Span(squares, className="squares", **HIDDEN),
        html.Details([html.Summary(", ".join([*others, *unasked]) or "wie?"), *names], className="who-joins"),
    ]


def _money(money: Amounts) -> list[Component]:
    over = money.forecast is not None and money.budgeted and money.forecast > money.budgeted
    rows = [
        *(("begroot", money.budgeted), ("vastgelegd", money.committed), ("uitgegeven", money.spent)),
        ("prognose", money.forecast),
    ]
    shown = [
        html.Div([html.Dt(word), html.Dd("niet bekend" if amount is None else euro(amount, cents=False))])
        for word, amount in rows
    ]
    return [html.Dl(shown, className="amounts over" if over else "amounts")]


def _also(item: Item, facts: Facts, *, drops: bool) -> Component:
    """What else it is about, on one line."""
    about = facts.about
    told = [facts.standing] if facts.standing else []
    if facts.money:
        known = "niet bekend" if facts.money.forecast is None else euro(facts.money.forecast, cents=False)
        told.append(f"begroot {euro(facts.money.budgeted, cents=False)}, prognose {known}")
    name = inside(about.name, about.path) if about.path else about.name
    said = f": {'; '.join(told)}" if told else ""
    drop = [_act(item, "drop-concern", "Niet meer", str(about.row))] if drops and about.row else []
    return html.P(["Ook over ", name, said, *drop], className="also")


def _more(brief: Brief, seen: Seen) -> Component | None:
    """The rest of what the portal knows, each behind its count."""
    since = f"sinds {day(seen.previous.day)}" if seen.previous else "nieuw"
    moved = [*(change(line) for line in brief.changes[:WIDE]), *(change(line) for line in brief.stuck[:FEW])]
    quiet = radar.changes_of(seen, lambda alert: alert in brief.quiet)[:FEW]
    dangers = [
        f"{one.code} {one.title}: kans {number(one.chance)}, gevolg {number(one.effect)}, {one.state}."
        + (f" {one.measure}" if one.measure else "")
        for one in brief.risks
    ]
    asked = [
        f"{one.partner}: {one.text}{f' (tegen {day(one.due_on)})' if one.due_on else ''}" for one in brief.conditions
    ]
    last = brief.last
    shown = [
        _behind(f"{plural(len(moved), 'verandering', 'veranderingen')} {since}", moved and change_list(moved)),
        _behind("Dreigt stil te vallen", quiet and change_list(quiet)),
        _behind(plural(len(dangers), "risico", "risico's"), _listed(dangers)),
        _behind(plural(len(asked), "open voorwaarde", "open voorwaarden"), _listed(asked)),
        _behind(f"Laatst beslist: {last.of}", html.P(last.text)) if last else None,
    ]
    there = [each for each in shown if each is not None]
    return html.Div(there, className="brief-more") if there else None


def _listed(lines: Sequence[str]) -> Component | None:
    return html.Ul([html.Li(line) for line in lines], className="plain") if lines else None


def _behind(summary: str, shown: Any) -> Component | None:
    return html.Details([html.Summary(summary), shown]) if shown else None


def _agreed(brief: Brief, *, acts: bool) -> Component | None:
    """What was decided and promised at this point, each with its number and the way to take it back."""
    lines = [
        *(_line(brief.item, one, "Beslissing", "undo-decision", acts=acts) for one in brief.decided),
        *(_line(brief.item, one, "Actie", "undo-action", acts=acts and not one.done) for one in brief.promised),
    ]
    return html.Ul(lines, className="brief-agreed") if lines else None


def _line(item: Item, one: Agreed, what: str, undo: str, *, acts: bool) -> Component:
    name = f"{what} {one.serial}".strip()
    due = f"tegen {day(one.due_on)}" if one.due_on else ""
    about = ", ".join(filter(None, (one.outcome.label if one.outcome else "", one.who, due)))
    told = [html.B(name), html.Small(f" · {about}")] if about else [html.B(name)]
    back = _act(item, undo, "Maak ongedaan", str(one.id)) if acts else None
    return html.Li([html.Span([*told, html.Span(f" {one.text}")]), back])
