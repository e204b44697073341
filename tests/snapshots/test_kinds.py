"""What a meeting hears of each change, in the words of the field; and of what it hears nothing."""

from datetime import UTC, datetime

import pytest

from portal.entities import heard
from portal.snapshots.lines import Topic, Trace, lines_between, of_topic
from portal.snapshots.state import Kind
from tests.snapshots.rows import NOW, THEN, row, state

GONE = "gone"


def told(kind, old, new, traces=None):
    """The lines between a state with one row and one with the same row, `GONE` or with these fields."""
    before, after = (
        state(day, **{kind: None if f == GONE else row(Kind(kind), **f)}) for day, f in ((THEN, old), (NOW, new))
    )
    return lines_between(before, after, heard.told(), traces or {})


def said(lines):
    return [(line.act, line.old, line.new) for line in lines]


RESULTS = [
    ({}, {"state": "bereikt", "done_on": "2026-10-20"}, [("klaar", "bezig", "bereikt")]),
    ({"state": "niet_gestart"}, {"state": "bezig"}, [("begonnen", "nog niet gestart", "bezig")]),
    ({}, {"state": "over_tijd"}, [("te laat", "bezig", "te laat")]),
    ({"state": "over_tijd"}, {"state": "bezig"}, [("niet meer te laat", "te laat", "bezig")]),
    ({"state": "bereikt"}, {"state": "bezig"}, [("heropend", "bereikt", "bezig")]),
    ({}, {"state": "niet_gestart"}, [("teruggezet", "bezig", "nog niet gestart")]),
    ({}, {"reached": 3.0, "reached_by": "Kortrijk; Menen; Wervik"}, [("bijgeteld", "2", "3 van 5 partners")]),
    ({}, {"reached": 1.0, "reached_by": "Wervik"}, [("afgeteld", "2", "1 van 5 partners")]),
    ({"reached": None, "reached_by": ""}, {"reached": 0.0}, [("bijgeteld", "niet geteld", "0 van 5 partners")]),
    ({}, {"reached": None, "reached_by": ""}, [("afgeteld", "2", "niet geteld")]),
    ({}, {"done_on": "2026-10-20"}, [("klaar", "geen datum", "20/10/2026")]),
    ({"done_on": "2026-10-20"}, {}, [("heropend", "20/10/2026", "geen datum")]),
    ({}, {"target": 8.0}, [("doel gewijzigd", "5", "8")]),
    ({"owner_after_grant": ""}, {}, [("eigenaar gewijzigd", "geen", "Leiedal")]),
    (GONE, {}, [("nieuw", "", "bezig")]),
    ({}, GONE, [("geschrapt", "bezig", "")]),
    ({}, {"expected_on": "2027-01-31", "first_on": "2027-01-31", "partners": 16}, []),  # its milestones tell
]
MILESTONES = [
    ({}, {"done_on": "2026-10-20"}, [("klaar", "", "klaar op 20/10/2026")]),
    ({"done_on": "2026-10-20"}, {}, [("heropend", "klaar op 20/10/2026", "niet klaar")]),
    ({"done_on": "2026-10-20"}, {"done_on": "2026-10-21"}, [("verbeterd", "20/10/2026", "21/10/2026")]),
    ({}, {"due_expected": "2026-11-15"}, [("verschoven", "01/10/2026", "15/11/2026")]),
    ({}, {"due_expected": "2026-09-20"}, [("vervroegd", "01/10/2026", "20/09/2026")]),
    (GONE, {}, [("toegevoegd", "", "nieuw: 01/10/2026")]),
    (GONE, {"done_on": "2026-09-30"}, [("toegevoegd", "", "nieuw: 30/09/2026")]),
    ({}, GONE, [("geschrapt", "01/10/2026", "geschrapt")]),
    ({}, {"of_title": "Reizen", "atelier": "II", "code": "M-2"}, []),
]
PROJECTS = [
    (GONE, {}, [("nieuw", "", "uitvoering")]),
    ({}, GONE, [("geschrapt", "uitvoering", "uit de lijst")]),
    ({"phase": "voorbereiding"}, {}, [("gestart", "voorbereiding", "uitvoering")]),
    (
        {},
        {"phase": "afgerond", "ended_on": "2026-10-20", "signal": None, "quiet": None, "why": None},
        [("afgerond", "uitvoering", "afgerond")],
    ),
    ({}, {"phase": "stopgezet", "signal": None, "quiet": None}, [("stopgezet", "uitvoering", "stopgezet")]),
    ({"phase": "afgerond", "signal": None, "quiet": None}, {}, [("hernomen", "afgerond", "uitvoering")]),
    ({}, {"phase": "on_hold"}, [("andere fase", "uitvoering", "on hold")]),
    ({}, {"health": "rood"}, [("andere kleur", "groen", "rood")]),
    ({}, {"signal": "oranje", "why": "stil", "quiet": True}, [("ander signaal", "groen", "oranje"), ("viel stil",)]),
    ({"quiet": True}, {}, [("leeft op", "stil", "leeft weer op")]),
    ({}, {"end_expected_on": "2027-09-30"}, [("verschoven", "30/06/2027", "30/09/2027")]),
    ({}, {"end_expected_on": "2027-03-31"}, [("einde gewijzigd", "30/06/2027", "31/03/2027")]),
    ({}, {"end_expected_on": None}, [("einde gewijzigd", "30/06/2027", "geen datum")]),
    (
        {"phase": "afgerond", "ended_on": "2026-10-01"},
        {"phase": "afgerond", "ended_on": "2026-10-02"},
        [("verbeterd", "01/10/2026", "02/10/2026")],
    ),
    ({}, {"scope": "bovenregionaal"}, [("andere schaal", "regionaal", "bovenregionaal")]),
    ({}, {"progress": 60}, [("voortgang", "40", "60")]),
    ({"progress": None}, {}, [("voortgang", "niet bekend", "40")]),
    ({}, {"lead": "Kortrijk", "partners": 9, "last_seen": "2026-10-22", "why": "anders gezegd"}, []),
]
COALITIONS = [
    (GONE, {}, [("stapt in", "", "neemt deel")]),
    (GONE, {"state": "niet_gevraagd"}, [("nieuw", "", "nog niet gevraagd")]),
    ({"state": "volgt"}, {}, [("stapt in", "volgt", "neemt deel")]),
    ({}, {"state": "niet", "reason": "te duur"}, [("stapt uit", "neemt deel", "neemt niet deel")]),
    ({}, {"state": "trekker"}, [("andere rol", "neemt deel", "trekt")]),
    ({"state": "niet_gevraagd"}, {"state": "volgt"}, [("andere rol", "nog niet gevraagd", "volgt")]),
    ({}, GONE, [("uit de coalitie", "neemt deel", "geen deelname meer")]),
    ({}, {"reason": "te duur"}, [("andere reden", "", "te duur")]),
    (
        {"state": "later"},
        {"state": "later", "expected_on": "2027-01-01"},
        [("ander moment", "geen datum", "01/01/2027")],
    ),
    ({}, {"improvement": "ja"}, [("andere verwachting", "onbekend", "ja")]),
    ({}, {"row": 2, "since": "2026-10-01", "project": "Anders"}, []),
]
ENDORSEMENTS = [
    (GONE, {}, [("gevraagd", "", "voorwaarden")]),
    ({}, {"state": "geëngageerd", "on": "2026-10-20"}, [("meer draagvlak", "voorwaarden", "geëngageerd")]),
    ({}, {"state": "geïnformeerd"}, [("minder draagvlak", "voorwaarden", "geïnformeerd")]),
    ({}, {"on": "2026-05-05"}, [("datum gewijzigd", "04/05/2026", "05/05/2026")]),
    ({}, GONE, [("geschrapt", "voorwaarden", "geschrapt")]),
]
CONDITIONS = [
    (GONE, {}, [("nieuwe voorwaarde", "", "Eerst een raming")]),
    ({}, {"resolved_on": "2026-10-20"}, [("voorwaarde vervuld", "Eerst een raming", "vervuld op 20/10/2026")]),
    ({"resolved_on": "2026-10-20"}, {}, [("voorwaarde heropend", "", "Eerst een raming")]),
    ({}, {"text": "Een raming"}, [("voorwaarde gewijzigd", "Eerst een raming", "Een raming")]),
    ({}, {"due_on": None}, [("ander moment", "01/12/2026", "geen datum")]),
    ({}, GONE, [("voorwaarde geschrapt", "Eerst een raming", "geschrapt")]),
]
MONEY = [
    (
        {},
        {"budgeted": "1100.00", "committed": "500.00", "spent": "300.00", "forecast": None},
        [
            *[("gewijzigd", "€ 1.000", "€ 1.100"), ("gewijzigd", "€ 400", "€ 500")],
            *[("gewijzigd", "€ 950", "niet bekend"), ("gewijzigd", "€ 250", "€ 300")],
        ],
    ),
    (GONE, {}, [("nieuw in de begroting", "", "€ 1.000")]),
    ({}, GONE, [("uit de begroting", "€ 1.000", "geen begrotingslijnen meer")]),
    ({}, {"lines": 3, "title": "Anders"}, []),
]
LINES = [
    (GONE, {}, [("nieuwe lijn", "", "€ 1.000")]),
    ({}, GONE, [("lijn geschrapt", "€ 1.000", "geschrapt")]),
    ({}, {"standing": "binnen", "forecast": "900.00"}, []),
    ({"standing": "binnen"}, {"standing": "boven"}, [("boven begroot", "binnen begroot", "boven begroot")]),
    ({}, {"standing": "ver-boven"}, [("boven begroot", "binnen begroot", "meer dan 10 % boven begroot")]),
    (
        {"standing": "ver-boven"},
        {"standing": "binnen"},
        [("weer binnen begroot", "meer dan 10 % boven begroot", "binnen begroot")],
    ),
    ({}, {"funding_state": "verworven"}, [("andere financiering", "aangevraagd", "verworven")]),
    ({}, {"committed": "500.00", "spent": "300.00", "last_booked": "2026-10-01", "budgeted": "1.00", "year": 2027}, []),
]
GRANTS = [
    (GONE, {}, [("nieuw dossier", "", "€ 2.000")]),
    ({}, GONE, [("dossier geschrapt", "niet bekend", "geschrapt")]),
    ({}, {"awarded": "1800.00"}, [("gewijzigd", "niet bekend", "€ 1.800")]),
    ({}, {"requested": "2500.00"}, [("gewijzigd", "€ 2.000", "€ 2.500")]),
    ({}, {"ends_on": "2029-12-31"}, [("einde gewijzigd", "31/12/2028", "31/12/2029")]),
    ({}, {"ceiling": "6000.00", "starts_on": "2026-02-01"}, []),
]
CHALLENGES = [
    (GONE, {}, [("nieuw", "", "open")]),
    ({}, GONE, [("weg", "open", "uit de inventaris")]),
    ({}, {"status": "opgelost"}, [("opgelost", "open", "opgelost")]),
    ({}, {"status": "vervallen"}, [("vervallen", "open", "vervallen")]),
    ({}, {"status": "in_aanpak"}, [("andere status", "open", "in aanpak")]),
    ({}, {"urgency": 3}, [("andere urgentie", "2", "3")]),
    ({}, {"partner": "Menen", "slug": "menen"}, []),
]
AGREED = [
    ("decision", GONE, {}, [("beslist", "", "Het bestek gaat door")]),
    ("decision", {}, GONE, [("ingetrokken", "Het bestek gaat door", "ingetrokken")]),
    ("decision", {}, {"text": "Toch niet"}, [("verbeterd", "Het bestek gaat door", "Toch niet")]),
    ("decision", {}, {"taken_on": "2026-09-12"}, [("verbeterd", "11/09/2026", "12/09/2026")]),
    ("decision", {}, {"partner": "Menen", "project_code": "R-09"}, []),
    ("action", GONE, {}, [("nieuwe actie", "", "Bezorgt de raming")]),
    ("action", {}, GONE, [("actie geschrapt", "Bezorgt de raming", "geschrapt")]),
    ("action", {}, {"done_on": "2026-10-01"}, [("gedaan", "Bezorgt de raming", "gedaan op 01/10/2026")]),
    ("action", {"done_on": "2026-10-01"}, {}, [("heropend", "", "Bezorgt de raming")]),
    ("action", {}, {"due_on": None}, [("ander moment", "10/10/2026", "geen datum")]),
    ("action", {}, {"partner": "Menen", "slug": "menen"}, [("andere trekker", "Wervik", "Menen")]),
    ("action", {}, {"done_note": "bijna"}, []),
    ("meeting", GONE, {"held_on": None, "state": "gepland"}, [("gepland", "", "11/09/2026")]),
    ("meeting", {}, GONE, [("geschrapt", "11/09/2026", "geschrapt")]),
    ("meeting", {"held_on": None}, {}, [("gehouden", "", "gehouden op 11/09/2026")]),
    ("meeting", {}, {"held_on": None}, [("niet gehouden", "11/09/2026", "niet gehouden")]),
    ("meeting", {}, {"planned_on": "2026-09-12"}, [("verplaatst", "11/09/2026", "12/09/2026")]),
    ("meeting", {"state": "open"}, {}, []),
]
RISKS = [
    ({}, {"chance": 5}, [("zwaarder", "3", "5")]),
    ({}, {"effect": 1}, [("lichter", "4", "1")]),
    ({}, {"state": "gebeurd"}, [("gebeurd", "open", "werkelijkheid geworden")]),
    ({}, {"state": "gesloten"}, [("gesloten", "open", "gesloten")]),
    ({}, {"state": "beheerst"}, [("andere stand", "open", "beheerst")]),
    ({}, {"measure": "Tweede leverancier"}, [("gewijzigd", "Boete in het bestek", "Tweede leverancier")]),
    ({}, {"reviewed_on": "2026-10-20", "of_title": "Anders"}, []),
    (GONE, {}, [("toegevoegd", "", "risico")]),
    ({}, GONE, [("geschrapt", "risico", "geschrapt")]),
]
TABLE = [
    *((kind, *case) for kind, cases in (
        *(("result", RESULTS), ("milestone", MILESTONES), ("project", PROJECTS), ("participation", COALITIONS)),
        *(("endorsement", ENDORSEMENTS), ("condition", CONDITIONS), ("money", MONEY), ("line", LINES)),
        *(("grant", GRANTS), ("challenge", CHALLENGES), ("risk", RISKS)),
    ) for case in cases),
    *AGREED,
]  # fmt: skip


