"""The table of rights, as it was agreed; and what a reach means for rows."""

import pytest

from portal.permissions import (
    GRANTS,
    Permission,
    PermissionDenied,
    Reach,
    Role,
    RowNotFound,
    Scope,
    Viewer,
    require,
    scope,
)

ALL, PARTNERS, ATELIERS = Reach.ALL, Reach.OWN_PARTNERS, Reach.OWN_ATELIERS
# the agreed table, a line a right: steering group, director, mayor, coordinator, atelier lead, administrator
AGREED: dict[Permission, tuple[Reach | None, ...]] = {
    Permission.VIEW_PORTAL: (ALL, ALL, ALL, ALL, ALL, ALL),
    Permission.VIEW_INTERNAL: (None, PARTNERS, None, ALL, None, ALL),
    Permission.EDIT_INVENTORY: (None, PARTNERS, None, ALL, None, ALL),
    Permission.EDIT_PARTICIPATION: (None, PARTNERS, None, ALL, None, ALL),
    Permission.EDIT_PROJECTS: (None, PARTNERS, None, ALL, ATELIERS, ALL),
    Permission.EDIT_DELIVERABLES: (None, None, None, ALL, ATELIERS, ALL),
    Permission.VIEW_MONEY_TOTALS: (ALL, ALL, ALL, ALL, ALL, ALL),
    Permission.VIEW_MONEY: (ALL, ALL, None, ALL, ATELIERS, ALL),
    Permission.EDIT_MONEY: (None, None, None, ALL, ATELIERS, ALL),
    Permission.EDIT_MEETINGS: (ALL, None, None, ALL, ATELIERS, ALL),
    Permission.EDIT_BRIEFS: (ALL, PARTNERS, None, ALL, ATELIERS, ALL),
    Permission.CLOSE_ACTIONS: (ALL, PARTNERS, None, ALL, None, ALL),
    Permission.FREEZE_MEETINGS: (None, None, None, ALL, None, ALL),
    Permission.VIEW_OPEN_MEETINGS: (ALL, ALL, None, ALL, ALL, ALL),
    Permission.CONFIRM_GROUPS: (None, None, None, ALL, None, ALL),
    Permission.IMPORT_DATA: (None, PARTNERS, None, ALL, ATELIERS, ALL),
    Permission.EXPORT_DATA: (ALL, ALL, ALL, ALL, ALL, ALL),
    Permission.VIEW_AUDIT: (None, None, None, ALL, None, ALL),
    Permission.MANAGE_PORTAL: (None, None, None, None, None, ALL),
    Permission.EDIT_OWN_ACCOUNT: (ALL, ALL, ALL, ALL, ALL, ALL),
}
ROLES = (Role.STEERING, Role.DIRECTOR, Role.MAYOR, Role.COORDINATOR, Role.ATELIER, Role.ADMIN)
CASES = [(role, right, AGREED[right][place]) for right in AGREED for place, role in enumerate(ROLES)]


def test_a_role_reaches_what_was_agreed_and_nothing_more():
    assert [(role, right, GRANTS[role].get(right)) for role, right, _ in CASES] == CASES


def test_the_agreed_table_leaves_no_role_and_no_right_out():
    assert set(AGREED) == set(Permission)
    assert set(ROLES) == set(Role) == set(GRANTS)


def test_asking_for_a_right_is_refused_exactly_where_it_is_not_granted():
    for role, right, reach in CASES:
        viewer = Viewer(role, partner_ids=frozenset({1}), atelier_ids=frozenset({1}))
        assert viewer.may(right) is (reach is not None), (role, right)
        if reach is None:
            with pytest.raises(PermissionDenied) as refused:
                require(viewer, right)
            assert refused.value.permission is right, role
        else:
            require(viewer, right)


def test_a_scope_holds_the_own_partners_the_own_ateliers_everything_or_nothing():
    expected = {
        ALL: Scope(None, None),
        PARTNERS: Scope(frozenset({7}), frozenset()),
        ATELIERS: Scope(frozenset(), frozenset({3})),
        None: Scope(frozenset(), frozenset()),
    }
    for role, right, reach in CASES:
        found = scope(Viewer(role, partner_ids=frozenset({7}), atelier_ids=frozenset({3})), right)
        assert found == expected[reach], (role, right)


def test_a_scope_of_nothing_reaches_no_row_not_even_one_of_nobody():
    nothing = Scope()
    assert nothing.nothing
    assert not nothing.everything
    assert not nothing.has_partner(1)
    assert not nothing.has_partner(None)
    assert not nothing.has_atelier(None)


def test_a_scope_of_everything_reaches_also_what_belongs_to_nobody():
    everything = Scope(None, None)
    assert everything.everything
    assert not everything.nothing
    assert everything.has_partner(None)
    assert everything.has_atelier(None)


def test_a_row_of_nobody_is_outside_the_scope_of_who_serves_some():
    own = Scope(frozenset({1, 2}), frozenset({5}))
    assert own.has_partner(2)
    assert not own.has_partner(3)
    assert not own.has_partner(None)
    assert own.has_atelier(5)
    assert not own.has_atelier(None)
    assert not own.nothing


def test_a_director_without_a_partner_reaches_nothing_of_its_own():
    lost = scope(Viewer(Role.DIRECTOR), Permission.EDIT_INVENTORY)
    assert lost.nothing


def test_an_atelier_lead_reaches_no_partner_and_a_director_no_atelier():
    both = {"partner_ids": frozenset({1}), "atelier_ids": frozenset({2})}
    assert not scope(Viewer(Role.ATELIER, **both), Permission.EDIT_PROJECTS).has_partner(1)
    assert not scope(Viewer(Role.DIRECTOR, **both), Permission.EDIT_PROJECTS).has_atelier(2)


def test_the_portal_itself_may_everything_and_is_nobody():
    portal = Viewer.system()
    assert portal.user_id is None
    assert all(portal.may(right) for right in Permission)


def test_two_viewers_who_serve_others_are_two_keys_of_a_cache():
    here, there = (Viewer(Role.DIRECTOR, 1, "An", frozenset({number})) for number in (1, 2))
    again = Viewer(Role.DIRECTOR, 1, "An", frozenset({1}))
    assert len({here, there, again}) == 2


def test_a_refusal_says_which_right_and_why_and_is_no_missing_row():
    refused = PermissionDenied(Permission.EDIT_MONEY, "dit atelier is niet van u")
    assert str(refused) == "edit_money: dit atelier is niet van u"
    assert str(PermissionDenied(Permission.EDIT_MONEY)) == "edit_money"
    assert not isinstance(refused, RowNotFound)
