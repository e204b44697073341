"""What the page says, from made editions."""

import pytest

from portal.pages.stadsmonitor import cards, change, profile, words
from portal.pages.stadsmonitor.words import Shown
from portal.queries.survey.observations import Comparison, changes
from portal.text import NBSP
from tests.reading import links, said
from tests.surveyed import edition_of, observed

TWO = {"digitaal": {"Menen": 80, "Kuurne": 79, "Wervik": None}, "loket": {"Menen": 60, "Kuurne": 70, "Wervik": 58}}


def story(values, **given):
    return said(words.story(edition_of(values, **given)))


def test_the_header_says_who_is_best_at_what_and_how_sure_that_is():
    assert story(TWO) == (
        "Editie 2020: Menen is de beste op digitaal en Kuurne op loket; "
        "bij één van de twee is de voorsprong mogelijk toeval."
    )


def test_who_wins_twice_is_named_once_and_a_tie_is_shared():
    values = {
        "a": {"Menen": 9, "Kuurne": 0},
        "b": {"Menen": 19, "Kuurne": 10},
        "c": {"Menen": 9, "Kuurne": 9, "Wervik": 0},
    }
    assert story(values) == (
        "Editie 2020: Menen is de beste op a en b en Menen en Kuurne op c; "
        "bij alle drie is de voorsprong meer dan toeval."
    )


def test_one_indicator_is_not_counted():
    assert story({"a": {"Menen": 9, "Kuurne": 8}}).endswith("; die voorsprong is mogelijk toeval.")


@pytest.mark.parametrize("values", [{"a": {"Menen": 9}}, {"a": {"Menen": 9, "Kuurne": 9}}, {"a": {"Menen": None}}])
def test_where_nobody_is_behind_there_is_no_best_to_name(values):
    assert story(values) == "In de editie 2020 is er geen verschil tussen gemeenten te zien."


def test_an_empty_database_says_how_the_values_come_in():
    header = said(words.story(edition_of({})))
    assert "Er zijn nog geen waarden. Breng ze in met portal load stadsmonitor." in header
    assert said(profile.answer(edition_of({}))).startswith(profile.WHO_LEADS)
    assert "niet bekend" in said(words.answer(edition_of({})))


@pytest.mark.parametrize(
    ("rank", "shared", "word"),
    [(1, False, "eerste"), (2, True, "gedeeld tweede"), (12, False, "twaalfde"), (13, True, "gedeeld 13e")],
)
def test_a_place_is_said_in_words_and_shared_honestly(rank, shared, word):
    assert words.place_of(rank, shared) == word


def test_numbers_carry_their_sign_and_missing_is_never_zero():
    assert [words.signed(points) for points in (3.44, -8.6, 0.0, 0.04, None, float("nan"))] == [
        *("+3,4", "−8,6", "0", "0", "geen gegevens", "geen gegevens")
    ]
    assert words.value_of(None) == words.value_of(float("nan")) == "geen gegevens"
    assert (words.value_of(0.0), words.value_of(100.0)) == ("0", "100")
    assert [words.points(1.0), words.points(-6.44)] == ["1 punt", "6,4 punten"]


def test_how_sure_depends_on_whether_respondents_are_known():
    assert words.how_sure(observed(TWO)) == (
        "Het aantal antwoorden is niet bekend: een verschil onder 8 punten is mogelijk toeval."
    )
    every = words.how_sure(observed(TWO, respondents=400))
    assert "overlappende intervallen zijn niet te onderscheiden" in every
    assert "8 punten" not in every


def test_the_best_has_a_word_and_missing_is_said():
    cells = {row["partner"]: row for row in cards.rows(edition_of(TWO), Shown.VALUE, "wervik")}
    assert [cells[name]["t0"] for name in ("Menen", "Kuurne", "Wervik")] == ["beste 80", "79", "geen gegevens"]
    assert (cells["Wervik"]["v0"], cells["Wervik"]["b0"], cells["Wervik"]["own"]) == (None, False, True)
    assert (cells["Kuurne"]["t1"], cells["Kuurne"]["own"]) == ("beste 70", False)


def test_equal_best_are_both_marked_and_share_their_place():
    tied = edition_of({"a": {"Menen": 70, "Kuurne": 70, "Wervik": 60}})
    assert [row["t0"] for row in cards.rows(tied, Shown.VALUE, None)] == ["beste 70", "beste 70", "60"]
    assert [row["t0"] for row in cards.rows(tied, Shown.PLACE, None)] == ["gedeeld 1e", "gedeeld 1e", "3e"]


