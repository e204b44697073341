"""The dossier of a point: prepared by who keeps it or leads its project, with documents that are safe to follow."""

import pytest
from sqlalchemy import select

from portal.commands.base import Conflict, Refused
from portal.commands.meetings.dossiers import LINK, add_concern, change_brief, drop_concern
from portal.commands.tables import bring_back
from portal.db.models import AgendaConcern, AgendaLink, ChallengeGroup, Participation, Project
from portal.permissions import PermissionDenied, Role, RowNotFound
from portal.vocabulary import GroupState, MeetingState, ParticipationState, Visibility
from tests.makers import (
    atelier_of,
    make_agenda_item,
    make_coalition,
    make_deliverable,
    make_meeting,
    make_project,
    make_risk,
    partner_of,
    viewer,
)

COORDINATOR = viewer(Role.COORDINATOR)
TEXTS = {"proposal": "De stuurgroep legt de datum vast.", "why_now": "De offerte vervalt.", "minutes": 30}
A_LINK = {"title": "Offerte", "url": "https://leiedal.sharepoint.com/offerte.pdf"}
NO_ADDRESS = [
    *("http://leiedal.be/x", "javascript:alert(1)", "https://", "https:/leiedal.be", "ftp://leiedal.be/x"),
    *("https://wie:geheim@leiedal.be/x", "https://leiedal.be/a b", "leiedal.be/x", "https://localhost/x"),
    "https://leiedal.be/<b>",
]


@pytest.fixture
def item(session):
    states = {"kortrijk": ParticipationState.LEAD, "wervik": ParticipationState.MEMBER}
    project = make_coalition(session, states, atelier="I")
    row = make_agenda_item(session, make_meeting(session, state=MeetingState.OPEN), project_id=project.id)
    session.commit()
    return row


def director(session, slug):
    return viewer(Role.DIRECTOR, partner_of(session, slug))


def kept(session, item):
    found = select(AgendaConcern).where(AgendaConcern.agenda_item_id == item.id)
    return session.scalars(found.order_by(AgendaConcern.id)).all()


def test_who_neither_keeps_the_point_nor_leads_its_project_prepares_nothing(session, item):
    others = [director(session, "wervik"), viewer(Role.ATELIER, ateliers=[atelier_of(session, "II")])]
    for other in (*others, viewer(Role.MAYOR)):
        with pytest.raises(PermissionDenied):
            change_brief(session, other, item.id, item.version, TEXTS)
        with pytest.raises(PermissionDenied):
            LINK.add(session, other, item_id=item.id, values=A_LINK)
        with pytest.raises(PermissionDenied):
            add_concern(session, other, item_id=item.id, about="project R-99")
    assert item.proposal is None
    assert session.scalars(select(AgendaLink)).all() == []


def test_a_partner_that_led_before_prepares_nothing_any_more(session, item):
    leads = item.project_id
    for row in session.execute(select(AgendaLink)).all():
        session.delete(row)

    mine = session.scalars(
        select(Participation).where(Participation.project_id == leads, Participation.state == ParticipationState.LEAD)
    ).one()
    mine.until = mine.since
    session.commit()
    with pytest.raises(PermissionDenied):
        change_brief(session, director(session, "kortrijk"), item.id, item.version, TEXTS)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.STEERING, Role.DIRECTOR, Role.ATELIER])
def test_a_dossier_is_prepared_by_who_keeps_the_point_or_leads_its_project(session, item, role):
    by = viewer(role, partner_of(session, "kortrijk"), ateliers=[atelier_of(session, "I")])
    change_brief(session, by, item.id, item.version, TEXTS)
    assert {key: getattr(item, key) for key in TEXTS} == TEXTS
    row = LINK.add(session, by, item_id=item.id, values=A_LINK)
    assert (row.title, row.url) == tuple(A_LINK.values())


def test_a_dossier_changes_nothing_else_of_its_point(session, item):
    for key in ("title", "kind", "note", "project"):
        with pytest.raises(Refused, match="kan hier niet gewijzigd worden"):
            change_brief(session, director(session, "kortrijk"), item.id, item.version, {key: "x"})


