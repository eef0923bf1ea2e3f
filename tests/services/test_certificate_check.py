"""The public check: what it tells, to whom, and that guessing finds nothing."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from data_access import secrets
from data_access import tables_bimtek as t
from data_access.engine import reading, writing
from data_access.tables_pengajuan import gagal_pintu
from domain import certificate as rules
from domain.bimtek import ALPHABET
from domain.errors import SignInRefused, TooManyAttempts
from domain.permissions import Actor
from services import certificate_check, certificates, clock
from tests.certificate_rows import LAST, an_event, code_of

Make = Callable[..., Actor]
NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)


@pytest.fixture
def codes(fresh_db: Path, actor: Make, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two certificates of Kota Magelang: of the first its owner agreed to be named."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", NOW.date)
    event = an_event(2, tempat="Gedung A")
    made = certificates.issue(
        actor("pelatih", "33.71"), event.event_id, event.people, LAST, "a", named=event.people[:1]
    )
    return [code_of(one) for one in made]


def noted(what: str) -> int:
    with reading() as connection:
        query = select(func.count()).select_from(gagal_pintu).where(gagal_pintu.c.untuk == what)
        return int(connection.execute(query).scalar_one())


def test_it_tells_what_the_paper_says_and_the_name_only_when_agreed(codes: list[str]) -> None:
    found = certificate_check.by_code(f" {rules.shown_code(codes[0]).lower()} ", "10.0.0.1")
    assert found == certificate_check.Checked(
        nomor="1/V/2026",
        nama="Peserta Uji 001",
        judul="Bimtek uji",
        penyelenggara="Dinas Sosial",
        mulai=date(2026, 5, 22),
        selesai=date(2026, 5, 24),
        tempat="Gedung A",
        jp=4.0,
        tanggal=LAST,
        contoh=False,
        dicabut_pada=None,
        wilayah="33.71",
    )
    assert certificate_check.by_code(codes[1], "10.0.0.1").nama is None
    assert noted("sertifikat") == noted("sertifikat_bentuk") == 0


def test_a_withdrawn_one_is_told_with_its_date_and_not_its_reason(codes: list[str], actor: Make) -> None:
    by = actor("pelatih", "33.71")
    with reading() as connection:
        event_id = connection.execute(select(t.kegiatan.c.id)).scalar_one()
    one = certificates.entitled(by, event_id).issued[0]
    certificates.withdraw(by, one["id"], 1, "Alasan rahasia", "b")
    found = certificate_check.by_code(codes[0], "10.0.0.1")
    assert found.dicabut_pada == NOW and "Alasan rahasia" not in repr(found)


def test_it_tells_what_was_printed_when_the_event_was_renamed_later(codes: list[str]) -> None:
    with writing() as connection:
        connection.execute(update(t.kegiatan).values(judul="Judul baru"))
        connection.execute(update(t.peserta).values(nama="Nama Baru"))
    found = certificate_check.by_code(codes[0], "10.0.0.1")
    assert (found.judul, found.nama) == ("Bimtek uji", "Peserta Uji 001")


def test_of_ten_thousand_guesses_none_finds_a_certificate(codes: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Guesses of the right form, near a real code and far from it; the limits are lifted so that none is spared."""
    monkeypatch.setattr(certificate_check, "ALL_LIMIT", 10**9)
    monkeypatch.setattr(certificate_check, "ADDRESS_LIMIT", 10**9)
    monkeypatch.setattr(certificate_check.commands, "note", lambda *given: None)  # 10,000 commits say nothing more
    chance, key = random.Random(1), secrets.derived(rules.CODE_KEY)
    far = ["".join(chance.choices(ALPHABET, k=16)) for _ in range(5_000)]
    near = {codes[0][:at] + letter + codes[0][at + 1 :] for at in range(16) for letter in ALPHABET} - {codes[0]}
    shaped = [rules.new_code(key) for _ in range(5_000 - len(near))]
    found, possible = 0, 0
    for guess in [*far, *near, *shaped]:
        possible += rules.well_formed(guess, key)
        try:
            certificate_check.by_code(guess, "10.0.0.9")
            found += 1
        except SignInRefused:
            pass
    assert (len(far) + len(near) + len(shaped), found) == (10_000, 0)
    assert possible == len(shaped), "of all others the check characters alone tell"


def test_wrong_codes_are_limited_per_address_and_a_right_one_elsewhere_passes(codes: list[str]) -> None:
    for _ in range(certificate_check.ADDRESS_LIMIT):
        with pytest.raises(SignInRefused) as refused:
            certificate_check.by_code("SALAH", "10.0.0.9")
        assert refused.value.code == "sertifikat_tidak_dikenal"
    with pytest.raises(TooManyAttempts) as limited:
        certificate_check.by_code("SALAH", "10.0.0.9")
    assert limited.value.retry_after == 60
    with pytest.raises(SignInRefused):
        certificate_check.by_code("SALAH", "10.0.0.8")
    assert certificate_check.by_code(codes[0], "10.0.0.9").nomor == "1/V/2026", "malformed ones never stop a right one"
    assert noted("sertifikat_bentuk") == certificate_check.ADDRESS_LIMIT + 1


def test_well_formed_wrong_codes_stop_everything_from_their_address_for_a_minute(
    codes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = secrets.derived(rules.CODE_KEY)
    for _ in range(certificate_check.ADDRESS_LIMIT):
        with pytest.raises(SignInRefused):
            certificate_check.by_code(rules.new_code(key), "10.0.0.9")
    with pytest.raises(TooManyAttempts):
        certificate_check.by_code(codes[0], "10.0.0.9")
    assert certificate_check.by_code(codes[0], "10.0.0.8").nomor == "1/V/2026"
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(seconds=61))
    assert certificate_check.by_code(codes[0], "10.0.0.9").nomor == "1/V/2026"
