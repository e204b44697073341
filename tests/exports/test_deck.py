"""The slides of a meeting: each answers its question, and every figure on them is the report's."""

from dataclasses import replace
from typing import Any

import pytest

from portal.exports import deck as deck_opening
from portal.exports import deck_briefs, deck_changes, deck_money, deck_work
from portal.exports.deck import Draw, deck
from portal.snapshots import counted
from portal.snapshots.grouped import grouped
from portal.snapshots.lines import Topic
from portal.snapshots.radar import Quiet
from portal.snapshots.report import About, Report
from portal.snapshots.state import Kind
from portal.text import NO_DATA, day, euro
from portal.vocabulary import (
    DEMO_NOTICE,
    AgendaKind,
    Concern,
    Health,
    MeetingBody,
    MeetingState,
    ParticipationState,
    ResultState,
)
from tests.exports.packs import (
    all_text,
    answer_of,
    charts,
    deck_of,
    drawn,
    first_meeting,
    meeting,
    opened,
    slide_titled,
    slides_of,
    tables,
    texts,
    with_rows,
)
from tests.snapshots.rows import NOW, THEN, row, state

WHOLE = MeetingBody.STEERING


def whole() -> tuple[Any, ...]:
    return slides_of(WHOLE)


def slide(question: str) -> Any:
    return slide_titled(whole(), question)


def only(draw: Draw, report: Report) -> Any:
    """The one slide that this part of the deck draws."""
    (one,) = drawn(draw, report)
    return one


# -- the deck as a whole


def test_a_whole_pack_has_twelve_to_eighteen_slides_besides_its_points_and_each_tells_something_else():
    assert 12 <= len(whole()) - len(meeting().agenda) <= 18
    questions = [texts(one)[1] for one in whole()]
    assert len(set(questions)) == len(questions)


def test_every_slide_says_source_day_and_that_the_figures_are_a_draft():
    for one in whole():
        (foot,) = [text for text in texts(one) if text.startswith("Bron: portaal")]
        assert foot == f"Bron: portaal, stand van {day(NOW)} · Stuurgroep 6 (ontwerp, nog niet vastgelegd)"


def test_a_frozen_meeting_says_that_its_figures_do_not_change_any_more():
    frozen = replace(meeting(), header=replace(meeting().header, state=MeetingState.FROZEN))
    first = only(deck_opening.title, frozen)
    assert "Vastgelegd: deze cijfers wijzigen niet meer." in texts(first)
    assert f"Bron: portaal, stand van {day(NOW)} · Stuurgroep 6 (vastgelegd)" in texts(first)


def test_demodata_stands_on_every_slide_of_a_demo_and_on_none_of_a_real_portal():
    assert all(f"{DEMO_NOTICE}." in texts(one) for one in whole())
    assert "Demodata" not in all_text(deck(replace(meeting(), is_demo=False), MeetingBody.CONFERENCE))


def test_every_figure_is_native_and_told_to_who_does_not_see_it():
    frames = [shape for one in whole() for shape in one.shapes if shape.has_chart or shape.has_table]
    assert sum(shape.has_chart for shape in frames) >= 7
    assert all(shape.element.nvGraphicFramePr.cNvPr.get("descr") for shape in frames)
    assert not any(shape.shape_type.name == "PICTURE" for one in whole() for shape in one.shapes if shape.shape_type)


def test_the_same_report_makes_the_same_file_also_after_it_was_kept():
    kept = Report.from_json(meeting().to_json())
    assert deck(kept, WHOLE) == deck_of(WHOLE)


def test_one_change_in_the_report_changes_the_file():
    other = with_rows(meeting(), Kind.ACTION, {"1": row(Kind.ACTION, text="Iets anders")})
    assert deck(other, WHOLE) != deck_of(WHOLE)


def test_a_first_meeting_has_a_pack_without_what_needs_a_meeting_before_it():
    slides = opened(deck(first_meeting(), WHOLE))
    told = [text for one in slides for text in texts(one)]
    assert f"Wat de cijfers zeggen op {day(NOW)}." in told
    assert not any("Toegezegd en gehaald" in text or "bewoog niet?" in text for text in told)
    assert "Er is geen vorige vastgelegde vergadering om de toezeggingen mee te vergelijken." in told


def test_an_empty_portal_has_a_pack_that_says_so():
    told = [text for one in opened(deck(first_meeting(state(NOW)), WHOLE)) for text in texts(one)]
    assert "Er is nog geen begroting in het portaal." in told
    assert "0 van 0 resultaten bereikt" in told


# -- what each slide tells