def test_every_change_is_told_in_the_words_of_the_field(subtests):
    for kind, old, new, expected in TABLE:
        with subtests.test(kind=kind, old=old, new=new, expected=expected):
            lines = [
                tuple(text.replace("\N{NO-BREAK SPACE}", " ") for text in one) for one in said(told(kind, old, new))
            ]
            assert sorted(lines) == sorted(one if len(one) > 1 else (one[0], "", one[0]) for one in expected)


def test_every_kind_has_its_words():
    assert set(heard.told()) == set(Kind)
    assert {Kind(kind) for kind, *_ in TABLE} == set(Kind)


@pytest.mark.parametrize("kind", ["result", "milestone", "project", "line", "grant", "challenge"])
def test_a_new_name_is_worth_a_line_and_not_the_meetings_time(kind):
    name = "description" if kind == "line" else "title"
    (line,) = told(kind, {name: "Eerst zo"}, {name: "Dan zo"})
    assert (line.act, line.old, line.new, line.label, line.minor) == ("hernoemd", "Eerst zo", "Dan zo", "naam", True)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [("project", GONE, {}), ("project", {}, {"phase": "afgerond"}), ("project", {}, {"health": "rood"})],
)
def test_of_a_local_project_only_the_own_partner_needs_to_hear(kind, old, new):
    local = {"scope": "lokaal"}
    assert [line.minor for line in told(kind, old if old == GONE else local | old, local | new)] == [True]
    assert [line.minor for line in told(kind, old, new)] == [False]