def test_a_frozen_meeting_keeps_its_dossiers(session):
    item = make_agenda_item(session, make_meeting(session, state=MeetingState.FROZEN))
    session.commit()
    with pytest.raises(Refused, match="is vastgelegd"):
        change_brief(session, COORDINATOR, item.id, item.version, TEXTS)
    with pytest.raises(Refused, match="is vastgelegd"):
        LINK.add(session, COORDINATOR, item_id=item.id, values=A_LINK)


def test_two_who_prepare_at_once_do_not_write_over_each_other(session, item):
    seen = item.version
    change_brief(session, COORDINATOR, item.id, seen, TEXTS)
    with pytest.raises(Conflict):
        change_brief(session, director(session, "kortrijk"), item.id, seen, {"proposal": "Iets anders"})


@pytest.mark.parametrize("address", NO_ADDRESS)
def test_an_address_that_is_not_https_is_refused(session, item, address):
    with pytest.raises(Refused, match="begint met https://"):
        LINK.add(session, COORDINATOR, item_id=item.id, values=A_LINK | {"url": address})


def test_a_document_is_taken_away_and_brought_back(session, item):
    row = LINK.add(session, COORDINATOR, item_id=item.id, values=A_LINK)
    LINK.archive(session, COORDINATOR, row.id, row.version)
    with pytest.raises(RowNotFound):
        LINK.change(session, COORDINATOR, row.id, row.version, {"title": "Anders"})
    bring_back(session, COORDINATOR, entity="agenda_link", row_id=row.id)
    assert row.archived_at is None


def test_a_point_is_about_several_things_each_once(session, item):
    result, risk, other = make_deliverable(session), make_risk(session), make_project(session)
    abouts = [f"resultaat {result.code}", f"risico {risk.code}", f"project {other.code}"]
    for about in abouts:
        add_concern(session, COORDINATOR, item_id=item.id, about=about)
        with pytest.raises(Refused, match="gaat dit punt al"):
            add_concern(session, COORDINATOR, item_id=item.id, about=about)
    assert [each.project_id for each in kept(session, item)] == [None, None, other.id]


def test_a_point_is_not_said_again_to_be_about_its_own_project(session, item):

    code = session.get_one(Project, item.project_id).code
    with pytest.raises(Refused, match="gaat dit punt al"):
        add_concern(session, COORDINATOR, item_id=item.id, about=f"project {code}")


@pytest.mark.parametrize("about", ["", "project", "project R-99", "onderwerp x", "onderwerp 99999999999", "atelier I"])
def test_what_is_no_row_is_nothing_a_point_can_be_about(session, item, about):
    with pytest.raises(Refused):
        add_concern(session, COORDINATOR, item_id=item.id, about=about)
    assert kept(session, item) == []


def test_what_the_table_may_not_know_is_not_put_on_its_agenda(session, item):
    hidden = make_project(session, visibility=Visibility.INTERNAL, reported_by="menen")
    risk = make_risk(session, project_id=hidden.id)
    for about in (f"project {hidden.code}", f"risico {risk.code}"):
        with pytest.raises(Refused, match=r"intern|bestaat niet"):
            add_concern(session, COORDINATOR, item_id=item.id, about=about)


def test_a_rejected_subject_is_no_subject(session, item):

    group = ChallengeGroup(title="Werken op afspraak", state=GroupState.REJECTED)
    session.add(group)
    session.commit()
    with pytest.raises(Refused, match="bestaat niet"):
        add_concern(session, COORDINATOR, item_id=item.id, about=f"onderwerp {group.id}")
    group.state = GroupState.CONFIRMED
    session.commit()
    row = add_concern(session, COORDINATOR, item_id=item.id, about=f"onderwerp {group.id}")
    assert row.challenge_group_id == group.id


def test_what_it_is_about_is_taken_away_by_who_prepares_it(session, item):
    row = add_concern(session, COORDINATOR, item_id=item.id, about=f"risico {make_risk(session).code}")
    with pytest.raises(PermissionDenied):
        drop_concern(session, director(session, "wervik"), concern_id=row.id)
    assert kept(session, item) == [row]
    drop_concern(session, COORDINATOR, concern_id=row.id)
    assert kept(session, item) == []
    with pytest.raises(RowNotFound):
        drop_concern(session, COORDINATOR, concern_id=row.id)
