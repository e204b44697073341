"""The report of a meeting in words: the page and the Word text say the same, of what was agreed and nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from portal.exports.minutes import written
from portal.snapshots.minutes import Correction, Minutes, minutes
from portal.snapshots.report import Item, Present, Report
from portal.snapshots.state import Kind
from portal.vocabulary import AgendaKind, Attendance, ItemState, MeetingBody, MeetingState
from tests.pages.steering.made import report_of, several

NOON = datetime(2026, 11, 5, 11, tzinfo=UTC)
NOTE = Correction(NOON, "De raming klopte niet.")
LONG = "Gevalideerde wetenschappelijke samenwerkingsovereenkomst voor de omgeving van alle besturen, " * 3
NAMES = [f"Gemeente {letter}" for letter in "ABCDEFGHIJKLMNO"]


def point(position: int, **given: Any) -> Item:
    rest: dict[str, Any] = {"id": position, "kind": AgendaKind.DECISION, "title": f"Punt {position}"}
    return Item(**rest | given, position=position)


def held() -> Report:
    decided = [
        {"number": 6, "serial": 1, "item": 1, "text": "Het mag", "outcome": "goedgekeurd", "partner": None},
        {"number": 6, "serial": 2, "item": None, "text": "Ook dat", "partner": None},
        {"number": 5, "serial": 9, "item": 1, "text": "Vorige keer"},
    ]
    given = {"number": 6, "serial": 1, "item": 1, "text": "Bellen", "partner": "Menen", "due_on": "2027-01-18"}
    agenda = (
        point(1, proposal="We starten.", note="Lang gesproken.\nTot slot eens.", state=ItemState.DECIDED),
        point(2, state=ItemState.DISCUSSED),
        point(3, state=ItemState.POSTPONED, goes_to="Stuurgroep 7"),
        point(4),
    )
    said = {0: Attendance.EXCUSED, 1: Attendance.ABSENT, 2: None}
    presence = tuple(Present(name, said.get(place, Attendance.PRESENT)) for place, name in enumerate(NAMES))
    now = several(Kind.DECISION, *decided) | several(Kind.ACTION, given)
    return replace(report_of({}, now, agenda=agenda), presence=presence)


def words_of(data: bytes) -> list[str]:
    """Everything in the text, in its order: paragraphs and cells."""
    document = Document(BytesIO(data))
    found = []
    for block in document.iter_inner_content():
        rows = getattr(block, "rows", None)
        found += [cell.text for row in rows for cell in row.cells] if rows is not None else [block.text]
    return [text for text in found if text]


def every_word(told: Minutes) -> list[str]:
    pairs = [*told.presence, *(pair for each in told.points for pair in each.told), *told.loose, *told.corrections]
    promised = [text for one in told.promises for text in (one.serial, one.who, one.what, one.due)]
    titles = [each.title for each in told.points]
    return [told.title, told.when, told.stands, *(text for pair in pairs for text in pair), *promised, *titles]


def test_each_point_tells_what_was_proposed_said_decided_and_promised():
    first, second, third, fourth = minutes(held()).points
    assert first.told == (
        ("Voorstel", "We starten."),
        ("Besproken", "Lang gesproken.\nTot slot eens."),
        ("Beslist", "6.1 Het mag (goedgekeurd)"),
        ("Actie", "6.1 Menen: Bellen, tegen 18/01/2027"),
    )
    assert second.told == (("Stand", "besproken"),)
    assert (third.told, fourth.told) == ((("Uitgesteld", "naar Stuurgroep 7"),), (("Stand", "niets beslist"),))


def test_what_was_agreed_at_no_point_and_who_does_what_by_when_stand_apart():
    told = minutes(held())
    assert told.loose == (("Beslist", "6.2 Ook dat"),)
    assert [(one.serial, one.who, one.what, one.due) for one in told.promises] == [
        ("6.1", "Menen", "Bellen", "18/01/2027"),
    ]


def test_every_partner_stands_under_one_word_and_nobody_does_where_nothing_was_noted():
    told = dict(minutes(held()).presence)
    assert (told["Verontschuldigd"], told["Afwezig"], told["Niet genoteerd"]) == tuple(NAMES[:3])
    assert told["Aanwezig"].split(", ") == NAMES[3:]
    assert minutes(replace(held(), presence=())).presence == ()


@pytest.mark.parametrize(
    ("state", "approved", "stands"),
    [
        (MeetingState.OPEN, None, "Ontwerp: de vergadering is nog niet vastgelegd."),
        (MeetingState.FROZEN, None, "Ontwerp: de volgende vergadering keurt het goed."),
        (MeetingState.FROZEN, date(2026, 12, 10), "Goedgekeurd op 10/12/2026."),
    ],
)
def test_a_report_is_a_draft_until_it_is_approved(state: MeetingState, approved: date | None, stands: str):
    report = replace(held(), header=replace(held().header, state=state))
    assert minutes(report, approved_on=approved).stands == stands


def test_the_word_text_says_every_word_that_the_page_says():
    told = minutes(held(), [NOTE])
    words = "\n".join(words_of(written(held(), MeetingBody.STEERING, [NOTE], None)))
    assert [word for word in every_word(told) if word not in words] == []
    assert "De raming klopte niet." in words


def test_an_extract_for_the_mayors_has_no_actions_nor_what_was_said():
    words = "\n".join(words_of(written(held(), MeetingBody.CONFERENCE, [], None)))
    assert "Het mag" in words
    assert not any(word in words for word in ("Lang gesproken", "Bellen", "Wie doet wat", "zonder opmerking"))


def test_equal_reports_give_equal_files_and_the_longest_text_is_whole():
    long = replace(held(), agenda=(point(1, title=LONG, proposal=LONG, note=LONG * 3),))
    once, again = (written(long, MeetingBody.STEERING, [NOTE], None) for _ in range(2))
    assert once == again
    assert sum(LONG.strip() in " ".join(text.split()) for text in words_of(once)) >= 3


def test_the_foot_of_every_page_says_the_source_and_that_it_is_a_demo():
    document = Document(BytesIO(written(replace(held(), is_demo=True), MeetingBody.STEERING, [], None)))
    foot = document.sections[0].footer.paragraphs[0].text
    assert all(word in foot for word in ("Verslag Stuurgroep 6", "Bron: portaal", "Demodata"))
