"""Facts of a folder come in, are corrected, and leave alone what people wrote. On both databases."""

import json

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.commands.base import changed, command
from portal.commands.reference import Fact, Ref, ReferenceCounts, ReferenceRefused, carry_reference
from portal.db import models as m
from portal.permissions import Permission, PermissionDenied, Role, Viewer
from portal.vocabulary import AuditAction, ParticipationState, ProjectScope

PORTAL, PERSON = Viewer.system(), Viewer(Role.ADMIN)


def theme(code: str, title: str, where: str = "themes.csv, rij 2") -> Fact:
    return Fact(m.Theme, code, {"code": code}, {"title": title, "position": 90}, where)


def carry(session: Session, *facts: Fact, by: Viewer = PORTAL, **given) -> ReferenceCounts:
    rest = {"version": "v1", "programme": "Eb en vloed", "region": "De Kust", "synonyms": {}}
    return carry_reference(session, by, facts=facts, **rest | given)


def row_of(session: Session, code: str) -> m.Theme | None:
    return session.scalars(select(m.Theme).where(m.Theme.code == code)).one_or_none()


@pytest.fixture
def person(session: Session) -> Viewer:
    user = m.User(email="an@demo.example", name="An", role=Role.ADMIN)
    session.add(user)
    session.commit()
    return Viewer(Role.ADMIN, user.id)


@command(Permission.MANAGE_PORTAL)
def write_title(session: Session, by: Viewer, *, row: m.Theme, title: str) -> None:
    changed(row, title=title)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_the_portal_and_its_administrator_bring_facts_in(session: Session, role: Role):
    with pytest.raises(PermissionDenied):
        carry(session, theme("nieuw", "Nieuw"), by=Viewer(role))
    assert row_of(session, "nieuw") is None


def test_a_value_that_does_not_fit_is_refused_by_file_row_and_field_and_nothing_is_written(session: Session):
    before = session.scalar(select(func.count()).select_from(m.Theme))
    with pytest.raises(ReferenceRefused, match=r"themes.csv, rij 9: title telt 301 tekens"):
        carry(session, theme("goed", "Goed"), theme("lang", "x" * 301, "themes.csv, rij 9"))
    assert session.scalar(select(func.count()).select_from(m.Theme)) == before


def test_a_fact_that_points_at_what_did_not_come_before_it_stops_everything(session: Session):
    orphan = Fact(m.Part, "Z.1", {"atelier_id": Ref(m.Atelier, "Z"), "code": "1"}, {"title": "Deel"}, "x, rij 2")
    with pytest.raises(KeyError):
        carry(session, theme("eerst", "Eerst"), orphan)
    assert row_of(session, "eerst") is None


def test_a_new_fact_is_added_a_changed_one_corrected_and_the_same_one_left(session: Session):
    assert carry(session, theme("a", "A"), theme("b", "B")) == ReferenceCounts(added=2)
    assert carry(session, theme("a", "A"), theme("b", "Beter")) == ReferenceCounts(changed=1, unchanged=1)
    assert row_of(session, "b").title == "Beter"


def test_what_was_written_is_what_was_added_or_changed():
    assert ReferenceCounts(added=2, changed=3, unchanged=10).written == 5


def test_what_is_not_in_the_folder_stays(session: Session):
    carry(session, theme("blijft", "Blijft"))
    carry(session, theme("ander", "Ander"))
    assert row_of(session, "blijft") is not None


def test_no_facts_at_all_change_nothing_but_what_the_region_is_called(session: Session):
    assert carry(session) == ReferenceCounts()
    info = session.get_one(m.PortalInfo, 1)
    assert (info.programme, info.region, info.reference_version) == ("Eb en vloed", "De Kust", "v1")


def test_a_fact_may_point_at_one_of_the_same_folder_by_its_code(session: Session):
    atelier = Fact(m.Atelier, "Z", {"code": "Z"}, {"title": "Zee"}, "ateliers.csv, rij 2")
    part = Fact(m.Part, "Z.1", {"atelier_id": Ref(m.Atelier, "Z"), "code": "1"}, {"title": "Deel"}, "x, rij 2")
    carry(session, atelier, part)
    found = session.execute(select(m.Atelier.code).join(m.Part).where(m.Part.title == "Deel")).scalar_one()
    assert found == "Z"


