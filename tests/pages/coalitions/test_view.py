"""What the coalitions page says in words and rows, from values."""

from datetime import date

import pytest

from portal.components.filters import not_used
from portal.likeness.groups import Advice, Spoken
from portal.pages.coalitions import rules
from portal.pages.coalitions.matrix import FILTERS, LABEL, STATE, TOLD, below, better, matrix_rows, table, told
from portal.pages.coalitions.matrix import columns as columns_of
from portal.pages.coalitions.rules import candidate_rows
from portal.pages.columns import on_screen
from portal.queries.coalitions import candidates, type_rules
from portal.queries.coalitions.candidates import Candidate
from portal.queries.coalitions.coalitions import CoalitionRow, Matrix, PartnerState
from portal.queries.coalitions.type_rules import Member, Placed, TypeCheck, checked
from portal.queries.inventory.counts import Answer, PartnerName
from portal.queries.inventory.filters import CoalitionFilter, Known
from portal.queries.inventory.subjects import Member as Voice
from portal.queries.inventory.subjects import Subject
from portal.queries.reference import Option
from portal.vocabulary import GroupState, Improvement, ParticipationState, ProjectScope
from tests.reading import MOST_COMPONENTS, parts, row, said

NAMES = ("Kade", "Oever", "Brug")
PARTNERS = tuple(PartnerName(name.lower(), name) for name in NAMES)
LEAD, MEMBER = ParticipationState.LEAD, ParticipationState.MEMBER


def state(partner: str, kind: ParticipationState, **given: object) -> PartnerState:
    words = {"reason": "", "since": date(2026, 3, 2), "improvement": Improvement.UNKNOWN}
    return row(PartnerState, partner=partner, partner_slug=partner.lower(), state=kind, **words | given)


def coalition(
    code: str = "R-1", *states: PartnerState, joined: int = 2, known: int = 3, **given: object
) -> CoalitionRow:
    """Unless its `states` are given, so many take part, and of so many something is known."""
    made = [state(f"P{n}", MEMBER if n < joined else ParticipationState.FOLLOWS) for n in range(known)]
    told = {"title": f"Traject {code}", "scope": ProjectScope.REGIONAL, "states": tuple(states or made)}
    return row(CoalitionRow, code=code, **told | given)


def matrix(*coalitions: CoalitionRow, partners=PARTNERS) -> Matrix:
    return Matrix(partners, coalitions)


def check(code: str = "R-1", *, kind: str = "1", lead: str | None = "Oever", reason: str = "", **values: float):
    values = values or {"Kade": 81.0, "Oever": 80.0, "Brug": 79.0}
    ordered = sorted(values.items(), key=lambda pair: -pair[1])
    placed = tuple(Placed(name.lower(), name, value, place) for place, (name, value) in enumerate(ordered, start=1))
    members = (Member(lead.lower(), lead, LEAD),) if lead else ()
    held = type_rules.Coalition(type_code=kind, members=members, aspect="Loket", standings=placed)
    return TypeCheck(code, f"Traject {code}", "Challenger trekt", "De tweede trekt", held, checked(held), 2020, reason)


def test_without_coalitions_the_sentence_says_so():
    assert said(rules.story(matrix())) == "Er loopt nog geen regionaal traject."


def test_the_sentence_counts_the_coalitions_and_the_average_over_the_partners():
    partners = tuple(PartnerName(str(number), str(number)) for number in range(15))
    told = said(rules.story(matrix(*(coalition(f"R-{n}", joined=11, known=11) for n in range(17)), partners=partners)))
    assert told.startswith("Zeventien regionale trajecten. Elke partner sluit aan op eigen snelheid: ")
    assert told.endswith("gemiddeld doen er elf van de vijftien mee.")


def test_one_coalition_with_one_partner_is_told_in_the_singular():
    told = said(rules.story(matrix(coalition(joined=1, known=1), partners=PARTNERS[:1])))
    assert told == (
        "Eén regionaal traject. Elke partner sluit aan op eigen snelheid: gemiddeld doet er één van de één mee."
    )


def test_who_takes_part_in_what_nobody_told_is_not_counted_as_nobody():
    rows = (coalition("R-1", joined=3), coalition("R-2", joined=0, known=0))
    assert "gemiddeld doen er drie van de drie mee; van één is nog niet bekend" in said(rules.story(matrix(*rows)))
    assert "wie meedoet, is nog niet bekend" in said(rules.story(matrix(coalition(joined=0, known=0))))


def test_wider_coalitions_are_named_as_such():
    told = said(rules.story(matrix(coalition("R-1"), coalition("R-2", scope=ProjectScope.WIDER))))
    assert told.startswith("Twee regionale en bovenregionale trajecten.")


