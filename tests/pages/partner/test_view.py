"""The page of a partner in words: the sentence, the four figures, whose it is."""

from dataclasses import replace
from datetime import date

import pytest

from portal.components.frame import missing
from portal.pages.partner import page
from portal.pages.partner.sharing import whose
from portal.permissions import Role, Viewer
from portal.queries.inventory.same_question import Elsewhere
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
    elsewhere=Elsewhere(2, 5),
    projects=6,
    overdue=1,
    coalitions=11,
    of_coalitions=17,
    leads=1,
    invitations=1,
    conditions=2,
    actions=0,
)
DIRECTOR, MAYOR = Viewer(Role.DIRECTOR), Viewer(Role.MAYOR)


def told(partner: PartnerDetail = OTHERS, **given: object) -> str:
    header = page.opening(partner, replace(STANDING, **given), AS_OF)
    return said(next(part for part in parts(header) if getattr(part, "className", None) == "opening"))


def figures(viewer: Viewer = DIRECTOR, partner: PartnerDetail = OURS, **given: object) -> list[str]:
    return [said(one) for one in page.key_figures(viewer, partner, replace(STANDING, **given))]


QUIET = {"invitations": 0, "conditions": 0, "actions": 0}


def test_the_sentence_says_first_what_waits_and_then_what_lives_elsewhere_too():
    assert told(OURS) == (
        "Drie vragen wachten op antwoord. "
        "Van onze 11 open uitdagingen leven er zeven ook elders: twee bevestigd, vijf gelijkend."
    )
    assert told(OTHERS).startswith("31.940 inwoners (2025). Drie vragen wachten op antwoord. Van de 11 open")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"elsewhere": Elsewhere(0, 0)},
            "Van onze 11 open uitdagingen leeft er geen elders; één project is te laat.",
        ),
        ({"elsewhere": Elsewhere(1, 0)}, "leeft er één ook elders: één bevestigd, nul gelijkend; één project"),
        ({"open_challenges": 1, "elsewhere": Elsewhere(0, 1)}, "Van onze 1 open uitdaging leeft er één ook elders"),
        ({"overdue": 3}, "; drie projecten zijn te laat."),
        ({"overdue": 0}, "vijf gelijkend."),
        ({"open_challenges": 0}, "Alle gemelde uitdagingen zijn opgelost of vervallen"),
        ({"challenges": 0, "overdue": 0}, "geen uitdagingen geregistreerd: begin met wat ook bij u leeft."),
        ({"invitations": 1}, "Eén vraag wacht op antwoord. Van onze"),
        ({"actions": 2}, "Twee vragen wachten op antwoord. Van onze"),
    ],
)
def test_the_sentence_holds_at_its_edges(given: dict[str, object], sentence: str):
    assert sentence in told(OURS, **{**QUIET, **given})


@pytest.mark.parametrize("given", [{}, QUIET, {"challenges": 0}, {"open_challenges": 0}])
def test_at_most_two_things_are_bold(given: dict[str, int]):
    header = page.opening(OURS, replace(STANDING, **given), AS_OF)
    assert 0 < sum(type(part).__name__ == "B" for part in parts(header)) <= 2


def test_a_body_is_called_by_its_kind_and_an_unknown_population_is_left_out():
    body = replace(OTHERS, kind=PartnerKind.SERVICE_ASSOCIATION, population=None)
    assert told(body).startswith("Dienstverlenende vereniging (IGS). ")
    assert told(replace(OTHERS, population=None)).startswith("Drie")
    assert told(replace(OTHERS, population_year=None)).startswith("31.940 inwoners. ")


def test_the_four_figures_say_their_detail():
    assert figures() == [
        "uitdagingen gemeld124 zonder project",
        "eigen projecten6▲ 1 te laat",
        "gedeelde trajecten11 van 17T trekt er 1",
        "vragen aan u31 uitnodiging · 2 open voorwaarden",
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
    assert figures(viewer, partner)[3].startswith("wacht op dit bestuur3")


def test_an_address_without_a_partner_says_so():
    assert "Geen bestuur op dit adres gevonden" in said(missing(page.CRUMBS, AS_OF, "bestuur", ""))


def test_things_are_ours_or_of_a_name():
    assert whose(OURS, "projecten") == "onze projecten"
    assert whose(OTHERS, "projecten") == "de projecten van Kade"
