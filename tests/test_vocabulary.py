"""The words of the field: stored by value, read by label, and never those that the region does not use."""

import inspect
import unicodedata
from enum import StrEnum

import pytest

from portal import vocabulary
from portal.config import settings
from portal.db.base import CODE
from portal.permissions import Role
from portal.vocabulary import (
    DEMO_NOTICE,
    ENDED_PHASES,
    LIVE_CHALLENGES,
    SHARED_SCOPES,
    TAKES_PART,
    AgendaKind,
    AuditAction,
    BookingKind,
    ChallengeStatus,
    CostKind,
    EndorsementLevel,
    EndorsementState,
    EndorsementTrack,
    FundingSource,
    FundingState,
    GroupState,
    Health,
    Improvement,
    MeetingBody,
    MeetingState,
    ParticipationState,
    PartnerKind,
    Phase,
    ProjectFunding,
    ProjectScope,
    ResultState,
    RoadmapPart,
    RoadmapStatus,
    ServiceKind,
    Status2022,
    TargetKind,
    Visibility,
    Word,
)
from portal.words import fold
from tests.data_loaders.test_reference import rows_of

NEVER_SAID = ("stakeholder", "portfolio", "owner", "member", "challenge", "milestone", "budget line", "status:")
WORDS = [
    one
    for _, one in inspect.getmembers(vocabulary, inspect.isclass)
    if issubclass(one, Word) and one is not Word
] + [Role]  # fmt: skip

# as the contract of the portal lists them, in its order
AGREED: dict[type[Word], tuple[str, ...]] = {
    ChallengeStatus: ("open", "in_aanpak", "opgelost", "vervallen"),
    Visibility: ("intern", "regio", "openbaar"),
    ProjectScope: ("lokaal", "regionaal", "bovenregionaal"),
    Phase: ("idee", "voorbereiding", "uitvoering", "on_hold", "nazorg", "afgerond", "stopgezet"),
    ProjectFunding: ("gzg", "programma", "lokaal"),
    Health: ("groen", "oranje", "rood", "onbekend"),
    GroupState: ("voorgesteld", "bevestigd", "verworpen"),
    Improvement: ("ja", "nee", "onbekend"),
    EndorsementLevel: ("AD", "CBS", "MAT", "diensten", "raad"),
    EndorsementTrack: ("ambtelijk", "politiek"),
    EndorsementState: ("niet_gevraagd", "geïnformeerd", "voorwaarden", "geëngageerd"),
    RoadmapPart: ("investering", "governance", "business"),
    CostKind: ("personeel", "werking", "externe_prestaties", "investering", "overhead"),
    FundingSource: ("subsidie", "eigen_inbreng", "andere"),
    FundingState: ("verworven", "aangevraagd", "nog_geen_bron"),
    BookingKind: ("vastgelegd", "uitgegeven"),
    MeetingBody: ("stuurgroep", "conferentie", "exello"),
    MeetingState: ("gepland", "open", "vastgelegd"),
}


def by_name(words: type[Word]) -> str:
    return words.__name__


def test_every_list_of_words_was_found():
    assert len(WORDS) > 30
    assert {Phase, Health, Role, TargetKind} <= set(WORDS)


def test_the_words_are_those_that_were_agreed_in_their_order(subtests: pytest.Subtests):
    for words, agreed in AGREED.items():
        with subtests.test(words=words.__name__):
            assert tuple(word.value for word in words) == agreed


def test_every_word_fits_in_its_column_and_is_composed(subtests: pytest.Subtests):
    for words in WORDS:
        with subtests.test(words=words.__name__):
            for word in words:
                assert len(word.value) <= CODE
                assert unicodedata.normalize("NFC", word.value) == word.value
                assert unicodedata.normalize("NFC", word.label) == word.label


def test_a_label_of_one_word_is_not_the_value_of_another(subtests: pytest.Subtests):
    """A sheet is read by value or label: one text may mean one word only."""
    for words in WORDS:
        with subtests.test(words=words.__name__):
            for word in words:
                others = {fold(other.value) for other in words if other is not word}
                assert fold(word.label) not in others


def test_nobody_reads_english_or_a_word_that_was_banned(subtests: pytest.Subtests):
    for words in WORDS:
        with subtests.test(words=words.__name__):
            for word in words:
                assert [banned for banned in NEVER_SAID if banned in word.label.lower()] == []
                assert "_" not in word.label


