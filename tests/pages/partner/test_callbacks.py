"""The page of a partner over the demo, as each account finds it, on both databases."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from portal.db.engine import reading
from portal.db.models import Challenge, Partner, Project
from portal.pages.partner import page as callbacks
from portal.pages.partner import page as cards
from portal.pages.partner.page import Ids
from portal.pages.parts import Ids as PartIds
from portal.permissions import RowNotFound
from portal.queries.partners.partners import partner_list
from portal.vocabulary import TAKES_PART, Visibility
from tests.reading import MOST_COMPONENTS, ids_in, parts, read, said, whole
from tests.visitors import ACCOUNTS, Portal

ROWS = (
    *(callbacks.show_sharing, callbacks.show_coalitions, callbacks.show_survey),
    *(callbacks.show_projects, callbacks.show_themes, callbacks.show_support),
)
OTHERS = [account for account in ACCOUNTS if account not in {"directeur", "coordinator", "beheerder"}]


def page(slug: str) -> list[Any]:
    """Everything the page shows."""
    return [callbacks.show_opening(slug, slug)[0], callbacks.show_figures(slug, slug), *(show(slug) for show in ROWS)]


def counted(rows: list[dict[str, str]], heading: str) -> int:
    return sum(int(row[heading] or 0) for row in rows)


def own_counts(portal: Portal, *conditions: Any) -> tuple[int, int]:
    with reading(portal.engine) as session:
        wervik = session.scalar(select(Partner.id).where(Partner.slug == "wervik"))
        challenges = select(func.count()).select_from(Challenge).where(Challenge.partner_id == wervik)
        projects = select(func.count()).select_from(Project).where(Project.reported_by_id == wervik)
        open_to_all = [model.visibility != Visibility.INTERNAL for model in (Challenge, Project)]
        counts = (challenges, projects) if not conditions else ()
        if conditions:
            counts = (challenges.where(open_to_all[0]), projects.where(open_to_all[1]))
        return session.scalar(counts[0]) or 0, session.scalar(counts[1]) or 0


@pytest.mark.parametrize("account", OTHERS)
def test_internal_rows_are_not_shown_to_others_and_only_the_whole_counts_them(portal: Portal, account: str):
    challenges, projects = own_counts(portal, "open")
    every_challenge, every_project = own_counts(portal)
    assert challenges < every_challenge
    with portal.as_account(account):
        figures = callbacks.show_figures("wervik", "wervik")
        themes, listed = read(callbacks.show_themes("wervik")), read(callbacks.show_projects("wervik"))
        told = said(page("wervik")) + str(read(page("wervik")))
    assert said(figures[0]).startswith(f"uitdagingen gemeld{every_challenge}")
    assert said(figures[1]).startswith(f"eigen projecten{every_project}")
    assert "niet uitgesplitst" in told
    assert counted(themes, "Gemeld") == challenges
    assert len(listed) == projects
    with reading(portal.engine) as session:
        secret = select(Challenge.title).join(Challenge.partner)
        secret = secret.where(Partner.slug == "wervik", Challenge.visibility == Visibility.INTERNAL)
        for title in session.scalars(secret):
            assert title not in told


def test_the_own_director_sees_and_counts_the_internal_rows(portal: Portal):
    challenges, projects = own_counts(portal)
    with portal.as_account("directeur"):
        head, figures = callbacks.show_opening("wervik", "wervik")[0], callbacks.show_figures("wervik", "wervik")
        assert counted(read(callbacks.show_themes("wervik")), "Gemeld") == challenges
        assert len(read(callbacks.show_projects("wervik"))) == projects
    assert said(figures[0]).startswith(f"uitdagingen gemeld{challenges}")
    assert "onze" in said(head)
    assert "vragen aan u" in said(figures)


def test_each_figure_counts_the_rows_of_its_card(portal: Portal):
    with portal.as_account("directeur"):
        figures = callbacks.show_figures("wervik", "wervik")
        themes, joined = read(callbacks.show_themes("wervik")), read(callbacks.show_coalitions("wervik"))
    uncovered = counted(themes, "Zonder project")
    taking_part = sum(any(state.label in row["Stand"] for state in TAKES_PART) for row in joined)
    assert f"{uncovered} zonder project" in said(figures[0])
    assert said(figures[2]).startswith(f"gedeelde trajecten{taking_part} van ")


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_partner_has_a_page_for_everybody_and_it_stays_small(portal: Portal, account: str):
    with reading(portal.engine) as session:
        slugs = [one.slug for one in partner_list(session, portal.viewer(account))]
    with portal.as_account(account):
        for slug in slugs:
            assert callbacks.show_opening(slug, slug)[1] is False
            for answer in [callbacks.show_figures(slug, slug), *(show(slug) for show in ROWS)]:
                drawn = [one for one in parts(answer) if one._type != "Wbr"]  # where a line may end, nothing is drawn
                assert len(drawn) <= MOST_COMPONENTS, slug


def test_a_body_without_survey_and_inventory_reads_geen_gegevens(portal: Portal):
    with portal.as_account("stuurgroep"):
        told = said(page("leiedal"))
    assert "uitdagingen gemeldgeen gegevens" in told
    assert "Leiedal is er geen" in told
    assert "None" not in told
    assert "nan" not in told.lower().replace("financi", "")


def test_a_partner_that_is_not_there_is_said_calmly_and_nothing_else_stands(portal: Portal):
    with portal.as_account("stuurgroep"):
        head, hidden = callbacks.show_opening("atlantis", "atlantis")
        assert "Geen bestuur op dit adres gevonden" in said(head)
        assert hidden is True
        for show in ROWS:
            with pytest.raises(RowNotFound):
                show("atlantis")


def test_the_workbook_of_support_has_the_levels_and_their_conditions(portal: Portal):
    answer = portal.visitor("stuurgroep").get("/download/partner/draagvlak.xlsx?gemeente=wervik")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    with portal.as_account("stuurgroep"):
        figures = said(callbacks.show_figures("wervik", "wervik"))
    assert f"{book['Open voorwaarden'].max_row - 1} open voorwaarden" in figures


@pytest.mark.parametrize("table", cards.DOWNLOADS)
def test_a_workbook_of_no_partner_is_not_found(portal: Portal, table: str):
    client = portal.visitor("directeur")
    assert client.get(f"/download/partner/{table}.xlsx?gemeente=atlantis").status_code == 404
    assert client.get(f"/download/partner/{table}.xlsx").status_code == 404


def test_the_parts_have_every_place_that_the_callbacks_fill(portal: Portal):
    with portal.as_account("directeur"):
        there = ids_in([*whole("partner", slug="wervik", onbekend="x").values()])
    assert there == {*Ids, PartIds.TABS, PartIds.OPEN}