def test_the_title_says_which_meeting_when_where_and_compared_with_what():
    first = whole()[0]
    assert answer_of(first) == "Stuurgroep 6"
    assert "vrijdag 23 oktober 2026 · Kortrijk" in texts(first)
    assert f"Wat veranderde tussen {day(THEN)} (Stuurgroep 5) en {day(NOW)}." in texts(first)


def test_the_title_says_where_the_trail_stood_when_that_is_known():
    anchored = replace(meeting(), anchor="1234-0123456789abcdef01234567")
    for report, said in ((anchored, True), (meeting(), False)):
        title = opened(deck(report, WHOLE))[0]
        assert ("Spoor: 1234-0123456789abcdef01234567" in texts(title)) is said


def test_the_summary_is_five_sentences_with_figures():
    summary = slide("Wat moet u weten sinds Stuurgroep 5?")
    assert answer_of(summary) == "Van 3 toegezegde mijlpalen is er 1 gehaald"
    told = texts(summary)
    for sentence in (
        "1 van 3 resultaten bereikt en 1 te laat; 1 mijlpaal van een resultaat is te laat.",
        "Toegezegd voor deze periode: 3 mijlpalen, 1 gehaald, 1 verschoven en 1 niet gehaald op de dag zelf.",
        "1 deelname in 2 gedeelde projecten, waarvan 1 met een trekker uit de regio.",
        "1 beslissing gevraagd; 1 traject is stil, en 2 zaken bewogen niet",
    ):
        assert any(text.startswith(sentence.rstrip(".")) for text in told), (sentence, told)
    assert any(
        euro(counted.total(counted.money_per_atelier(meeting().state)).spent, cents=False) in text for text in told
    )


def test_what_changed_stands_there_from_old_to_new_what_is_done_on_top():
    changed = tables(slide("Wat is klaar en wat schoof op sinds"))["Resultaten en mijlpalen"]
    lines = [line for line in meeting().lines if line.topic is Topic.RESULTS and not line.minor]
    assert len(changed) - 1 == len(lines)
    assert ["▲ verschoven", "Offertes", "01/10/2026 → 22/11/2026"] in [cells[:3] for cells in changed]
    assert [cells[0][0] for cells in changed[1:]] == sorted((line.symbol for line in lines), key="✓▲+–○".index)


def test_reported_and_computed_colours_stand_side_by_side():
    projects = slide("Hoe gaat het met de projecten")
    sides = charts(projects)["Gemeld en berekend"]
    for name, field in (("gemeld", "health"), ("berekend", "signal")):
        assert list(sides[name].values()) == list(counted.by_colour(meeting().state, field).values())
    assert [cells[1] for cells in tables(projects)["Projecten"][1:]] == ["R-01 Meldpunt"]


def test_without_changes_in_projects_it_shows_where_the_colours_differ():
    still = replace(meeting(), lines=())
    projects = only(deck_changes.projects, still)
    assert answer_of(projects) == "Geen enkel project veranderde van fase, einde of kleur"
    assert tables(projects)["Gemeld en berekend"][1:] == [
        ["R-01 Meldpunt", "■", "●", "op schema"],
        ["R-02 Loket", "●", "▲", "stil"],
    ]


def test_at_a_first_meeting_the_projects_are_told_by_their_colours():
    projects = only(deck_changes.projects, first_meeting())
    assert "Hoe gaat het met de projecten?" in texts(projects)
    assert answer_of(projects) == "Bij 2 van 2 gedeelde projecten is de berekende kleur een andere dan de gemelde"


def test_who_changed_place_and_what_was_decided_stand_together():
    told = tables(slide("Wie veranderde van plaats"))["Coalities, draagvlak en afspraken"]
    assert ["– stapt uit", "Kortrijk · Meldpunt", "neemt deel → neemt niet deel"] in [cells[:3] for cells in told]
    assert any(cells[0] == "✓ beslist" and cells[2] == "Het bestek gaat door" for cells in told)


def test_of_the_promises_every_fate_is_counted_and_named():
    kept = slide("Toegezegd en gehaald")
    assert charts(kept)["Toegezegd en gehaald"]["Mijlpalen"] == {
        "gehaald": 1,
        "verschoven": 1,
        "geschrapt": 0,
        "niet gehaald": 1,
        "toegevoegd": 0,
    }
    assert answer_of(kept) == "Van 3 toegezegde mijlpalen: 1 gehaald, 1 verschoven, 1 niet gehaald"
    assert tables(kept)["Mijlpalen van deze periode"][1:] == [
        ["verschoven", "Offertes", "01/10/2026 → 22/11/2026"],
        ["niet gehaald", "Gunning", "01/10/2026"],
        ["gehaald", "Bestek klaar", "klaar op 05/10/2026"],
    ]