def test_a_word_without_a_label_is_read_as_it_is_stored():
    class Weather(Word):
        RAIN = "regen"

    assert Weather.RAIN.label == "regen"
    assert isinstance(Weather.RAIN, StrEnum)


def test_a_word_is_its_text_wherever_text_is_asked():
    assert Phase.ON_HOLD == "on_hold"
    assert f"{Phase.ON_HOLD}" == "on_hold"
    assert {Phase.ON_HOLD: 1}["on_hold"] == 1


def test_a_word_in_one_list_and_the_same_text_in_another_are_kept_apart_by_their_lists():
    assert ProjectScope.LOCAL.label == "lokaal"
    assert ProjectFunding.LOCAL.label == "eigen middelen"


def test_an_ended_project_is_finished_or_stopped_and_aftercare_still_lives():
    assert frozenset({Phase.FINISHED, Phase.STOPPED}) == ENDED_PHASES
    assert Phase.AFTERCARE not in ENDED_PHASES
    assert Phase.ON_HOLD not in ENDED_PHASES


def test_a_challenge_lives_until_it_is_solved_or_lapsed():
    assert set(ChallengeStatus) - LIVE_CHALLENGES == {ChallengeStatus.SOLVED, ChallengeStatus.LAPSED}


def test_a_coalition_counts_who_leads_joins_or_is_coached_and_nobody_else():
    assert set(ParticipationState) - TAKES_PART == {
        ParticipationState.FOLLOWS,
        ParticipationState.LATER,
        ParticipationState.DECLINED,
        ParticipationState.NOT_ASKED,
    }


def test_regional_and_wider_projects_are_shared_and_local_ones_are_not():
    assert set(ProjectScope) - SHARED_SCOPES == {ProjectScope.LOCAL}


def test_nothing_known_not_started_and_reached_are_three_different_things():
    said = [ResultState.UNKNOWN.label, ResultState.NOT_STARTED.label, ResultState.REACHED.label]
    assert said == ["geen gegevens", "nog niet gestart", "bereikt"]


def test_a_colour_that_nobody_reported_says_so():
    assert Health.UNKNOWN.label == "niet gemeld"


def test_the_demo_notice_says_what_is_invented_and_what_is_published():
    assert DEMO_NOTICE.startswith("Demodata: verzonnen")
    assert "inventaris 2022" in DEMO_NOTICE
    assert "Stadsmonitor 2020" in DEMO_NOTICE


@pytest.mark.parametrize(
    ("file", "column", "words"),
    [
        ("participation_states.csv", "code", ParticipationState),
        ("services.csv", "kind", ServiceKind),
    ],
)
def test_what_the_reference_folder_calls_by_a_word_is_known(file: str, column: str, words: type[Word]):
    told = {row[column] for row in rows_of(settings().reference_dir / file)}
    assert told <= {word.value for word in words}


def test_every_body_that_meets_is_a_body_of_the_reference_folder():
    bodies = {row["code"]: row["rhythm_days"] for row in rows_of(settings().reference_dir / "governance_bodies.csv")}
    assert set(MeetingBody) <= bodies.keys()
    assert bodies[MeetingBody.STEERING] == "42"


def test_every_kind_of_partner_and_of_target_in_the_reference_folder_is_known_by_value_or_label():
    for file, column, words in (
        ("partners.csv", "kind", PartnerKind),
        ("deliverables.csv", "target_kind", TargetKind),
    ):
        known = {fold(text) for word in words for text in (word.value, word.label)}
        told = {fold(row[column]) for row in rows_of(settings().reference_dir / file)}
        assert told
        assert told <= known


def test_the_inventory_of_2022_knew_three_states():
    assert [word.value for word in Status2022] == ["lopend", "gepland", "afgewerkt"]


def test_an_agenda_item_says_what_is_asked_of_the_meeting():
    assert all(kind.label.startswith("ter ") for kind in AgendaKind)


def test_a_step_of_a_roadmap_may_be_dropped_but_not_lost():
    assert RoadmapStatus.DROPPED.label == "geschrapt"
    assert RoadmapStatus("klaar") is RoadmapStatus.DONE


def test_the_trace_tells_made_changed_and_removed_apart():
    assert [action.label for action in AuditAction] == ["aangemaakt", "gewijzigd", "verwijderd"]
