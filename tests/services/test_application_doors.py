"""Tickets and personal links: guessed, expired, taken back, used; and nobody else's LKS behind any of them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from data_access import secrets
from data_access.tables import audit
from data_access.tables_pengajuan import gagal_pintu, tautan_lks
from domain import tickets
from domain.errors import AlreadyDone, NotFound, NotPermitted, SignInRefused, SignInRequired, TooManyAttempts
from domain.permissions import Actor
from services import application_doors as doors
from services import clock, keeping, profile
from tests.application_rows import ADDRESS, hand_in, rows

Make = Callable[..., Actor]
NEW = {"nama": "Panti Lama", "kode_wilayah": "33.71.01", "kluster": ["anak"], "ketua": "Ani", "alamat": "Jl. 1"}


@pytest.fixture
def lks_id(fresh_db: Path, actor: Make) -> int:
    keeping.create(actor("admin"), NEW | {"nama": "Panti Lain", "kode_wilayah": "33.74"}, "t-lain")
    return keeping.create(actor("admin"), NEW | {"ketua_telepon": "081234567890"}, "t-lks")


@pytest.fixture
def operator(actor: Make) -> Actor:
    return actor("operator", "33.71")


def token_of(path: str) -> str:
    assert path.startswith("/daftar/lks#")
    return path.partition("#")[2]


def wait(monkeypatch: pytest.MonkeyPatch, **by: int) -> None:
    later = clock.now() + timedelta(**by)
    monkeypatch.setattr(clock, "now", lambda: later)


def test_a_ticket_opens_its_own_application(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = hand_in(), hand_in(nama="Panti Lain")
    typed = " " + tickets.shown_ticket(mine.ticket).lower()
    assert doors.by_ticket(typed, ADDRESS) == mine.id != other.id
    cookie = doors.ticket_session(mine.id)
    assert doors.read_ticket_session(cookie) == mine.id
    for wrong in (None, "", cookie[:-1] + ("A" if cookie[-1] != "A" else "B"), "x" * 40):
        with pytest.raises(SignInRequired):
            doors.read_ticket_session(wrong)
    wait(monkeypatch, hours=13)
    with pytest.raises(SignInRequired):
        doors.read_ticket_session(cookie)


def test_guesses_meet_a_limit_that_right_tickets_do_not_share(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ack = hand_in()
    found = {"salah": 0, "terlalu_sering": 0}
    for number in range(60):
        guess = tickets.ALPHABET[number % 30] * 12 if number % 2 else f"PANTI{number}"
        with pytest.raises((SignInRefused, TooManyAttempts)) as refused:
            doors.by_ticket(guess, ADDRESS)
        found["salah" if isinstance(refused.value, SignInRefused) else "terlalu_sering"] += 1
    assert found == {"salah": doors.ADDRESS_LIMIT, "terlalu_sering": 60 - doors.ADDRESS_LIMIT}
    noted = [row["untuk"] for row in rows(gagal_pintu) if row["untuk"] != "kirim"]
    assert noted == ["tiket_bentuk"] * doors.ADDRESS_LIMIT  # what cannot be a ticket is never looked up
    assert doors.by_ticket(ack.ticket, ADDRESS) == ack.id
    wait(monkeypatch, hours=2)
    with pytest.raises(SignInRefused):
        doors.by_ticket("PANTI", ADDRESS)
    assert len(rows(gagal_pintu)) == 1  # what was noted is forgotten after an hour


def test_tickets_that_could_be_ours_are_tried_twenty_times_a_minute(
    fresh_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = secrets.derived(tickets.TICKET_KEY)
    ack = hand_in()
    for _ in range(doors.ADDRESS_LIMIT):
        with pytest.raises(SignInRefused):
            doors.by_ticket(tickets.new_ticket(key), ADDRESS)
    for guess in (tickets.new_ticket(key), ack.ticket):
        with pytest.raises(TooManyAttempts):
            doors.by_ticket(guess, ADDRESS)
    assert doors.by_ticket(ack.ticket, "10.0.0.9") == ack.id
    monkeypatch.setattr(doors, "ALL_LIMIT", doors.ADDRESS_LIMIT)
    with pytest.raises(TooManyAttempts):
        doors.by_ticket(ack.ticket, "10.0.0.9")
    wait(monkeypatch, minutes=2)
    assert doors.by_ticket(ack.ticket, ADDRESS) == ack.id


def test_a_link_opens_one_profile_with_its_phones_masked(lks_id: int, operator: Actor) -> None:
    token = token_of(doors.make_link(operator, lks_id, "Ketua Ani", "t-tautan"))
    assert len(token) == 32 and token not in str(rows(tautan_lks)) and token not in str(rows(audit))
    own = doors.linked(doors.open_link(token, ADDRESS))
    assert (own.record["id"], own.record["nama"], own.record["ketua"]) == (lks_id, "Panti Lama", "Ani")
    assert own.record["ketua_telepon"] == "*" * 10 + "7890" and own.record["ketua_nik"] is None
    assert own.path[:2] == ["Jawa Tengah", "Kota Magelang"]
    trail = [(row["aksi"], row["pelaku"], row["wilayah"]) for row in rows(audit) if row["objek"] == "tautan_lks"]
    assert trail == [
        ("buat_tautan", operator.username, "33.71"),
        ("pakai_tautan", "pendaftaran-daring", "33.71"),
    ]


def test_a_link_ends_when_it_is_taken_back_expired_or_the_lks_archived(
    lks_id: int, operator: Actor, actor: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = [token_of(doors.make_link(operator, lks_id, None, f"t{n}")) for n in range(3)]
    cookies = [doors.open_link(token, ADDRESS) for token in tokens]
    first, second, third = reversed(doors.links(operator, lks_id))
    assert [first["berlaku"], second["berlaku"], "sidik" in first] == [True, True, False]
    doors.revoke_link(operator, lks_id, first["id"], "c1")
    for attempt in (lambda: doors.open_link(tokens[0], ADDRESS), lambda: doors.linked(cookies[0])):
        with pytest.raises((SignInRefused, SignInRequired)):
            attempt()
    assert doors.linked(cookies[1]).link_id == second["id"]
    with pytest.raises(NotFound):
        doors.revoke_link(operator, lks_id, first["id"], "c2")
    assert [row["berlaku"] for row in doors.links(operator, lks_id)] == [True, True, False]
    admin = actor("admin")
    keeping.archive(admin, lks_id, profile.profile(admin, lks_id).record["versi"], "tutup", "t-arsip")
    with pytest.raises(NotFound):
        doors.open_link(tokens[1], ADDRESS)
    with pytest.raises(NotFound):
        doors.linked(cookies[1])
    wait(monkeypatch, days=doors.LINK_DAYS + 1)
    with pytest.raises(SignInRefused):
        doors.open_link(tokens[2], ADDRESS)
    assert not any(row["berlaku"] for row in doors.links(operator, lks_id)) and third["dibuat_oleh"] == "uji.operator"


def test_wrong_links_are_counted_and_a_right_one_always_passes(lks_id: int, operator: Actor) -> None:
    token = token_of(doors.make_link(operator, lks_id, None, "t"))
    for number in range(doors.ADDRESS_LIMIT):
        with pytest.raises(SignInRefused):
            doors.open_link(f"{number:032d}" if number % 2 else "x", ADDRESS)
    with pytest.raises(TooManyAttempts):
        doors.open_link("0" * 32, ADDRESS)
    assert doors.linked(doors.open_link(token, ADDRESS)).record["id"] == lks_id


def test_links_are_made_once_by_those_who_may_and_only_for_their_region(lks_id: int, actor: Make) -> None:
    operator, other = actor("operator", "33.71"), actor("operator", "33.74")
    doors.make_link(operator, lks_id, None, "sekali")
    with pytest.raises(AlreadyDone):
        doors.make_link(operator, lks_id, None, "sekali")
    link_id = doors.links(operator, lks_id)[0]["id"]
    for attempt in (
        lambda: doors.make_link(other, lks_id, None, "t1"),
        lambda: doors.revoke_link(other, lks_id, link_id, "t2"),
        lambda: doors.links(other, lks_id),
    ):
        with pytest.raises(NotFound):
            attempt()
    with pytest.raises(NotPermitted):
        doors.make_link(actor("lkks", "33.71"), lks_id, None, "t3")
    (row,) = rows(tautan_lks)
    assert row["dicabut_pada"] is None
