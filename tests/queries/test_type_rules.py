"""The rule of each type of collaboration, case by case. No database: the rules are pure."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.queries.coalitions.type_rules import Coalition, Finding, Member, Placed, Verdict, checked, places
from portal.vocabulary import ParticipationState

LEAD, MEMBER, COACHED = ParticipationState.LEAD, ParticipationState.MEMBER, ParticipationState.COACHED
FOLLOWS, LATER, NOT_ASKED = ParticipationState.FOLLOWS, ParticipationState.LATER, ParticipationState.NOT_ASKED
FITS, DEVIATES, OPEN = Verdict.FITS, Verdict.DEVIATES, Verdict.OPEN
SOON = date(2027, 1, 31)


def joined(**states: ParticipationState) -> tuple[Member, ...]:
    return tuple(Member(slug, slug.title(), state) for slug, state in states.items())


def valued(margin: float | None = None, **values: float) -> tuple[Placed, ...]:
    """Best first, equal values share a rank: as the survey's frame has them."""
    ordered = sorted(values.items(), key=lambda pair: -pair[1])
    rank = {value: 1 + sum(other > value for other in values.values()) for value in values.values()}
    return tuple(Placed(slug, slug.title(), value, rank[value], margin) for slug, value in ordered)


def found(type_code: str | None, *members: Member, standings: tuple[Placed, ...] = (), **given: str | None) -> Finding:
    known = {"aspect": "Loket"} if standings else {}
    return checked(Coalition(type_code=type_code, members=members, standings=standings, **(known | given)))  # type: ignore[arg-type]


def said(finding: Finding) -> str:
    return " ".join((*finding.remarks, finding.doubt))


FAR = valued(kade=90, oever=80, brug=60)
TIED_FIRST = valued(kade=80, oever=80, brug=70, kaai=50)
TIED_SECOND = valued(kade=90, oever=70, brug=70, kaai=50)

PLACES = [
    # type, standings, lead, verdict, what is said
    ("1", FAR, "oever", FITS, "Oever (2e, 80) trekt."),
    ("1", FAR, "kade", DEVIATES, "Kade (1e, 90) trekt; volgens de regel trekt Oever (2e, 80)."),
    ("1", FAR, "brug", DEVIATES, "Brug (3e, 60) trekt; volgens de regel trekt Oever (2e, 80)."),
    ("1", TIED_SECOND, "brug", FITS, "Brug (gedeeld 2e, 70) trekt."),
    ("1", TIED_SECOND, "oever", FITS, "Oever (gedeeld 2e, 70) trekt."),
    ("1", TIED_SECOND, "kaai", DEVIATES, "trekt Oever (gedeeld 2e, 70) of Brug (gedeeld 2e, 70)."),
    ("1", TIED_FIRST, "brug", FITS, "Brug (3e, 70) trekt."),
    ("1", TIED_FIRST, "oever", DEVIATES, "Oever (gedeeld 1e, 80) trekt; volgens de regel trekt Brug (3e, 70)."),
    ("1", FAR, "verweg", OPEN, "Verweg trekt en heeft geen waarde; volgens de regel trekt Oever (2e, 80)."),
    ("1", FAR, None, OPEN, "Trekker onbekend; volgens de regel trekt Oever (2e, 80)."),
    ("1", valued(kade=80, oever=80), "oever", OPEN, "Alle gemeten partners staan gelijk: er is geen tweede."),
    ("1", valued(kade=80), "kade", OPEN, "Alle gemeten partners staan gelijk: er is geen tweede."),
    ("2", FAR, "kade", FITS, "Kade (1e, 90) trekt."),
    ("2", FAR, "oever", DEVIATES, "Oever (2e, 80) trekt; volgens de regel trekt Kade (1e, 90)."),
    ("2", TIED_FIRST, "oever", FITS, "Oever (gedeeld 1e, 80) trekt."),
    ("2", valued(kade=80), "kade", FITS, "Kade (1e, 80) trekt."),
    ("2", FAR, None, OPEN, "Trekker onbekend; volgens de regel trekt Kade (1e, 90)."),
]


LEADS = PLACES


