"""The cards of a partner's page: what they say when there is much, little or nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from dash import html
from dash.development.base_component import Component

from portal.pages.partner import questions, sharing, work
from portal.pages.partner.questions import Sharing
from portal.pages.same_question import SHOWN
from portal.pages.stadsmonitor.words import short_place_of
from portal.queries.coalitions.coalitions import JoinedCoalition
from portal.queries.coalitions.endorsement import ConditionRow, LevelRow, endorsement_of, open_conditions_of
from portal.queries.coalitions.participations import Invitation
from portal.queries.inventory.counts import PartnerName
from portal.queries.inventory.covering import Cover, OwnAnswer
from portal.queries.inventory.project_rows import ProjectRow
from portal.queries.inventory.same_question import Alone, Elsewhere, Same
from portal.queries.partners.partners import Contact, PartnerDetail
from portal.text import NBSP
from portal.vocabulary import (
    ChallengeStatus,
    EndorsementLevel,
    EndorsementState,
    EndorsementTrack,
    Health,
    ParticipationState,
    PartnerKind,
    Phase,
    ProjectScope,
    SameQuestion,
)
from tests.pages.partner.test_view import OTHERS, OURS
from tests.reading import links, parts, read, row, said
from tests.surveyed import observed

AS_OF, TODAY = date(2026, 11, 21), date(2026, 11, 22)


def people(*rows: tuple[str, str]) -> list[Contact]:
    return [Contact(slug, slug.title(), name, f"{name.lower()}@voorbeeld.example") for slug, name in rows]


def rows_of(card: Any) -> list[dict[str, Any]]:
    """Of the grid behind its chart."""
    return next(part.rowData for part in parts(card) if getattr(part, "rowData", None))


def same(slug: str, origin: SameQuestion = SameQuestion.ALIKE) -> Same:
    why = "digitale post: 'ebox' en 'brieven'; zelfde dienst" if origin is SameQuestion.ALIKE else ""
    partner = PartnerName(slug, slug.title())
    return Same(9, f"U-{slug[:3].upper()}-1", f"Vraag van {slug}", partner, ChallengeStatus.OPEN, origin, why, 70)


def question(title: str, *others: Same, cover: Cover | None = None, subject_id: int | None = None) -> OwnAnswer:
    return OwnAnswer(1, f"U-{title}", title, 2, "Data", "IT", others, cover, subject_id, "Post" if subject_id else None)


def sharing_of(
    *rows: OwnAnswer, answerable: bool = True, contacts: Any = (), counted: Elsewhere | None = None
) -> Sharing:
    named = Elsewhere(sum(one.origin is SameQuestion.CONFIRMED for one in rows), sum(bool(one.same) for one in rows))
    named = Elsewhere(named.confirmed, named.alike - named.confirmed)
    nowhere = [one for one in rows if not one.same]
    alone = Alone(len(nowhere), tuple((one.code, one.title) for one in nowhere))
    return Sharing(list(rows), answerable, list(contacts), counted or named, named, alone)


def of_kind(kind: str, found: Component) -> list[Any]:
    return [part for part in parts(found) if type(part).__name__ == kind]


SHARED_ONE = Cover("R-01", "Datateam", ProjectScope.REGIONAL, Phase.EXECUTION, None, own=False, joined=True)


ENDED = replace(SHARED_ONE, own=True, joined=False, phase=Phase.FINISHED, ended_on=date(2024, 2, 28))
MENEN = PartnerName("menen", "Menen")


def card_of(partner: PartnerDetail, found: Sharing) -> Component:
    return questions.sharing_card(partner, found, AS_OF, ["kade"])


def test_each_challenge_says_who_has_the_same_question_why_and_whom_to_call():
    found = sharing_of(question("Post", same("menen"), same("kuurne")), contacts=people(("menen", "An")))
    told = said(card_of(OURS, found))
    assert "PostMenen en nog 1 bestuurwant digitale post: 'ebox' en 'brieven': Vraag van menen" in told
    assert "nog geen trajectAn" in told
    assert "mailto:an@voorbeeld.example" in links(card_of(OURS, found))
    assert "nog niemand aangemeld" in said(card_of(OURS, sharing_of(question("Post", same("menen")))))


def test_what_is_confirmed_is_named_whole_and_says_what_it_resembles_besides():
    confirmed = [same(slug, SameQuestion.CONFIRMED) for slug in ("menen", "kuurne", "avelgem")]
    told = said(card_of(OURS, sharing_of(question("Post", *confirmed, same("wervik")))))
    assert "PostMenen, Kuurne en Avelgemlijkt ook op een vraag van 1 ander bestuur" in told
    assert told.index("Bevestigd") < told.index("Post")
    assert "Lijkt op" not in told


@pytest.mark.parametrize(
    ("cover", "subject_id", "told"),
    [
        (None, None, "nog geen traject"),
        (None, 3, "nog geen trajecteen coalitie kan starten"),
        (SHARED_ONE, None, "Datateam◑ uitvoering · wij doen mee"),
        (
            replace(SHARED_ONE, joined=False, through=PartnerName("menen", "Menen")),
            None,
            "uitvoering · gekoppeld door Menen",
        ),
        (ENDED, None, "eigen: Datateam✓ afgerond in 2024"),
    ],
)
def test_what_covers_it_is_named_with_its_state_and_whose_link_it_is(cover, subject_id, told):
    card = card_of(OURS, sharing_of(question("Post", same("menen"), cover=cover, subject_id=subject_id)))
    assert told in said(card)


def test_who_may_answer_does_so_in_the_row_and_nobody_else_sees_a_button():
    rows = (question("Post", same("menen")), question("Bomen", same("kuurne", SameQuestion.CONFIRMED)))
    buttons = of_kind("Button", card_of(OURS, sharing_of(*rows)))
    assert [(one.children, one.id["own"], one.id["other"]) for one in buttons] == [
        ("klopt", "U-Post", "U-MEN-1"),
        ("klopt niet", "U-Post", "U-MEN-1"),
    ]
    assert not [
        one for one in parts(card_of(OTHERS, sharing_of(*rows, answerable=False))) if type(one).__name__ == "Button"
    ]


def test_the_grades_are_counted_and_what_may_not_be_named_is_counted_too():
    found = sharing_of(question("Post", same("menen")), question("Bomen"), counted=Elsewhere(1, 2))
    told = said(card_of(OURS, found))
    assert "Eén bevestigd, twee gelijkend. 2 interne vragen zijn hier niet uitgesplitst." in told
    assert "Nergens anders: 1 open uitdagingBomen" in told
    assert "uitgesplitst" not in said(card_of(OURS, sharing_of(question("Post", same("menen")))))


def test_the_first_of_a_grade_are_shown_and_a_button_brings_the_others():
    found = sharing_of(*(question(f"Vraag {number}", same("menen")) for number in range(6)))
    told = said(card_of(OURS, found))
    assert "Lijkt op (de woorden komen overeen; klopt het?)6" in told
    assert "Toon de andere 3" in told
    assert "Vraag 3" not in told
    rest = said(html.Div(found.table(OURS).rest(SHOWN)))
    assert "Vraag 3" in rest
    assert "Vraag 5" in rest
    assert "Vraag 2" not in rest
    assert "Toon de andere" not in said(card_of(OURS, sharing_of(question("Post", same("menen")))))


def test_without_a_question_that_lives_elsewhere_it_says_so():
    assert "Geen vragen die ook elders leven gevonden" in said(card_of(OURS, sharing_of(question("Bomen"))))


def test_of_another_partner_its_own_directors_are_named_and_of_the_own_whom_to_call_stands_in_the_rows():
    card = questions.call_card(OTHERS, people(("kade", "Bo"), ("kade", "Cis")))
    assert said(card).startswith("Wie belt u bij Kade?")
    assert links(card) == ["mailto:bo@voorbeeld.example", "mailto:cis@voorbeeld.example"]
    assert "Van Kade is nog niemand aangemeld" in said(questions.call_card(OTHERS, []))
    assert questions.call_card(OURS, people(("kade", "Bo"))) is None
    heads = of_kind("Th", card_of(OTHERS, sharing_of(question("Post", same("menen")))))
    assert "Wie belt u" not in [said(one) for one in heads]


def surveyed(
    values: dict[str, float | None], before: dict[str, float] | None = None, respondents: int | None = None
) -> pd.DataFrame:
    older = observed({"digitaal": before or {}}, year=2020)
    return sharing.beside(observed({"digitaal": values}, year=2023, respondents=respondents), older)


def test_a_value_stands_among_the_others_with_its_place_and_edition():
    card = sharing.survey_card(OURS, surveyed({"Kade": 66.0, "Menen": 66.0, "Kuurne": 76.0, "Stil": None}))
    assert said(card).startswith(
        "Hoe tevreden zijn onze inwoners?Kade tussen de 3 gemeenten met een waarde, editie 2023."
    )
    assert rows_of(card)[0] | {"place": "gedeeld tweede", "value": 66.0, "region_mean": 69.3} == rows_of(card)[0]
    assert "onder 8 punten kunnen toeval zijn" in said(card)
    assert "De achterstand op de beste is meer dan toeval op digitaal." in said(card)
    assert "Sinds" not in said(card)
    close = sharing.survey_card(OURS, surveyed({"Kade": 69.0, "Kuurne": 76.0}))
    assert "De achterstand op de beste is nergens meer dan toeval." in said(close)


def test_what_changed_since_the_edition_before_is_said_with_whether_it_is_chance():
    more = sharing.survey_card(OURS, surveyed({"Kade": 66.0}, {"Kade": 58.0}))
    assert "Sinds 2020 is ▲ digitaal +8 meer dan toeval." in said(more).replace(NBSP, " ")
    assert rows_of(more)[0] | {"value_before": 58.0, "change": 8.0, "change_is": "meer dan toeval"} == rows_of(more)[0]
    less = sharing.survey_card(OURS, surveyed({"Kade": 66.0}, {"Kade": 73.9}))
    assert "Sinds 2020 veranderde niets meer dan toeval (digitaal −7,9)." in said(less).replace(NBSP, " ")
    assert rows_of(less)[0]["change_is"] == "mogelijk toeval"


def test_with_known_respondents_the_margin_is_named():
    assert "hoogstens 4,6" in said(sharing.survey_card(OURS, surveyed({"Kade": 66.0}, respondents=400)))


def test_without_a_value_the_survey_is_calm_and_says_why():
    body = replace(OTHERS, kind=PartnerKind.WELFARE_ASSOCIATION)
    rows = surveyed({"Menen": 66.0})
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
    assert len(read(card)) == 30


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


def test_one_coalition_is_a_row_and_none_is_a_sentence():
    one = sharing.coalitions_card(OTHERS, coalitions((ParticipationState.MEMBER, "Menen", None, "")), [], AS_OF)
    assert said(one).startswith("In welke coalities zit Kade?")
    assert [row["Trekker"] for row in read(one)] == ["Menen"]
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
