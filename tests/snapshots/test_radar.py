"""The radar fires on what falls silent, and stays silent on what only looks like it."""

from datetime import date, timedelta

import pytest

from portal.snapshots.radar import Quiet, radar, without_reason
from portal.snapshots.state import Kind
from tests.snapshots.rows import NOW, THEN, later, row, state, steering_groups

BEFORE_THAT = THEN - timedelta(days=42)
MET = steering_groups(BEFORE_THAT, THEN)


def alerts(kind, *, before=None, met=MET, **rows):
    found = radar(before, state(rows={Kind.MEETING: met}, **rows))
    return [alert for alert in found if alert.kind is kind]


def project(**given):
    return alerts(Quiet.PROJECT, project=row(Kind.PROJECT, **given))


# -- projects


@pytest.mark.parametrize("seen", [str(BEFORE_THAT), later(BEFORE_THAT, -300), None])
def test_a_silent_project_is_listed_with_the_last_day_that_something_was_heard(seen):
    (alert,) = project(last_seen=seen, quiet=True)
    assert (alert.weight, alert.key, alert.path, alert.atelier) == (2, "1", "/project/R-01", "I")
    assert "sinds de vorige twee stuurgroepen" in alert.why
    assert alert.since == (date.fromisoformat(seen) if seen else None)


@pytest.mark.parametrize(
    "given",
    [
        {"last_seen": str(THEN)},  # since one steering group: not yet silent, and there is no other word for it
        {"phase": "afgerond", "last_seen": None, "quiet": True},
        {"phase": "stopgezet", "last_seen": None, "quiet": True},
        {"scope": "lokaal", "last_seen": None, "quiet": None},
    ],
)
def test_a_project_that_lives_ended_or_is_local_is_not_listed(given):
    assert project(**given) == []


# -- working groups


def test_a_shared_project_that_nobody_is_in_and_nobody_reported_on_is_a_group_without_a_project():
    lone = row(Kind.PROJECT, partners=0, last_seen=None, start_on="2025-01-01")
    (alert,) = alerts(Quiet.GROUP, project=lone)
    assert (alert.weight, alert.since, alert.what) == (2, date(2025, 1, 1), "R-01 Meldpunt")
    assert alerts(Quiet.PROJECT, project=lone) == []  # it is listed once


@pytest.mark.parametrize(
    "given", [{"partners": 1}, {"last_seen": "2020-01-01"}, {"phase": "afgerond"}, {"scope": "lokaal"}]
)
def test_a_group_with_a_partner_a_report_or_an_end_is_not_listed(given):
    lone = row(Kind.PROJECT, **{"partners": 0, "last_seen": None} | given)
    assert alerts(Quiet.GROUP, project=lone) == []


# -- results

IDLE = row(Kind.RESULT, state="nog", owner_after_grant="Leiedal")


def test_a_result_without_a_step_to_come_or_a_living_project_in_its_atelier_is_listed():
    done = row(Kind.MILESTONE, done_on="2026-05-01")
    (alert,) = alerts(Quiet.RESULT, result=IDLE, milestone=done)
    assert (alert.since, alert.path) == (date(2026, 5, 1), "/resultaat/I.A.1")
    assert alerts(Quiet.RESULT, result=IDLE)[0].since is None


@pytest.mark.parametrize(
    "rows",
    [
        {"milestone": row(Kind.MILESTONE)},
        {"project": row(Kind.PROJECT)},
        {"result": row(Kind.RESULT, state="bereikt")},
    ],
)
def test_a_result_that_is_reached_or_worked_at_is_not_listed(rows):
    assert alerts(Quiet.RESULT, **{"result": IDLE} | rows) == []


@pytest.mark.parametrize(
    "given",
    [
        {"phase": "afgerond"},
        {"atelier": "II"},
        {"scope": "lokaal"},
        {"partners": 0, "last_seen": None},  # a group that nobody is in works at nothing
    ],
)
def test_a_project_that_ended_or_is_of_another_atelier_does_not_keep_a_result_alive(given):
    assert len(alerts(Quiet.RESULT, result=IDLE, project=row(Kind.PROJECT, **given))) == 1


# -- owners


@pytest.mark.parametrize(
    ("ends_on", "weight", "verb"),
    [(later(NOW, 365), 1, "eindigt"), (later(NOW, 1), 1, "eindigt"), (str(NOW), 2, "eindigde"), ("2026-01-01", 2, "")],
)
def test_a_result_that_nobody_carries_after_the_grant_is_listed_in_its_last_year(ends_on, weight, verb):
    (alert,) = alerts(
        Quiet.OWNERLESS, result=row(Kind.RESULT, owner_after_grant=""), grant=row(Kind.GRANT, ends_on=ends_on)
    )
    assert alert.weight == weight
    assert verb in alert.why


@pytest.mark.parametrize(
    ("owner", "ends_on"), [("Leiedal", str(NOW)), ("", later(NOW, 366)), ("", None)], ids=["owned", "far", "unknown"]
)
def test_with_an_owner_or_more_than_a_year_to_go_a_result_is_not_listed(owner, ends_on):
    result, grant = row(Kind.RESULT, owner_after_grant=owner), row(Kind.GRANT, ends_on=ends_on)
    assert alerts(Quiet.OWNERLESS, result=result, grant=grant) == []


