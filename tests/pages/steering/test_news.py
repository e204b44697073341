"""What the cards of a meeting say and lead to; what is too much for a card is in its list."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from portal.pages.steering import agenda, cockpit, news, radar, view
from portal.pages.steering.cards import in_calendar
from portal.queries.meetings.meetings import MeetingRow
from portal.snapshots.lines import Topic
from portal.snapshots.state import Kind
from portal.vocabulary import MeetingBody, MeetingState
from tests.pages.steering.made import STEERING, item, meetings, moved, notes, report_of, seen, several
from tests.reading import MOST_COMPONENTS, links, parts, said
from tests.snapshots.rows import NOW, THEN, row

FIRST = report_of(None)
FROZEN = report_of({}, frozen=True)


def test_a_change_is_told_from_old_to_new_with_who_and_when_and_leads_to_its_page():
    was, now = several(Kind.PROJECT, {}), several(Kind.PROJECT, {"health": "rood"})
    (line,) = report_of(was, now).lines
    drawn = news.change(replace(line, who="An Peeters", at="2026-10-01T09:30:00+00:00"))
    assert (drawn.what, drawn.label, drawn.old, drawn.new) == ("R-01 Meldpunt", "gemelde kleur", "groen", "rood")
    assert (drawn.href, said(drawn.end)) == ("/project/R-01", "An Peeters, 01/10/2026")


def test_a_change_without_a_person_says_the_day_and_one_without_a_day_says_neither():
    (line,) = report_of(*moved(1)).lines
    assert news.change(line).end is None
    assert said(news.change(replace(line, at="2026-10-01T09:30:00+00:00")).end) == "01/10/2026"


def test_a_topic_shows_a_few_and_says_how_many_more_the_list_has():
    some = seen(report_of(*moved(news.MOST + 3)))
    told = said(news.topic_part(some, Topic.RESULTS))
    assert told.startswith("Resultaten en mijlpalen")
    assert told.count("31/01/2027") == news.MOST
    assert "En nog 3 in de lijst hieronder." in told
    assert "En nog" not in said(news.topic_part(seen(report_of(*moved(news.MOST))), Topic.RESULTS))


def test_a_topic_in_which_nothing_moved_is_not_there():
    assert news.topic_part(seen(report_of(*moved(2))), Topic.MONEY) == []


def test_small_changes_are_in_the_list_and_nowhere_else():
    was, now = several(Kind.PROJECT, {}), several(Kind.PROJECT, {"progress": 80})
    small = seen(report_of(was, now))
    assert news.topic_part(small, Topic.PROJECTS) == []
    assert news.list_title(small) == "Toon 1 verandering als lijst, waarvan 1 kleine"
    assert [one["new"] for one in news.list_rows(small)] == ["80"]
    assert news.list_title(seen()) == "Toon geen veranderingen als lijst"


def test_every_meeting_of_this_body_before_this_one_of_which_the_state_is_kept_can_be_chosen():
    drawn = news.choose(seen(meetings=meetings(3, 4, 5, 6)))
    assert links(drawn) == [f"/stuurgroep?vergadering=stuurgroep-6&tegen={number}" for number in (5, 4, 3)]
    (current,) = [part for part in parts(drawn) if getattr(part, "aria-current", None)]
    assert said(current) == "Stuurgroep 5 · 11/09/2026"


def test_where_nothing_was_kept_there_is_nothing_to_choose():
    assert news.choose(seen(meetings=meetings(5, 6, kept=False))) is None


def test_what_did_not_move_is_told_with_its_day_and_how_long_it_is_late():
    was = several(Kind.MILESTONE, {})
    told = said(news.stuck_card(seen(report_of(was, was))))
    assert "Bestek klaar: verwacht op 01/10/2026" in told
    assert "22 dagen te laat" in told


def test_without_backlog_the_card_says_so_and_a_first_meeting_has_no_such_card():
    assert "Wat moest bewegen, bewoog." in said(news.stuck_card(seen()))
    assert news.stuck_card(seen(FIRST)) is None
    assert news.promised_card(seen(FIRST)) is None


def test_what_did_not_move_beyond_the_card_is_counted():
    many = several(Kind.MILESTONE, *({"title": f"Stap {number}"} for number in range(news.MOST + 2)))
    assert "En nog 2; ‘Download als Excel’" in said(news.stuck_card(seen(report_of(many, many))))


def test_of_what_was_promised_the_bars_add_up_to_what_is_said():
    was = several(Kind.MILESTONE, {}, {"title": "B"}, {"title": "C"}, {"title": "D"})
    now = several(
        Kind.MILESTONE, {"done_on": "2026-10-01"}, {"title": "B", "due_expected": "2027-01-01"}, {"title": "C"}
    )
    drawn = seen(report_of(was, now))
    told = said(news.promised_card(drawn))
    assert "1 van 4 gehaald" in told
    assert all(part in told for part in ("gehaald1", "verschoven1", "geschrapt1", "wacht nog1"))
    assert "Mijlpalen verwacht tussen 11/09/2026 en 23/10/2026." in told


def test_without_a_promise_no_bars_are_drawn():
    told = said(news.promised_card(seen()))
    assert "Voor deze periode was geen enkele mijlpaal toegezegd." in told
    assert "Toon welke" not in told


# -- colours


def test_colour_and_signal_stand_side_by_side_with_the_reason():
    projects = several(Kind.PROJECT, {"signal": "rood", "why": "50 dagen te laat"})
    told = said(news.colours_card(seen(report_of({}, projects))))
    assert "R-01 Meldpunt● groen■ rood50 dagen te laat" in told
    assert "Overal is de gemelde kleur ook de berekende." in said(news.colours_card(seen()))


def test_of_many_colours_that_differ_the_rest_is_counted():
    many = several(Kind.PROJECT, *({"code": f"R-{number}", "signal": "rood"} for number in range(news.MOST_QUIET + 1)))
    assert "En nog 1;" in said(news.colours_card(seen(report_of({}, many))))


# -- money and calendar


def test_the_money_ends_with_the_sum_of_the_rows_above_it():
    money = {Kind.MONEY: {"I": row(Kind.MONEY), "II": row(Kind.MONEY, title="Mensen", forecast=None)}}
    told = said(news.money_card(seen(report_of({}, money)))).replace("\N{NO-BREAK SPACE}", " ")
    assert "Mensen€ 1.000€ 400€ 250geen gegevens" in told
    assert "Totaal€ 2.000€ 800€ 500€ 950" in told
    assert "Er is nog geen dossier met een begroting." in said(news.money_card(seen()))


def test_the_calendar_says_when_held_how_far_off_and_what_was_skipped():
    late = MeetingRow(STEERING, 5, THEN, NOW, MeetingState.FROZEN)
    skipped = MeetingRow(MeetingBody.EXELLO, 2, THEN, None, MeetingState.PLANNED)
    drawn = agenda.calendar_body(seen(calendar=(late, skipped)))
    assert "Stuurgroep · om de 42 dagen" in said(drawn)
    assert "42 dagen later" in said(drawn)
    assert "▲ niet gehouden" in said(drawn)


def test_the_calendar_says_at_which_hours_a_body_comes_together_until_the_page_is_frozen():
    coming = MeetingRow(
        STEERING, 7, NOW + timedelta(days=42), None, MeetingState.PLANNED, starts_at=time(14), ends_at=time(16)
    )
    known, calendar = [*meetings(5, 6), coming], (coming,)
    assert "om de 42 dagen · 14.00–16.00 u." in said(agenda.calendar_body(seen(meetings=known, calendar=calendar)))
    assert [one.at for one in in_calendar(seen(meetings=known, calendar=calendar))] == ["14.00–16.00 u."]
    frozen = seen(FROZEN, meetings=known, calendar=calendar)
    assert "u." not in said(agenda.calendar_body(frozen))
    assert [one.at for one in in_calendar(frozen)] == [""]
    assert replace(coming, ends_at=None).hours == "14.00 u."


def test_the_calendar_leads_only_to_meetings_that_this_viewer_may_know_of():
    known, other = (MeetingRow(STEERING, number, THEN, None, MeetingState.PLANNED) for number in (5, 99))
    assert links(agenda.calendar_body(seen(calendar=(known, other)))) == ["/stuurgroep?vergadering=stuurgroep-5"]


def test_an_empty_calendar_says_so():
    assert "Er is er nog geen gepland." in said(agenda.calendar_body(seen(calendar=())))


# -- agenda, decisions, actions


def test_the_agenda_stands_in_the_order_in_which_it_is_treated():
    points = (item(1, "Een", atelier="II"), item(2, "Twee"), item(3, "Drie", atelier="II", minutes=20))
    told = said(cockpit.agenda_part(seen(report_of({}, agenda=points)), "", moves=False))
    assert [told.index(title) for title in ("Een", "Twee", "Drie")] == sorted(
        told.index(t) for t in ("Een", "Twee", "Drie")
    )
    assert "20 minuten samen" in told


def test_an_empty_agenda_says_who_fills_it_or_that_it_was_empty():
    assert "De coördinator zet ze erop." in said(cockpit.agenda_part(seen(), "", moves=False))
    assert "Er stond niets op." in said(cockpit.agenda_part(seen(FROZEN), "", moves=False))


def test_a_decision_says_its_day_and_what_it_concerns():
    taken = several(Kind.DECISION, {"number": 6, "project_code": "R-01", "taken_on": "2026-10-23"})
    drawn = agenda.decisions_body(seen(report_of({}, taken)))
    assert "Het bestek gaat door23/10/2026 · R-01" in said(drawn)
    assert links(drawn) == ["/project/R-01"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Ze staan hier zodra ze genomen zijn."),
        ({"made": FROZEN}, "Er werd niets beslist."),
        ({"made": FROZEN, "kept": False}, "Wat deze vergadering zag, is niet bewaard."),
    ],
)
def test_without_decisions_the_card_says_why(given: dict, told: str):
    assert told in said(agenda.decisions_body(seen(**given)))


def test_an_open_action_says_who_from_when_and_how_late():
    drawn = agenda.actions_body(seen(report_of({}, several(Kind.ACTION, {}))))
    assert "Bezorgt de raming" in said(drawn)
    assert "Wervik · Stuurgroep 5, 42 dagen geleden" in said(drawn)
    assert "▲ 13 d te laat" in said(drawn)


def test_only_who_may_close_an_action_gets_the_place_to_do_so():
    report = report_of({}, several(Kind.ACTION, {}, {"text": "Ander"}))
    places = [
        part
        for part in parts(agenda.actions_body(seen(report, closable=frozenset({2}))))
        if getattr(part, "className", "") == "edit-place"
    ]
    assert len(places) == 1
    assert "actie-sluiten" in str(places[0])


def test_more_actions_than_fit_are_in_a_list_and_the_extract_has_none():
    many = several(Kind.ACTION, *({"text": f"Actie {number}"} for number in range(agenda.MOST + 1)))
    assert f"Toon {agenda.MOST + 1} acties als lijst" in said(agenda.actions_body(seen(report_of({}, many))))
    assert "Actie 1" not in said(agenda.actions_body(seen(report_of({}, many), extract=True)))
    assert "Alles wat beloofd is, is gedaan." in said(agenda.actions_body(seen()))


# -- the head


def test_the_head_names_the_meeting_and_leads_to_its_neighbours_and_the_other_bodies():
    drawn = view.head(seen(meetings=meetings(5, 6, 7), numbers={STEERING: 6, MeetingBody.EXELLO: 3}))
    found = links(drawn)
    assert "Stuurgroep 6 · 23 oktober 2026" in said(drawn)
    assert {f"/stuurgroep?vergadering=stuurgroep-{number}" for number in (5, 7)} <= set(found)
    assert "/stuurgroep?vergadering=exello-3" in found


def test_a_meeting_without_neighbours_leads_to_none():
    drawn = view.head(seen(meetings=meetings(6)))
    assert not [link for link in links(drawn) if link.endswith(("-5", "-7"))]


def test_what_goes_on_the_table_is_offered_whole_and_in_two_extracts():
    found = links(view.head(seen()))
    packs = [link for link in found if link.startswith("/download/steering/pack-stuurgroep-6.")]
    assert [link.partition("-6")[2] for link in packs] == [
        f".{ending}{asked}"
        for asked in ("", "?extract=conferentie", "?extract=exello")
        for ending in ("pptx", "xlsx", "docx")
    ]


def test_the_mayors_are_offered_their_extract_alone_and_of_what_was_not_kept_there_is_nothing():
    packs = [link for link in links(view.head(seen(FROZEN, extract=True))) if "pack-" in link]
    assert all(link.endswith("?extract=conferentie") for link in packs)
    assert len(packs) == 3
    assert not [link for link in links(view.head(seen(FROZEN, kept=False))) if "pack-" in link]


def test_presenting_keeps_what_was_chosen_to_compare_with():
    chosen = links(view.head(seen(compared=True)))
    assert "/stuurgroep?vergadering=stuurgroep-6&tegen=5&toon=scherm" in chosen


def test_a_frozen_meeting_shows_its_notes_with_their_day_and_who_wrote_them():
    told = said(view.head(seen(FROZEN, notes=notes("De raming was 5.000 euro."))))
    assert "wat daarna veranderde, staat er niet in." in told
    assert "Nota van 23/10/2026 om 16.30 uur · An PeetersDe raming was 5.000 euro." in told
    assert "An Peeters" not in said(view.head(seen(FROZEN, notes=notes("Zo", by=None))))
    assert "Nota" not in said(view.head(seen(notes=notes("Nog open"))))


def test_an_address_that_leads_nowhere_and_a_portal_without_meetings_are_two_sentences():
    assert "voor u niet zichtbaar" in said(view.missing(first=False))
    assert "De coördinator plant de eerste." in said(view.missing(first=True))


def test_of_what_was_not_kept_only_agenda_and_calendar_are_drawn():
    bare = seen(FROZEN, kept=False)
    cards = (news.stuck_card, radar.quiet_card, news.colours_card, news.money_card)
    assert [draw(bare) for draw in cards] == [None] * len(cards)


def test_every_answer_of_the_page_stays_small_however_much_there_is():
    many = 40
    was, now = moved(many)
    silent = {"last_seen": "2026-08-01", "quiet": True, "signal": "rood", "why": "stil"}
    rows = {
        **now,
        **several(Kind.PROJECT, *({"code": f"R-{number}", **silent} for number in range(many))),
        **several(Kind.ACTION, *({"text": f"Actie {number}"} for number in range(many))),
        Kind.MONEY: {f"A{number}": row(Kind.MONEY) for number in range(8)},
    }
    full = seen(
        report_of({**was, **rows}, rows, agenda=tuple(item(number, atelier="I") for number in range(1, 13))),
        closable=frozenset(range(many)),
    )
    sizes = {tuple(group): sum(len(list(parts(draw(full)))) for draw in group.values()) for group in view.DRAWN}
    assert {places: size for places, size in sizes.items() if size > MOST_COMPONENTS} == {}
    assert len(list(parts(view.head(full)))) <= MOST_COMPONENTS
