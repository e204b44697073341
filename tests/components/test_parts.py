"""The parts inside cards: tags, tiles, tables, changes, filters, charts, empty states."""

from dataclasses import replace

import pytest
from dash import html

from portal.components import cards, changes, charts, filters, tables, tags
from portal.components.numbers import key_figure
from portal.numbers import QUIET
from portal.vocabulary import (
    ChallengeStatus,
    EndorsementState,
    Health,
    ParticipationState,
    Phase,
    Visibility,
)
from tests.components.said import all_of, current, heard, label, links, parts, text

SIGNED = (Health, ParticipationState, Phase, ChallengeStatus, EndorsementState, Visibility)
MOST = 150


@pytest.mark.parametrize("words", SIGNED)
def test_every_word_of_the_field_has_its_own_symbol_besides_its_colour(words):
    signs = tags.signs_of(words)
    assert {sign.word for sign in signs.values()} == {word.label for word in words}
    assert len({sign.symbol for sign in signs.values()}) == len(words)


def test_two_kinds_of_words_with_the_same_value_keep_their_own_sign():
    assert tags.sign_of(ParticipationState.NOT_ASKED).word == "Nog niet gevraagd"
    assert tags.sign_of(EndorsementState.NOT_ASKED).word == "niet gevraagd"


def test_not_taking_part_is_calm_and_never_red():
    assert tags.sign_of(ParticipationState.DECLINED).tone is tags.Tone.PLAIN


def test_a_tag_shows_symbol_and_word_and_says_the_word():
    said = tags.word_tag(Health.RED, "77 d uitloop")
    assert text(said) == "■ rood: 77 d uitloop"
    assert heard(said) == "rood: 77 d uitloop"


def test_a_mark_of_one_sign_is_named_by_its_word():
    assert heard(tags.mark(ParticipationState.LATER)) == "Stapt later in"


def _tile(name: str, value: int | None, *, selected: bool = False) -> cards.Tile:
    return cards.Tile(name.lower(), name, 0, 0, value, f"?gemeente={name.lower()}", selected)


def test_a_place_without_data_says_so_and_is_never_nought():
    spoken = cards.tile_map([_tile("Menen", 0), _tile("Kuurne", None)], "Uitdagingen", "uitdagingen")
    assert [text(item) for item in all_of(spoken, "Li")] == ["Menen 0 uitdagingen", "Kuurne geen gegevens"]


def test_the_map_is_a_named_list_of_links_with_the_chosen_ones_marked():
    shown = cards.tile_map([_tile("Menen", 4, selected=True), _tile("Kuurne", 9)], "Per gemeente", "projecten")
    assert label(all_of(shown, "Ul")[0]) == "Per gemeente"
    assert links(shown) == {"Menen 4 projecten": "?gemeente=menen", "Kuurne 9 projecten": "?gemeente=kuurne"}
    assert current(shown) == ["Menen 4 projecten"]


def test_a_map_may_begin_its_colours_at_another_value_than_nought():
    low, high = all_of(cards.tile_map([_tile("Menen", 60), _tile("Kuurne", 80)], "x", "%", least=60), "A")
    assert (low.style["--tile"], high.style["--tile"]) == (cards.ground(0)[0], cards.ground(1)[0])
    (equal,) = all_of(cards.tile_map([_tile("Menen", 60)], "x", "%", least=60), "A")
    assert equal.style["--tile"] == cards.ground(0)[0]


def test_a_tile_may_carry_a_word_below_its_value():
    best = replace(_tile("Menen", 80), note="beste")
    assert text(cards.tile_map([best], "x", "%")) == "Menen 80 % beste"


def test_a_map_where_everything_is_nought_still_draws():
    assert text(cards.tile_map([_tile("Menen", 0)], "x", "projecten")) == "Menen 0 projecten"


