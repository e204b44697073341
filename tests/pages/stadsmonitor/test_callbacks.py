"""The Stadsmonitor page over the demo: the published values and marks exactly, on both databases."""

import csv
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import delete, select

from portal.config import settings
from portal.db.engine import reading, writing
from portal.db.models import Indicator, Observation, Partner, ReferenceArea
from portal.pages.stadsmonitor import page, words
from portal.pages.stadsmonitor.cards import DOWNLOADS
from portal.pages.stadsmonitor.words import FILTERS
from portal.text import NBSP, in_words
from tests.reading import MOST_COMPONENTS, links, parts, said
from tests.visitors import ACCOUNTS, Portal


def reference(name):
    with (settings().reference_dir / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


INDICATORS = reference("indicators.csv")
CODES = [indicator["code"] for indicator in INDICATORS]
YEAR, NEWEST = "2020", "2023"


def published(year):
    """Per municipality its values by code; the file of 2020 calls its columns otherwise."""
    called = {row["column"]: row["code"] for row in INDICATORS}
    rows = reference(f"stadsmonitor_{year}.csv")
    return [{called.get(name, name): cell for name, cell in row.items()} for row in rows]


def values_of(row):
    return [float(row[code]) for code in CODES]


PUBLISHED = published(NEWEST)


def offered(portal: Portal, account: str, start: str = ""):
    """The values of the fields by their key, and the sentence on what was not understood."""
    with portal.as_account(account):
        *_, unknown, partner, shown, across, up, edition = page.offer_choices(start)
    return dict(zip(FILTERS.names, (partner, shown, across, up, edition), strict=True)), said(unknown)


@pytest.fixture
def next_edition(own_portal: Portal) -> Portal:
    """A made edition three years later: 12 points up, and nine down, on the first indicator only."""
    with writing(own_portal.engine) as session:
        indicators = session.scalars(select(Indicator)).all()
        first = min(indicators, key=lambda one: one.position)
        known = select(Observation).where(Observation.partner_id.is_not(None), Observation.year == int(NEWEST))
        slugs = {partner.id: partner.slug for partner in session.scalars(select(Partner))}
        up, rest = {"wervik": 12.0, "menen": -9.0}, 3.0
        for row in session.scalars(known).all():
            moved = up.get(slugs[row.partner_id], rest) if row.indicator_id == first.id else rest
            of = {"indicator_id": row.indicator_id, "partner_id": row.partner_id, "year": 2026}
            session.add(Observation(**of, value=row.value + moved))
        area = ReferenceArea(code="2000", title="Vlaams Gewest")
        session.add(area)
        session.flush()
        session.add(Observation(indicator_id=first.id, reference_area_id=area.id, year=2026, value=99.0))
        session.commit()
    return own_portal


@pytest.fixture
def one_edition(own_portal: Portal) -> Portal:
    with writing(own_portal.engine) as session:
        session.execute(delete(Observation).where(Observation.year != int(NEWEST)))
        session.commit()
    return own_portal


@pytest.mark.parametrize(("asked", "year"), [("", NEWEST), (NEWEST, NEWEST), (YEAR, YEAR)])
def test_the_table_shows_the_52_published_values_of_the_edition_and_no_other(portal: Portal, asked: str, year: str):
    with portal.as_account("stuurgroep"):
        columns, rows, *_ = page.show_table("", "", asked)
    shown = {row["partner"]: [row[f"v{place}"] for place in range(len(INDICATORS))] for row in rows}
    assert shown == {row["municipality"]: values_of(row) for row in published(year)}
    assert sum(len(values) for values in shown.values()) == 52
    assert len(columns) == 1 + len(INDICATORS)


@pytest.mark.parametrize("year", [YEAR, NEWEST])
def test_the_four_best_are_marked_green_and_with_a_word_and_nobody_else(portal: Portal, year: str):
    with portal.as_account("stuurgroep"):
        _, rows, *_ = page.show_table("", "", year)
    marked = {(row["partner"], place) for row in rows for place in range(len(INDICATORS)) if row[f"b{place}"]}
    worded = {
        (row["partner"], place) for row in rows for place in range(len(INDICATORS)) if "beste" in row[f"t{place}"]
    }
    highest = {
        (max(published(year), key=lambda row: float(row[code]))["municipality"], place)
        for place, code in enumerate(CODES)
    }
    assert marked == worded == highest
    assert len(marked) == 4


def test_edition_and_question_stand_with_the_table(portal: Portal):
    with portal.as_account("stuurgroep"):
        *_, remark, source = page.show_table("", "", YEAR)
        *_, asked, _ = page.show_region("")
    assert YEAR in said(remark)
    assert f"editie {YEAR}" in said(source)
    assert all(indicator["question"] in said(asked) for indicator in INDICATORS)


def test_the_seconds_are_those_of_the_edition_of_the_application_and_every_lead_may_be_chance(portal: Portal):
    with portal.as_account("stuurgroep"):
        head, hidden = page.show_opening(f"editie={YEAR}")
        first_two, *_ = page.show_region(YEAR)
    text = said(first_two)
    for name, value in (("Waregem", 79), ("Kuurne", 80), ("Lendelede", 71), ("Kuurne", 72)):
        assert f"2. {name}\N{NO-BREAK SPACE}{value}" in text
    assert text.count("mogelijk toeval") == 4
    assert "bij alle vier is de voorsprong mogelijk toeval" in said(head)
    assert hidden is False


def test_the_newest_edition_opens_and_the_other_is_one_click_away(portal: Portal):
    with portal.as_account("stuurgroep"):
        newest, *_ = page.show_opening("")
        older, *_ = page.show_opening(f"editie={YEAR}")
    assert f"Stadsmonitor {NEWEST}" in said(newest)
    assert f"Stadsmonitor {YEAR}" in said(older)
    assert f"/stadsmonitor?editie={YEAR}" in links(newest)
    assert f"/stadsmonitor?editie={NEWEST}" in links(older)


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
    usual = f"x={INDICATORS[0]['code']}&y={INDICATORS[1]['code']}&editie={NEWEST}"
    assert set(offered(portal, "stuurgroep", usual)[0].values()) == {""}


def test_the_profile_draws_every_municipality_once_per_indicator(portal: Portal):
    with portal.as_account("directeur"):
        figure, sentence, lines, source = page.show_profile("wervik", "")
    dots = [x for trace in figure["data"] if trace["name"] != "gemiddelde" for x in trace["x"]]
    assert len(dots) == 52
    own = next(row for row in PUBLISHED if row["municipality"] == "Wervik")
    assert [line["value"] for line in lines] == values_of(own)
    assert "Wervik" in said(sentence)
    assert all(row["municipality"] in said(sentence) for row in PUBLISHED)  # on paper nobody points at a dot
    assert "gemeente=wervik" in links(source)[0]


def test_the_scatter_names_every_municipality_and_its_table_holds_the_same_points(portal: Portal):
    with portal.as_account("burgemeester"):
        figure, _, columns, rows, source = page.show_pair(INDICATORS[2]["code"], INDICATORS[3]["code"], "", "")
    (dots,) = figure["data"]
    assert dots["text"] == [row["partner"] for row in rows] == [row["municipality"] for row in PUBLISHED]
    assert dots["x"] == [row["x"] for row in rows] == [float(row[CODES[2]]) for row in PUBLISHED]
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
        answers = [page.show_opening(""), page.show_region(""), page.show_table("", "", ""), page.show_maps("")]
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
        assert all(f"{row['municipality']}{row[indicator['code']]}" in said(map_) for row in PUBLISHED)
        assert said(map_).count("beste") == 1


def test_with_one_edition_there_is_no_change_to_show_and_no_edition_to_choose(one_edition: Portal):
    with one_edition.as_account("stuurgroep"):
        head, *_ = page.show_opening("")
        assert page.show_change("wervik", "") == []
        *_, hidden, _, _, _, _, _, _ = page.offer_choices("")
    assert hidden is True
    assert "editie=" not in " ".join(links(head))
    assert len(sheets(one_edition, "verandering.xlsx")["Verandering"]) == 1


@pytest.mark.parametrize("asked", [YEAR, NEWEST])
def test_per_municipality_is_told_what_changed_more_than_chance_since_2020(portal: Portal, asked: str):
    """Eight points where the number of answers is not known, counted here from the two files."""
    with portal.as_account("stuurgroep"):
        per_partner, *slopes = page.show_change("", asked)
    before = {row["municipality"]: row for row in published(YEAR)}
    rows = {row.children[0].children: row for row in parts(per_partner) if type(row).__name__ == "Tr"}
    moved = 0
    for row in published(NEWEST):
        told = said(rows[row["municipality"]].children[1])
        sure, _, rest = told.rpartition(": meer dan toeval")
        changes = [now - then for now, then in zip(values_of(row), values_of(before[row["municipality"]]), strict=True)]
        moved += any(abs(one) >= 8 for one in changes)
        for indicator, change in zip(INDICATORS, changes, strict=True):
            one = f"{indicator['short']}{NBSP}{words.signed(change)}"
            assert (one in sure, one in rest) == (abs(change) >= 8, abs(change) < 8), told
    assert (len(rows), len(slopes)) == (1 + 13, len(INDICATORS))
    assert f"{in_words(moved).capitalize()} van de 13 gemeenten veranderden" in said(per_partner)


def test_a_next_edition_says_what_changed_beyond_chance(next_edition: Portal):
    with next_edition.as_account("stuurgroep"):
        per_partner, *cards = page.show_change("wervik", "")
        *_, hidden, _, _, _, _, _, _ = page.offer_choices("")
    assert hidden is False
    assert len(cards) == len(INDICATORS)
    assert "Twee van de 13 gemeenten veranderden meer dan toeval kan verklaren: Wervik (+12) en Menen (−9)." in said(
        cards[0]
    )
    assert all("Geen enkele gemeente veranderde meer dan toeval" in said(card) for card in cards[1:])
    assert "Twee van de 13 gemeenten veranderden op minstens één vraag" in said(per_partner)
    assert len(list(parts([per_partner, *cards]))) <= MOST_COMPONENTS


def test_a_next_edition_is_shown_first_and_the_published_ones_are_kept(next_edition: Portal):
    with next_edition.as_account("stuurgroep"):
        head, *_ = page.show_opening("")
        _, newest, options, *_ = page.show_table("", "", "")
        _, kept, *_ = page.show_table("", "", YEAR)
        old_head, *_ = page.show_opening(f"editie={YEAR}")
    assert "Stadsmonitor 2026" in said(head)
    assert [f"/stadsmonitor?editie={year}" for year in (NEWEST, YEAR)] == links(head)[-2:]
    assert f"Stadsmonitor {YEAR}" in said(old_head)
    assert [row["v0"] for row in kept] == [float(row[CODES[0]]) for row in published(YEAR)]
    assert {row["partner"]: row["v0"] for row in newest}["Wervik"] == 66.0 + 12.0
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
    book = sheets(portal, f"tabel.xlsx?editie={YEAR}")
    assert book["Waarden"][1:] == [[row["municipality"], *values_of(row)] for row in published(YEAR)]
    assert [row[2] for row in book["Vragen"][1:]] == [indicator["question"] for indicator in INDICATORS]
    assert ["Bron", f"Gemeente- en Stadsmonitor, editie {YEAR}"] in [row[:2] for row in book["Toelichting"]]
    assert "Andere gebieden" not in book


def test_the_workbooks_follow_what_was_chosen(portal: Portal):
    assert len(sheets(portal, "profiel.xlsx?gemeente=wervik")["Profiel"]) == 1 + len(INDICATORS)
    assert len(sheets(portal, "profiel.xlsx")["Profiel"]) == 1 + 52
    pair = sheets(portal, f"samen.xlsx?x={INDICATORS[3]['code']}")["Samen"]
    assert pair[0] == ["Gemeente", "Communicatie (%)", "Loket (%)"]
    assert [row[4] for row in sheets(portal, f"eersten.xlsx?editie={YEAR}")["Eersten"][1:]] == [
        "Waregem",
        "Kuurne",
        "Lendelede",
        "Kuurne",
    ]
    assert len(sheets(portal, "verandering.xlsx")["Verandering"]) == 1 + 52


def test_the_workbooks_of_a_next_edition_hold_areas_and_changes(next_edition: Portal):
    assert sheets(next_edition, "tabel.xlsx")["Andere gebieden"][1] == ["Vlaams Gewest", 99, None, None, None]
    changed = sheets(next_edition, "verandering.xlsx")["Verandering"]
    assert len(changed) == 1 + 52
    assert sum(row[-1] == "meer dan toeval" for row in changed) == 2


def test_the_values_on_the_page_are_those_of_the_database(portal: Portal):
    with reading(portal.engine) as session:
        of_partners = select(Observation.value).where(Observation.partner_id.is_not(None))
        stored = sorted(session.scalars(of_partners.where(Observation.year == int(NEWEST))))
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
        head, hidden = page.show_opening("")
        first_two, *_ = page.show_region("")
        _, rows, *_ = page.show_table("", "", "")
        figure, *_ = page.show_profile("wervik", "")
        page.show_pair("", "", "wervik", "")
        page.show_maps("")
        page.offer_choices("")
    measured = [row["partner"] for row in rows if row["v0"] is not None]
    assert (hidden, measured) == (not kept, ["Wervik"] if kept else [])
    assert all(row["t0"] == "geen gegevens" for row in rows if row["v0"] is None)
    assert ("portal load" in said(head), "niemand erna" in said(first_two)) == (not kept, bool(kept))
    assert {x for trace in figure["data"] for x in trace["x"]} == ({66.0, 63.0, 61.0, 52.0} if kept else set())
    for name in DOWNLOADS:
        assert own_portal.visitor("directeur").get(f"/download/stadsmonitor/{name}.xlsx").status_code == 200