def test_the_lead_is_held_against_the_places_of_the_region(subtests):
    for code, standings, lead, verdict, words in LEADS:
        with subtests.test(code=code, standings=standings, lead=lead, verdict=verdict, words=words):
            members = joined(**({lead: LEAD} if lead else {}), ander=MEMBER)
            finding = found(code, *members, standings=standings)
            assert finding.verdict is verdict
            assert words in said(finding)


@pytest.mark.parametrize("code", ["1", "2"])
def test_without_an_aspect_or_values_nothing_is_held_against_the_lead(code):
    assert found(code, *joined(kade=LEAD, oever=MEMBER)).verdict is OPEN
    assert "nog geen aspect" in said(found(code, *joined(kade=LEAD)))
    assert "zijn er geen waarden" in said(found(code, *joined(kade=LEAD), aspect="Loket"))


def test_of_two_leads_one_that_stands_right_is_enough():
    finding = found("1", *joined(brug=LEAD, oever=LEAD), standings=FAR)
    assert finding.verdict is FITS
    assert finding.remarks == ("Oever (2e, 80) trekt.",)
    both = found("1", *joined(brug=LEAD, oever=LEAD), standings=TIED_SECOND)
    assert both.remarks == ("Oever (gedeeld 2e, 70) en Brug (gedeeld 2e, 70) trekken.",)


def test_a_lead_outside_the_region_has_no_place_in_it():
    finding = found("1", standings=FAR, external_lead="Verweg")
    assert finding.verdict is OPEN
    assert said(finding).startswith("Verweg trekt en heeft geen waarde")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {"kade": 81, "oever": 80, "brug": 79},
            "met de eerste (1 punt) en de volgende (1 punt) is kleiner dan 8 punten",
        ),
        ({"kade": 74, "oever": 72, "brug": 64}, "met de eerste (2 punten) is kleiner dan 8 punten"),
        ({"kade": 90, "oever": 72, "brug": 64.5}, "met de volgende (7,5 punten) is kleiner dan 8 punten"),
        ({"kade": 72.5, "oever": 72}, "met de eerste (0,5 punten) is kleiner dan 8 punten"),
    ],
)
def test_a_small_lead_of_a_challenger_may_be_chance(values, words):
    doubt = found("1", *joined(oever=LEAD), standings=valued(**values)).doubt
    assert words in doubt
    assert doubt.endswith("respondenten onbekend: mogelijk toeval.")


def test_a_difference_of_eight_points_is_no_chance():
    assert found("1", *joined(oever=LEAD), standings=valued(kade=88, oever=80, brug=72)).doubt == ""


def test_with_respondents_the_intervals_speak_and_not_the_eight_points():
    near = found("1", *joined(oever=LEAD), standings=valued(3.0, kade=88, oever=83, brug=60)).doubt
    assert near == "Het verschil met de eerste (5 punten) valt binnen de foutenmarge: niet te onderscheiden."
    assert found("1", *joined(oever=LEAD), standings=valued(1.0, kade=88, oever=83, brug=60)).doubt == ""


def test_a_front_runner_is_only_compared_with_who_comes_next():
    doubt = found("2", *joined(kade=LEAD, oever=MEMBER), standings=valued(kade=81, oever=80, brug=79)).doubt
    assert doubt.startswith("Het verschil met de volgende (1 punt)")


def test_who_is_unknown_as_lead_still_leaves_the_places_in_doubt():
    assert "mogelijk toeval" in found("1", standings=valued(kade=81, oever=80)).doubt


@pytest.mark.parametrize("state", [MEMBER, COACHED, LATER])
def test_a_front_runner_deepens_what_another_asks_for(state):
    finding = found("2", *joined(kade=LEAD, oever=state), standings=FAR)
    assert finding.verdict is FITS
    assert "Oever vraagt erom." in finding.remarks


@pytest.mark.parametrize("state", [FOLLOWS, NOT_ASKED, ParticipationState.DECLINED])
def test_who_follows_or_was_only_asked_asks_for_nothing(state):
    finding = found("2", *joined(kade=LEAD, oever=state), standings=FAR)
    assert finding.verdict is OPEN
    assert "Nog niemand vraagt erom." in finding.remarks


