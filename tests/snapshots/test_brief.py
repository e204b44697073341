"""The dossier of a point: what nobody types follows from the state that the meeting sees."""

from dataclasses import replace
from decimal import Decimal

from portal.snapshots.brief import agreed_told, brief_of, briefs, facts_told, minutes_of, told
from portal.snapshots.report import About, Item, Report
from portal.snapshots.state import Kind, State
from portal.vocabulary import AgendaKind, Concern, Health, ItemState, ParticipationState
from tests.pages.steering.made import report_of, several

PROJECT = About(Concern.PROJECT, "1", "R-01", "Meldpunt", "/project/R-01")
RESULT = About(Concern.RESULT, "1", "I.A.1", "Klantenreizen", "/resultaat/I.A.1")


def point(*abouts: About, **given: object) -> Item:
    first = abouts[0] if abouts else None
    rest = {"id": 12, "position": 1, "kind": AgendaKind.DECISION, "title": "Hoe verder", "abouts": abouts}
    named = {"about": first.name, "path": first.path} if first else {}
    return Item(**rest | named | given)  # type: ignore[arg-type]


def the_brief(now: dict, *abouts: About, was: dict | None = None, **given: object):
    (found,) = briefs(report_of(was or {}, now, agenda=(point(*abouts, **given),)))
    return found


def test_a_point_about_nothing_has_no_facts_and_says_that_nothing_was_proposed():
    found = the_brief({})
    assert (found.facts, found.empty) == ((), True)
    assert told(found) == [("Wat stellen we voor?", "Nog geen voorstel.")]
    assert facts_told(found) == agreed_told(found) == []


def test_a_project_tells_its_colour_beside_the_computed_one_its_course_and_its_company():
    row = {"health": "groen", "signal": "oranje", "why": "77 dagen uitloop"}
    dates = {"end_first_planned_on": "2026-11-15", "end_expected_on": "2027-01-31"}
    states = ("trekker", "deelnemer", "begeleid", "volgt", "niet")
    company = {
        f"1.{place}": {"partner": name, "state": state}
        for place, (name, state) in enumerate(zip("EDCBA", states, strict=True), start=1)
    }
    now = several(Kind.PROJECT, row | dates) | several(Kind.RESULT, {"partners": 15})
    rows = several(Kind.PARTICIPATION, *company.values())[Kind.PARTICIPATION]
    now[Kind.PARTICIPATION] = dict(zip(company, rows.values(), strict=True))
    (facts,) = the_brief(now, PROJECT).facts
    assert facts.colour is not None
    assert (facts.colour.reported, facts.colour.computed) == (Health.GREEN, Health.AMBER)
    assert facts.course is not None
    assert facts.course.slip == 77
    assert facts.company is not None
    assert (facts.company.joined, facts.company.of, facts.company.unasked) == (("C", "D", "E"), 15, 10)
    assert facts.company.others == ((ParticipationState.FOLLOWS, ("B",)), (ParticipationState.DECLINED, ("A",)))


def test_the_amounts_are_those_of_its_own_lines_and_of_a_result_those_of_the_projects_that_serve_it():
    mine = {"project_code": "R-01", "budgeted": "100.00", "committed": "60.00", "spent": "40.00", "forecast": "118.00"}
    now = several(Kind.LINE, mine, mine | {"forecast": None}, mine | {"project_code": "R-02"})
    now |= several(Kind.PROJECT, {}) | several(Kind.RESULT, {})
    (of_project,) = the_brief(now, PROJECT).facts
    assert of_project.money is not None
    assert (of_project.money.budgeted, of_project.money.forecast) == (Decimal("200.00"), Decimal("118.00"))
    (served,) = the_brief(now, replace(RESULT, served_by=("R-02",))).facts
    assert served.money is not None
    assert served.money.budgeted == Decimal("100.00")
    (alone,) = the_brief(now, RESULT).facts
    assert alone.money is None


