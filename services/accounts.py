"""Signing in and out, and keeping the accounts; passwords are argon2id, sessions opaque tokens kept as digests."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

import settings
from data_access.commands import accounts as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import accounts as queries
from data_access.queries import state as state_queries
from data_access.queries import wilayah as wilayah_queries
from domain.errors import InvalidInput, NotFound, NotPermitted, Problem, SignInRefused, StaleEdit, TooManyAttempts
from domain.permissions import ROLES, Actor, Permission, Role, Scope, require
from services import clock

if TYPE_CHECKING:
    import pandas as pd

_hasher = PasswordHasher()  # argon2id with the library's present parameters
SAMPLE_CLOSED = "masuk_contoh_ditutup"
MIN_PASSWORD = 10
# Failures are counted in the database, per account and address, per address, and in all (RELIABILITY R24): a stranger
# elsewhere cannot lock an account, because only the pair of account and address is held back for long.
PAIR_LIMIT, PAIR_WINDOW = 8, timedelta(minutes=15)
ADDRESS_LIMIT, ALL_LIMIT, MINUTE = 20, 300, timedelta(minutes=1)
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0, 1: the password is read aloud or typed from paper


def cookie_name() -> str:
    """The name of the session cookie; behind TLS it has the prefix that a neighbouring host cannot overwrite."""
    return "__Host-pilar_sesi" if settings.load().secure_cookie else "pilar_sesi"


def digest(token: str) -> str:
    """What is stored of a secret token."""
    return hashlib.sha256(token.encode()).hexdigest()


@cache
def _nobody() -> str:
    """A hash that no password fits, so that an unknown user takes as long as a wrong password."""
    return _hasher.hash(secrets.token_hex(16))


def hash_password(password: str) -> str:
    """The argon2id hash that is stored of a password; takes about 90 ms."""
    return _hasher.hash(password)


def _matches(stored: str | None, password: str) -> bool:
    try:
        return _hasher.verify(stored or _nobody(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def _actor(row: dict[str, Any]) -> Actor:
    return Actor(
        row["id"],
        row["nama_pengguna"],
        row["nama"],
        ROLES[row["peran"]],
        Scope(row["wilayah"]),
        row["contoh"],
        row["sandi_sekali"],
    )


def sign_in(username: str, password: str, address: str) -> str:
    """A fresh session token; SignInRefused for a wrong user or password, TooManyAttempts after too many failures."""
    now, user_digest = clock.now(), digest("pengguna:" + username.strip().lower())
    with reading() as connection:
        if queries.failures(connection, now - PAIR_WINDOW, user_digest=user_digest, address=address) >= PAIR_LIMIT:
            raise TooManyAttempts(int(PAIR_WINDOW.total_seconds()))
        in_minute = queries.failures(connection, now - MINUTE, address=address)
        if in_minute >= ADDRESS_LIMIT or queries.failures(connection, now - MINUTE) >= ALL_LIMIT:
            raise TooManyAttempts(int(MINUTE.total_seconds()))
        row = queries.by_username(connection, username.strip().lower())
    # Outside any transaction: a hash takes about 90 ms.
    if not _matches(row["sandi"] if row else None, password) or row is None or not row["aktif"] or row["contoh"]:
        with writing() as connection:
            commands.note_failure(connection, user_digest, address, now)
            nobody = Actor(None, "-", "-", ROLES["pelatih"], Scope(None))
            trail.record(connection, trail.audit_row(nobody, now, "masuk_ditolak", "sesi", after={"alamat": address}))
        raise SignInRefused()
    return _open(_actor(row), address)


def _open(actor: Actor, address: str) -> str:
    token, now = secrets.token_urlsafe(32), clock.now()
    assert actor.user_id is not None
    with writing() as connection:
        commands.open_session(connection, digest(token), actor.user_id, now, settings.load().session_hours)
        trail.record(connection, trail.audit_row(actor, now, "masuk", "sesi", after={"alamat": address}))
    return token


def actor_of(token: str | None) -> Actor | None:
    """Whoever the token signs in at this very moment, role and scope read afresh; None when nobody."""
    if not token or len(token) > 200:
        return None
    with reading() as connection:
        row = queries.by_session(connection, digest(token), clock.now())
    if row is None or (row["contoh"] and not sample_sign_in_open()):
        return None
    return _actor(row)


def sign_out(token: str | None) -> None:
    """Ends the token's session; nothing happens when it had none."""
    actor = actor_of(token)
    if token and actor:
        with writing() as connection:
            commands.revoke_session(connection, digest(token), clock.now())
            trail.record(connection, trail.audit_row(actor, clock.now(), "keluar", "sesi"))