def test_half_a_partner_is_rounded_up():
    rows = (coalition("R-1", joined=2), coalition("R-2", joined=3))
    assert "gemiddeld doen er drie" in said(rules.story(matrix(*rows)))


LED = {"states": (state("Kade", LEAD),)}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "trekker onbekend"),
        (LED, "Kade trekt"),
        ({"external_lead": "Verweg"}, "Verweg trekt (buiten de regio)"),
        (LED | {"type_code": "2", "type": "Koploper verdiept"}, "Type 2 · Koploper verdiept · Kade trekt"),
        ({"type_code": "1", "type": "Challenger trekt"}, "Type 1 · Challenger trekt · trekker onbekend"),
        ({"type_code": "4", "type": "Experten samen"}, "Type 4 · Experten samen"),
    ],
)
def test_below_a_project_stand_its_type_and_its_lead(given, words):
    assert below(coalition(**given)) == words


@pytest.mark.parametrize(
    ("yes", "no", "unknown", "words"),
    [(11, 0, 2, "11 ja · 2 ?"), (0, 1, 0, "1 nee"), (3, 1, 2, "3 ja · 1 nee · 2 ?"), (0, 0, 0, "")],
)
def test_better_is_told_with_yes_no_and_unknown(yes, no, unknown, words):
    said_so = [Improvement.YES] * yes + [Improvement.NO] * no + [Improvement.UNKNOWN] * unknown
    states = [state(f"P{n}", MEMBER, improvement=how) for n, how in enumerate(said_so)]
    assert better(coalition("R-1", *states, known=0)) == words


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        (ParticipationState.MEMBER, {}, "Kade: Neemt deel, sinds 02/03/2026"),
        (ParticipationState.MEMBER, {"since": None}, "Kade: Neemt deel, begin niet genoteerd"),
        (
            ParticipationState.DECLINED,
            {"reason": "wij hebben dit al"},
            "Kade: Neemt niet deel, sinds 02/03/2026 (wij hebben dit al)",
        ),
        (
            ParticipationState.LATER,
            {"expected_on": date(2027, 1, 31), "reason": "eerst de fusie"},
            "Kade: Stapt later in, sinds 02/03/2026 (vanaf 31/01/2027; eerst de fusie)",
        ),
        (
            ParticipationState.NOT_ASKED,
            {"asked_on": date(2026, 11, 4)},
            "Kade: Nog niet gevraagd, sinds 02/03/2026 (gevraagd op 04/11/2026, nog geen antwoord)",
        ),
        (ParticipationState.MEMBER, {"asked_on": date(2026, 1, 4)}, "Kade: Neemt deel, sinds 02/03/2026"),
    ],
)
def test_a_state_is_told_with_when_it_began_until_when_and_why(kind, given, words):
    assert told(state("Kade", kind, **given)) == words


def test_a_row_holds_the_state_and_its_words_per_partner_and_nothing_where_nothing_is_known():
    (found,) = matrix_rows(matrix(coalition("R-1", state("Kade", LEAD))))
    assert found[f"{STATE}kade"] == "trekker"
    assert found[f"{TOLD}kade"].startswith("Kade: Trekt")
    assert f"{STATE}oever" not in found
    assert (found["joined"], found["partners"]) == (1, 3)


def test_nobody_is_zero_and_not_known_is_no_number():
    rows = matrix(coalition("R-1", joined=0, known=2), coalition("R-2", joined=0, known=0))
    assert [row["joined"] for row in matrix_rows(rows)] == [0, None]


def test_rows_sort_by_atelier_in_the_order_of_the_ateliers_and_not_of_the_alphabet():
    rows = matrix_rows(matrix(*(coalition(atelier, atelier=atelier) for atelier in ("IX", "V", None))))
    assert [row["place"] for row in rows] == [0, 1, 2]


def test_each_partner_is_a_column_with_its_own_words():
    columns = {column.get("field"): column for column in on_screen(columns_of(PARTNERS))}
    kade = columns[f"{STATE}kade"]
    assert kade["headerName"] == "Kade"
    assert kade["cellRendererParams"]["toldField"] == f"{TOLD}kade"
    assert {"trekker", "niet"} <= kade["cellRendererParams"]["signs"].keys()
    assert columns["title"]["pinned"] == "left"


def test_what_the_address_asks_and_nobody_knows_is_said():
    none = frozenset[str]()
    known = Known(frozenset({"kade"}), none, none, none, none, frozenset({"1"}))
    odd, plain = (CoalitionFilter.from_query(f"type={kind}&partner=kade", known).unknown for kind in ("1,7", "1"))
    assert "type '7' is niet bekend" in said(not_used(odd))
    assert not_used(plain) is None


