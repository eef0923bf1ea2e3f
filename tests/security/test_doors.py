"""The public door: one LKS never reads, completes or overwrites what another handed in, however it asks."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from data_access import secrets, submitted_files
from data_access.tables_pengajuan import gagal_pintu, pengajuan_berkas
from domain import tickets
from domain.errors import AlreadyDone, NotPermitted, SignInRefused, SignInRequired, TooManyAttempts
from domain.permissions import Actor
from services import application_doors as doors
from services import application_review as review
from services import application_standing as standing
from services import application_uploads as uploads
from tests.application_rows import ADDRESS, announce, hand_in, jpeg, new_key, rows, upload
from tests.register_rows import lks_row, store

GUESSES = int(os.environ.get("PILAR_TEBAKAN", "200"))  # of tickets, per way of guessing; 10000 for the long form


def test_a_cookie_opens_only_what_it_was_given_for(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    """The cookie of one ticket, turned over bit by bit, never opens another application, nor a link's profile."""
    mine, other = hand_in(), hand_in(nama="Panti Lain")
    cookie, theirs = doors.ticket_session(mine.id), doors.ticket_session(other.id)
    assert (doors.read_ticket_session(cookie), doors.read_ticket_session(theirs)) == (mine.id, other.id)
    middle = len(cookie) // 2
    forged = {cookie[:middle] + theirs[middle:], theirs[:middle] + cookie[middle:]} - {cookie, theirs}
    forged |= {cookie[:at] + ("A" if cookie[at] != "A" else "B") + cookie[at + 1 :] for at in range(len(cookie) - 1)}
    opened = set()
    for token in forged:
        try:
            opened.add(doors.read_ticket_session(token))
        except SignInRequired:
            continue
    assert len(forged) > 20 and other.id not in opened and opened <= {mine.id}
    for cross in (cookie, theirs):
        with pytest.raises(SignInRequired):
            doors.linked(cross)
    assert standing.standing(doors.read_ticket_session(cookie)).ticket == tickets.shown_ticket(mine.ticket)


def test_a_link_reads_its_own_lks_and_no_other(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    """The token of LKS A, its cookie, and the cookie read as a ticket: nothing of LKS B, in the same city."""
    a, b = store(lks_row("Panti Satu", "33.71.01"), lks_row("Panti Dua", "33.71.01"))
    operator = actor("operator", "33.71")
    paths = [doors.make_link(operator, lks_id, "Pengurus", f"t-{lks_id}").partition("#")[2] for lks_id in (a, b)]
    cookies = [doors.open_link(path, ADDRESS) for path in paths]
    for lks_id, cookie in zip((a, b), cookies, strict=True):
        own = doors.linked(cookie)
        assert own.record["id"] == lks_id
        with pytest.raises(SignInRequired):
            doors.read_ticket_session(cookie)
    hand_in(lks_id=b, alamat="Jalan Baru 2")
    assert doors.sent(doors.linked(cookies[0])) == [] and len(doors.sent(doors.linked(cookies[1]))) == 1
    for token in (paths[0][:-1] + ("A" if paths[0][-1] != "A" else "B"), paths[0][:16] + paths[1][16:]):
        with pytest.raises(SignInRefused):
            doors.open_link(token, ADDRESS)
    [link] = doors.links(operator, a)
    doors.revoke_link(operator, a, link["id"], "t-cabut")
    with pytest.raises(SignInRequired):
        doors.linked(cookies[0])
    assert doors.linked(cookies[1]).record["id"] == b


def test_a_file_never_takes_the_place_of_anothers(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    """Without the application's own secret key a file lies with no application; with a file's key nothing is rewritten."""
    mine, photo, strange = hand_in(), jpeg(), jpeg(160, 120)
    key = new_key()
    upload(mine.kunci, photo, "akta", key)
    kept = submitted_files.read(key)
    # Another phone begins with the same file key: told as used, the bytes stay.
    for told in (announce(mine.kunci, strange), announce(new_key(), strange), announce(mine.kunci, strange, "npwp")):
        with pytest.raises(AlreadyDone):
            uploads.put(key, 0, strange, told, "10.0.0.9")
    assert submitted_files.read(key) == kept
    # Keys near the right one, its ticket or number in its place: of no application.
    near = mine.kunci[:-1] + ("0" if mine.kunci[-1] != "0" else "1")
    for guess in (near, new_key()):
        upload(guess, strange, "npwp")
    stored = rows(pengajuan_berkas)
    assert {row["pengajuan_id"] for row in stored if row["kunci"] != key} == {None}
    assert [paper["kode"] for paper in standing.standing(mine.id).papers if paper["ada"]] == ["akta"]
    # Whoever does hold the key adds a paper while the application is open, and nothing once it is decided.
    operator = actor("operator", "33.71")
    review.check(operator, mine.id, _version(mine.id), "t-periksa")
    review.refuse(operator, mine.id, _version(mine.id), "bukan LKS", "t-tolak")
    with pytest.raises(NotPermitted) as refused:
        upload(mine.kunci, strange, "npwp")
    assert refused.value.code == "pengajuan_sudah_selesai" and len(rows(pengajuan_berkas)) == len(stored)


def _version(application_id: int) -> int:
    return int(standing.standing(application_id).row["versi"])


@pytest.mark.parametrize("addresses", [1, 1000])
def test_guessed_tickets_open_nothing_while_right_ones_pass(addresses: int, fresh_db: Path) -> None:
    """A guesser at one address, or at a thousand, finds no application; whoever has a right ticket comes in meanwhile."""
    held = [hand_in(nama=f"Panti {number}") for number in range(5)]
    key = secrets.derived(tickets.TICKET_KEY)
    # Besides random letters: right tickets with one character changed, the nearest that somebody could mistype.
    hits, limited = 0, 0
    for number in range(GUESSES):
        near = list(held[number % 5].ticket)
        place = number % len(near)
        near[place] = tickets.ALPHABET[(tickets.ALPHABET.index(near[place]) + 1 + number % 7) % len(tickets.ALPHABET)]
        guess = "".join(near) if number % 2 else tickets.new_ticket(b"kunci tebakan" + number.to_bytes(4, "big"))
        address = f"10.{number % addresses // 250}.0.{number % addresses % 250}"
        try:
            doors.by_ticket(guess, address)
            hits += 1
        except SignInRefused:
            pass
        except TooManyAttempts:
            limited += 1
        if number % 20 == 19:
            own = held[number // 20 % 5]
            assert doors.by_ticket(own.ticket, address) == own.id, "a right ticket passes at the guesser's own address"
    assert hits == 0
    assert limited > 0 or addresses > 1, "one address is stopped"
    looked_up = [row for row in rows(gagal_pintu) if row["untuk"] == "tiket"]
    assert len(looked_up) <= max(1, GUESSES // 10_000) and tickets.well_formed(held[0].ticket, key)