def test_while_one_grant_runs_on_a_result_has_time():
    grants = {"1": row(Kind.GRANT, ends_on=str(NOW)), "2": row(Kind.GRANT, ends_on=later(NOW, 999))}
    now = state(rows={Kind.GRANT: grants}, result=row(Kind.RESULT, owner_after_grant=""))
    assert [alert for alert in radar(None, now) if alert.kind is Quiet.OWNERLESS] == []


# -- who leaves


def leaving(was, now, **of_project):
    joined = [{"1.4": row(Kind.PARTICIPATION, **given)} if given else {} for given in (was, now)]
    rows = {Kind.MEETING: MET, Kind.PARTICIPATION: joined[1], Kind.PROJECT: {"1": row(Kind.PROJECT, **of_project)}}
    found = radar(state(THEN, {Kind.PARTICIPATION: joined[0]}), state(rows=rows))
    return [alert for alert in found if alert.kind is Quiet.LEAVING]


@pytest.mark.parametrize(
    ("was", "now", "weight"),
    [
        ({"state": "deelnemer"}, {"state": "niet", "since": "2026-10-01", "reason": "te duur."}, 1),
        ({"state": "begeleid"}, {"state": "volgt", "since": "2026-10-01"}, 1),
        ({"state": "trekker"}, {"state": "later", "since": "2026-10-01"}, 2),
        ({"state": "trekker"}, None, 2),
    ],
)
def test_a_partner_that_left_a_living_project_is_listed(was, now, weight):
    (alert,) = leaving(was, now)
    assert (alert.weight, alert.what, alert.path) == (weight, "Wervik · Meldpunt", "/project/R-01")
    assert alert.since == (date(2026, 10, 1) if now else None)
    assert alert.why.endswith("nu niet meer: te duur." if now and "reason" in now else "nu niet meer.")
    assert "te duur" not in without_reason(alert).why
    assert without_reason(alert).why.endswith("nu niet meer.")


@pytest.mark.parametrize(
    ("was", "now", "of_project"),
    [
        ({"state": "trekker"}, {"state": "deelnemer"}, {}),  # still in, in another role
        ({"state": "volgt"}, {"state": "niet"}, {}),  # was not in
        ({"state": "deelnemer"}, {"state": "niet"}, {"phase": "afgerond"}),
        ({"state": "deelnemer"}, None, {"scope": "lokaal"}),
        (None, {"state": "niet"}, {}),
    ],
)
def test_a_partner_that_stays_was_never_in_or_whose_project_ended_is_not_listed(was, now, of_project):
    assert leaving(was, now, **of_project) == []


def test_without_a_meeting_before_nobody_left():
    assert alerts(Quiet.LEAVING, before=None, participation=row(Kind.PARTICIPATION, state="niet")) == []


# -- meetings


@pytest.mark.parametrize("state_", ["gepland", "open"])
def test_a_meeting_that_is_more_than_a_week_past_and_not_written_down_was_skipped(state_):
    late = {"9": row(Kind.MEETING, number=9, planned_on=later(NOW, -8), held_on=None, state=state_)}
    (alert,) = alerts(Quiet.SKIPPED, met=late)
    assert (alert.what, alert.path) == ("Stuurgroep 9", "/stuurgroep?vergadering=stuurgroep-9")
    assert "8 dagen later" in alert.why


@pytest.mark.parametrize(
    "given",
    [
        {"planned_on": later(NOW, -7), "held_on": None, "state": "gepland"},
        {"planned_on": later(NOW, 1), "held_on": None, "state": "gepland"},
        {"planned_on": later(NOW, -90), "held_on": later(NOW, -90), "state": "open"},
        {"planned_on": later(NOW, -90), "held_on": None, "state": "vastgelegd"},
    ],
)
def test_a_meeting_that_has_a_week_to_be_written_down_or_was_held_is_not_listed(given):
    assert alerts(Quiet.SKIPPED, met={"9": row(Kind.MEETING, **given)}) == []


# -- the list


def test_the_list_goes_by_kind_then_the_worst_then_the_longest_silent():
    silent = {"1": str(THEN), "2": str(BEFORE_THAT), "3": later(BEFORE_THAT, -5)}
    rows = {
        Kind.MEETING: MET | {"9": row(Kind.MEETING, planned_on=str(THEN), held_on=None, state="gepland")},
        Kind.PROJECT: {key: row(Kind.PROJECT, last_seen=seen, code=key, quiet=True) for key, seen in silent.items()},
    }
    found = [(alert.kind, alert.key) for alert in radar(None, state(rows=rows))]
    assert found == [*[(Quiet.PROJECT, key) for key in ("3", "2", "1")], (Quiet.SKIPPED, "9")]


def test_every_reason_is_a_whole_sentence():
    rows = {
        Kind.MEETING: MET | {"9": row(Kind.MEETING, planned_on=str(THEN), held_on=None, state="gepland")},
        Kind.PROJECT: {
            "1": row(Kind.PROJECT, last_seen=None, quiet=True),
            "2": row(Kind.PROJECT, partners=0, last_seen=None),
        },
        Kind.RESULT: {"1": row(Kind.RESULT, atelier="V", owner_after_grant="")},
        Kind.GRANT: {"1": row(Kind.GRANT, ends_on=str(NOW))},
    }
    before = state(THEN, {Kind.PARTICIPATION: {"1.4": row(Kind.PARTICIPATION)}})
    found = radar(before, state(rows=rows))
    assert {alert.kind for alert in found} == set(Quiet)
    assert all(alert.why[0].isupper() and alert.why.endswith(".") and ".." not in alert.why for alert in found)
