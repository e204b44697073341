"""Every slide says where its figures come from, wears the portal's colours, and is the same when made again."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.util import Pt

from portal.config import ROOT
from portal.exports import deck_money, deck_work, slide_style
from portal.exports.slide_style import Box
from portal.exports.slides import Foot, Look, Slides, described, fill_in, panel, steady, write
from portal.vocabulary import ParticipationState, ResultState
from tests.exports.packs import opened, texts

DAY = date(2026, 10, 23)
NOTICE = "Demodata: verzonnen."
TOKENS = dict(re.findall(r"--([\w-]+):\s*#([0-9a-f]{6})", (ROOT / "assets" / "tokens.css").read_text(encoding="utf-8")))


def made(notice: str = NOTICE) -> Slides:
    slides = Slides("Stuurgroep 6: pakket", Foot("Bron: portaal, stand van 23/10/2026", DAY, notice))
    slides.add("Wat is klaar?", "Eén mijlpaal is klaar")
    slides.add("Wat niet?", "Niets")
    return slides


def test_every_slide_has_its_question_answer_source_day_and_number():
    for number, slide in enumerate(opened(made().saved()), start=1):
        assert texts(slide)[-1] == str(number)  # the foot is read last
        assert slide.shapes.title.text_frame.text in {"Eén mijlpaal is klaar", "Niets"}
        assert "Bron: portaal, stand van 23/10/2026" in texts(slide)
        assert str(number) in [shape.text_frame.text for shape in slide.shapes if shape.name == "Dianummer"]


def test_demodata_is_said_on_every_slide_and_of_a_real_portal_on_none():
    assert all(NOTICE in texts(slide) for slide in opened(made().saved()))
    assert not any(NOTICE in texts(slide) for slide in opened(made("").saved()))


def test_the_number_of_a_slide_follows_it_when_people_move_it():
    (slide, _) = opened(made().saved())
    (number,) = [shape for shape in slide.shapes if shape.name == "Dianummer"]
    assert 'type="slidenum"' in number.element.xml


def test_the_slides_are_wide_and_have_one_layout_with_a_title_alone():
    presentation = Presentation(BytesIO(made().saved()))
    assert presentation.slide_width * 9 == pytest.approx(presentation.slide_height * 16, rel=1e-3)
    (layout,) = presentation.slide_layouts
    assert [shape.placeholder_format.type.name for shape in layout.placeholders] == ["TITLE"]
    assert all(not slide.placeholders or len(slide.placeholders) == 1 for slide in presentation.slides)


def test_the_text_is_dutch_for_the_speller():
    (slide, _) = opened(made().saved())
    assert all('lang="nl-BE"' in shape.element.xml for shape in slide.shapes if shape.text_frame.text)


def test_colours_and_type_are_those_of_the_portal():
    own = {name.lower().replace("_", "-"): value for name, value in vars(slide_style).items() if name.isupper()}
    named = {name: value for name, value in own.items() if name in TOKENS}
    assert named == {name: TOKENS[name] for name in named}
    assert {"leie", "leie-deep", "ink", "vlas", "steen", "groen"} <= named.keys()
    face = re.search(r'--face: "([^"]+)"', (ROOT / "assets" / "tokens.css").read_text(encoding="utf-8"))
    assert face
    assert face[1] == slide_style.FACE


def test_what_people_add_wears_the_same_colours_and_type():
    with ZipFile(BytesIO(made().saved())) as zipped:
        theme = zipped.read("ppt/theme/theme1.xml").decode()
    assert f'<a:accent1><a:srgbClr val="{slide_style.LEIE.upper()}"/></a:accent1>' in theme
    assert theme.count(f'<a:latin typeface="{slide_style.FACE}"') == 2


@pytest.mark.parametrize("colours", [deck_money.COLOURS, deck_work.COLOURS], ids=["coalities", "resultaten"])
def test_every_state_has_a_colour_and_a_label_that_can_be_read_on_it(colours: dict[object, tuple[str, str]]):
    assert set(colours) in (set(ParticipationState), set(ResultState))
    for ground, ink in colours.values():
        assert contrast(ground, ink) >= 4.5, (ground, ink)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [value / 255 for value in bytes.fromhex(colour)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_made_again_it_is_byte_for_byte_the_same():
    assert made().saved() == made().saved()


def test_another_word_makes_another_file():
    other = made()
    other.add("Nog iets?", "Nee")
    assert other.saved() != made().saved()


def test_it_was_made_on_the_day_that_its_figures_are_true_for():
    about = Presentation(BytesIO(made().saved())).core_properties
    assert (about.created.date(), about.modified.date(), about.title) == (DAY, DAY, "Stuurgroep 6: pakket")
    assert (about.author, about.last_modified_by) == ("", "")


def test_a_file_without_a_clock_keeps_its_content_and_order():
    before = made().saved()
    after = steady(before, date(2020, 1, 1))
    with ZipFile(BytesIO(before)) as one, ZipFile(BytesIO(after)) as other:
        assert one.namelist() == other.namelist()
        changed = [name for name in one.namelist() if one.read(name) != other.read(name)]
        assert changed == ["docProps/core.xml"]
        assert {entry.date_time for entry in other.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_text_has_the_same_line_height_in_every_program():
    slides = made()
    slide = slides.bare()
    told = write(slide, "Een zin " * 40, Box(1, 1, 4, 2), Look((30, 20, 10)))
    (paragraph,) = slide.shapes[-1].text_frame.paragraphs
    assert paragraph.line_spacing == Pt(told.size * 1.2)
    assert told.height <= 2 * 72


def test_an_empty_text_is_as_high_as_a_full_one():
    slide = made().bare()
    fill_in(slide.shapes.title, "", Box(1, 1, 4, 1), Look((12,)))
    assert 'endParaRPr lang="nl-BE" sz="1200"' in slide.shapes.title.element.xml


def test_a_panel_has_no_shadow_and_no_edge():
    slide = made().bare()
    shape = panel(slide, Box(0, 0, 1, 1), slide_style.LEIE_WASH)
    assert "p:style" not in shape.element.xml
    assert shape.fill.fore_color.rgb == slide_style.rgb(slide_style.LEIE_WASH)


def test_what_a_figure_shows_is_said_for_who_does_not_see_it():
    slide = made().bare()
    frame = slide.shapes.add_table(1, 1, *Box(1, 1, 1, 1).emu)
    described(frame, "Geld", 'Tabel met "aanhaling" & <teken>')
    assert frame.name == "Geld"
    assert frame.element.nvGraphicFramePr.cNvPr.get("descr") == 'Tabel met "aanhaling" & <teken>'


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_two_boxes_beside_or_below_each_other_never_touch_and_fill_the_whole(share: float):
    whole = Box(1, 1, 8, 4)
    left, right = whole.beside(share, gap=0.4)
    assert right.left - (left.left + left.width) == pytest.approx(0.4)
    assert right.left + right.width == pytest.approx(9)
    top, below = whole.below(1, gap=0.2)
    assert (top.bottom, below.top, below.bottom) == pytest.approx((2, 2.2, 5))
