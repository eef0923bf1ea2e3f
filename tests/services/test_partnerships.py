"""The partnership log: kept by the LKKS itself, gone only with a reason."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from domain.errors import AlreadyDone, InvalidInput, NotFound, StaleEdit
from domain.permissions import Actor
from services import lkks, partnerships
from tests.lkks_rows import an_lkks, tokens, trail_of

Make = Callable[..., Actor]
LOG = {"tanggal": date(2026, 5, 4), "psks": "psm", "mitra": "Ikatan PSM", "kegiatan": "Pendataan bersama"}


def test_added_mended_and_taken_out(fresh_db: Path, actor: Make) -> None:
    an_lkks("33.71")
    by = actor("lkks", "33.71", 1)
    made = partnerships.add(by, "33.71", LOG, "t1")
    with pytest.raises(AlreadyDone):
        partnerships.add(by, "33.71", LOG, "t1")
    partnerships.edit(by, made, 1, {"hasil": "Dua kelurahan"}, "t2")
    with pytest.raises(StaleEdit):
        partnerships.edit(by, made, 1, {"hasil": "Tiga"}, "t3")
    found = lkks.profile(by, "33.71")
    assert found is not None
    assert [(row["mitra"], row["hasil"], row["versi"], row["contoh"]) for row in found.kemitraan] == [
        ("Ikatan PSM", "Dua kelurahan", 2, False)
    ]
    with pytest.raises(InvalidInput):
        partnerships.remove(by, made, 2, " ", "t4")
    with pytest.raises(StaleEdit):
        partnerships.remove(by, made, 1, "salah catat", "t5")
    partnerships.remove(by, made, 2, "salah catat", "t6")
    told = trail_of("kemitraan")
    assert [(row["aksi"], row["alasan"]) for row in told] == [
        ("tambah", None),
        ("ubah", None),
        ("hapus", "salah catat"),
    ]
    assert told[1]["sebelum"] == {"hasil": None} and told[2]["sebelum"]["hasil"] == "Dua kelurahan"


def test_refused_values_and_other_hands(fresh_db: Path, actor: Make) -> None:
    an_lkks("33.71", contoh=True)
    an_lkks("52.72")
    by = actor("lkks", "33.71")
    with pytest.raises(InvalidInput) as refused:
        partnerships.add(by, "33.71", LOG | {"psks": "x", "tanggal": date(2999, 1, 1), "lkks_id": 9}, "t1")
    assert sorted((one.column, one.code) for one in refused.value.problems) == [
        ("lkks_id", "bidang_tidak_dikenal"),
        ("psks", "pilihan_di_luar_daftar"),
        ("tanggal", "tanggal_di_depan"),
    ]
    made = partnerships.add(by, "33.71", LOG, "t2")
    for other in (actor("lkks", "33"), actor("lkks", "52.72"), actor("admin", "52")):
        with pytest.raises(NotFound):
            partnerships.edit(other, made, 1, {"hasil": "X"}, "t3")
        with pytest.raises(NotFound):
            partnerships.remove(other, made, 1, "mau saja", "t4")
        with pytest.raises(NotFound):
            partnerships.add(other, "33.71", LOG, "t5")
    with pytest.raises(NotFound):
        partnerships.add(actor("lkks", "33.72"), "33.72", LOG, "t6")
    assert tokens() == 1
    found = lkks.profile(by, "33.71")
    assert found is not None and found.kemitraan[0]["contoh"], "what a sample LKKS does goes with the sample"
