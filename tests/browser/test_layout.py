"""The eye for the layout itself: of a page made wrong it says what is wrong, of the same page made right nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from portal.config import ROOT
from tests.browser.visit import EYE

pytestmark = pytest.mark.browser
LONG = "Een zin die veel langer is dan de plaats die zij krijgt"
CHART = '<div class="js-plotly-plot"><svg class="main-svg" width="300" height="120">{}</svg></div>'
CLAMP = "display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2"
HEARD = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;font-size:8px"
AMOUNT = '<table style="{}"><tr><td style="{}">€ 303.100,00</td></tr></table>'
MARK = '<g class="plot"><g class="point"><path d="M20,60h200v20h-200z"/></g></g>'
# what is said of it; the page made wrong; the same made right
WRONG = {
    "a sentence that its box hides": (
        "text is cut",
        f'<p style="width:120px;overflow:hidden;white-space:nowrap">{LONG}</p>',
        f'<p style="width:120px;overflow:hidden">{LONG}</p>',
    ),
    "a sentence that ends on dots": (
        "text is cut",
        f'<p style="width:120px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">{LONG}</p>',
        f'<p style="width:600px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">{LONG}</p>',
    ),
    "a sentence of which two lines are shown": (
        "text is cut",
        f'<p style="width:120px;overflow:hidden;{CLAMP}">{LONG}</p>',
        f'<p style="width:120px">{LONG}</p>',
    ),
    "a sentence cut by what stands around its box": (
        "text is cut",
        f'<div style="height:30px;overflow:hidden"><p style="width:120px;margin:0">{LONG}</p></div>',
        f'<div style="height:30px;overflow:auto" tabindex="0"><p style="width:120px;margin:0">{LONG}</p></div>',
    ),
    "a sentence that runs out of its box": (
        "overflows its box",
        f'<p style="width:120px;white-space:nowrap">{LONG}</p>',
        f'<p style="width:120px">{LONG}</p>',
    ),
    "an amount in a cell": (
        "a value is shown by half",
        AMOUNT.format("table-layout:fixed;width:60px", "overflow:hidden;white-space:nowrap"),
        AMOUNT.format("width:60px", "white-space:nowrap"),
    ),
    "an amount in a cell of a grid": (
        "a value is shown by half",
        '<div class="ag-cell" style="width:60px"><span class="ag-cell-value" style="display:block;overflow:hidden;'
        'text-overflow:ellipsis;white-space:nowrap">€ 303.100,00</span></div>',
        '<div class="ag-cell" style="width:160px"><span class="ag-cell-value" style="display:block;overflow:hidden;'
        'text-overflow:ellipsis;white-space:nowrap">€ 303.100,00</span></div>',
    ),
    "a chosen option": (
        "a value is shown by half",
        '<select style="width:80px"><option>Met en zonder project</option></select>',
        '<select style="width:280px"><option>Met en zonder project</option></select>',
    ),
    "a name on two lines": (
        "a word is broken",
        '<p style="width:50px;overflow-wrap:anywhere">Lendelede</p>',
        '<p style="width:50px;overflow-wrap:anywhere">Lende&shy;lede</p>',
    ),
    "a page wider than the screen": (
        "the page goes sideways",
        '<div style="width:1500px;height:10px"></div>',
        '<div style="width:500px;height:10px"></div>',
    ),
    "a list that goes sideways": (
        "goes sideways without saying so",
        '<div class="one" style="width:200px;overflow-x:auto"><p style="width:400px">Eén zin</p></div>',
        '<style>.one::after { content: "Schuif opzij"; display: block; height: 20px }</style>'
        '<div class="one" style="width:200px;overflow-x:auto"><p style="width:400px">Eén zin</p></div>',
    ),
    "two buttons": (
        "two controls touch",
        '<button style="float:left">Bewaren</button><button style="float:left;margin-left:2px">Annuleren</button>',
        '<button style="float:left">Bewaren</button><button style="float:left;margin-left:8px">Annuleren</button>',
    ),
    "a link that is a button and a field": (
        "two controls touch",
        '<a href="/" style="display:block;border:1px solid;width:200px">Alles</a><input aria-label="Zoek">',
        'Lees <a href="/een">de ene</a><a href="/twee">of de andere</a> bladzijde.',
    ),
    "small print": (
        "text under 12 px",
        '<p style="font-size:11px">Bron: het portaal</p>',
        '<p style="font-size:12px">Bron: het portaal</p>',
    ),
    "small print in a chart": (
        "text under 12 px",
        CHART.format('<text x="20" y="40" font-size="10">Menen</text>'),
        CHART.format('<text x="20" y="40" font-size="12">Menen</text>'),
    ),
    "a label at the edge of a chart": (
        "chart: a label is cut",
        CHART.format('<text x="270" y="40" font-size="14">Zwevegem</text>'),
        CHART.format('<text x="200" y="40" font-size="14">Zwevegem</text>'),
    ),
    "a label that what holds it cuts": (
        "chart: a label is cut",
        CHART.format(
            '<clipPath id="half"><rect x="0" y="0" width="40" height="120"/></clipPath>'
            '<g clip-path="url(#half)"><text x="20" y="40" font-size="14">Zwevegem</text></g>'
        ),
        CHART.format(
            '<clipPath id="half"><rect x="0" y="0" width="240" height="120"/></clipPath>'
            '<g clip-path="url(#half)"><text x="20" y="40" font-size="14">Zwevegem</text></g>'
        ),
    ),
    "two labels of a chart": (
        "chart: text over text",
        CHART.format('<text x="20" y="40" font-size="14">Menen</text><text x="30" y="44" font-size="14">Wervik</text>'),
        CHART.format('<text x="20" y="40" font-size="14">Menen</text><text x="20" y="64" font-size="14">Wervik</text>'),
    ),
    "a legend over the marks": (
        "chart: the legend covers something",
        CHART.format(MARK + '<g class="legend"><text x="30" y="74" font-size="14">begroot</text></g>'),
        CHART.format(MARK + '<g class="legend"><text x="30" y="24" font-size="14">begroot</text></g>'),
    ),
    "a part that is too long": (
        "higher than its budget",
        '<main style="display:block;height:900px"></main>',
        '<main style="display:block;height:700px"></main>',
    ),
}
BUDGET = 800
GRID = ROOT / "assets" / "grid.js"


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    """A page of its own, on which each test writes."""
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    yield page
    page.close()


def seen(page: Page, body: str) -> list[str]:
    page.set_content(f'<!doctype html><html lang="nl"><body style="font:16px sans-serif">{body}</body></html>')
    found: list[str] = page.evaluate(EYE, BUDGET)
    return found


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_with_a_page_is_seen_once_and_a_page_made_right_has_nothing(blank: Page, what: str):
    said, wrong, right = WRONG[what]
    assert [fault[: len(said)] for fault in seen(blank, wrong)] == [said]
    assert seen(blank, right) == []


def test_what_only_a_screen_reader_hears_may_be_as_small_as_it_likes(blank: Page):
    hidden = (
        "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;font-size:8px"
    )
    assert seen(blank, f'<span style="{hidden}">{LONG}</span>') == []


def test_an_address_parts_at_its_signs_and_nowhere_else(blank: Page):
    narrow = "width:110px;overflow-wrap:anywhere"
    assert seen(blank, f'<p style="{narrow}">directeur.<wbr>wervik@<wbr>demo.example</p>') == []
    assert len(seen(blank, f'<p style="{narrow}">directeurvanwervik@demo.example</p>')) == 1


@pytest.mark.parametrize(
    ("word", "parted"),
    [
        ("Informatiebeheerder", "Infor-ma-tie-be-heerder"),
        ("vrijwilligersnetwerk", "vrij-wil-li-gers-net-werk"),
        ("Verenigingsloket", "Vere-ni-gings-loket"),
        ("Gebruikersonderzoek", "Gebrui-kers-onder-zoek"),
        ("Spiere-Helkijn", "Spiere-Helkijn"),
        ("Lendelede", "Lendelede"),
    ],
)
def test_a_list_parts_a_long_word_where_one_would_say_it_in_pieces_and_a_name_never(
    blank: Page, word: str, parted: str
):
    blank.set_content("<html><body></body></html>")
    blank.add_script_tag(path=GRID)
    assert blank.evaluate("word => dashAgGridFunctions.parted(word)", word).replace("\u00ad", "-") == parted
    assert blank.evaluate("() => dashAgGridFunctions.parted(null)") is None