def test_each_atelier_has_its_results_its_lateness_its_projects_and_its_money():
    first = slide("Hoe ver staat Atelier I, Dienstverlening?")
    assert answer_of(first) == "1 van 2 resultaten bereikt; 1 mijlpaal te laat"
    assert charts(first)["Resultaten per stand"]["Resultaten"] == {
        state_.label: {ResultState.REACHED: 1, ResultState.RUNNING: 1}.get(state_, 0) for state_ in ResultState
    }
    assert tables(first)["Projecten"][1] == ["R-01 Meldpunt", "uitvoering", "■ rood", "● groen", "30/06/2027"]
    assert any(
        f"uitgegeven {euro(counted.money_per_atelier(meeting().state)[0].spent)}" in text for text in texts(first)
    )
    second = slide("Hoe ver staat Atelier II, Mensen?")
    assert answer_of(second) == "0 van 1 resultaat bereikt, 1 te laat; geen mijlpalen te laat"


def test_milestones_over_time_are_named_with_their_days():
    late = {"3": row(Kind.MILESTONE, title="Gunning", due_expected="2026-10-13")}
    running = {"1": row(Kind.RESULT)}
    report = with_rows(with_rows(meeting(), Kind.MILESTONE, late), Kind.RESULT, running)
    one = slide_titled(drawn(deck_work.ateliers, report), "Hoe ver staat Atelier I,")
    assert tables(one)["Mijlpalen te laat"][1:] == [["Gunning", "13/10/2026", "10"]]
    assert answer_of(one) == "0 van 1 resultaat bereikt; 1 mijlpaal te laat"


def test_projects_outside_the_ateliers_are_not_forgotten():
    outside = slide("Hoe staan de gedeelde projecten buiten de ateliers?")
    assert [cells[0] for cells in tables(outside)["Projecten"][1:]] == ["R-02 Loket"]


def test_a_region_with_many_ateliers_gets_one_slide_for_all_of_them():
    results = {str(place): row(Kind.RESULT, code=f"{place}.A", atelier=f"A{place}") for place in range(1, 9)}
    overview = only(deck_work.ateliers, with_rows(meeting(), Kind.RESULT, results))
    assert list(charts(overview)["Resultaten per atelier"]["bezig"].values())[:8] == [1.0] * 8


def test_the_coalitions_show_who_is_in_and_who_is_not():
    bars = charts(slide("Wie doet mee aan welke coalitie?"))["Coalities"]
    assert list(bars) == [state_.label for state_ in ParticipationState]
    assert bars[ParticipationState.LEAD.label] == {"R-01 Meldpunt": 1, "R-02 Loket": 0}
    assert bars[ParticipationState.DECLINED.label] == {"R-01 Meldpunt": 1, "R-02 Loket": 0}
    assert bars[ParticipationState.FOLLOWS.label] == {"R-01 Meldpunt": 0, "R-02 Loket": 1}


def test_too_many_coalitions_for_one_chart_are_counted_honestly():
    many = {str(place): row(Kind.PROJECT, code=f"R-{place}") for place in range(1, 25)}
    coalitions = only(deck_money.coalitions, with_rows(meeting(), Kind.PROJECT, many))
    assert "En nog 6 andere: zie het werkboek." in texts(coalitions)


def test_the_four_amounts_are_exact_and_the_total_is_the_sum_of_the_rows():
    money = slide("Waar staat het geld?")
    rows = counted.money_per_atelier(meeting().state)
    table = tables(money)["Geld per atelier"]
    assert table[0] == ["Atelier", "begroot", "vastgelegd", "uitgegeven", "prognose"]
    assert [cells[0] for cells in table[1:]] == ["I Dienstverlening", "II Mensen", "Zonder atelier", "Totaal"]
    assert table[3][4] == "geen gegevens"
    total = counted.total(rows)
    amounts = (total.budgeted, total.committed, total.spent, total.forecast)
    assert table[-1][1:] == [NO_DATA if amount is None else euro(amount) for amount in amounts]
    spent = charts(money)["Geld per atelier"]["uitgegeven"]
    assert list(spent.values()) == [float(each.spent) for each in rows]
    assert charts(money)["Geld per atelier"]["prognose"]["Zonder atelier"] is None


