"""The Stadsmonitor page over the demo: the published values and marks exactly, on both databases."""

import csv
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import delete, select

from portal.config import settings
from portal.db.engine import reading, writing
from portal.db.models import Indicator, Observation, Partner, ReferenceArea
from portal.pages.stadsmonitor import page
from portal.pages.stadsmonitor.cards import DOWNLOADS
from portal.pages.stadsmonitor.words import FILTERS
from tests.reading import MOST_COMPONENTS, links, parts, said
from tests.visitors import ACCOUNTS, Portal


def reference(name):
    with (settings().reference_dir / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


PUBLISHED, INDICATORS = reference("stadsmonitor_2020.csv"), reference("indicators.csv")
YEAR = "2020"


def offered(portal: Portal, account: str, start: str = ""):
    """The values of the fields by their key, and the sentence on what was not understood."""
    with portal.as_account(account):
        *_, unknown, partner, shown, across, up, edition = page.offer_choices(start)
    return dict(zip(FILTERS.names, (partner, shown, across, up, edition), strict=True)), said(unknown)


@pytest.fixture
def second_edition(own_portal: Portal) -> Portal:
    """A made edition three years later: 12 points up, and one down, on the first indicator only."""
    with writing(own_portal.engine) as session:
        indicators = session.scalars(select(Indicator)).all()
        first = min(indicators, key=lambda one: one.position)
        rows = session.scalars(select(Observation).where(Observation.partner_id.is_not(None))).all()
        slugs = {partner.id: partner.slug for partner in session.scalars(select(Partner))}
        up, down = {"wervik": 12.0, "menen": -9.0}, 3.0
        for row in rows:
            moved = up.get(slugs[row.partner_id], down) if row.indicator_id == first.id else down
            session.add(
                Observation(
                    indicator_id=row.indicator_id, partner_id=row.partner_id, year=2023, value=row.value + moved
                )
            )
        area = ReferenceArea(code="2000", title="Vlaams Gewest")
        session.add(area)
        session.flush()
        session.add(Observation(indicator_id=first.id, reference_area_id=area.id, year=2023, value=99.0))
        session.commit()
    return own_portal


def test_the_table_shows_the_52_published_values_and_no_other(portal: Portal):
    with portal.as_account("stuurgroep"):
        columns, rows, *_ = page.show_table("", "", "")
    shown = {row["partner"]: [row[f"v{place}"] for place in range(len(INDICATORS))] for row in rows}
    assert shown == {
        row["municipality"]: [float(row[indicator["column"]]) for indicator in INDICATORS] for row in PUBLISHED
    }
    assert sum(len(values) for values in shown.values()) == 52
    assert len(columns) == 1 + len(INDICATORS)


def test_the_four_best_are_marked_green_and_with_a_word_and_nobody_else(portal: Portal):
    with portal.as_account("stuurgroep"):
        _, rows, *_ = page.show_table("", "", "")
    marked = {(row["partner"], place) for row in rows for place in range(len(INDICATORS)) if row[f"b{place}"]}
    worded = {
        (row["partner"], place) for row in rows for place in range(len(INDICATORS)) if "beste" in row[f"t{place}"]
    }
    highest = {
        (max(PUBLISHED, key=lambda row: float(row[indicator["column"]]))["municipality"], place)
        for place, indicator in enumerate(INDICATORS)
    }
    assert marked == worded == highest
    assert len(marked) == 4


def test_edition_and_question_stand_with_the_table(portal: Portal):
    with portal.as_account("stuurgroep"):
        *_, remark, source = page.show_table("", "", "")
        *_, asked, _ = page.show_opening("")
    assert YEAR in said(remark)
    assert f"editie {YEAR}" in said(source)
    assert all(indicator["question"] in said(asked) for indicator in INDICATORS)


def test_the_seconds_are_those_of_the_published_edition_and_every_lead_may_be_chance(portal: Portal):
    with portal.as_account("stuurgroep"):
        head, hidden, first_two, *_ = page.show_opening("")
    text = said(first_two)
    for name, value in (("Waregem", 79), ("Kuurne", 80), ("Lendelede", 71), ("Kuurne", 72)):
        assert f"2. {name}\N{NO-BREAK SPACE}{value}" in text
    assert text.count("mogelijk toeval") == 4
    assert "bij alle vier is de voorsprong mogelijk toeval" in said(head)
    assert hidden is False


@pytest.mark.parametrize(
    ("account", "start", "chosen"),
    [
        ("directeur", "", "wervik"),
        ("andere directeur", "", "spiere-helkijn"),
        ("directeur", "gemeente=menen", "menen"),
        ("stuurgroep", "", ""),
        ("burgemeester", "gemeente=kuurne", "kuurne"),
    ],
)
def test_a_director_comes_in_on_the_own_municipality_unless_the_address_says_another(portal, account, start, chosen):
    assert offered(portal, account, start)[0]["gemeente"] == chosen


def test_the_address_sets_the_fields_and_what_it_does_not_know_is_said(portal: Portal):
    last = INDICATORS[-1]["code"]
    values, unknown = offered(
        portal, "stuurgroep", f"toon=plaats&x={last}&y=zomaar&editie=1999&gemeente=atlantis&vreemd=1"
    )
    assert values == {"gemeente": "", "toon": "plaats", "x": last, "y": "", "editie": ""}
    assert unknown == "Niet gebruikt, want niet bekend: y 'zomaar', editie '1999' en gemeente 'atlantis'."
    usual = f"x={INDICATORS[0]['code']}&y={INDICATORS[1]['code']}&editie={YEAR}"
    assert set(offered(portal, "stuurgroep", usual)[0].values()) == {""}


def test_the_profile_draws_every_municipality_once_per_indicator(portal: Portal):
    with portal.as_account("directeur"):
        figure, sentence, lines, source = page.show_profile("wervik", "")
    dots = [x for trace in figure["data"] if trace["name"] != "gemiddelde" for x in trace["x"]]
    assert len(dots) == 52
    own = next(row for row in PUBLISHED if row["municipality"] == "Wervik")
    assert [line["value"] for line in lines] == [float(own[indicator["column"]]) for indicator in INDICATORS]
    assert "Wervik" in said(sentence)
    assert "gemeente=wervik" in links(source)[0]


def test_the_scatter_names_every_municipality_and_its_table_holds_the_same_points(portal: Portal):
    with portal.as_account("burgemeester"):
        figure, _, columns, rows, source = page.show_pair(INDICATORS[2]["code"], INDICATORS[3]["code"], "", "")
    (dots,) = figure["data"]
    assert dots["text"] == [row["partner"] for row in rows] == [row["municipality"] for row in PUBLISHED]
    assert dots["x"] == [row["x"] for row in rows] == [float(row[INDICATORS[2]["column"]]) for row in PUBLISHED]
    assert [column["headerName"] for column in columns] == ["Gemeente", "Informatie (%)", "Communicatie (%)"]
    assert f"x={INDICATORS[2]['code']}" in links(source)[0]


def test_the_same_indicator_twice_asks_for_another(portal: Portal):
    with portal.as_account("burgemeester"):
        figure, sentence, _, rows, _ = page.show_pair("", INDICATORS[0]["code"], "", "")
    assert (figure["data"][0]["x"], rows) == ([], [])
    assert said(sentence) == "Kies twee verschillende indicatoren."


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_callback_returns_more_than_a_handful_of_components(portal: Portal, account: str):
    with portal.as_account(account):
        answers = [page.show_opening(""), page.show_table("", "", ""), page.show_maps("")]
        answers += [page.show_map(indicator["code"], "") for indicator in INDICATORS]
        answers += [page.offer_choices(""), page.show_profile("wervik", ""), page.show_change("", "")]
    assert max(len(list(parts(list(answer)))) for answer in answers) <= MOST_COMPONENTS


def test_each_indicator_has_its_map_with_every_municipality_in_reach_of_the_keyboard(portal: Portal):
    with portal.as_account("stuurgroep"):
        holders, _ = page.show_maps("")
        drawn = [page.show_map(indicator["code"], "") for indicator in INDICATORS]
    assert len(holders) == len(INDICATORS)
    for indicator, map_ in zip(INDICATORS, drawn, strict=True):
        assert len(links(map_)) == len(PUBLISHED)
        assert all(f"{row['municipality']}{row[indicator['column']]}" in said(map_) for row in PUBLISHED)
        assert said(map_).count("beste") == 1


def test_with_one_edition_there_is_no_change_to_show_and_no_edition_to_choose(portal: Portal):
    with portal.as_account("stuurgroep"):
        assert page.show_change("wervik", "") == []
        *_, hidden, _, _, _, _, _, _ = page.offer_choices("")
    assert hidden is True


def test_a_second_edition_says_what_changed_beyond_chance(second_edition: Portal):
    with second_edition.as_account("stuurgroep"):
        cards = page.show_change("wervik", "")
        *_, hidden, _, _, _, _, _, _ = page.offer_choices("")
    assert hidden is False
    assert len(cards) == len(INDICATORS)
    assert "Twee van de 13 gemeenten veranderden meer dan toeval kan verklaren: Wervik (+12) en Menen (−9)." in said(
        cards[0]
    )
    assert all("Geen enkele gemeente veranderde meer dan toeval" in said(card) for card in cards[1:])
    assert len(list(parts(cards))) <= MOST_COMPONENTS


def test_a_second_edition_is_shown_first_and_the_published_one_is_kept(second_edition: Portal):
    with second_edition.as_account("stuurgroep"):
        head, *_ = page.show_opening("")
        _, newest, options, *_ = page.show_table("", "", "")
        _, published, *_ = page.show_table("", "", YEAR)
        old_head, *_ = page.show_opening(YEAR)
    assert "Stadsmonitor 2023" in said(head)
    assert f"Stadsmonitor {YEAR}" in said(old_head)
    assert [row["v0"] for row in published] == [float(row[INDICATORS[0]["column"]]) for row in PUBLISHED]
    assert {row["partner"]: row["v0"] for row in newest}["Wervik"] == 74.0
    assert "Vlaams Gewest" not in {row["partner"] for row in newest}
    pinned = options.to_plotly_json()["operations"][0]["params"]["value"]
    assert [row["partner"] for row in pinned] == ["Gemiddelde", "Vlaams Gewest"]


@pytest.mark.parametrize("odd", [None, 7, ["wervik", "menen"], "<b>", "20200"])
def test_a_forged_choice_shows_the_usual(portal: Portal, odd: object):
    with portal.as_account("stuurgroep"):
        assert page.show_table(odd, odd, odd)[1] == page.show_table("", "", "")[1]
        assert page.show_profile(odd, odd)[2] == []
        assert page.show_pair(odd, odd, odd, odd)[0] == page.show_pair("", "", "", "")[0]
        assert page.show_map(odd, odd) == []


def sheets(portal: Portal, address: str):
    answer = portal.visitor("stuurgroep").get(f"/download/stadsmonitor/{address}")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    return {name: [[cell.value for cell in row] for row in book[name].iter_rows()] for name in book.sheetnames}


def test_the_workbook_holds_the_published_values_as_numbers_with_the_questions(portal: Portal):
    book = sheets(portal, "tabel.xlsx")
    assert book["Waarden"][1:] == [
        [row["municipality"], *(float(row[indicator["column"]]) for indicator in INDICATORS)] for row in PUBLISHED
    ]
    assert [row[2] for row in book["Vragen"][1:]] == [indicator["question"] for indicator in INDICATORS]
    assert ["Bron", f"Gemeente- en Stadsmonitor, editie {YEAR}"] in book["Toelichting"]
    assert "Andere gebieden" not in book


def test_the_workbooks_follow_what_was_chosen(portal: Portal):
    assert len(sheets(portal, "profiel.xlsx?gemeente=wervik")["Profiel"]) == 1 + len(INDICATORS)
    assert len(sheets(portal, "profiel.xlsx")["Profiel"]) == 1 + 52
    pair = sheets(portal, f"samen.xlsx?x={INDICATORS[3]['code']}")["Samen"]
    assert pair[0] == ["Gemeente", "Communicatie (%)", "Loket (%)"]
    assert [row[4] for row in sheets(portal, "eersten.xlsx")["Eersten"][1:]] == [
        "Waregem",
        "Kuurne",
        "Lendelede",
        "Kuurne",
    ]
    assert len(sheets(portal, "verandering.xlsx")["Verandering"]) == 1


def test_the_workbooks_of_a_second_edition_hold_areas_and_changes(second_edition: Portal):
    assert sheets(second_edition, "tabel.xlsx")["Andere gebieden"][1] == ["Vlaams Gewest", 99, None, None, None]
    changed = sheets(second_edition, "verandering.xlsx")["Verandering"]
    assert len(changed) == 1 + 52
    assert sum(row[-1] == "meer dan toeval" for row in changed) == 2


def test_the_values_on_the_page_are_those_of_the_database(portal: Portal):
    with reading(portal.engine) as session:
        stored = sorted(session.scalars(select(Observation.value).where(Observation.partner_id.is_not(None))))
    with portal.as_account("stuurgroep"):
        _, rows, *_ = page.show_table("", "", "")
    assert sorted(row[f"v{place}"] for row in rows for place in range(len(INDICATORS))) == stored


@pytest.mark.parametrize("kept", [(), ("wervik",)])
def test_without_values_or_with_one_municipality_nothing_breaks_and_nothing_is_invented(own_portal: Portal, kept):
    with writing(own_portal.engine) as session:
        ids = select(Partner.id).where(Partner.slug.in_(kept))
        session.execute(delete(Observation).where(Observation.partner_id.not_in(ids)))
        session.commit()
    with own_portal.as_account("directeur"):
        head, hidden, first_two, *_ = page.show_opening("")
        _, rows, *_ = page.show_table("", "", "")
        figure, *_ = page.show_profile("wervik", "")
        page.show_pair("", "", "wervik", "")
        page.show_maps("")
        page.offer_choices("")
    measured = [row["partner"] for row in rows if row["v0"] is not None]
    assert (hidden, measured) == (not kept, ["Wervik"] if kept else [])
    assert all(row["t0"] == "geen gegevens" for row in rows if row["v0"] is None)
    assert ("portal load" in said(head), "niemand erna" in said(first_two)) == (not kept, bool(kept))
    assert {x for trace in figure["data"] for x in trace["x"]} == ({62.0, 63.0, 50.0, 47.0} if kept else set())
    for name in DOWNLOADS:
        assert own_portal.visitor("directeur").get(f"/download/stadsmonitor/{name}.xlsx").status_code == 200