def test_places_sort_with_the_missing_last_and_differences_carry_their_sign():
    by_place = cards.rows(edition_of(TWO), Shown.PLACE, None)
    assert [row["v0"] for row in by_place] == [1, 2, cards.LAST]
    assert [row["t0"] for row in cards.rows(edition_of(TWO), Shown.DIFFERENCE, None)] == [
        *("beste +0,5", "−0,5", "geen gegevens")
    ]


def test_mean_and_areas_stand_apart_below_and_are_never_ranked():
    found = edition_of(TWO, areas={"Vlaams Gewest": {"digitaal": 99.0}})
    below = cards.apart(found, Shown.VALUE)
    assert [(row["partner"], row["t0"], row["t1"]) for row in below] == [
        ("Gemiddelde", "79,5", "62,7"),
        ("Vlaams Gewest", "99", "geen gegevens"),
    ]
    assert [row["t0"] for row in cards.apart(found, Shown.DIFFERENCE)] == ["0", "+19,5"]
    assert cards.apart(found, Shown.PLACE) == []
    assert "Vlaams Gewest" not in {row["partner"] for row in cards.rows(found, Shown.VALUE, None)}
    assert len({row["id"] for row in below}) == len(below)


def test_a_column_says_its_unit_and_carries_the_question():
    name, digital, _ = cards.columns(edition_of(TWO), Shown.VALUE)
    assert (name["headerName"], digital["headerName"]) == ("Gemeente", "Digitaal (%)")
    assert digital["headerTooltip"] == "Bent u tevreden: digitaal?"
    assert cards.columns(edition_of(TWO), Shown.DIFFERENCE)[1]["headerName"] == "Digitaal (punten)"


def test_the_first_two_stand_with_their_lead_and_its_doubt():
    text = said(profile.answer(edition_of(TWO))).replace(NBSP, " ")
    assert "1. Menen 80" in text
    assert "2. Kuurne 79" in text
    assert "1 punt▲ mogelijk toeval" in text
    assert "10 punten✓ meer dan toeval" in text
    tied = said(profile.answer(edition_of({"a": {"Menen": 70, "Kuurne": 70}}))).replace(NBSP, " ")
    assert "1. Menen en Kuurne (gedeeld) 70niemand erna" in tied


def test_what_was_asked_stands_under_its_name():
    assert "Bent u tevreden: loket? (loket)" in said(words.answer(edition_of(TWO)))


def told(slug, name, values=TWO):
    return said(profile.told(observed(values), slug, name))


def test_the_profile_says_where_a_municipality_stands():
    assert told("kuurne", "Kuurne") == (
        "Kuurne is op één van de twee indicatoren beter dan het gemiddelde van de regio; "
        "het best staat het op loket (eerste), het minst op digitaal (tweede)."
    )
    assert told("wervik", "Wervik") == "Wervik staat op loket (derde)."
    assert told(None, None).startswith("Kies hierboven een gemeente")
    assert told("avelgem", "Avelgem") == "Avelgem: geen gegevens. De Stadsmonitor heeft er geen waarden voor."


def test_a_gap_to_the_best_says_whether_it_can_be_chance():
    lines = profile.profile_rows(observed(TWO), "kuurne").set_index("short")
    assert list(lines["how"]) == [Comparison.MAYBE_CHANCE.value, "beste van de regio"]
    assert list(lines["gap"]) == [1.0, 0.0]
    lines = profile.profile_rows(observed(TWO), "wervik").set_index("short")
    assert (lines.loc["Digitaal", "how"], lines.loc["Digitaal", "place"]) == ("", "geen gegevens")
    assert lines.loc["Loket", "how"] == "meer dan toeval"


def gap(slug, values=TWO):
    return said(profile.gap_told(profile.profile_rows(observed(values), slug)))


def test_the_own_gap_is_called_uncertain_when_it_is():
    assert gap("kuurne") == " De achterstand op de beste is nergens meer dan toeval."
    assert gap("menen") == " De achterstand op de beste is meer dan toeval op loket."
    both = {"a": {"Menen": 90, "Kuurne": 10}, "b": {"Menen": 72, "Kuurne": 70}}
    assert gap("kuurne", both) == " De achterstand op de beste is meer dan toeval op a; op b niet."
    assert gap("menen", both) == gap("avelgem", both) == ""


