"""The cards of a partner's page: what they say when there is much, little or nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from portal.pages.partner import sharing, work
from portal.pages.stadsmonitor.words import short_place_of
from portal.queries.coalitions.coalitions import JoinedCoalition
from portal.queries.coalitions.endorsement import ConditionRow, LevelRow, endorsement_of, open_conditions_of
from portal.queries.coalitions.participations import Invitation
from portal.queries.inventory.project_rows import ProjectRow
from portal.queries.partners.partners import Contact
from portal.vocabulary import (
    EndorsementLevel,
    EndorsementState,
    EndorsementTrack,
    Health,
    ParticipationState,
    PartnerKind,
    Phase,
    ProjectScope,
)
from tests.pages.partner.test_view import OTHERS, OURS
from tests.reading import links, parts, row, said

AS_OF, TODAY = date(2026, 11, 21), date(2026, 11, 22)
SHARING = ["code", "title", "urgency", "theme", "service", "shared_with", "partners", "partner_slugs"]
SHARING += ["project_code", "project_title", "project_scope", "project_is_ours"]
SURVEY = ["indicator_code", "indicator", "short", "partner_slug", "partner", "year", "respondents", "value"]
SURVEY += ["rank", "shared_rank", "best", "region_mean", "difference", "margin"]


def shared(*rows: tuple[str, tuple[str, ...], str | None]) -> pd.DataFrame:
    """Of each row: the title, who has it too, the project that answers it."""
    made = [
        (f"U-{n}", title, 2, "Data", "IT", len(names), names, tuple(map(str.lower, names)), *answer(project))
        for n, (title, names, project) in enumerate(rows)
    ]
    return pd.DataFrame(made, columns=SHARING, dtype=object)


def answer(project: str | None) -> tuple[Any, ...]:
    return ("R-01", project, "regionaal", True) if project else (None, None, None, False)


def people(*rows: tuple[str, str]) -> list[Contact]:
    return [Contact(slug, slug.title(), name, f"{name.lower()}@voorbeeld.example") for slug, name in rows]


def rows_of(card: Any) -> list[dict[str, Any]]:
    return next(part.rowData for part in parts(card) if getattr(part, "rowData", None))


@pytest.mark.parametrize(
    ("names", "project", "briefly", "told"),
    [
        ((), None, "–", "nog geen"),
        (("Menen",), None, "Menen", "kandidaat-coalitie"),
        (("Anzegem", "Kuurne", "Menen"), "Datateam", "Anzegem, Kuurne, Menen", "Datateam"),
        (("Anzegem", "Kuurne", "Menen", "Wervik"), None, "Anzegem, Kuurne +2", "kandidaat-coalitie"),
        ((), "Eigen werk", "–", "Eigen werk"),
    ],
)
def test_each_challenge_says_who_has_it_too_and_what_answers_it(names, project, briefly, told):
    found = sharing.shared_rows(shared(("Archief", names, project))).iloc[0]
    assert (found["briefly"], found["answer"]) == (briefly, told)
    assert found["also_at"] == (", ".join(names) or "–")


def test_the_card_of_sharing_speaks_of_us_or_of_a_name():
    rows = shared(("Archief", ("Menen",), None))
    assert said(sharing.sharing_card(OURS, rows, AS_OF)).startswith("Wie deelt onze uitdagingen?")
    card = sharing.sharing_card(OTHERS, rows, AS_OF)
    assert said(card).startswith("Wie deelt de uitdagingen van Kade?")
    assert links(card) == ["/download/partner/gedeeld.xlsx?gemeente=kade"]
    assert rows_of(card)[0]["answer"] == "kandidaat-coalitie"


def test_without_open_challenges_nobody_shares_any():
    assert "Geen open uitdagingen gevonden" in said(sharing.sharing_card(OURS, shared(), AS_OF))


def test_who_shares_most_is_called_first_and_equals_stand_by_name():
    rows = shared(("A", ("Menen", "Wervik"), None), ("B", ("Wervik",), None), ("C", ("Kuurne",), None))
    assert [(one.name, one.shares) for one in sharing.neighbours(rows)] == [("Wervik", 2), ("Kuurne", 1), ("Menen", 1)]
    assert sharing.to_call(OURS, rows) == ["wervik", "kuurne", "menen"]
    assert sharing.to_call(OTHERS, rows) == ["kade"]


def test_a_person_is_a_link_to_write_to_and_nobody_is_a_way_to_somebody():
    rows = shared(("A", ("Menen", "Wervik"), None))
    card = sharing.call_card(OURS, rows, people(("menen", "An")))
    assert "mailto:an@voorbeeld.example" in links(card)
    assert "Van Wervik is nog niemand aangemeld. Vraag het de projectcoördinator" in said(card)


def test_of_another_partner_its_own_directors_are_named():
    card = sharing.call_card(OTHERS, shared(), people(("kade", "Bo"), ("kade", "Cis")))
    assert said(card).startswith("Wie belt u bij Kade?")
    assert links(card) == ["mailto:bo@voorbeeld.example", "mailto:cis@voorbeeld.example"]
    assert "Van Kade is nog niemand aangemeld" in said(sharing.call_card(OTHERS, shared(), people()))


def test_who_shares_with_nobody_calls_nobody():
    assert "Nog niemand deelt een open uitdaging" in said(sharing.call_card(OURS, shared(("A", (), None)), people()))


def surveyed(*rows: tuple[str, float | None, int | None, bool], margin: float | None = None) -> pd.DataFrame:
    rest = (60.04, 1.0, margin)
    made = [
        ("LO_1", "Tevredenheid", "digitaal", slug, slug.title(), 2020, None, value, rank, same, rank == 1, *rest)
        for slug, value, rank, same in rows
    ]
    return pd.DataFrame(made, columns=SURVEY).astype({"value": "float64", "margin": "float64"})


def test_a_value_stands_among_the_others_with_its_place_and_edition():
    card = sharing.survey_card(
        OURS, surveyed(("kade", 66.0, 2, True), ("menen", 66.0, 2, True), ("stil", None, None, False))
    )
    assert said(card).startswith(
        "Hoe tevreden zijn onze inwoners?Kade tussen de 2 gemeenten met een waarde, editie 2020."
    )
    assert rows_of(card)[0] | {"place": "gedeeld 2e", "value": 66.0, "region_mean": 60.0} == rows_of(card)[0]
    assert "onder 8 punten kunnen toeval zijn" in said(card)


def test_with_known_respondents_the_margin_is_named():
    assert "hoogstens 4,2" in said(sharing.survey_card(OURS, surveyed(("kade", 66.0, 1, False), margin=4.2)))


def test_without_a_value_the_survey_is_calm_and_says_why():
    body = replace(OTHERS, kind=PartnerKind.WELFARE_ASSOCIATION)
    rows = surveyed(("menen", 66.0, 1, False))
    assert "Geen gegevens.De Stadsmonitor heeft geen waarden voor Kade." in said(sharing.survey_card(OTHERS, rows))
    assert "Kade is er geen" in said(sharing.survey_card(body, rows))
    assert "Geen gegevens" in said(sharing.survey_card(OTHERS, rows.head(0)))


@pytest.mark.parametrize(("rank", "same", "place"), [(1, False, "1e"), (2, True, "gedeeld 2e"), (pd.NA, False, "")])
def test_a_place_is_honest_about_ties(rank: object, same: bool, place: str):
    assert short_place_of(rank, same) == place


def projects(*rows: tuple[str, Phase, date | None, date | None]) -> list[ProjectRow]:
    """Of each row: the title, the phase, the expected end and the day it ended."""
    rest = {"start": date(2025, 1, 1), "health": Health.GREEN, "scope": ProjectScope.LOCAL}
    return [
        row(ProjectRow, id=n, code=f"P-{n}", title=title, phase=phase, end_expected=expected, ended=ended, **rest)
        for n, (title, phase, expected, ended) in enumerate(rows)
    ]


def test_what_lives_and_ends_first_is_drawn_before_what_is_done():
    drawn = work.in_time(
        projects(
            ("Lang geleden klaar", Phase.FINISHED, None, date(2024, 1, 1)),
            ("Pas klaar", Phase.FINISHED, date(2026, 5, 1), None),
            ("Zonder einde", Phase.IDEA, None, None),
            ("Straks", Phase.EXECUTION, date(2027, 1, 1), None),
            ("Gestopt", Phase.STOPPED, date(2026, 1, 1), None),
        )
    )
    assert [one.title for one in drawn] == ["Straks", "Zonder einde", "Pas klaar", "Lang geleden klaar"]
    assert [one.ended for one in drawn] == [None, None, date(2026, 5, 1), date(2024, 1, 1)]


def test_many_projects_are_a_table_behind_a_few_lines_of_time():
    rows = projects(*((f"Project {n}", Phase.EXECUTION, date(2027, 1, 1), None) for n in range(30)))
    card = work.projects_card(OTHERS, rows, TODAY, AS_OF)
    assert len(work.in_time(rows)) == work.DRAWN
    assert "Toon alle 30 projecten als tabel" in said(card)
    assert len(rows_of(card)) == 30


def test_without_projects_the_card_says_so():
    assert "Geen eigen projecten gevonden" in said(work.projects_card(OURS, projects(), TODAY, AS_OF))


def test_a_partner_that_nobody_asked_has_no_data_and_one_that_was_has_none():
    themes = pd.DataFrame([], columns=["theme_code", "theme", "urgency", "challenges", "open", "without_project"])
    unknown = work.themes_card(OTHERS, themes, surveyed=False, as_of=AS_OF)
    assert "Geen gegevens.Kade staat niet in de gepubliceerde inventaris" in said(unknown)
    assert "Geen uitdagingen gevonden" in said(work.themes_card(OTHERS, themes, surveyed=True, as_of=AS_OF))


def coalitions(*rows: tuple[ParticipationState, str | None, date | None, str]) -> list[JoinedCoalition]:
    return [
        row(JoinedCoalition, code=f"R-{n}", state=state, lead=lead, partners=3, expected_on=expected, reason=reason)
        for n, (state, lead, expected, reason) in enumerate(rows)
    ]


def test_who_was_not_asked_is_not_in_it_and_an_unknown_lead_is_calm():
    rows = sharing.coalition_rows(
        coalitions(
            (ParticipationState.MEMBER, None, None, ""),
            (ParticipationState.LATER, "Menen", date(2027, 3, 1), "eerst personeel"),
            (ParticipationState.NOT_ASKED, "Menen", None, ""),
        )
    )
    assert [one.lead_name for one in rows] == ["trekker onbekend", "Menen"]
    assert [one.remark for one in rows] == ["", "vanaf 01/03/2027; eerst personeel"]


def test_invitations_wait_above_the_coalitions_and_only_some_are_named():
    asked = [row(Invitation, code=f"R-{n}", title=f"Traject {n}", asked_on=date(2026, 10, 1)) for n in range(7)]
    card = sharing.coalitions_card(OURS, coalitions((ParticipationState.LEAD, "Kade", None, "")), asked, AS_OF)
    assert said(card).startswith("In welke coalities zitten wij?")
    assert "Traject 0, gevraagd op 01/10/2026" in said(card)
    assert "en nog 2" in said(card)
    assert "Traject 5" not in said(card)


def test_one_coalition_is_a_grid_and_none_is_a_sentence():
    one = sharing.coalitions_card(OTHERS, coalitions((ParticipationState.MEMBER, "Menen", None, "")), [], AS_OF)
    assert said(one).startswith("In welke coalities zit Kade?")
    assert len(rows_of(one)) == 1
    assert "Wacht op" not in said(one)
    assert "Geen deelnames aan een coalitie" in said(sharing.coalitions_card(OTHERS, coalitions(), [], AS_OF))


def asked_of(state: EndorsementState, track: EndorsementTrack, conditions: int) -> LevelRow:
    return row(LevelRow, level=EndorsementLevel.COLLEGE, track=track, state=state, open_conditions=conditions)


def test_each_level_says_its_state_per_track_and_what_it_still_asks():
    rows = [
        asked_of(EndorsementState.CONDITIONS, EndorsementTrack.POLITICAL, 2),
        asked_of(EndorsementState.ENGAGED, EndorsementTrack.OFFICIAL, 1),
    ]
    told = [[said(cell) for cell in line] for line in work.level_rows(rows)]
    assert told[1] == ["College (CBS)", "● geëngageerd", "▲ voorwaarden", "3"]
    assert told[0] == ["Algemeen directeur", "–", "–", "0"]
    assert len(told) == 5


def test_conditions_name_who_and_by_when_and_the_rest_is_in_the_workbook():
    levels = [asked_of(EndorsementState.CONDITIONS, EndorsementTrack.POLITICAL, 7)]
    due = {"level": EndorsementLevel.COLLEGE, "track": EndorsementTrack.POLITICAL, "due_on": date(2027, 1, 1)}
    asked = [row(ConditionRow, text=f"Vraag {n}", owner="An", **due) for n in range(7)]
    asked[0] = replace(asked[0], owner="", due_on=None)
    told = said(work.endorsement_card(OTHERS, levels, asked, AS_OF))
    assert "College (CBS): Vraag 0College (CBS): Vraag 1 (An, tegen 01/01/2027)" in told
    assert "en nog 2 in het Excel-bestand" in told
    assert "Vraag 5" not in told


def test_support_and_roadmap_that_nobody_noted_are_calm(session):
    levels, asked = endorsement_of(session, None, "geen"), open_conditions_of(session, None, "geen")
    assert "nog niet bevraagd" in said(work.endorsement_card(OURS, levels, asked, AS_OF))
    assert "Geen stappen op de roadmap" in said(work.roadmap_card(OURS, [], AS_OF))
