"""All partners: the sentence, the map, the list; and the same over the demo."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from portal.pages.partners import page
from portal.pages.partners.page import Ids, PartnerStand, layout
from portal.queries.partners.figures import JoinedPartner
from portal.text import NO_DATA
from portal.vocabulary import PartnerKind
from tests.reading import MOST_COMPONENTS, links, parts, read, row, said
from tests.visitors import ACCOUNTS, Portal


def partners(*names: str, own: str = "", **joined: tuple[int, int]) -> list[JoinedPartner]:
    kind = {"kind": PartnerKind.MUNICIPALITY, "tile_row": 0}
    counts = [dict(zip(("coalitions", "leads"), joined.get(name, (0, 0)), strict=True)) for name in names]
    return [
        row(JoinedPartner, slug=name.lower(), name=name, tile_col=place, own=name == own, **kind, **counts[place])
        for place, name in enumerate(names)
    ]


def counts(**now: tuple[int | None, int]) -> pd.DataFrame:
    """Per slug what was published and what is registered now."""
    made = [(slug, 2022 if published else None, here, here, here) for slug, (published, here) in now.items()]
    columns = ["slug", "published_year", "challenges_now", "projects_now", "without_project"]
    return pd.DataFrame(made, columns=columns).astype({"published_year": "Int64"})


def rows(coalitions: dict[str, tuple[int, int]], own: str = "") -> list[PartnerStand]:
    return page.partner_rows(partners(*coalitions, own=own, **coalitions), counts())


def test_the_own_partner_stands_first():
    listed = rows({"Avelgem": (0, 0), "Kuurne": (1, 0), "Menen": (2, 1)}, own="Menen")
    assert [one.name for one in listed] == ["Menen", "Avelgem", "Kuurne"]


def test_nothing_published_and_nothing_registered_is_unknown_and_never_0():
    made = page.partner_rows(partners("A", "B", "C", "D"), counts(a=(12, 0), b=(None, 0), c=(None, 3)))
    assert [one.challenges for one in made] == [0, None, 3, None]


@pytest.mark.parametrize(
    ("given", "of", "sentence"),
    [
        (
            {"A": (3, 1), "B": (1, 0)},
            4,
            "Twee besturen, 4 coalities die lopen. A zit in de meeste (3); één bestuur trekt er",
        ),
        ({"A": (3, 1), "B": (3, 1)}, 1, "1 coalitie die loopt. A en B zitten in de meeste (3); elk bestuur trekt er"),
        (dict.fromkeys("ABCD", (2, 0)), 2, "Vier besturen zitten in de meeste (2); vier besturen trekken er nog geen"),
        ({"A": (0, 0)}, 2, "Nog niemand neemt deel."),
        ({"A": (0, 0)}, 0, "er loopt nog geen regionale coalitie."),
    ],
)
def test_the_sentence_holds_at_its_edges(given: dict[str, tuple[int, int]], of: int, sentence: str):
    assert sentence in said(page.story(rows(given), of))


def test_a_tile_leads_to_its_page_and_what_has_no_place_stands_below():
    made = rows({"A": (3, 1), "B": (1, 0)})
    made[1] = replace(made[1], tile_row=None, tile_col=None)
    tile = page.tiles(made)
    assert [(one.name, one.value, one.href) for one in tile] == [("A", 3, "/gemeente/a")]
    assert links(page.off_the_map(made)) == ["/gemeente/b"]
    assert "B: 1 coalitie" in said(page.off_the_map(made))
    assert page.off_the_map(made[:1]) is None


def test_the_workbook_holds_the_list(portal: Portal):
    book = openpyxl.load_workbook(BytesIO(portal.visitor("stuurgroep").get("/download/partners/besturen.xlsx").data))
    with portal.as_account("stuurgroep"):
        listed, _ = page.show_list("")
    cells = [[cell.value for cell in row] for row in book["Besturen"].iter_rows(min_row=2)]
    heads = [cell.value for cell in book["Besturen"][1]]
    for heading in ("Bestuur", "Uitdagingen", "Coalities"):
        held = [NO_DATA if row[heads.index(heading)] is None else str(row[heads.index(heading)]) for row in cells]
        assert held == [row[heading] for row in read(listed)]


def test_what_nobody_published_is_empty_in_the_demo_too(portal: Portal):
    with portal.as_account("coordinator"):
        _, tiles, _ = page.show_partners("")
        listed, _ = page.show_list("")
    unknown = {row["Bestuur"] for row in read(listed) if row["Uitdagingen"] == NO_DATA}
    assert unknown == {"Spiere-Helkijn", "Leiedal", "W13"}
    assert "/gemeente/leiedal" in links(tiles)


def test_a_director_finds_the_own_partner_first_and_marked(portal: Portal):
    with portal.as_account("directeur"):
        _, tiles, _ = page.show_partners("")
        listed, _ = page.show_list("")
    assert read(listed)[0]["Bestuur"] == "Wervik"
    marked = [one.href for one in parts(tiles) if getattr(one, "aria-current", None)]
    assert marked == ["/gemeente/wervik"]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_page_stays_small(portal: Portal, account: str):
    with portal.as_account(account):
        answers = page.show_partners(""), page.show_list("")
    assert all(len(list(parts(answer))) <= MOST_COMPONENTS for answer in answers)


def test_the_layout_has_every_place_that_the_callback_fills():
    assert {one.id for one in parts(layout(onbekend="x")) if getattr(one, "id", None)} >= set(Ids)