def test_the_strips_write_the_own_gap_out_and_nobody_elses():
    rows = observed(TWO)
    drawn = profile.strips(rows, profile.profile_rows(rows, "menen"))
    assert {(row.partner, row.short): row.gap for row in drawn.itertuples() if row.gap} == {
        ("Menen", "loket"): "10 achter: meer dan toeval"
    }
    assert (profile.strips(rows, profile.profile_rows(rows, "")).gap == "").all()


def test_on_paper_every_name_stands_with_its_value_best_first():
    assert [said(line) for line in profile.on_paper(observed(TWO))] == [
        *("Digitaal: Menen 80 en Kuurne 79.", "Loket: Kuurne 70, Menen 60 en Wervik 58.")
    ]


def test_who_has_no_two_values_is_told_as_no_data_and_not_as_no_change():
    before, after = (
        observed({"a": {"Menen": 60, "Kuurne": None}}, year=2020),
        observed({"a": {"Menen": 60, "Kuurne": 70}}, year=2023),
    )
    found = edition_of({"a": {"Menen": 60, "Kuurne": 70}}, year=2023)
    card = change.partners_card(found, changes(before, after), (2020, 2023), None)
    assert "Kuurnegeen gegevens" in said(card)
    assert f"Menenniets meer dan toeval; a{NBSP}0" in said(card)
    assert "Geen enkele gemeente veranderde op minstens één vraag" in said(card)


def test_two_indicators_together_name_who_is_better_on_both():
    codes = ("digitaal", "loket")
    assert said(change.pair_told(edition_of(TWO), codes)).startswith(
        "Geen enkele gemeente scoort op allebei beter dan het gemiddelde. De stippellijnen"
    )
    both = {"a": {"Menen": 90, "Kuurne": 10}, "b": {"Menen": 80, "Kuurne": 70}}
    assert said(change.pair_told(edition_of(both), ("a", "b"))).startswith(
        "Menen (één van de twee) scoort op allebei beter dan het gemiddelde; Kuurne op geen van beide."
    )
    lower = edition_of(both, lower_is_better=True)
    assert said(change.pair_told(lower, ("a", "b"))).startswith("Kuurne (één van de twee)")
    assert said(change.pair_told(edition_of(both), None)) == change.CHOOSE


def test_a_map_has_a_link_for_each_municipality_and_says_its_scale():
    found = edition_of(TWO)
    places = found.rows[["partner_slug"]].drop_duplicates().assign(tile_row=0, tile_col=range(3))
    drawn = profile.map_of(found, "digitaal", places)
    assert said(drawn).startswith("Digitaal (%): 79 licht, 80 donker")
    assert "80 %beste" in said(drawn)
    assert "Wervikgeen gegevens" in said(drawn)
    assert links(drawn) == [f"/stadsmonitor?deel=gemeente&gemeente={slug}" for slug in ("menen", "kuurne", "wervik")]
    assert profile.map_of(found, "onbekend", places) == []
    equal = edition_of({"a": {"Menen": 50, "Kuurne": 50, "Wervik": 50}})
    assert said(profile.map_of(equal, "a", places)).startswith("A (%)Menen50 %gedeeld beste")


def moved(before, after):
    return said(
        change.told(changes(observed({"a": before}, year=2020), observed({"a": after}, year=2023)), (2020, 2023))
    )


def test_what_changed_is_said_only_beyond_chance():
    some = {"Menen": 60, "Kuurne": 60, "Wervik": 60}
    assert moved(some, {"Menen": 72, "Kuurne": 67, "Wervik": 51}) == (
        "Twee van de drie gemeenten veranderden meer dan toeval kan verklaren: Menen (+12) en Wervik (−9)."
    )
    assert moved(some, {"Menen": 72, "Kuurne": 67, "Wervik": None}).startswith("Eén van de twee gemeenten veranderde ")
    assert moved(some, some) == "Geen enkele gemeente veranderde meer dan toeval kan verklaren."
    assert moved(some, dict.fromkeys(some)).startswith("Geen gemeente heeft in beide edities een waarde")
    many = {f"G{n}": 50 for n in range(7)}
    assert moved(many, dict.fromkeys(many, 70)).endswith("G4 (+20) en nog twee.")
