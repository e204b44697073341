"""The shorter packs: the mayors read no names, no reasons and no budget lines; Exello is accountable for the rest."""

from dataclasses import replace

import pytest

from portal.exports.deck import audience_of, deck
from portal.snapshots.extract import extract
from portal.snapshots.report import Report
from portal.snapshots.state import Kind
from portal.vocabulary import MeetingBody
from tests.exports.packs import (
    REASON,
    WHO,
    all_text,
    answer_of,
    charts,
    deck_of,
    meeting,
    pack,
    pack_of,
    slide_titled,
    slides_of,
    tables,
    texts,
)

CONFERENCE, EXELLO, STEERING = MeetingBody.CONFERENCE, MeetingBody.EXELLO, MeetingBody.STEERING
UNSAID = (WHO, REASON, "LIJN-001", "Nota van de trekker", "Bezorgt de raming", "Vraagt het na")


@pytest.mark.parametrize("unsaid", UNSAID)
def test_the_mayors_read_no_names_no_reasons_no_lines_and_no_actions(unsaid: str):
    assert unsaid not in all_text(deck_of(CONFERENCE))
    assert unsaid not in all_text(pack_of(CONFERENCE))


def test_what_the_mayors_do_not_read_is_there_for_who_may():
    workbook = all_text(pack_of(STEERING))
    assert [unsaid for unsaid in UNSAID if unsaid not in workbook] == []
    slides = all_text(deck_of(STEERING))
    assert {"LIJN-001", REASON, "Bezorgt de raming"} <= {unsaid for unsaid in UNSAID if unsaid in slides}


def test_no_slide_of_any_pack_names_who_changed_something():
    assert WHO not in all_text(deck_of(STEERING)) + all_text(deck_of(EXELLO))


def test_a_pack_makes_its_own_extract_of_the_whole_report():
    assert deck_of(CONFERENCE) == deck(extract(meeting(), CONFERENCE), CONFERENCE)
    assert pack_of(CONFERENCE) == pack(extract(meeting(), CONFERENCE), CONFERENCE)


@pytest.mark.parametrize(("audience", "fewest", "most"), [(CONFERENCE, 6, 8), (EXELLO, 8, 10), (STEERING, 12, 18)])
def test_an_extract_is_shorter_than_the_whole(audience: MeetingBody, fewest: int, most: int):
    assert fewest <= len(slides_of(audience)) <= most


@pytest.mark.parametrize("audience", [CONFERENCE, EXELLO])
def test_every_slide_of_an_extract_says_for_whom_it_is(audience: MeetingBody):
    for slide in slides_of(audience):
        assert any(text.endswith(f"· {audience_of(audience)}") for text in texts(slide))
    assert any(text.startswith("Uittreksel voor") for text in texts(slides_of(audience)[0]))


def test_the_whole_pack_is_no_extract():
    assert audience_of(STEERING) == ""
    assert not any("ittreksel" in text for slide in slides_of(STEERING) for text in texts(slide))


@pytest.mark.parametrize("audience", [CONFERENCE, EXELLO])
@pytest.mark.parametrize(
    ("question", "frame"),
    [
        ("Waar staat het geld?", "Geld per atelier"),
        ("Toegezegd en gehaald", "Toegezegd en gehaald"),
        ("Wie doet mee", "Coalities"),
    ],
)
def test_an_extract_has_the_same_figures_as_the_whole(audience: MeetingBody, question: str, frame: str):
    extracted, whole = (slide_titled(slides_of(body), question) for body in (audience, STEERING))
    assert charts(extracted)[frame] == charts(whole)[frame]
    assert answer_of(extracted) == answer_of(whole)


@pytest.mark.parametrize("audience", [CONFERENCE, EXELLO])
def test_an_extract_tells_the_ateliers_on_one_slide(audience: MeetingBody):
    overview = slide_titled(slides_of(audience), "Hoe ver staan de ateliers?")
    assert tables(overview)["Ateliers"] == [
        ["Atelier", "Bereikt", "Mijlpalen te laat", "Projecten"],
        ["I Dienstverlening", "1 van 2", "1", "1"],
        ["II Mensen", "0 van 1", "0", "0"],
    ]
    bars = charts(overview)["Resultaten per atelier"]
    assert bars["bereikt"] == {"Atelier I": 1, "Atelier II": 0}
    assert bars["te laat"] == {"Atelier I": 0, "Atelier II": 1}


def test_a_few_changes_of_every_topic_stand_on_one_slide_of_an_extract():
    short = slide_titled(slides_of(EXELLO), "Wat veranderde er sinds")
    told = [cells[1] for cells in tables(short)["Veranderingen"][1:]]
    assert {"R-01 Meldpunt", "Wervik · draagvlak College (CBS) (politiek)", "Dienstverlening"} <= set(told)
    assert answer_of(short).startswith("Veranderingen: 3 in resultaten en mijlpalen, 1 in projecten")


def test_the_mayors_see_the_whole_agenda_and_exello_what_is_asked_and_open():
    agenda = tables(slide_titled(slides_of(CONFERENCE), "Welke beslissingen worden gevraagd?"))["Agenda"]
    assert [cells[1] for cells in agenda[1:]] == ["Stand van zaken", "Bestek goedkeuren"]
    exello = tables(slide_titled(slides_of(EXELLO), "Wat wordt gevraagd"))
    assert set(exello) == {"Gevraagde beslissingen", "Openstaande acties"}


def test_exello_reads_what_stands_still_on_one_slide():
    still = slide_titled(slides_of(EXELLO), "Wat staat stil?")
    assert set(tables(still)) == {"Stilval", "Bewoog niet"}
    assert set(charts(still)) == {"Stilval"}


def without(report: Report, *kinds: Kind) -> Report:
    rows = {kind: rows for kind, rows in report.state.rows.items() if kind not in kinds}
    return replace(report, state=replace(report.state, rows=rows), lines=(), stuck=(), radar=(), agenda=())


@pytest.mark.parametrize("audience", list(MeetingBody))
def test_a_pack_of_next_to_nothing_is_still_a_pack(audience: MeetingBody):
    bare = without(meeting(), *Kind)
    assert len(deck(bare, audience)) > 10_000
    assert len(pack(bare, audience)) > 1_000