@pytest.mark.parametrize(
    ("forecast", "said"),
    [
        ("1100.00", "De prognose ligt € 100 boven begroot"),
        ("1000.00", "De prognose is precies wat begroot is"),
        ("900.00", "De prognose blijft binnen de begroting: € 100 minder dan begroot"),
        (None, "€ 250 uitgegeven van € 1.000; bij 1 van 1 is er nog geen prognose"),
    ],
)
def test_the_answer_about_money_follows_the_forecast(forecast: str | None, said: str):
    report = with_rows(meeting(), Kind.MONEY, {"I": row(Kind.MONEY, forecast=forecast)})
    answer = answer_of(only(deck_money.money, report))
    assert answer.replace("\N{NO-BREAK SPACE}", " ") == said


def test_a_forecast_of_a_part_is_never_compared_with_the_whole_budget():
    assert answer_of(slide("Waar staat het geld?")).endswith("bij 1 van 3 is er nog geen prognose")
    assert any("(niet van alles)" in text for text in texts(slide("Wat moet u weten")))


def test_lines_over_their_budget_come_worst_first_with_their_excess():
    over = slide("Welke lijnen gaan boven hun begroting?")
    rows = [
        [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in cells] for cells in tables(over)["Lijnen boven begroot"]
    ]
    assert rows[1:] == [
        ["LIJN-001 Studie", "I", "€ 1.000,00", "€ 1.300,00", "€ 300,00", "30,0 %"],
        ["LIJN-002 externe prestaties", "II", "€ 1.000,00", "€ 1.050,00", "€ 50,00", "5,0 %"],
    ]


def test_the_radar_counts_every_kind_and_has_a_line_per_cause():
    radar, groups = slide("Wat dreigt stil te vallen?"), grouped(meeting())
    expected = {kind.label: sum(len(one.alerts) for one in groups if one.kind is kind) for kind in Quiet}
    assert charts(radar)["Stilval"]["Signalen"] == expected
    assert answer_of(radar).startswith(str(len(meeting().radar)))
    assert [cells[0] for cells in tables(radar)["Stilval"][1:]] == [one.said for one in groups]


def test_what_had_to_move_and_did_not_is_named():
    stuck = slide("Wat moest bewegen, en bewoog niet?")
    assert len(tables(stuck)["Bewoog niet"]) - 1 == len(meeting().stuck)
    assert answer_of(stuck) == "1 mijlpaal en 1 actie te laat zonder nieuwe dag"


def test_what_is_asked_stands_above_the_open_actions():
    asked = slide("Wat wordt gevraagd, en wat staat nog open?")
    assert tables(asked)["Gevraagde beslissingen"][1:] == [["2", "Bestek goedkeuren", "R-01 Meldpunt"]]
    assert tables(asked)["Openstaande acties"][1:] == [
        ["Wervik", "Bezorgt de raming", "Stuurgroep 5, 11/09/2026", "10/10/2026", "13"],
        ["Kortrijk", "Vraagt het na", "Stuurgroep 5, 11/09/2026", "geen datum", ""],
    ]
    assert answer_of(asked) == "1 beslissing gevraagd; 2 acties staan open, 1 te laat"


def test_a_colour_that_nobody_knows_any_more_breaks_no_pack():
    odd = {"1": row(Kind.PROJECT, health="paars", signal="paars", phase="onbekende fase")}
    slides = drawn(deck_work.ateliers, with_rows(meeting(), Kind.PROJECT, odd))
    assert tables(slide_titled(slides, "Hoe ver staat Atelier I,"))["Projecten"][1][1:4] == [
        "onbekende fase",
        *[f"○ {Health.UNKNOWN.label}"] * 2,
    ]


# -- the dossiers


def test_each_point_of_the_agenda_has_a_slide_with_its_dossier_and_the_facts_as_notes():
    about = About(Concern.PROJECT, "1", "R-01", "Meldpunt", "/project/R-01")
    told = {"proposal": "Het meldpunt start in maart.", "cost": "42.000 euro", "minutes": 30}
    full = replace(meeting().agenda[0], abouts=(about,), kind=AgendaKind.DECISION, **told)
    report = replace(meeting(), agenda=(full, *meeting().agenda[1:2]))
    first, second = drawn(deck_briefs.dossiers, report)
    assert texts(first)[:2] == [full.title, "Punt 1 · ter beslissing · 30 min"]
    assert "Het meldpunt start in maart." in texts(first)
    assert "Waarover: R-01 Meldpunt" in first.notes_slide.notes_text_frame.text
    assert "Nog geen voorstel." in texts(second)


def test_only_the_body_that_meets_has_the_dossiers():
    told = meeting()
    assert deck_briefs.dossiers in deck_opening.order_of(told, MeetingBody.STEERING)
    assert deck_briefs.dossiers not in deck_opening.order_of(told, MeetingBody.EXELLO)