def sample_sign_in_open() -> bool:
    """True while one-click sample roles may be offered: nothing but sample data was ever stored, and loopback only."""
    with reading() as connection:
        return settings.load().loopback and state_queries.state(connection, SAMPLE_CLOSED) is None


def close_sample_sign_in() -> None:
    """Takes the one-click sample roles away for good; called when the server listens beyond this computer."""
    with writing() as connection:
        close_sample_sign_in_in(connection)


def close_sample_sign_in_in(connection: Connection) -> None:
    """The same inside a write that stores the first real row."""
    if state_queries.state(connection, SAMPLE_CLOSED) is None:
        trail.set_state(connection, SAMPLE_CLOSED, clock.now().isoformat())


def sample_roles() -> list[tuple[str, str]]:
    """(user name, role id) of the sample accounts, in the order of the roles; empty when they may not be used."""
    if not sample_sign_in_open():
        return []
    with reading() as connection:
        frame = queries.users(connection, Scope(None))
    rows = frame.to_dict("records")
    found: dict[str, str] = {row["peran"]: row["nama_pengguna"] for row in rows if row["contoh"] and row["aktif"]}
    return [(found[role], role) for role in ROLES if role in found]


def sign_in_sample(username: str, address: str) -> str:
    """A session token for a sample account; SignInRefused once sample sign-in is closed."""
    if not sample_sign_in_open():
        raise SignInRefused()
    with reading() as connection:
        row = queries.by_username(connection, username)
    if row is None or not row["contoh"] or not row["aktif"]:
        raise SignInRefused()
    return _open(_actor(row), address)


def one_time_password() -> str:
    """A password to hand over once: 16 characters in groups of four, 80 bits."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(16))
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


def _check_password(password: str, username: str) -> None:
    weak = {"password", "kata sandi", "1234567890", "qwertyuiop", "dinassosial", "indonesia1", "bismillah1"}
    if len(password) < MIN_PASSWORD or password.lower() in weak or username.lower() in password.lower():
        raise InvalidInput([Problem("kata_sandi", "", "sandi_lemah", {"panjang": str(MIN_PASSWORD)})])


def change_own_password(by: Actor, old: str, new: str) -> None:
    """Replaces the actor's password and ends every session of theirs; SignInRefused when the old one is wrong.

    Wrong old passwords count like failed sign-ins: a stolen session must not be a way to guess the password.
    """
    now, own_digest = clock.now(), digest("sandi:" + by.username)
    with reading() as connection:
        if queries.failures(connection, now - PAIR_WINDOW, user_digest=own_digest) >= PAIR_LIMIT:
            raise TooManyAttempts(int(PAIR_WINDOW.total_seconds()))
        row = queries.by_username(connection, by.username)
    if row is None or by.user_id is None or by.contoh or not _matches(row["sandi"], old):
        with writing() as connection:
            commands.note_failure(connection, own_digest, "-", now)
            trail.record(connection, trail.audit_row(by, now, "ganti_sandi_ditolak", "pengguna", by.user_id))
        raise SignInRefused("sandi_lama_salah")
    _check_password(new, by.username)
    if new == old:
        raise InvalidInput([Problem("kata_sandi", "", "sandi_tetap_sama")])
    hashed = _hasher.hash(new)
    with writing() as connection:
        trail.bump(connection, "pengguna")
        commands.change_user(connection, by.user_id, None, {"sandi": hashed, "sandi_sekali": False})
        commands.revoke_user(connection, by.user_id, now)
        trail.record(connection, trail.audit_row(by, now, "ganti_sandi", "pengguna", by.user_id))


def users(by: Actor) -> pd.DataFrame:
    """The accounts in the actor's region, one row each."""
    require(by, Permission.MANAGE_USERS)
    with reading() as connection:
        return queries.users(connection, by.scope)


def _problems(name: str, role: str) -> list[Problem]:
    found = [] if 1 <= len(name) <= 100 else [Problem("nama", name, "nama_kosong")]
    return found if role in ROLES else [*found, Problem("peran", role, "peran_tidak_dikenal")]