def test_only_living_risks_of_what_it_is_about_are_told_the_gravest_first():
    rows = [
        {"code": "RI-1", "project_code": "R-01", "chance": 1, "effect": 2, "state": "open"},
        {"code": "RI-2", "project_code": "R-01", "chance": 5, "effect": 4, "state": "beheerst"},
        {"code": "RI-3", "project_code": "R-01", "state": "gesloten"},
        {"code": "RI-4", "project_code": "R-02", "state": "open"},
    ]
    now = several(Kind.PROJECT, {}) | several(Kind.RISK, *rows)
    assert [one.code for one in the_brief(now, PROJECT).risks] == ["RI-2", "RI-1"]


def test_what_was_decided_last_about_it_is_of_another_meeting():
    rows = [
        {"number": 4, "text": "Eerst", "taken_on": "2026-07-31", "project_code": "R-01"},
        {"number": 5, "text": "Daarna", "taken_on": "2026-09-11", "project_code": "R-01"},
        {"number": 6, "text": "Vandaag", "taken_on": "2026-10-23", "project_code": "R-01"},
        {"number": 5, "text": "Elders", "taken_on": "2026-09-12", "project_code": "R-02"},
    ]
    last = the_brief(several(Kind.PROJECT, {}) | several(Kind.DECISION, *rows), PROJECT).last
    assert last is not None
    assert (last.text, last.of) == ("Daarna", "Stuurgroep 5")


def test_what_is_agreed_at_a_point_stands_there_with_its_number_and_nowhere_else():
    decided = [
        {"number": 6, "serial": 2, "item": 1, "text": "Ja", "outcome": "gewijzigd", "partner": "Menen"},
        {"number": 6, "serial": 1, "item": 2, "text": "Elders"},
        {"number": 5, "serial": 3, "item": 1, "text": "Vroeger"},
    ]
    given = {"number": 6, "serial": 4, "item": 1, "text": "Bellen", "partner": "Wervik", "due_on": "2027-01-18"}
    now = several(Kind.DECISION, *decided) | several(Kind.ACTION, given)
    found = the_brief(now, note="Er is gepraat.", state=ItemState.DECIDED)
    assert agreed_told(found) == [
        ("Besproken", "Er is gepraat."),
        ("Beslissing 6.2", "Ja (goedgekeurd met wijziging, Menen)"),
        ("Actie 6.4", "Wervik: Bellen, tegen 18/01/2027"),
    ]


def test_what_was_frozen_before_there_were_dossiers_still_tells_its_facts():
    report = report_of({}, several(Kind.PROJECT, {}), agenda=(point(about="R-01 Meldpunt", path="/project/R-01"),))
    kept = Report.from_json(report.to_json())
    (found,) = briefs(kept)
    assert [facts.about.name for facts in found.facts] == ["R-01 Meldpunt"]


def test_a_report_comes_back_from_its_text_with_every_dossier():
    full = point(
        *(PROJECT, About(Concern.SUBJECT, "3", "", "Werken op afspraak", partners=("Menen", "Wervik"))),
        proposal="Ja",
        minutes=30,
        used=12,
        state=ItemState.POSTPONED,
        goes_to="Stuurgroep 8",
    )
    report = report_of({}, several(Kind.PROJECT, {}), agenda=(full,))
    assert Report.from_json(report.to_json()).agenda == (full,)
    assert Report.from_json(report.to_json()).to_json() == report.to_json()


def test_a_point_that_is_not_there_has_no_dossier_and_an_agenda_adds_its_minutes():
    report = report_of({}, agenda=(point(minutes=30), point(id=13, position=2), point(id=14, position=3, minutes=10)))
    assert brief_of(report, 99) is None
    found = brief_of(report, 13)
    assert found is not None
    assert (found.place, minutes_of(report.agenda)) == (2, 40)


def test_a_thing_that_the_state_does_not_hold_has_a_name_and_nothing_else():
    bare = State(report_of({}).state.as_of)
    report = replace(report_of({}), state=bare, agenda=(point(PROJECT, RESULT),))
    (found,) = briefs(report)
    assert [(facts.about.code, facts.colour, facts.money) for facts in found.facts] == [
        *(("R-01", None, None), ("I.A.1", None, None)),
    ]
