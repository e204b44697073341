"""Who has the same question, as the thirteen pages of the demo name it: as good as a person who read every text, and
one and the same set wherever it stands."""

import re

import pytest
from dash import html
from sqlalchemy import select

from data_loaders.demo import stage
from data_loaders.demo.projects import LINKS
from portal.db.engine import reading
from portal.db.models import Challenge, Partner, Project, ProjectChallenge
from portal.pages.home import asks
from portal.pages.partner import questions
from portal.pages.partner.page import show_opening
from portal.pages.same_question import pair_table, word_of
from portal.permissions import Role, RowNotFound
from portal.queries.inventory.challenges import all_challenge_rows, challenge_detail
from portal.queries.inventory.covering import own_answers
from portal.queries.inventory.filters import ChallengeFilter
from portal.queries.partners.partners import partner_detail
from portal.text import in_words
from portal.vocabulary import LIVE_CHALLENGES, PartnerKind, Visibility
from tests.likeness.labelled import HERE, rows_of
from tests.makers import viewer
from tests.reading import said
from tests.visitors import Portal

LEAST_PRECISION, LEAST_RECALL = 0.93, 0.75
Named = set[tuple[str, int]]  # a challenge's code, and a partner that has the same question


def labelled(portal: Portal) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Of the half that was kept apart from tuning, the pairs that were read, and those that are the same; both open."""
    with reading(portal.engine) as session:
        open_ones = select(Challenge.code).where(Challenge.status.in_(sorted(LIVE_CHALLENGES)))
        codes = {f"DEMO-{code}" for code in session.scalars(open_ones)}
    kept = [
        row for row in rows_of(HERE / "labelled_pairs.csv") if row["split"] == "kept" and {row["a"], row["b"]} <= codes
    ]
    return {(row["a"], row["b"]) for row in kept}, {(row["a"], row["b"]) for row in kept if row["same"] == "1"}


def test_the_neighbours_on_the_thirteen_pages_are_those_that_a_reader_named(portal: Portal):
    read, same = labelled(portal)
    with reading(portal.engine) as session:
        whose = dict(session.execute(select(Challenge.code, Challenge.partner_id)).all())
        slugs = session.scalars(select(Partner.slug).where(Partner.kind == PartnerKind.MUNICIPALITY)).all()
        assert len(slugs) == 13
        rows = [row for slug in slugs for row in own_answers(session, viewer(Role.COORDINATOR), slug)]
    pairs = {tuple(sorted((f"DEMO-{row.code}", f"DEMO-{one.code}"))) for row in rows for one in row.same}

    def named(found: set[tuple[str, ...]]) -> Named:
        partner = {f"DEMO-{code}": partner_id for code, partner_id in whose.items()}
        return {(one, partner[other]) for pair in found for one, other in (pair, pair[::-1])}

    shown = named({pair for pair in pairs if pair in read})
    right = shown & named(same)
    assert len(shown) > 200
    assert len(right) / len(shown) >= LEAST_PRECISION
    assert len(right) / len(named(same)) >= LEAST_RECALL


@pytest.mark.parametrize("account", ["directeur", "coordinator", "stuurgroep"])
def test_sentence_table_workbook_inventory_and_challenge_name_one_set(portal: Portal, account: str):
    by = portal.viewer(account)
    with reading(portal.engine) as session:
        partner = partner_detail(session, by, "wervik")
        found = questions.sharing_of(session, by, partner, most=100)
        listed = {row.code: row for row in all_challenge_rows(session, by, ChallengeFilter())}
        books = {row.code: row for row in questions.SHARED.rows(session, by, partner)}
    with portal.as_account(account):
        sentence = said(show_opening("wervik", "")[0])
        for row in found.rows:
            names = {one.title for one in row.partners}
            inventory = {*listed[row.code].confirmed_with.split("; "), *listed[row.code].like_with.split("; ")} - {""}
            book = {*books[row.code].confirmed_with.split(", "), *books[row.code].like_with.split(", ")} - {""}
            assert names == inventory == book, row.code
            with reading(portal.engine) as session:
                there = challenge_detail(session, by, row.code)
            table = pair_table(row.code, there.same, answerable=False)
            assert {said(line.head[0]) for lines in table.lines.values() for line in lines} >= names, row.code
            assert {one.title for one in there.also_at} == names, row.code
            called = {contact.partner for contact in found.contacts}
            assert not partner.own or names <= called
    shared = sum(bool(row.same) for row in found.rows)
    kept_back = re.search(r"(\d+) interne vra", questions.told_of(found))
    assert f"{in_words(found.counted.total)} ook elders" in sentence
    assert found.counted.total == shared + (int(kept_back[1]) if kept_back else 0)
    assert found.named.total == shared


def test_the_first_page_of_a_director_says_what_the_own_page_says(portal: Portal):
    with portal.as_account("directeur"):
        (own,) = asks.own(portal.viewer("directeur"))
    with reading(portal.engine) as session:
        rows = own_answers(session, portal.viewer("directeur"), "wervik")
    shown = [row.code for row in own.questions]
    assert shown == [row.code for row in rows if row.code in shown]
    assert len(shown) == sum(min(count, asks.MOST_QUESTIONS) for count in (own.named.confirmed, own.named.alike))
    assert own.named.total == sum(bool(row.same) for row in rows)


def test_the_demo_links_shared_projects_to_what_its_file_says_and_to_nothing_else(portal: Portal):
    told = {
        (line.text("project"), line.text("uitdaging_demo_id").removeprefix("DEMO-"))
        for line in stage.told("links.csv", *LINKS)
    }
    with reading(portal.engine) as session:
        found = session.execute(
            select(Project.title, Challenge.code)
            .join(ProjectChallenge, ProjectChallenge.project_id == Project.id)
            .join(Challenge, Challenge.id == ProjectChallenge.challenge_id)
            .where(Project.reported_by_id.is_(None))
        ).all()
    assert {(title, code) for title, code in found} == told
    assert len(told) == 35


@pytest.mark.parametrize("account", ["stuurgroep", "andere directeur", "burgemeester"])
def test_the_rest_of_a_list_names_no_internal_challenge_of_another_either(portal: Portal, account: str):
    by = portal.viewer(account)
    with reading(portal.engine) as session:
        hidden = select(Challenge.title).where(Challenge.visibility == Visibility.INTERNAL)
        secret = session.scalars(hidden.where(Challenge.partner_id.not_in(sorted(by.partner_ids)))).all()
        assert len(secret) > 10
        told = ""
        for slug in session.scalars(select(Partner.slug)):
            partner = partner_detail(session, by, slug)
            found = questions.sharing_of(session, by, partner, most=questions.AT_ONCE)
            told += said(html.Div(found.table(partner).rest(0))) + repr(found.rows)  # and what is not drawn of them
    assert "klopt het?" in told
    assert [title for title in secret if title in told] == []


@pytest.mark.parametrize("word", ["", "deelt", "LIKE", "bevestigd "])
def test_an_answer_that_no_button_gives_is_none(word: str):
    with pytest.raises(RowNotFound):
        word_of(word)
