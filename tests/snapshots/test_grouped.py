"""Stilval in a few lines: what has one cause is one line, and each line counts what stands under it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal import numbers
from portal.closed import Closed
from portal.snapshots import counted
from portal.snapshots.extract import extract, without
from portal.snapshots.grouped import Group, alerts_of, grouped
from portal.snapshots.radar import Quiet
from portal.snapshots.report import Report
from portal.snapshots.state import Kind
from portal.vocabulary import MeetingBody
from tests.pages.steering.made import header, report_of, several
from tests.snapshots.rows import NOW, THEN, later, row, steering_groups

BEFORE_THAT = THEN - timedelta(days=42)
MET = {Kind.MEETING: steering_groups(BEFORE_THAT, THEN)}
SILENT = {"last_seen": "2026-08-01", "quiet": True}
LONE = {"partners": 0, "last_seen": None}
IDLE = {"state": "nog", "owner_after_grant": "Leiedal"}
ENDS = {Kind.GRANT: {"1": row(Kind.GRANT, ends_on="2027-08-31")}}
ENDED = {Kind.GRANT: {"1": row(Kind.GRANT, ends_on=str(THEN))}}


def projects(*each):
    return several(Kind.PROJECT, *({"code": f"R-{place:02}", **given} for place, given in enumerate(each, 1)))


def results(*each):
    return several(Kind.RESULT, *({"code": f"I.{place}", **given} for place, given in enumerate(each, 1)))


def ownerless(many):
    return several(Kind.PROJECT, {}) | results(*[{"owner_after_grant": ""}] * many)


def left(*before):
    """Who was in a living project at the meeting before, and is not any more."""
    was = {
        Kind.PARTICIPATION: {f"1.{place}": row(Kind.PARTICIPATION, state=state) for place, state in enumerate(before)}
    }
    return report_of(was, MET | several(Kind.PROJECT, {}))


def skipped(many):
    late = {"planned_on": later(NOW, -8), "held_on": None, "state": "gepland"}
    return {Kind.MEETING: {f"{9 + place}": row(Kind.MEETING, number=9 + place, **late) for place in range(many)}}


def told(report: Report) -> list[str]:
    return [group.said for group in grouped(report)]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (MET | projects(SILENT), "1 traject is stil sinds Stuurgroep 1 (31/07/2026)"),
        (MET | projects(SILENT, SILENT), "2 trajecten zijn stil sinds Stuurgroep 1 (31/07/2026)"),
        (projects(SILENT), "1 traject is stil sinds de vorige twee stuurgroepen"),
        (
            MET | projects(SILENT, LONE | {"quiet": True}),
            "2 trajecten zijn stil sinds Stuurgroep 1 (31/07/2026), waarvan 1 werkgroep zonder project",
        ),
        (projects(LONE), "1 werkgroep heeft geen levend project"),
        (projects(LONE, LONE), "2 werkgroepen hebben geen levend project"),
        (results(IDLE), "1 resultaat heeft niemand die eraan werkt, in atelier I"),
        (
            results(IDLE, IDLE | {"atelier": "V"}),
            "2 resultaten hebben niemand die eraan werkt, in ateliers I en V",
        ),
        (ENDS | ownerless(1), "1 resultaat heeft niemand na 31/08/2027"),
        (ENDS | ownerless(24), "24 resultaten hebben niemand na 31/08/2027"),
        (skipped(1), "1 vergadering ging niet door"),
        (skipped(3), "3 vergaderingen gingen niet door"),
    ],
)
def test_what_has_one_cause_is_one_line_that_counts(rows, said):
    assert told(report_of(None, rows)) == [said]


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (["deelnemer"], ["1 deelname hield op sinds Stuurgroep 5 (11/09/2026)"]),
        (["deelnemer", "begeleid"], ["2 deelnames hielden op sinds Stuurgroep 5 (11/09/2026)"]),
        (["trekker"], ["1 traject verloor zijn trekker sinds Stuurgroep 5 (11/09/2026)"]),
        (
            ["deelnemer", "trekker", "deelnemer"],
            [
                "1 traject verloor zijn trekker sinds Stuurgroep 5 (11/09/2026)",
                "2 deelnames hielden op sinds Stuurgroep 5 (11/09/2026)",
            ],
        ),
    ],
)
def test_who_left_is_told_apart_by_whether_it_led(before, said):
    assert told(left(*before)) == said


def test_when_nothing_falls_silent_there_is_no_line():
    assert grouped(report_of(None, MET)) == ()


def test_the_gravest_comes_first_and_then_where_it_concerns_most():
    rows = MET | projects(SILENT, {}) | ENDS | results(*[{"owner_after_grant": ""}] * 5)
    many = report_of(None, {**rows, Kind.MEETING: rows[Kind.MEETING] | skipped(2)[Kind.MEETING]})
    assert [group.kind for group in grouped(many)] == [Quiet.PROJECT, Quiet.OWNERLESS, Quiet.SKIPPED]
    ended = report_of(None, rows | ENDED)
    assert [group.kind for group in grouped(ended)] == [Quiet.OWNERLESS, Quiet.PROJECT]


def everything() -> Report:
    rows = projects(SILENT, LONE, LONE | {"quiet": True}, {}) | ENDS | results(IDLE | {"owner_after_grant": ""}, IDLE)
    met = MET[Kind.MEETING] | skipped(2)[Kind.MEETING]
    was = {Kind.PARTICIPATION: {"4.1": row(Kind.PARTICIPATION), "4.2": row(Kind.PARTICIPATION, state="trekker")}}
    return report_of(was, {**rows, Kind.MEETING: met, Kind.MILESTONE: {}, Kind.PARTICIPATION: {}})


def test_every_alert_stands_under_one_line_and_the_lines_count_them_all():
    groups = grouped(everything())
    under = alerts_of(groups)
    assert sorted(alert.id for alert in under) == sorted(alert.id for alert in everything().radar)
    assert all(group.said.startswith(f"{len(group.alerts)} ") for group in groups)
    assert {alert.said for alert in under} == {group.said for group in groups}


def test_what_the_dictionary_counts_has_its_value_there_and_no_other():
    report = everything()
    known = {one.number.key: one.value for one in counted.figures(report.header.spot, report.state)}
    shown = {group.counted.number.key: group.counted.value for group in grouped(report) if group.counted}
    assert shown.keys() == {numbers.QUIET_THEN.key, numbers.OWNERLESS_THEN.key}
    assert {key: known[key] for key in shown} == shown


def test_a_project_that_became_internal_still_counts_and_has_no_name():
    closed = Closed(names=("Meldpunt",), codes=frozenset({"R-01"}), projects=frozenset({"1"}))
    whole, cut = everything(), without(everything(), closed)
    assert told(cut) == told(whole)
    (silent,) = (group for group in grouped(cut) if group.kind is Quiet.PROJECT)
    assert "een project" in silent.named(3)
    assert "R-01" not in silent.named(3)


def test_the_mayors_read_the_same_lines_but_of_meetings_that_were_not_held():
    mayors = told(extract(everything(), MeetingBody.CONFERENCE))
    assert mayors == [said for said in told(everything()) if "vergadering" not in said]


def test_what_was_frozen_is_grouped_as_it_was_kept():
    kept = Report.from_json(everything().to_json())
    assert grouped(kept) == grouped(everything())


def test_a_line_names_a_few_and_counts_the_rest():
    (group,) = grouped(report_of(None, ENDS | ownerless(4)))
    assert group.named(4) == "I.1 Klantenreizen, I.2 Klantenreizen, I.3 Klantenreizen en I.4 Klantenreizen"
    assert group.named(2) == "I.1 Klantenreizen, I.2 Klantenreizen en nog 2"


def test_a_reason_is_shared_only_when_all_have_it():
    rows = MET | projects(SILENT, SILENT | {"last_seen": None}) | ENDS | results(*[{"owner_after_grant": ""}] * 2)
    silent, lone = grouped(report_of(None, rows))
    assert (silent.why, silent.since) == ("", THEN.replace(month=8, day=1))
    assert lone.why.startswith("De subsidie eindigt")


def test_of_a_line_only_what_concerns_something_is_told_and_it_is_no_number_of_the_meeting():
    (group,) = grouped(report_of(None, ENDS | ownerless(4)))
    some = group.only(lambda alert: alert.key in {"1", "2"})
    assert isinstance(some, Group)
    assert (some.said, some.counted) == ("2 resultaten hebben niemand na 31/08/2027", None)
    assert group.only(lambda alert: False) is None


def test_a_meeting_that_is_compared_with_none_names_none():
    first = replace(left("deelnemer"), previous=None, header=header(6))
    assert told(first) == ["1 deelname hield op"]