def _light(colour: str) -> float:
    parts_ = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts_)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_text_of_every_tile_can_be_read_on_its_colour(subtests):
    for share in [n / 50 for n in range(51)]:
        with subtests.test(share=share):
            light, dark = sorted((_light(colour) for colour in cards.ground(share)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_larger_value_is_never_a_lighter_tile():
    grounds = [_light(cards.ground(n / 20)[0]) for n in range(21)]
    assert grounds == sorted(grounds, reverse=True)


COLUMNS = [tables.Column("Gemeente"), tables.Column("Uitdagingen", numeric=True)]


def test_a_table_has_a_name_headers_with_a_scope_and_a_total():
    table = tables.small_table("Telling", COLUMNS, [["Menen", "14"], ["Spiere-Helkijn", None]], ["Totaal", "14"])
    assert text(all_of(table, "Caption")[0]) == "Telling"
    assert [(text(head), head.scope) for head in all_of(table, "Th")] == [
        ("Gemeente", "col"),
        ("Uitdagingen", "col"),
        ("Menen", "row"),
        ("Spiere-Helkijn", "row"),
        ("Totaal", "row"),
    ]
    assert [text(cell) for cell in all_of(table, "Td")] == ["14", "geen gegevens", "14"]


def test_a_row_that_does_not_fit_the_columns_is_refused():
    with pytest.raises(ValueError, match="zip"):
        tables.small_table("Telling", COLUMNS, [["Menen"]])


def test_the_largest_table_beside_a_map_stays_within_what_a_page_may_hold():
    columns = [tables.Column("Gemeente"), *[tables.Column(str(n), numeric=True) for n in range(5)]]
    table = tables.small_table("Telling", columns, [["x", *["1"] * 5]] * 15, ["Totaal", *["15"] * 5])
    map_ = cards.tile_map([_tile("Menen", 4)] * 15, "x", "y")
    assert len(list(parts(table))) <= MOST
    assert len(list(parts(map_))) <= MOST


def test_a_fact_that_is_not_known_says_so():
    assert text(tables.facts([("Trekker", None), ("Thema", "Data")])) == "Trekker geen gegevens Thema Data"


def test_a_change_reads_old_struck_out_then_new():
    line = changes.change_list([changes.Change("▲", "verschoven", "Mijlpaal", "15/11/2026", "31/01/2027", "77 dagen")])
    assert heard(line) == "Veranderingen"
    assert text(line) == "▲ verschoven Mijlpaal : 15/11/2026 → 31/01/2027 77 dagen"
    assert text(all_of(line, "Del")) == "15/11/2026"
    assert text(all_of(line, "Ins")) == "31/01/2027"


@pytest.mark.parametrize(("old", "new", "said"), [(None, "nieuw", "nieuw"), ("oud", None, "oud"), (None, None, "")])
def test_a_side_that_is_not_there_leaves_no_arrow(old, new, said):
    assert text(changes.old_to_new(old, new)) == said


OPTIONS = [filters.Option("menen", "Menen"), filters.Option("kuurne", "Kuurne")]


def test_every_filter_has_its_label_in_sight():
    one = filters.choose_one("a", "Status", OPTIONS, "Alle statussen")
    some = filters.choose_some("b", "Gemeente", OPTIONS, "Alle gemeenten")
    words = filters.search("c")
    assert [(text(part), part.htmlFor) for part in all_of([one, words], "Label")] == [
        ("Status", "a"),
        ("Zoek in tekst", "c"),
    ]
    assert text(some) == "Gemeente Alle gemeenten"
    assert label(all_of(some, "Div")[-1]) == "Gemeente"


def test_no_filter_is_set_to_begin_with():
    one = filters.choose_one("a", "Status", OPTIONS, "Alle statussen")
    some = filters.choose_some("b", "Gemeente", OPTIONS, "Alle gemeenten")
    assert [part.value for part in parts([one, some, filters.search("c")]) if hasattr(part, "value")] == ["", [], ""]


def test_the_bar_counts_aloud_and_leads_back_to_everything():
    bar = filters.filter_bar(filters.search("c"), count_id="n", clear_href="/inventaris")
    assert links(bar) == {"Wis filters": "/inventaris"}
    assert [part.role for part in parts(bar) if getattr(part, "id", None) == "n"] == ["status"]


def test_nothing_found_says_what_was_sought_and_what_to_do():
    assert text(cards.nothing_found("projecten in Menen")).startswith("Geen projecten in Menen gevonden. Maak")
    assert text(cards.no_data("Niemand meldde iets.")) == "Geen gegevens. Niemand meldde iets."


def test_a_card_has_its_question_as_heading_before_its_answer():
    card = cards.card("Wie doet mee?", html.P("Allen."), sub="Alle partners.", foot=html.P("Bron: x"), span=6)
    assert text(card) == "Wie doet mee? Alle partners. Allen. Bron: x"
    assert text(all_of(card, "H2")) == "Wie doet mee?"


def test_a_key_figure_pairs_its_label_with_its_value():
    figure = key_figure(QUIET.at(3), "al twee stuurgroepen")
    assert [text(part) for part in parts(figure) if part._type in ("Dt", "Dd")] == [
        "trajecten stil",
        "3",
        "al twee stuurgroepen",
    ]


def test_a_skeleton_keeps_the_final_height_and_says_that_it_waits():
    shape = cards.skeleton(320)
    assert (shape.style["height"], heard(shape)) == ("320px", "Bezig met laden …")


def test_a_bar_is_as_long_as_its_share_of_the_largest():
    drawn = charts.bars([("Processen", 97), ("Data", 0)], "Per thema")
    assert [part.style["width"] for part in all_of(drawn, "I")] == ["100.0%", "0.0%"]
    assert text(drawn) == "Processen 97 Data 0"
    assert text(charts.bars([("Data", 0)], "Per thema")) == "Data 0"


def test_a_chart_keeps_its_place_is_named_and_sends_nothing_away():
    drawn = charts.chart("c", "Uitdagingen per thema", 300)
    graph = all_of(drawn, "Graph")[0]
    assert graph.style == {"minHeight": "300px"}
    assert graph.config["showSendToCloud"] is False
    assert graph.config["plotlyServerURL"] == ""
    assert label(all_of(drawn, "Figure")[0]) == "Uitdagingen per thema"
