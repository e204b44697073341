"""The page of a partner in words: the sentence, the four figures, whose it is."""

from dataclasses import replace
from datetime import date

import pytest

from portal.components.frame import missing
from portal.pages.partner import page
from portal.pages.partner.sharing import whose
from portal.permissions import Role, Viewer
from portal.queries.partners.figures import PartnerStanding
from portal.queries.partners.partners import PartnerDetail
from portal.vocabulary import PartnerKind
from tests.reading import parts, said

AS_OF = date(2026, 11, 21)
OTHERS = PartnerDetail(
    *(1, 1, "kade", "Kade", PartnerKind.MUNICIPALITY, None, None, None, None, None, None, 31940, 2025, None),
    neighbours=(),
    own=False,
)
OURS = replace(OTHERS, own=True)
STANDING = PartnerStanding(
    surveyed=True,
    challenges=12,
    open_challenges=11,
    without_project=4,
    shared=7,
    elsewhere=7,
    candidates=2,
    projects=6,
    overdue=1,
    coalitions=11,
    of_coalitions=17,
    leads=1,
    invitations=1,
    conditions=2,
    actions=1,
)
DIRECTOR, MAYOR = Viewer(Role.DIRECTOR), Viewer(Role.MAYOR)


def told(partner: PartnerDetail = OTHERS, **given: object) -> str:
    header = page.opening(partner, replace(STANDING, **given), AS_OF)
    return said(next(part for part in parts(header) if getattr(part, "className", None) == "opening"))


def figures(viewer: Viewer = DIRECTOR, partner: PartnerDetail = OURS, **given: object) -> list[str]:
    return [said(one) for one in page.key_figures(viewer, partner, replace(STANDING, **given))]


def test_the_sentence_speaks_as_we_on_the_own_page_and_by_name_elsewhere():
    assert told(OURS) == (
        "31.940 inwoners (2025). Zeven van onze elf open uitdagingen leven ook elders in de regio; "
        "voor twee kan een coalitie starten."
    )
    assert "Zeven van de elf open uitdagingen" in told(OTHERS)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"elsewhere": 0, "candidates": 0}, "Geen van onze elf open uitdagingen leeft elders in de regio"),
        (
            {"elsewhere": 1, "candidates": 1},
            "Eén van onze elf open uitdagingen leeft ook elders in de regio; voor één",
        ),
        ({"elsewhere": 11}, "Al onze elf open uitdagingen leven ook elders in de regio"),
        ({"open_challenges": 1, "elsewhere": 1, "candidates": 0}, "Onze enige open uitdaging leeft ook elders"),
        ({"open_challenges": 1, "elsewhere": 0, "candidates": 0}, "Onze enige open uitdaging leeft nergens anders"),
        ({"candidates": 1}, "voor één kan een coalitie starten"),
        ({"candidates": 0}, "; één project is te laat."),
        ({"candidates": 0, "overdue": 3}, "; drie projecten zijn te laat."),
        ({"candidates": 0, "overdue": 0}, "elders in de regio."),
        (
            {"open_challenges": 0, "elsewhere": 0, "candidates": 0},
            "Alle gemelde uitdagingen zijn opgelost of vervallen",
        ),
        ({"challenges": 0, "open_challenges": 0, "overdue": 0}, "Er zijn hier geen uitdagingen geregistreerd."),
    ],
)
def test_the_sentence_holds_at_its_edges(given: dict[str, int], sentence: str):
    assert sentence in told(OURS, **given)


def test_all_of_anothers_is_alle():
    assert "Alle elf open uitdagingen leven ook elders" in told(OTHERS, elsewhere=11)


@pytest.mark.parametrize("given", [{}, {"candidates": 0}, {"challenges": 0}, {"open_challenges": 0}])
def test_at_most_two_things_are_bold(given: dict[str, int]):
    header = page.opening(OURS, replace(STANDING, **given), AS_OF)
    assert 0 < sum(type(part).__name__ == "B" for part in parts(header)) <= 2


def test_a_body_is_called_by_its_kind_and_an_unknown_population_is_left_out():
    body = replace(OTHERS, kind=PartnerKind.SERVICE_ASSOCIATION, population=None)
    assert told(body).startswith("Dienstverlenende vereniging (IGS). ")
    assert told(replace(OTHERS, population=None)).startswith("Zeven")
    assert told(replace(OTHERS, population_year=None)).startswith("31.940 inwoners. ")


def test_the_four_figures_say_their_detail():
    assert figures() == [
        "uitdagingen gemeld124 zonder project",
        "eigen projecten6▲ 1 te laat",
        "gedeelde trajecten11 van 17T trekt er 1",
        "vragen aan u41 uitnodiging · 2 open voorwaarden · 1 open actie",
    ]


def test_nobody_asked_is_geen_gegevens_and_nobody_answered_is_0():
    nothing = {"challenges": 0, "open_challenges": 0, "without_project": 0, "projects": 0, "overdue": 0}
    assert figures(surveyed=False, **nothing)[:2] == [
        "uitdagingen gemeldgeen gegevensniet in de gepubliceerde inventaris",
        "eigen projectengeen gegevensgeen gemeld",
    ]
    assert figures(surveyed=True, **nothing)[:2] == [
        "uitdagingen gemeld0niets geregistreerd",
        "eigen projecten0geen gemeld",
    ]


def test_the_figures_hold_when_all_is_well():
    well = figures(without_project=0, overdue=0, leads=0, invitations=0, conditions=0, actions=0)
    said_of_it = ("elk met een project", "niets te laat", "trekt er geen", "niets wacht op antwoord")
    assert all(figure.endswith(ending) for figure, ending in zip(well, said_of_it, strict=True))


def test_without_coalitions_there_is_nothing_to_be_in():
    assert figures(coalitions=0, of_coalitions=0, leads=0)[2] == "gedeelde trajectengeener loopt nog geen coalitie"


@pytest.mark.parametrize(("viewer", "partner"), [(DIRECTOR, OTHERS), (MAYOR, OURS), (Viewer(Role.STEERING), OTHERS)])
def test_who_cannot_answer_is_asked_nothing(viewer: Viewer, partner: PartnerDetail):
    assert figures(viewer, partner)[3].startswith("wacht op dit bestuur4")


def test_an_address_without_a_partner_says_so():
    assert "Geen bestuur op dit adres gevonden" in said(missing(page.CRUMBS, AS_OF, "bestuur", ""))


def test_things_are_ours_or_of_a_name():
    assert whose(OURS, "projecten") == "onze projecten"
    assert whose(OTHERS, "projecten") == "de projecten van Kade"