def add_user(by: Actor, username: str, name: str, role: str, wilayah: str | None) -> str:
    """Makes an account in the actor's region and returns its one-time password, which is stored nowhere."""
    require(by, Permission.MANAGE_USERS)
    scope, username, name = by.scope.narrow(wilayah), username.strip().lower(), " ".join(name.split())
    problems = []
    if not (3 <= len(username) <= 40 and all(c.isascii() and (c.isalnum() or c in "._-") for c in username)):
        problems.append(Problem("nama_pengguna", username, "nama_pengguna_keliru"))
    problems += _problems(name, role)
    password, now = one_time_password(), clock.now()
    hashed = _hasher.hash(password)
    with writing() as connection:
        trail.bump(connection, "pengguna")
        if queries.by_username(connection, username):
            problems.append(Problem("nama_pengguna", username, "nama_pengguna_terpakai"))
        if scope.root is not None and not wilayah_queries.exists(connection, scope.root):
            problems.append(Problem("wilayah", scope.root, "wilayah_tidak_dikenal", {"kode": scope.root}))
        if problems:
            raise InvalidInput(problems)
        values = {
            "nama_pengguna": username,
            "nama": name,
            "sandi": hashed,
            "sandi_sekali": True,
            "peran": role,
            "wilayah": scope.root,
            "dibuat_pada": now,
        }
        user_id = commands.add_user(connection, values)
        after = {"nama_pengguna": username, "peran": role, "wilayah": scope.root}
        trail.record(
            connection, trail.audit_row(by, now, "tambah", "pengguna", user_id, wilayah=scope.root, after=after)
        )
    return password


def _own(by: Actor, user_id: int) -> dict[str, Any]:
    """The account when it lies in the actor's region, else NotFound; nobody changes their own role or lock here."""
    require(by, Permission.MANAGE_USERS)
    with reading() as connection:
        row = queries.by_id(connection, user_id)
    if row is None or not by.scope.covers(row["wilayah"]):
        raise NotFound()
    return row


def reset_password(by: Actor, user_id: int) -> str:
    """Gives an account a new one-time password, ends its sessions, and returns the password."""
    row, password, now = _own(by, user_id), one_time_password(), clock.now()
    if row["contoh"]:
        raise NotPermitted("akun_contoh")
    hashed = _hasher.hash(password)
    with writing() as connection:
        trail.bump(connection, "pengguna")
        commands.change_user(connection, user_id, None, {"sandi": hashed, "sandi_sekali": True})
        commands.revoke_user(connection, user_id, now)
        trail.record(
            connection, trail.audit_row(by, now, "atur_ulang_sandi", "pengguna", user_id, wilayah=row["wilayah"])
        )
    return password


def end_sessions(by: Actor, user_id: int) -> None:
    """Signs an account out everywhere; its password stays."""
    row, now = _own(by, user_id), clock.now()
    with writing() as connection:
        commands.revoke_user(connection, user_id, now)
        trail.record(connection, trail.audit_row(by, now, "akhiri_sesi", "pengguna", user_id, wilayah=row["wilayah"]))


def change_user(
    by: Actor,
    user_id: int,
    version: int,
    *,
    name: str,
    role: str,
    wilayah: str | None,
    active: bool,
    reason: str | None,
) -> None:
    """Changes an account; its sessions end when it is switched off or its role or region changed."""
    row, now = _own(by, user_id), clock.now()
    scope, name = by.scope.narrow(wilayah), " ".join(name.split())
    if row["contoh"]:
        raise NotPermitted("akun_contoh")
    problems = _problems(name, role)
    if reason is not None and not reason.strip():  # None: the command line, whose caller is asked for none
        problems.append(Problem("alasan", "", "alasan_kosong"))
    with reading() as connection:
        if scope.root is not None and not wilayah_queries.exists(connection, scope.root):
            problems.append(Problem("wilayah", scope.root, "wilayah_tidak_dikenal", {"kode": scope.root}))
    if problems:
        raise InvalidInput(problems)
    after = {"nama": name, "peran": role, "wilayah": scope.root, "aktif": active}
    before = {key: row[key] for key in after}
    if before == after:
        return
    with writing() as connection:
        trail.bump(connection, "pengguna")
        if not commands.change_user(connection, user_id, version, after):
            raise StaleEdit()
        if queries.count_active_admins(connection) == 0:
            raise NotPermitted("admin_terakhir")
        if {**before, "nama": ""} != {**after, "nama": ""}:
            commands.revoke_user(connection, user_id, now)
        entry = trail.audit_row(
            by, now, "ubah", "pengguna", user_id, wilayah=scope.root, before=before, after=after, reason=reason
        )
        trail.record(connection, entry)


def find_user(by: Actor, username: str) -> dict[str, Any]:
    """One account by user name, NotFound when there is none in the actor's region."""
    require(by, Permission.MANAGE_USERS)
    with reading() as connection:
        row = queries.by_username(connection, username.strip().lower())
    if row is None or not by.scope.covers(row["wilayah"]):
        raise NotFound("pengguna_tidak_ada", nama=username)
    return _own(by, row["id"])


def role_of(role_id: str) -> Role:
    """The role of that id; NotFound when there is none."""
    if role_id not in ROLES:
        raise NotFound("peran_tidak_dikenal")
    return ROLES[role_id]