def test_a_front_runner_that_is_not_first_deviates_whoever_asks():
    assert found("2", *joined(oever=LEAD), standings=FAR).verdict is DEVIATES


COACHING = [
    ((Member("a", "A", LEAD), Member("b", "B", COACHED, SOON)), FITS, "Aansluiten op eigen kracht: 31/01/2027."),
    ((Member("a", "A", LEAD), Member("b", "B", COACHED)), OPEN, "Nog zonder moment van aansluiten: B."),
    (
        (Member("a", "A", LEAD), Member("b", "B", COACHED, SOON), Member("c", "C", COACHED)),
        OPEN,
        "Nog zonder moment van aansluiten: C.",
    ),
    ((Member("a", "A", LEAD), Member("b", "B", MEMBER)), OPEN, "Nog niemand wordt begeleid."),
    ((Member("b", "B", COACHED, SOON),), OPEN, "Trekker onbekend."),
    ((), OPEN, "Trekker onbekend. Nog niemand wordt begeleid."),
]


@pytest.mark.parametrize(("members", "verdict", "words"), COACHING)
def test_coaching_has_a_coach_coached_partners_and_a_moment_of_joining(members, verdict, words):
    finding = found("3", *members)
    assert finding.verdict is verdict
    assert words in said(finding)


def test_the_moments_of_joining_are_told_from_the_first_to_the_last():
    later = (Member("b", "B", COACHED, date(2027, 9, 1)), Member("c", "C", COACHED, SOON))
    assert "tussen 31/01/2027 en 01/09/2027" in said(found("3", Member("a", "A", LEAD), *later))


def test_a_coach_may_stand_outside_the_region():
    finding = found("3", Member("b", "B", COACHED, SOON), external_lead="Verweg")
    assert finding.verdict is FITS
    assert finding.remarks[0] == "Verweg begeleidt."


EXPERTS = [
    (joined(a=MEMBER, b=COACHED), "Een taak", FITS, "A en B doen mee."),
    (joined(a=LEAD, b=MEMBER), "Een taak", FITS, "A en B doen mee."),
    (joined(a=MEMBER), "Een taak", OPEN, "Er zijn minstens twee partners nodig."),
    (joined(a=MEMBER, b=FOLLOWS), "Een taak", OPEN, "Er zijn minstens twee partners nodig."),
    (joined(a=MEMBER, b=MEMBER), "  ", OPEN, "Er is nog geen taakstelling."),
    ((), "", OPEN, "Nog niemand doet mee."),
]


@pytest.mark.parametrize(("members", "task", "verdict", "words"), EXPERTS)
def test_experts_are_two_partners_with_a_task_and_need_no_lead(members, task, verdict, words):
    finding = found("4", *members, assignment=task)
    assert finding.verdict is verdict
    assert words in said(finding)


def test_many_names_become_a_number():
    members = joined(a=MEMBER, b=MEMBER, c=MEMBER, d=MEMBER)
    assert found("4", *members, assignment="Taak").remarks[0] == "4 partners doen mee."


def test_without_a_type_or_with_one_of_another_region_there_is_nothing_to_hold_against():
    assert found(None, *joined(a=LEAD)) == Finding(OPEN, ("Er is nog geen type gekozen.",))
    assert found("9", *joined(a=LEAD)).verdict is OPEN


values = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 100), min_size=2)


@given(values, st.sampled_from("abcdef"))
def test_whoever_leads_a_challenge_fits_only_from_the_first_place_behind_the_best(values, lead):
    finding = found("1", *joined(**{lead: LEAD}), standings=valued(**values))
    behind = sorted(set(values.values()), reverse=True)[1:]
    fits = bool(behind) and values.get(lead) == behind[0]
    assert (finding.verdict is FITS) is fits
    assert (finding.verdict is DEVIATES) is (bool(behind) and lead in values and not fits)


def test_places_keep_who_shares_one_together():
    assert [[one.slug for one in place] for place in places(TIED_SECOND)] == [["kade"], ["oever", "brug"], ["kaai"]]
