"""Links, marks for the address, cards and what stands there while an answer is on its way."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from dash import html

from portal.components import cards, charts, filters, links, tags
from portal.components.aria import HIDDEN, named
from portal.components.numbers import key_figure
from portal.numbers import QUIET
from portal.vocabulary import ParticipationState, Word
from tests.components.said import all_of, current, heard, label, parts, text
from tests.components.said import links as links_in

SCRIPTS = Path(__file__).parents[2] / "assets"


def props(component) -> dict:
    return component.to_plotly_json()["props"]


def test_a_link_within_the_portal_is_marked_for_the_script_that_changes_the_page():
    link = links.inside("Menen", "/gemeente/menen")
    assert props(link)["data-inside"] == ""
    assert "aria-current" not in props(link)
    assert "data-inside" in (SCRIPTS / "navigate.js").read_text()


@pytest.mark.parametrize("word", ["page", "true"])
def test_the_link_of_what_is_shown_says_so(word):
    assert props(links.inside("Menen", "/", current=word))["aria-current"] == word


def test_a_download_is_a_plain_link_that_the_browser_follows_itself():
    link = links.download("/download/inventory/rows.xlsx")
    assert (text(link), link.href) == ("Download als Excel", "/download/inventory/rows.xlsx")
    assert "data-inside" not in props(link)
    assert text(links.download("/x", "Download als CSV")) == "Download als CSV"


def test_links_that_choose_name_the_key_they_change():
    assert links.choosing("gemeente") == {"data-choose": "gemeente"}
    assert "dataset.choose" in (SCRIPTS / "address.js").read_text()


def test_the_fields_an_address_sets_travel_as_json_that_the_script_reads():
    fields = {"gemeente": {"id": "filter", "many": True}, "tekst": {"id": 'zoek"veld', "empty": ""}}
    marks = links.setting(fields)
    assert json.loads(marks["data-fields"]) == fields
    assert re.search(r"JSON\.parse\(bar\.dataset\.fields\)", (SCRIPTS / "address.js").read_text())


def test_what_is_hidden_from_a_reader_is_not_heard_and_what_is_named_is_heard_by_its_name():
    said = html.Div([html.Span("▲", **HIDDEN), html.Span("2", **named("twee verschuivingen"))])
    assert heard(said) == "twee verschuivingen"


@pytest.mark.parametrize(("span", "names"), [(12, "panel"), (6, "panel s6"), (3, "panel s3")])
def test_a_card_takes_its_share_of_twelve_columns(span, names):
    assert cards.card("Wie?", span=span).className == names


def test_a_card_is_kept_whole_on_paper_unless_it_flows():
    assert "flows" not in cards.card("Wie?").className
    assert cards.card("Wie?", span=4, flows=True).className == "panel s4 flows"


def test_a_card_without_a_sub_or_a_source_leaves_no_empty_line():
    card = cards.card("Wie doet mee?", "Allen.", None)
    assert [part._type for part in parts(card)] == ["Section", "H2", "Div"]
    assert text(card) == "Wie doet mee? Allen."


def test_an_empty_source_line_still_keeps_its_place_in_a_card():
    foot = html.P([], id="bron")
    assert [part.id for part in parts(cards.card("Wie?", foot=foot)) if getattr(part, "id", None)] == ["bron"]


def test_a_key_figure_without_detail_has_a_label_and_a_value_only():
    figure = key_figure(QUIET.at(3))
    assert [part._type for part in parts(figure) if part._type in {"Div", "Dl", "Dt", "Dd"}][:4] == [
        *("Div", "Dl", "Dt", "Div"),
    ]
    assert [text(part) for part in all_of(figure, "Dd")] == ["3"]
    assert figure.className == "panel kpi s3"


def test_cards_stand_in_the_order_given():
    shown = cards.cards(cards.card("Eerst?"), cards.card("Dan?"))
    assert [text(title) for title in all_of(shown, "H2")] == ["Eerst?", "Dan?"]


def test_a_card_that_waits_has_its_question_its_width_and_its_final_height():
    waiting = cards.skeleton_card("Wie doet mee?", 240, span=6)
    assert text(waiting) == "Wie doet mee? Bezig met laden …"
    assert waiting.className == "panel s6"
    assert [part.style for part in parts(waiting) if getattr(part, "className", "") == "skeleton"] == [
        {"height": "240px"}
    ]


TRACK = {
    "name": "Atelier I",
    "strong": Decimal(25),
    "soft": Decimal(50),
    "whole": Decimal(100),
    "text": "€ 25 van € 100",
}


def widths(**given) -> list[str]:
    return [part.style["width"] for part in all_of(charts.tracks([charts.Track(**TRACK | given)], "Geld"), "I")]


@pytest.mark.parametrize(
    ("given", "soft", "strong"),
    [
        ({}, "50.0%", "25.0%"),
        ({"strong": Decimal(0), "soft": Decimal(0)}, "0.0%", "0.0%"),
        ({"strong": Decimal(250), "soft": Decimal("100.01")}, "100.0%", "100.0%"),
        ({"strong": Decimal(-5)}, "50.0%", "0.0%"),
        ({"whole": Decimal(0)}, "0.0%", "0.0%"),
        ({"whole": Decimal(-100)}, "0.0%", "0.0%"),
        ({"strong": Decimal(1), "soft": Decimal(2), "whole": Decimal(3)}, "66.7%", "33.3%"),
    ],
)
def test_a_length_is_a_share_of_the_whole_and_never_outside_its_track(given, soft, strong):
    assert widths(**given) == [soft, strong]


def test_amounts_along_a_track_are_heard_as_text_and_their_lengths_are_not():
    shown = charts.tracks([charts.Track(**TRACK)], "Geld per atelier")
    assert label(shown) == "Geld per atelier"
    assert heard(all_of(shown, "Li")) == "Atelier I € 25 van € 100"


def test_no_amounts_are_an_empty_list_with_its_name():
    shown = charts.tracks([], "Geld")
    assert (all_of(shown, "Li"), label(shown)) == ([], "Geld")


def test_bars_stand_in_the_order_given_with_the_longest_as_the_measure():
    drawn = charts.bars([("Data", 3), ("Mensen", 12), ("Processen", 1.5)], "Per thema")
    assert [part.style["width"] for part in all_of(drawn, "I")] == ["25.0%", "100.0%", "12.5%"]
    assert text(drawn) == "Data 3 Mensen 12 Processen 1,5"
    assert all_of(charts.bars([], "Per thema"), "Li") == []


def test_a_chart_that_waits_shows_no_axes_and_one_with_a_figure_shows_it():
    waiting, drawn = (all_of(charts.chart("c", "Uitleg", 200, figure), "Graph")[0] for figure in (None, {"data": [1]}))
    assert waiting.figure["layout"]["xaxis"] == {"visible": False}
    assert drawn.figure == {"data": [1]}


def test_a_chart_offers_a_picture_and_nothing_else():
    config = all_of(charts.chart("c", "Uitleg", 200), "Graph")[0].config
    assert config["modeBarButtons"] == [["toImage"]]
    assert (config["locale"], config["displaylogo"], config["scrollZoom"]) == ("nl", False, False)


LISTS = [filters.Option("uitdagingen", "Uitdagingen"), filters.Option("projecten", "Projecten")]


def test_of_a_few_lists_the_first_is_shown_and_the_choice_is_named():
    chosen = filters.choose_list("lijst", "Welke lijst?", LISTS)
    radio = all_of(chosen, "RadioItems")[0]
    assert (radio.id, radio.value) == ("lijst", "uitdagingen")
    assert [option["label"] for option in radio.options] == ["Uitdagingen", "Projecten"]
    assert [text(part) for part in all_of(chosen, "Legend")] == ["Welke lijst?"]


def test_a_choice_of_one_offers_everything_first_and_as_nothing_chosen():
    chosen = all_of(filters.choose_one("a", "Status", LISTS, "Alle statussen"), "Select")[0]
    assert chosen.options[0] == {"value": "", "label": "Alle statussen"}
    assert len(chosen.options) == 3


def test_a_search_waits_for_a_pause_and_takes_no_page_of_text():
    field = all_of(filters.search("zoek", example="bv. loket"), "Input")[0]
    assert (field.type, field.maxLength, field.placeholder) == ("search", 100, "bv. loket")
    assert 0 < field.debounce < 1


def test_the_legend_of_a_matrix_names_every_state_once():
    legend = tags.marks_legend()
    assert [text(item).split(" ", 1)[1] for item in all_of(legend, "Li")] == [s.label for s in ParticipationState]


def test_a_word_without_a_sign_is_refused_rather_than_drawn_bare():
    class Weather(Word):
        RAIN = "regen", "regen"

    with pytest.raises(KeyError):
        tags.sign_of(Weather.RAIN)


def test_a_tag_without_a_symbol_is_its_word_only():
    assert [text(tags.tag("nieuw")), tags.tag("nieuw").className] == ["nieuw", "tag"]
    assert tags.tag("laat", tags.Tone.LATE, "■").className == "tag steen"


def tile(name: str, value: float | None, **given) -> cards.Tile:
    return cards.Tile(name.lower(), name, given.pop("row", 0), given.pop("col", 0), value, f"/gemeente/{name}", **given)


def colours(shown) -> list[str]:
    return [part.style["--tile"] for part in all_of(shown, "A") if getattr(part, "style", None)]


def test_a_map_that_does_not_begin_at_nought_spreads_its_colour_over_what_differs():
    values = [tile("A", 60), tile("B", 70), tile("C", 80)]
    flat, spread = cards.tile_map(values, "x", "%"), cards.tile_map(values, "x", "%", least=60)
    assert len(set(colours(flat))) < len(set(colours(spread))) == 3
    assert colours(spread)[-1] == colours(flat)[-1]


def test_places_with_one_and_the_same_value_have_one_colour():
    assert len(set(colours(cards.tile_map([tile("A", 60), tile("B", 60)], "x", "%", least=60)))) == 1


def test_a_tile_stands_in_its_row_and_column_counted_from_one_in_the_grid():
    item = all_of(cards.tile_map([tile("A", 1, row=0, col=3)], "x", "y"), "Li")[0]
    assert item.style == {"gridRow": 1, "gridColumn": 4}


def test_a_tile_says_its_note_and_one_without_a_value_can_still_be_chosen():
    shown = cards.tile_map([tile("A", 81.5, note="beste"), tile("B", None, selected=True)], "x", "%")
    assert [text(item) for item in all_of(shown, "Li")] == ["A 81,5 % beste", "B geen gegevens"]
    assert current(shown) == ["B geen gegevens"]
    assert links_in(shown) == {"A 81,5 % beste": "/gemeente/A", "B geen gegevens": "/gemeente/B"}


def test_a_map_without_any_value_is_all_without_data():
    shown = cards.tile_map([tile("A", None), tile("B", None)], "x", "y")
    assert colours(shown) == []
    assert text(shown).count("geen gegevens") == 2


def test_an_address_to_write_to_is_parted_at_its_signs_alone():
    link = links.mail_to("an.peeters@gemeente.example")
    assert [part for part in link.children if isinstance(part, str)] == ["an.", "peeters@", "gemeente.", "example"]
    assert link.href == "mailto:an.peeters@gemeente.example"
