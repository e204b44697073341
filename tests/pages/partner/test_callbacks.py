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
from portal.pages.partner.page import COALITIONS, PROJECTS, THEMES, Ids, layout
from portal.permissions import RowNotFound
from portal.queries.partners.partners import partner_list
from portal.vocabulary import Visibility
from tests.reading import MOST_COMPONENTS, parts, said
from tests.visitors import ACCOUNTS, Portal

ROWS = (callbacks.show_sharing, callbacks.show_together, callbacks.show_work, callbacks.show_support)
OTHERS = [account for account in ACCOUNTS if account not in {"directeur", "coordinator", "beheerder"}]


def page(slug: str) -> list[Any]:
    """Everything the page shows."""
    return [*callbacks.show_opening(slug, slug)[:2], *(show(slug) for show in ROWS)]


def grid(slug: str, part: str) -> list[dict[str, Any]]:
    found = (one for one in parts(page(slug)) if getattr(one, "id", None) == part)
    return next(found).rowData


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
        _, figures, _ = callbacks.show_opening("wervik", "wervik")
        themes = grid("wervik", THEMES.id)
        listed = grid("wervik", PROJECTS.id)
        whole = said(page("wervik")) + str([one.rowData for one in parts(page("wervik")) if hasattr(one, "rowData")])
    assert said(figures[0]).startswith(f"uitdagingen gemeld{every_challenge}")
    assert said(figures[1]).startswith(f"eigen projecten{every_project}")
    assert "niet uitgesplitst" in whole
    assert sum(row["challenges"] for row in themes) == challenges
    assert len(listed) == projects
    with reading(portal.engine) as session:
        secret = select(Challenge.title).join(Challenge.partner)
        secret = secret.where(Partner.slug == "wervik", Challenge.visibility == Visibility.INTERNAL)
        for title in session.scalars(secret):
            assert title not in whole


def test_the_own_director_sees_and_counts_the_internal_rows(portal: Portal):
    challenges, projects = own_counts(portal)
    with portal.as_account("directeur"):
        head, figures, _ = callbacks.show_opening("wervik", "wervik")
        assert sum(row["challenges"] for row in grid("wervik", THEMES.id)) == challenges
        assert len(grid("wervik", PROJECTS.id)) == projects
    assert said(figures[0]).startswith(f"uitdagingen gemeld{challenges}")
    assert "onze" in said(head)
    assert "vragen aan u" in said(figures)


def test_each_figure_counts_the_rows_of_its_card(portal: Portal):
    with portal.as_account("directeur"):
        _, figures, _ = callbacks.show_opening("wervik", "wervik")
        themes, joined = grid("wervik", THEMES.id), grid("wervik", COALITIONS.id)
    uncovered = sum(row["without_project"] for row in themes)
    taking_part = sum(row["state"] in {"trekker", "deelnemer", "begeleid"} for row in joined)
    assert f"{uncovered} zonder project" in said(figures[0])
    assert said(figures[2]).startswith(f"gedeelde trajecten{taking_part} van ")


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_partner_has_a_page_for_everybody_and_it_stays_small(portal: Portal, account: str):
    with reading(portal.engine) as session:
        slugs = [one.slug for one in partner_list(session, portal.viewer(account))]
    with portal.as_account(account):
        for slug in slugs:
            assert callbacks.show_opening(slug, slug)[2] is False
            for show in ROWS:
                assert len(list(parts(show(slug)))) <= MOST_COMPONENTS


def test_a_body_without_survey_and_inventory_reads_geen_gegevens(portal: Portal):
    with portal.as_account("stuurgroep"):
        told = said(page("leiedal"))
    assert "uitdagingen gemeldgeen gegevens" in told
    assert "Leiedal is er geen" in told
    assert "None" not in told
    assert "nan" not in told.lower().replace("financi", "")


def test_a_partner_that_is_not_there_is_said_calmly_and_nothing_else_stands(portal: Portal):
    with portal.as_account("stuurgroep"):
        head, figures, hidden = callbacks.show_opening("atlantis", "atlantis")
        assert "Geen bestuur op dit adres gevonden" in said(head)
        assert (figures, hidden) == ([], True)
        with pytest.raises(RowNotFound):
            callbacks.show_work("atlantis")


def test_the_workbook_of_support_has_the_levels_and_their_conditions(portal: Portal):
    answer = portal.visitor("stuurgroep").get("/download/partner/draagvlak.xlsx?gemeente=wervik")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    with portal.as_account("stuurgroep"):
        figures = said(callbacks.show_opening("wervik", "wervik")[1])
    assert f"{book['Open voorwaarden'].max_row - 1} open voorwaarden" in figures


@pytest.mark.parametrize("table", cards.DOWNLOADS)
def test_a_workbook_of_no_partner_is_not_found(portal: Portal, table: str):
    client = portal.visitor("directeur")
    assert client.get(f"/download/partner/{table}.xlsx?gemeente=atlantis").status_code == 404
    assert client.get(f"/download/partner/{table}.xlsx").status_code == 404


def test_the_layout_has_every_place_that_the_callbacks_fill_and_no_data():
    made = list(parts(layout(slug="wervik", onbekend="x")))
    assert {one.id for one in made if isinstance(getattr(one, "id", None), str)} == set(Ids)