def test_the_fields_take_their_values_from_the_address():
    values = dict(zip(FILTERS.names, FILTERS.values("type=1,2&partner=kade&tab=x"), strict=True))
    assert values == {"type": ["1", "2"], "thema": [], "atelier": [], "partner": ["kade"]}


def test_the_bars_show_the_first_four_and_the_lead_further_down():
    values = {"A": 90.0, "B": 80.0, "C": 70.0, "D": 60.0, "E": 50.0, "F": 40.0}
    told = said(rules.standings_of(check(lead="F", **values)))
    assert told == "1 A902 B803 C704 D606 F (trekt)40"
    assert "E" not in told


def test_a_lead_that_is_not_second_leaves_room_for_a_reason_or_shows_it():
    assert rules.ROOM in said(rules.leads_of([check(lead="Brug")]))
    assert "Bewust afgeweken, want het liep al" in said(rules.leads_of([check(lead="Brug", reason="het liep al")]))
    assert rules.ROOM not in said(rules.leads_of([check(lead="Oever")]))


def test_maybe_chance_stands_in_bold():
    bold = [said(part) for part in parts(rules.leads_of([check()])) if part._type == "B"]
    assert bold == ["2 Oever (trekt)", " mogelijk toeval."]


def test_an_unknown_lead_is_a_state_and_no_fault():
    told = rules.leads_of([check(lead=None)])
    assert "Trekker onbekend; volgens de regel trekt Oever" in said(told)
    assert "notice" not in {getattr(part, "className", "") for part in parts(told)}


def test_only_type_1_asks_whether_the_lead_is_second_and_many_stay_few():
    many = rules.leads_of([check(f"R-{number}") for number in range(9)])
    assert len(list(parts(many))) <= MOST_COMPONENTS
    assert "En nog 6 van type 1" in said(many)
    assert "geen coalitie van type 1" in said(rules.leads_of([check(kind="2")]))


def test_the_table_of_rules_has_a_row_per_coalition_and_says_where_a_reason_lacks():
    rows = rules.rule_rows([check("R-1"), check("R-2", lead="Brug"), check("R-3", lead="Brug", reason="het liep al")])
    assert [one.verdict for one in rows] == ["klopt", "wijkt_af", "wijkt_af"]
    assert [one.deviation for one in rows] == ["", "nog geen reden", "het liep al"]
    assert all("mogelijk toeval" in one.told for one in rows)
    assert rules.rule_rows([]) == []


def test_the_places_are_those_of_the_values_with_the_lead_marked():
    rows = rules.place_rows([check()])
    assert [(one.partner, one.rank, one.leads) for one in rows] == [
        ("Kade", 1, ""),
        ("Oever", 2, "trekt"),
        ("Brug", 3, ""),
    ]


def test_the_source_of_the_places_names_the_edition():
    assert rules.survey_of([check()]) == "Gemeente- en Stadsmonitor 2020"


def test_the_download_has_a_column_per_partner_and_no_count_where_nothing_is_known():
    found = table(matrix(coalition("R-1", state("Kade", LEAD)), coalition("R-2", joined=0, known=0)))
    rows = found.rows
    assert rows[f"{LABEL}kade"].tolist()[0] == "Trekt"
    assert rows[f"{LABEL}kade"].isna().tolist() == [False, True]
    assert list(rows["lead"]) == ["Kade", "trekker onbekend"]
    assert rows["joined"].isna().tolist() == [False, True]
    assert [column.heading for column in found.columns if column.key.startswith(LABEL)] == list(NAMES)


def test_no_candidates_are_no_rows():
    assert candidate_rows([], []) == []


def candidate(*leads: str) -> Candidate:
    members = tuple(
        Voice(number, f"U-{number}", "Archief", partner, True, Spoken(number, "Archief", {}))
        for number, partner in enumerate(PARTNERS[:2], start=1)
    )
    subject = Subject(7, 1, "Archief", GroupState.SUGGESTED, members, ())
    standings = (candidates.Standing(PARTNERS[1], 80.0, 2, False, True),)
    alike = (Answer("R-9", "Regionaal archief", "regionaal", True),)
    return Candidate(subject, Advice("1", leads, "de tweede heeft dit ook"), "T", "Loket", standings, alike)


def test_a_candidate_tells_who_is_in_it_how_they_could_work_together_and_what_looks_like_it():
    (found,) = candidate_rows([candidate("oever")], [Option("1", "Challenger trekt")])
    assert (found.code, found.title, found.partners) == ("U-1", "Archief", "2: Kade, Oever")
    assert found.advice == "Type 1: Challenger trekt (Oever trekt)"
    assert (found.because, found.alike) == ("de tweede heeft dit ook", "R-9")


def test_a_type_of_another_region_and_no_lead_leave_only_the_number():
    (found,) = candidate_rows([candidate()], [])
    assert found.advice == "Type 1"