def test_a_line_says_what_it_is_about_and_where_to_look():
    (line,) = told("milestone", {}, {"due_expected": "2026-11-15"})
    assert (line.topic, line.kind, line.key, line.symbol) == (Topic.RESULTS, Kind.MILESTONE, "1", "▲")
    assert (line.what, line.path, line.atelier) == ("Bestek klaar", "/resultaat/I.A.1", "I")
    assert line.detail == "I.A.1 Klantenreizen · 45 dagen na het eerste plan"
    (line,) = told("participation", {"state": "volgt"}, {"expected_on": "2027-01-01", "reason": "na het budget"})
    assert (line.what, line.path) == ("Wervik · Meldpunt", "/project/R-01")
    assert line.detail == "verwacht op 01/01/2027 · na het budget"
    (line,) = told("result", {}, {"reached": 3.0, "reached_by": "Kortrijk; Menen; Wervik"})
    assert line.detail == "Menen"


def test_the_reported_colour_stands_beside_the_computed_signal():
    (line,) = told("project", {"signal": "rood"}, {"signal": "rood", "health": "oranje"})
    assert (line.label, line.detail) == ("gemelde kleur", "berekend signaal: rood")
    (line,) = told("project", {}, {"signal": "rood", "why": "50 dagen te laat"})
    assert (line.label, line.detail) == ("berekend signaal", "50 dagen te laat · gemeld groen")


