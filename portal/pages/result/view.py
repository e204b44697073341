"""One result as it is drawn, on one screen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from dash import html
from dash.development.base_component import Component

from portal import numbers
from portal.addresses import ATELIER, PROJECT
from portal.components.cards import card, nothing_found
from portal.components.changes import Change, change_list, old_to_new
from portal.components.frame import Crumb, page_header
from portal.components.lanes import Lane, lanes, lanes_legend, share_track, stands
from portal.components.links import Content, inside, mail_to
from portal.components.numbers import keyed
from portal.components.tables import Cell, facts
from portal.components.tags import Tone, sign_of, tag, word_tag
from portal.pages.agreed import Agreed, action_line, decision_line, meeting_of
from portal.pages.ateliers.cards import STATES
from portal.pages.budget.view import without_forecast
from portal.pages.editing.places import add_place, form_place, grid_place
from portal.pages.history import line_of
from portal.pages.linking import link_place
from portal.pages.project.view import OWN_LINES
from portal.pages.result import words
from portal.pages.result.cards import AGREED, HISTORY, MONEY, PARTNERS, PROJECTS, REPORTS, STEPS, query_of
from portal.queries.inventory.projects import ProjectStep
from portal.queries.meetings.open_work import ItemRow
from portal.queries.money.lines import ProjectMoney
from portal.queries.results.deliverables import ResultRow
from portal.queries.results.result import ResultDetail
from portal.queries.results.serving import ReportOn, ServingProject
from portal.queries.trace.words import TraceRow
from portal.text import day, euro, listed, number, plural


class Ids(StrEnum):
    CODE = "result-code"
    HEAD = "result-head"
    BODY = "result-body"
    FAR = "result-far"
    WHEN = "result-when"
    WORK = "result-work"
    WHO = "result-who"
    AGREED_SHORT = "result-agreed-short"
    CHANGED = "result-changed"
    AFTER = "result-after"
    LIST = "result-list"
    COSTS = "result-costs"
    REPORTS = "result-reports"
    AGREED = "result-agreed"
    HISTORY = "result-history"


AGAIN = (Ids.CODE,)
FEW, MOST_LANES = 3, 6
CRUMBS = (Crumb("Overzicht", "/"), Crumb("Ateliers", "/ateliers"))
NO_STANDS = "Van de partners is hierover niets bekend: dit resultaat wordt niet per partner geteld."
NO_LINES = "Op de gekoppelde projecten staat geen budgetlijn die u kunt zien."
WHO, AFTER = "Wie trekt, wat kost het?", "Wie neemt over na de subsidie?"


def opening(found: ResultDetail, today: date, as_of: date) -> Component:
    row = found.row
    part = f"{row.atelier}.{row.part} {row.part_title}"
    crumbs = [*CRUMBS, Crumb(row.atelier, f"{ATELIER}{row.atelier}"), Crumb(part), Crumb(row.code)]
    return page_header(row.title, crumbs, as_of, words.story(found, today))


def far_card(found: ResultDetail, as_of: date) -> Component:
    """The number against what was promised, and where each of the partners stands."""
    row = found.row
    goal = html.P([html.B(words.large(row)), html.Span(words.against(row))], className="goal")
    places = [form_place("resultaten", row.code, AGAIN), grid_place("vinkjes-van", row.code, AGAIN)]
    stood = (
        stands(words.stand_rows(found), "Waar staat elke partner?")
        if words.has_stands(found)
        else html.P(NO_STANDS, className="sub")
    )
    note = [html.P(row.note, className="remark")] if row.note else []
    return card(
        PARTNERS.question,
        html.Div(_tags(row), className="tags"),
        goal,
        _track(found),
        html.P(words.HOW[row.target_kind], className="sub"),
        *note,
        html.Div(places, className="edit-scope"),
        stood,
        foot=PARTNERS.foot(as_of, query_of(found)),
        span=4,
    )


def _tags(row: ResultRow) -> list[Component | str]:
    sign = STATES[row.state.value]
    slip = row.slip_days or 0
    moved = tag(f"{number(slip)} d uitloop", Tone.ATTENTION, "▲") if slip > 0 else ""
    return [tag(sign.word, sign.tone, sign.symbol), " ", moved]


def _track(found: ResultDetail) -> Component | None:
    """None where nothing is counted."""
    row, aim = found.row, found.row.target_value
    if words.is_counted(row) and row.partners:
        ticks, busy = len(row.reached_by), words.busy(found)
        said = f"{ticks} van {row.partners} bereikt, {busy} bezig" + (f", doel {number(aim)}" if aim else "")
        return share_track(ticks / row.partners, busy / row.partners, aim and aim / row.partners, said)
    if row.target_kind in words.NUMERIC and aim and row.reached is not None:
        return share_track(row.reached / aim, 0, None, f"{number(row.reached)} van {number(aim)}")
    return None


def when_card(found: ResultDetail, today: date, as_of: date) -> Component:
    """Each step from its first plan to what is expected now; the hand-over after the grant is the last."""
    rows = [_lane(one, today) for one in found.steps[-MOST_LANES:]]
    if found.after.ends_on:
        rows.append(_handed_over(found, found.after.ends_on))
    more = len(found.steps) - MOST_LANES
    rest = html.P(f"Eerder: {plural(more, 'mijlpaal', 'mijlpalen')}, onder ‘Mijlpalen’.") if more > 0 else None
    none = None if found.steps else html.P("Voor dit resultaat staan er nog geen mijlpalen genoteerd.", className="sub")
    return card(
        STEPS.question,
        none,
        lanes_legend(found.after.ends_on) if rows else None,
        lanes(rows, today, found.after.ends_on, "Mijlpalen in de tijd") if rows else None,
        rest,
        html.Div([add_place("mijlpalen-van", found.code, AGAIN)], className="edit-scope"),
        foot=STEPS.foot(as_of, query_of(found)),
        span=8,
    )


def _lane(step: ProjectStep, today: date) -> Lane:
    now = step.done_on or step.due_expected
    moved: list[str | Component] = old_to_new(day(step.due_first) if step.due_first != now else None, day(now))
    slip = step.slip_days or 0
    late = step.done_on is None and step.due_expected < today
    symbol, tone = ("✓", Tone.GOOD) if step.done_on else ("▲", Tone.LATE) if late else ("○", Tone.PLAIN)
    said: list[str | Component] = [html.Span(f"{symbol} "), *moved]
    days = f"{number(slip)} d" if slip < 0 else f"+{number(slip)} d"
    word = "gehaald" if step.done_on else "te laat" if late else "verwacht"
    said.append(html.Small(", ".join(filter(None, (word, days if slip else "")))))
    return Lane(step.title, step.due_first, now, said, symbol, tone if tone or slip <= 0 else Tone.ATTENTION)


def _handed_over(found: ResultDetail, ends_on: date) -> Lane:
    owner = found.row.owner_after_grant
    said: Content = [f"{'→' if owner else '?'} {day(ends_on)}", html.Small(owner or "nog niemand aangewezen")]
    return Lane("Overdracht na de subsidie", ends_on, ends_on, said, "→" if owner else "?", Tone.PLAIN)


def work_card(found: ResultDetail, as_of: date) -> Component:
    """The projects that were said to work on it; saying so, in place, for who may."""
    lines = [_project(one, found.row.partners) for one in found.projects[: FEW + 1]]
    hint = "Nog niemand zei welk project dit resultaat dichterbij brengt."
    shown = change_list(lines, "Projecten") if lines else nothing_found("projecten", hint)
    more = len(found.projects) - FEW - 1
    rest = html.P(f"En nog {plural(more, 'project', 'projecten')}.") if more > 0 else None
    place = link_place("result", found.code, [Ids.CODE])
    return card(PROJECTS.question, shown, rest, place, foot=PROJECTS.foot(as_of, query_of(found)), span=4)


def _project(one: ServingProject, partners: int) -> Change:
    lead = f"{one.lead} trekt" if one.lead and one.shared else one.lead or "trekker onbekend"
    joined = f"{number(one.partners)} van {number(partners)}" if one.shared else ""
    ended = "" if one.is_living else f"einde {day(one.end)}"
    detail = " · ".join(filter(None, (one.code, lead, joined, ended)))
    sign, end = sign_of(one.phase), word_tag(one.health if one.is_living else one.phase)
    return Change(sign.symbol, sign.word, one.title, detail=detail, href=f"{PROJECT}{one.code}", end=end)


def who_card(found: ResultDetail, money: ProjectMoney | None, *, sees_money: bool) -> Component:
    """Who answers for it, and the four amounts of the projects that work on it."""
    row = found.row
    lead: Cell = html.Ul([html.Li([one.name, " ", mail_to(one.email)]) for one in found.leads])
    trekkers = list(dict.fromkeys(one.lead for one in found.projects if one.is_living and one.shared and one.lead))
    known: list[tuple[str | Component, Cell]] = [
        ("Atelier", inside(f"{row.atelier} {row.atelier_title}", f"{ATELIER}{row.atelier}")),
        ("Verantwoordelijk", lead if found.leads else "nog niemand aangemeld voor dit atelier"),
        ("Trekker", listed(trekkers) if trekkers else "nog niet bekend"),
    ]
    return card(WHO, facts(known), *(_amounts(found, money) if sees_money else []), span=4)


def _amounts(found: ResultDetail, money: ProjectMoney | None) -> list[Component]:
    codes = [one.code for one in found.projects]
    if money is None:
        none = NO_LINES if codes else "Er is nog geen project gekoppeld."
        return [html.P(["Geen gegevens over geld. ", none], className="remark")]
    return [facts(four(money)), html.P(money_of(found, money), className="remark")]


def four(money: ProjectMoney) -> list[tuple[str | Component, Cell]]:
    """The four amounts, in whole euro."""
    amounts = money.amounts
    named = (("Begroot", amounts.budgeted), ("Vastgelegd", amounts.committed), ("Uitgegeven", amounts.spent))
    forecast = "geen prognose" if amounts.forecast is None else euro(amounts.forecast, cents=False)
    return [*((name, euro(amount, cents=False)) for name, amount in named), ("Prognose", forecast)]


def money_of(found: ResultDetail, money: ProjectMoney) -> str:
    """Of what the amounts are, clearly."""
    with_lines = sorted({line.project for line in money.lines if line.project})
    codes = with_lines or [one.code for one in found.projects]
    more = [one for one in found.projects if one.also and one.code in codes]
    shared = [f"{one.code} werkt ook aan {listed(one.also)}" for one in more]
    said = f"Van alle budgetlijnen van {listed(codes)}, niet van dit resultaat alleen"
    whole = "" if money.whole else f" {OWN_LINES}"
    forecast = without_forecast(money.amounts)
    return f"{'; '.join([said, *shared])}. Prognose: {forecast}.{whole}"


def agreed_short(found: ResultDetail, agreed: Agreed, coming: Sequence[ItemRow]) -> Component:
    """What a meeting will speak of, the newest decision, and what still has to be done."""
    itself = found.code
    asked = [_item(one) for one in coming[:FEW]]
    undone = [replace(one, closable=False) for one in agreed.actions if one.done_on is None]
    decided = [decision_line(one, itself) for one in agreed.decisions[: max(1, FEW - len(undone))]]
    lines = [*asked, *decided, *(action_line(one, [], itself) for one in undone)][:FEW]
    hint = "Over dit resultaat en zijn projecten is nog niets afgesproken."
    shown = change_list(lines, AGREED) if lines else nothing_found("beslissingen of acties", hint)
    return card(AGREED, shown, _all("risicos", len(agreed.decisions) + len(agreed.actions)), span=4)


def _item(one: ItemRow) -> Change:
    end = tag(f"op {one.met_on:%d/%m}", Tone.ATTENTION, "◆")
    return Change("◆", one.kind.label, one.text, detail=one.meeting, href=meeting_of(one), end=end)


def changed_card(rows: Sequence[TraceRow]) -> Component:
    """The newest changes, with who made them."""
    hint = "Sinds de start van het portaal bleef alles zoals het is."
    shown = change_list([_changed(row) for row in rows[:FEW]]) if rows else nothing_found("veranderingen", hint)
    return card("Wat veranderde?", shown, _all("geschiedenis", len(rows)), span=5)


def _changed(row: TraceRow) -> Change:
    """Who did it below, and its day at the end of the line."""
    return replace(line_of(row), detail=row.who, end=html.Small(day(row.at.date())))


def _all(part: str, count: int) -> Component | None:
    return html.P(inside(f"alle {number(count)}", f"?deel={part}"), className="remark") if count >= FEW else None


def after_card(found: ResultDetail) -> Component:
    """Who takes it over; that nobody does is said as loudly as anything."""
    owner, left = found.row.owner_after_grant, found.after.days_left
    ends = f"De subsidie loopt tot {day(found.after.ends_on, 'een nog onbekende dag')}."
    open_ones = keyed(numbers.OWNERLESS.at(found.after.ownerless))
    all_of_them = keyed(numbers.RESULTS.at(found.after.results))
    of: list[Component | str] = ["Zo staan er ", open_ones, " van de ", all_of_them, " resultaten open."]
    if owner:
        said: list[Component | str] = [html.B(owner), " neemt dit resultaat over. ", ends]
    else:
        said = [html.B("? Nog niemand", className="warn"), *_how_long(left), " ", ends]
    places = form_place("overname", found.code, AGAIN)
    return html.Div(card(AFTER, html.P(said), html.P(of), places, span=3), className="slot" if owner else "slot gap")


def _how_long(left: int | None) -> list[Component | str]:
    if left is None:
        return ["."]
    days = keyed(numbers.DAYS_OF_GRANT.at(left), plural(abs(left), "dag", "dagen"))
    return [", over ", days, "."] if left > 0 else [", al ", days, " te laat."]


def reports_card(found: ResultDetail, rows: Sequence[ReportOn], as_of: date) -> Component:
    none = ("verslagen", "Over de projecten die eraan werken, is nog niet gerapporteerd.")
    sub = f"Van {words.served_by([one.code for one in found.projects])}." if found.projects else None
    return REPORTS.drawn(rows, REPORTS.foot(as_of, query_of(found)), none=none, sub=sub)


def money_card(found: ResultDetail, money: ProjectMoney, as_of: date) -> Component:
    return card(
        MONEY.question,
        facts(four(money)),
        MONEY.listed(money.lines),
        sub=money_of(found, money),
        foot=MONEY.foot(as_of, query_of(found)),
    )


def history_foot(found: ResultDetail, as_of: date) -> Component:
    return HISTORY.foot(as_of, query_of(found))
