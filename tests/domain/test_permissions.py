"""Roles, what each may do, and the region an actor sees."""

import pytest

from domain.errors import NotFound, NotPermitted
from domain.permissions import COMMAND_LINE, ROLES, Actor, Permission, Scope, require

P = Permission
READERS = {P.VIEW_REGISTER, P.EXPORT_REGISTER, P.VIEW_LKKS}
DECIDERS = {P.VIEW_MEETINGS, P.RECORD_ACTIONS}
FOLLOWERS = READERS | {P.VIEW_EVENTS, P.VIEW_RESULTS}
TRAINERS = FOLLOWERS | {P.MANAGE_EVENTS, P.MANAGE_INSTRUMENTS, P.ENTER_ANSWERS, P.VIEW_PERSON_RESULTS}
EXPECTED: dict[str, set[Permission]] = {
    "kepala_dinas": FOLLOWERS | DECIDERS | {P.VIEW_AUDIT},
    "pelatih": TRAINERS,
    # runs its own affairs and changes none of the Dinas's data
    "lkks": FOLLOWERS | DECIDERS | {P.MANAGE_MEETINGS, P.MANAGE_LKKS},
    "operator": set(P) - {P.MANAGE_USERS, P.VIEW_AUDIT, P.MANAGE_SAMPLE, P.MANAGE_MEETINGS, P.MANAGE_LKKS},
    "admin": set(P),
}


@pytest.mark.parametrize("role", list(EXPECTED))
def test_a_role_may_exactly_what_it_is_for(role: str) -> None:
    actor = Actor(1, "uji", "Uji", ROLES[role], Scope(None))
    assert {permission for permission in Permission if actor.may(permission)} == EXPECTED[role]


def test_there_is_no_further_role() -> None:
    assert set(ROLES) == set(EXPECTED)
    assert all(role.id == name for name, role in ROLES.items())


def test_a_one_time_password_opens_nothing_until_replaced() -> None:
    actor = Actor(1, "uji", "Uji", ROLES["admin"], Scope(None), must_change_password=True)
    assert [permission for permission in Permission if actor.may(permission)] == []
    with pytest.raises(NotPermitted):
        require(actor, Permission.VIEW_REGISTER)


def test_require_names_the_missing_permission() -> None:
    require(COMMAND_LINE, Permission.MANAGE_SAMPLE)
    with pytest.raises(NotPermitted) as refused:
        require(Actor(1, "uji", "Uji", ROLES["lkks"], Scope(None)), Permission.IMPORT_REGISTER)
    assert refused.value.facts == {"izin": "impor_register"}


@pytest.mark.parametrize(
    ("root", "kode", "covered"),
    [
        (None, None, True),
        (None, "33.71", True),
        ("33", "33.71.01", True),
        ("33", "33", True),
        ("33", None, False),
        ("33.71", "33", False),
        ("33.71", "33.72", False),
        ("33.7", "33.71", None),  # not a code at all
        ("33.71.01", "33.71.01", True),
        ("33.71.01", "33.71", False),
        ("33.71.01", "33.71.02", False),
    ],
)
def test_a_scope_covers_its_subtree_and_no_more(root: str | None, kode: str | None, covered: bool | None) -> None:
    if covered is None:
        with pytest.raises(NotFound):
            Scope(root)
    else:
        assert Scope(root).covers(kode) is covered


@pytest.mark.parametrize("root", ["", "3", "3371", "33.71.01.1001", "33.71.", " 33", "33.71' OR '1'='1", "٣٣"])
def test_a_scope_is_made_of_a_code_only(root: str) -> None:
    with pytest.raises(NotFound):
        Scope(root)


def test_narrowing_never_widens() -> None:
    scope = Scope("33.71")
    assert scope.narrow(None) is scope
    assert scope.narrow("33.71.02") == Scope("33.71.02")
    for outside in ("33", "33.72", "34"):
        with pytest.raises(NotFound) as refused:
            scope.narrow(outside)
        assert refused.value.code == "wilayah_di_luar"