def test_facts_are_traced_to_the_portal_with_what_they_say(session: Session):
    carry(session, theme("spoor", "Spoor"))
    row = session.scalars(select(m.Audit).order_by(m.Audit.sequence.desc())).first()
    assert (row.user_id, row.command, row.action) == (None, "carry_reference", AuditAction.CREATED)
    assert json.loads(row.after)["code"] == "spoor"


# -- what people wrote is theirs


def test_a_field_that_somebody_wrote_stays_and_the_others_follow(session: Session, person: Viewer):
    carry(session, theme("a", "A"))
    write_title(session, person, row=row_of(session, "a"), title="Van een mens")
    moved = Fact(m.Theme, "a", {"code": "a"}, {"title": "Verbeterd", "position": 7}, "themes.csv, rij 2")
    assert carry(session, moved).changed == 1
    assert (row_of(session, "a").title, row_of(session, "a").position) == ("Van een mens", 7)


def test_a_field_that_the_portal_itself_wrote_follows(session: Session):
    carry(session, theme("a", "A"))
    write_title(session, PORTAL, row=row_of(session, "a"), title="Van het portaal")
    carry(session, theme("a", "Verbeterd"))
    assert row_of(session, "a").title == "Verbeterd"


def coalition(state: ParticipationState = ParticipationState.MEMBER, *slugs: str) -> list[Fact]:
    project = Fact(
        m.Project, "R-ZZ", {"code": "R-ZZ"}, {"title": "Vuurtoren", "scope": ProjectScope.REGIONAL}, "projects, rij 2"
    )
    partners = [
        Fact(m.Partner, slug, {"slug": slug}, {"title": slug.title(), "kind": "gemeente"}, "partners, rij 2")
        for slug in ("oever", "kade", *slugs)
    ]
    parts = [
        Fact(
            m.Participation,
            f"R-ZZ/{fact.code}",
            {"project_id": Ref(m.Project, "R-ZZ"), "partner_id": Ref(m.Partner, fact.code)},
            {"state": state},
            "projects, rij 2",
            together=True,
        )
        for fact in partners
    ]
    return [*partners, project, *parts]


def states(session: Session) -> dict[str, ParticipationState]:
    rows = session.execute(
        select(m.Partner.slug, m.Participation.state)
        .join(m.Partner, m.Partner.id == m.Participation.partner_id)
        .join(m.Project, m.Project.id == m.Participation.project_id)
        .where(m.Project.code == "R-ZZ")
    )
    return dict(rows.all())


def test_a_coalition_that_nobody_touched_follows_the_folder(session: Session):
    carry(session, *coalition())
    carry(session, *coalition(ParticipationState.FOLLOWS, "duin"))
    assert states(session) == dict.fromkeys(("oever", "kade", "duin"), ParticipationState.FOLLOWS)


def test_a_coalition_of_which_one_state_was_touched_is_left_as_a_whole(session: Session, person: Viewer):
    @command(Permission.MANAGE_PORTAL)
    def decline(session: Session, by: Viewer, *, row: m.Participation) -> None:
        row.state = ParticipationState.DECLINED

    carry(session, *coalition())
    touched = session.scalars(
        select(m.Participation).join(m.Partner).where(m.Partner.slug == "kade").order_by(m.Participation.id.desc())
    ).first()
    decline(session, person, row=touched)
    carry(session, *coalition(ParticipationState.FOLLOWS, "duin"))
    assert states(session) == {"oever": ParticipationState.MEMBER, "kade": ParticipationState.DECLINED}


# -- the words to start with


def test_the_list_of_synonyms_is_a_beginning_and_never_comes_back(session: Session):
    session.execute(m.Synonym.__table__.delete())
    assert carry(session, synonyms={"zee": "oceaan", "strand": "kust"}).added == 2
    session.execute(m.Synonym.__table__.delete().where(m.Synonym.term == "zee"))
    assert carry(session, synonyms={"zee": "oceaan", "strand": "oever"}).added == 0
    assert dict(session.execute(select(m.Synonym.term, m.Synonym.meaning)).all()) == {"strand": "kust"}