def test_who_and_when_are_those_of_the_field_that_changed():
    at = datetime(2026, 10, 1, 9, tzinfo=UTC)
    traces = {
        (Kind.PROJECT, "1", "health"): Trace("An", at),
        (Kind.PROJECT, "1", "title"): Trace("Bert", at.replace(day=2)),
        (Kind.PROJECT, "2", "progress"): Trace("Cis", at),
    }
    lines = told("project", {}, {"health": "rood", "title": "Anders", "progress": 50}, traces)
    assert {line.act: (line.who, line.at[:10]) for line in lines} == {
        "andere kleur": ("An", "2026-10-01"),
        "hernoemd": ("Bert", "2026-10-02"),
        "voortgang": ("", ""),
    }


def test_what_matters_comes_first_by_topic_and_what_does_not_comes_last():
    before = state(challenge=row(Kind.CHALLENGE), milestone=row(Kind.MILESTONE), project=row(Kind.PROJECT))
    after = state(
        challenge=row(Kind.CHALLENGE, status="opgelost"),
        milestone=row(Kind.MILESTONE, title="Anders", done_on="2026-10-20"),
        project=row(Kind.PROJECT, health="rood", progress=60),
    )
    lines = lines_between(before, after, heard.told(), {})
    assert [(line.topic, line.minor) for line in lines] == [
        *[(Topic.RESULTS, False), (Topic.PROJECTS, False), (Topic.INVENTORY, False)],
        *[(Topic.RESULTS, True), (Topic.PROJECTS, True)],
    ]
    assert [line.act for line in of_topic(lines, Topic.PROJECTS)] == ["andere kleur", "voortgang"]
