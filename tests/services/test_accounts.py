"""Accounts: who may keep whose, what a change ends, and what is refused (signing in: tests/web/test_sign_in.py)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy import select

from data_access import tables
from data_access.engine import reading
from domain.errors import InvalidInput, NotFound, NotPermitted, SignInRefused, StaleEdit
from domain.permissions import COMMAND_LINE, ROLES, Actor, Permission
from services import accounts

PROGRAM_HASHER = accounts._hasher  # before a test puts a quick one in its place
MakeActor = Callable[..., Actor]
CALLS: dict[str, Callable[[Actor, int], object]] = {
    "users": lambda by, _: accounts.users(by),
    "find_user": lambda by, _: accounts.find_user(by, "sari"),
    "add_user": lambda by, _: accounts.add_user(by, "baru", "Uji Baru", "lkks", None),
    "reset_password": lambda by, user_id: accounts.reset_password(by, user_id),
    "end_sessions": lambda by, user_id: accounts.end_sessions(by, user_id),
    "change_user": lambda by, user_id: accounts.change_user(
        by, user_id, 1, name="Uji", role="lkks", wilayah=by.scope.root, active=True, reason="uji"
    ),
}


@pytest.fixture(autouse=True)
def quick_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost next to nothing; that the real ones are argon2id is a test of its own."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    nobody = quick.hash("bukan siapa-siapa")
    monkeypatch.setattr(accounts, "_hasher", quick)
    monkeypatch.setattr(accounts, "_nobody", lambda: nobody)


def test_passwords_are_kept_as_strongly_as_the_library_advises() -> None:
    strong = PasswordHasher()
    found = extract_parameters(strong.hash("x"))
    assert (found.memory_cost, found.time_cost) >= (65_536, 3) and found.type.name == "ID"
    assert PROGRAM_HASHER.check_needs_rehash(strong.hash("x")) is False


@pytest.fixture
def sari(fresh_db: Path) -> int:
    accounts.add_user(COMMAND_LINE, "sari", "Uji Sari", "operator", "33.71")
    return int(accounts.find_user(COMMAND_LINE, "sari")["id"])


def trail() -> list[tuple[str, str, str | None]]:
    with reading() as connection:
        columns = (tables.audit.c.aksi, tables.audit.c.pelaku, tables.audit.c.objek_id)
        return [tuple(row) for row in connection.execute(select(*columns).order_by(tables.audit.c.id))]


@pytest.mark.parametrize("call", list(CALLS))
@pytest.mark.parametrize("role", list(ROLES))
def test_only_those_who_manage_users_may(sari: int, actor: MakeActor, role: str, call: str) -> None:
    before = trail()
    if Permission.MANAGE_USERS in ROLES[role].permissions:
        CALLS[call](actor(role), sari)
        return
    with pytest.raises(NotPermitted):
        CALLS[call](actor(role), sari)
    assert trail() == before


@pytest.mark.parametrize("call", ["find_user", "reset_password", "end_sessions", "change_user"])
def test_an_account_of_another_region_does_not_exist(sari: int, actor: MakeActor, call: str) -> None:
    for elsewhere in ("34", "33.08", "33.71.01"):
        with pytest.raises(NotFound):
            CALLS[call](actor("admin", elsewhere), sari)
    CALLS[call](actor("admin", "33"), sari)


def test_nobody_gives_more_region_than_they_have(sari: int, actor: MakeActor) -> None:
    with pytest.raises(NotFound):
        accounts.add_user(actor("admin", "33"), "baru", "Uji", "operator", "34.04")
    accounts.add_user(actor("admin", "33"), "baru", "Uji", "operator", None)  # "everything" is everything of theirs
    assert accounts.find_user(COMMAND_LINE, "baru")["wilayah"] == "33"
    with pytest.raises(NotFound):
        accounts.change_user(
            actor("admin", "33"), sari, 1, name="Uji", role="operator", wilayah="34", active=True, reason="uji"
        )


def test_the_list_ends_at_the_region(sari: int, actor: MakeActor) -> None:
    accounts.add_user(COMMAND_LINE, "tono", "Uji Tono", "operator", "34.04")
    assert list(accounts.users(actor("admin", "33"))["nama_pengguna"]) == ["sari"]
    assert set(accounts.users(actor("admin"))["nama_pengguna"]) == {"admin", "sari", "tono"}
    assert "sandi" not in accounts.users(actor("admin")).columns


@pytest.mark.parametrize(
    ("username", "name", "role", "wilayah", "codes"),
    [
        ("ab", "Uji", "operator", None, {"nama_pengguna_keliru"}),
        ("dua kata", "Uji", "operator", None, {"nama_pengguna_keliru"}),
        ("nämä", "Uji", "operator", None, {"nama_pengguna_keliru"}),
        ("a" * 41, "Uji", "operator", None, {"nama_pengguna_keliru"}),
        ("SARI", "Uji", "operator", None, {"nama_pengguna_terpakai"}),
        ("baru", "   ", "operator", None, {"nama_kosong"}),
        ("baru", "u" * 101, "operator", None, {"nama_kosong"}),
        ("baru", "Uji", "raja", None, {"peran_tidak_dikenal"}),
        ("baru", "Uji", "operator", "33.99", {"wilayah_tidak_dikenal"}),
        ("", "", "", None, {"nama_pengguna_keliru", "nama_kosong", "peran_tidak_dikenal"}),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said_at_once(
    sari: int, actor: MakeActor, username: str, name: str, role: str, wilayah: str | None, codes: set[str]
) -> None:
    before = trail()
    with pytest.raises(InvalidInput) as refused:
        accounts.add_user(actor("admin"), username, name, role, wilayah)
    assert {problem.code for problem in refused.value.problems} == codes
    assert trail() == before


def test_a_one_time_password_works_once_and_is_kept_nowhere(fresh_db: Path) -> None:
    password = accounts.add_user(COMMAND_LINE, "sari", "Uji Sari", "operator", None)
    assert len(password) == 19 and not set("IO01") & set(password)
    token = accounts.sign_in("sari", password, "127.0.0.1")
    who = accounts.actor_of(token)
    assert who is not None and who.must_change_password
    assert not any(who.may(permission) for permission in Permission)
    with reading() as connection:
        stored = connection.execute(select(tables.pengguna.c.sandi).where(tables.pengguna.c.id == who.user_id)).scalar()
        kept = connection.execute(select(tables.audit.c.sesudah)).scalars().all()
    assert str(stored).startswith("$argon2id$") and password not in str(kept)
    accounts.change_own_password(who, password, "hujan-bulan-november")
    with pytest.raises(SignInRefused):
        accounts.sign_in("sari", password, "127.0.0.1")
    after = accounts.actor_of(accounts.sign_in("sari", "hujan-bulan-november", "127.0.0.1"))
    assert after is not None and after.may(Permission.EDIT_REGISTER)


def test_every_password_is_another() -> None:
    assert len({accounts.one_time_password() for _ in range(1000)}) == 1000


def test_two_admins_do_not_overwrite_each_other(sari: int, actor: MakeActor) -> None:
    change: dict[str, Any] = {"role": "operator", "wilayah": "33.71", "active": True, "reason": "uji"}
    accounts.change_user(actor("admin"), sari, 1, name="Satu", **change)
    with pytest.raises(StaleEdit):
        accounts.change_user(actor("admin"), sari, 1, name="Dua", **change)
    assert accounts.find_user(COMMAND_LINE, "sari")["nama"] == "Satu"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": ""}, "nama_kosong"),
        ({"role": "raja"}, "peran_tidak_dikenal"),
        ({"wilayah": "33.99"}, "wilayah_tidak_dikenal"),
        ({"reason": "  "}, "alasan_kosong"),
    ],
)
def test_a_bad_change_is_refused(sari: int, actor: MakeActor, change: dict[str, str], code: str) -> None:
    values: dict[str, Any] = {
        "name": "Uji",
        "role": "operator",
        "wilayah": "33.71",
        "active": True,
        "reason": "uji",
    } | change
    with pytest.raises(InvalidInput) as refused:
        accounts.change_user(actor("admin"), sari, 1, **values)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_the_last_admin_cannot_be_switched_off(sari: int, actor: MakeActor) -> None:
    admin = accounts.find_user(COMMAND_LINE, "admin")
    changes: list[dict[str, Any]] = [{"role": "operator", "active": True}, {"role": "admin", "active": False}]
    for change in changes:
        with pytest.raises(NotPermitted) as refused:
            accounts.change_user(
                COMMAND_LINE, admin["id"], admin["versi"], name="Admin", wilayah=None, reason="uji", **change
            )
        assert refused.value.code == "admin_terakhir"
    assert accounts.find_user(COMMAND_LINE, "admin")["aktif"]


def test_sample_accounts_cannot_be_changed(seeded_db: Path, actor: MakeActor) -> None:
    user_id = int(accounts.find_user(COMMAND_LINE, accounts.sample_roles()[0][0])["id"])
    for call in ("reset_password", "change_user"):
        with pytest.raises(NotPermitted) as refused:
            CALLS[call](actor("admin"), user_id)
        assert refused.value.code == "akun_contoh"


def test_every_act_leaves_a_row(sari: int, actor: MakeActor) -> None:
    by, start = actor("admin"), len(trail())
    password = accounts.reset_password(by, sari)
    token = accounts.sign_in("sari", password, "127.0.0.1")
    accounts.sign_out(token)
    accounts.end_sessions(by, sari)
    accounts.change_user(by, sari, 2, name="Uji", role="lkks", wilayah="33.71", active=False, reason="pindah")
    with pytest.raises(SignInRefused):
        accounts.sign_in("sari", password, "127.0.0.1")
    assert trail()[start:] == [
        ("atur_ulang_sandi", "uji.admin", str(sari)),
        ("masuk", "sari", None),
        ("keluar", "sari", None),
        ("akhiri_sesi", "uji.admin", str(sari)),
        ("ubah", "uji.admin", str(sari)),
        ("masuk_ditolak", "-", None),
    ]


@pytest.mark.parametrize("token", [None, "", "tidak-ada", "a" * 201, "a" * 10_000, "\x00", "é"])
def test_a_made_up_token_is_nobody(fresh_db: Path, token: str | None) -> None:
    assert accounts.actor_of(token) is None
    accounts.sign_out(token)
