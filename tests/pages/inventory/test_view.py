"""What the inventory says in words."""

from dataclasses import replace

import pandas as pd

from portal.pages.columns import records
from portal.pages.inventory import cards, page
from portal.pages.inventory.coverage import coverage_sentence
from portal.queries.inventory.counts import InventoryTotals
from portal.queries.inventory.filters import ChallengeFilter, Known
from portal.text import NBSP
from tests.reading import said

NOTHING = InventoryTotals(
    published_year=None,
    published_challenges=None,
    published_projects=None,
    challenges=0,
    projects=0,
    shared_projects=0,
    open_challenges=0,
    without_project=0,
    shared_subjects=0,
    municipalities=3,
    without_data=(),
)
SOME = replace(
    NOTHING,
    published_year=2022,
    published_challenges=40,
    published_projects=12,
    challenges=38,
    projects=12,
    without_project=7,
    shared_subjects=1,
    without_data=("Oever",),
)


def rows(*lines: tuple[object, ...]) -> pd.DataFrame:
    columns = ["slug", "partner", "kind", "tile_row", "tile_col", "published_year"]
    counts = ["challenges_published", "projects_published", "challenges_now", "projects_now", "open_now"]
    frame = pd.DataFrame(lines, columns=[*columns, *counts, "without_project"])
    whole = ["tile_row", "tile_col", "published_year", "challenges_published", "projects_published"]
    return frame.astype(dict.fromkeys(whole, "Int64"))


SILENT = ("oever", "Oever", "gemeente", 0, 0, None, None, None, 0, 0, 0, 0)
COUNTED = ("kade", "Kade", "gemeente", 1, 0, 2022, 40, 12, 38, 12, 30, 7)
NOWHERE = ("dienst", "Dienst", "igs", None, None, None, None, None, 2, 0, 2, 2)


def test_an_empty_inventory_says_so_and_what_to_do():
    assert "nog niets geregistreerd" in said(cards.story(NOTHING))
    assert cards.title(NOTHING) == "Inventaris"


def test_without_a_published_count_the_sentence_counts_what_is_registered():
    told = said(cards.story(replace(NOTHING, challenges=3, without_project=1)))
    assert told.startswith("Samen 3 IT-uitdagingen geregistreerd. Voor 1 uitdaging loopt nog geen project")


def test_the_sentence_counts_the_municipalities_that_reported_and_not_the_silent_one():
    told = said(cards.story(SOME))
    assert told.startswith("Twee gemeenten meldden in 2022 samen 40 IT-uitdagingen en 12 projecten.")
    assert "Voor 7 uitdagingen loopt nog geen project; 1 onderwerp leeft bij meerdere partners" in told


def test_when_every_challenge_is_answered_the_sentence_says_so():
    assert "Voor elke open uitdaging loopt een project" in said(cards.story(replace(SOME, without_project=0)))


def test_a_municipality_without_a_count_has_no_numbers_and_is_no_zero():
    (shown,) = records(cards.published_rows(rows(SILENT)))
    assert [shown[name] for name in ("challenges_published", "challenges_now", "projects_now")] == [None, None, None]


def test_a_partner_that_registered_without_being_counted_shows_what_it_registered():
    (shown,) = records(cards.published_rows(rows(NOWHERE)))
    assert (shown["challenges_published"], shown["challenges_now"]) == (None, 2)


def test_the_total_is_the_sum_of_the_rows_shown():
    frame = rows(SILENT, COUNTED, NOWHERE)
    shown = cards.published_rows(frame)
    total = cards.published_total(shown)
    for column in ("challenges_published", "challenges_now", "projects_published", "projects_now", "without_project"):
        assert total[column] == sum(row[column] or 0 for row in records(shown))


def test_only_partners_with_a_place_are_on_the_map_and_the_silent_one_has_no_value():
    tiles = {tile.slug: tile for tile in page.tiles(rows(SILENT, COUNTED, NOWHERE))}
    assert tiles.keys() == {"oever", "kade"}
    assert tiles["oever"].value is None
    assert tiles["kade"].value == 40


def test_the_source_names_who_gave_no_figures():
    assert cards.survey_source(SOME) == "bevraging van de gemeenten 2022; zonder gegevens: Oever"


def test_coverage_of_nothing_is_no_percentage():
    empty = pd.DataFrame({"open": [], "covered": [], "covered_regionally": [], "uncovered": []})
    assert said(coverage_sentence(ChallengeFilter(), empty)) == "Binnen deze filters staat geen uitdaging open."


def test_coverage_is_told_with_both_numbers():
    counted = pd.DataFrame({"open": [3, 1], "covered": [1, 0], "covered_regionally": [1, 0], "uncovered": [2, 1]})
    assert said(coverage_sentence(ChallengeFilter(), counted)).startswith(
        f"1 van 4 open uitdagingen (25{NBSP}%) hebben een lopend project"
    )


def test_what_the_address_asks_and_nobody_knows_is_said_and_not_used():
    none = frozenset[str]()
    known = Known(frozenset({"kade"}), none, none, none, none)
    assert "gemeente 'atlantis' is niet bekend" in said(page.unknown("gemeente=kade,atlantis", known))
    assert page.unknown("gemeente=kade", known) is None
