"""The way of an application: what may follow what, and that the LKS hands in nothing the Dinas decides."""

import pytest

from domain import pengajuan
from domain.errors import NotPermitted
from domain.lks import FIELDS


def test_the_way_with_one_return() -> None:
    status = "diterima"
    for step in ("periksa", "kembalikan", "lengkapi", "periksa", "terapkan"):
        status = pengajuan.advance(status, step)
    assert status == "diterapkan"
    assert pengajuan.allowed(status) == []


@pytest.mark.parametrize(
    ("status", "step"), [("diterima", "terapkan"), ("diterapkan", "tolak"), ("ditolak", "periksa")]
)
def test_a_step_that_is_not_next_is_refused(status: str, step: str) -> None:
    with pytest.raises(NotPermitted) as refused:
        pengajuan.advance(status, step)
    assert refused.value.code == "langkah_pengajuan_tidak_boleh"


def test_every_state_is_open_or_closed() -> None:
    assert set(pengajuan.STATES) - set(pengajuan.OPEN) == {"diterapkan", "ditolak"}


def test_fields_are_those_of_the_register_without_what_the_dinas_decides() -> None:
    assert set(pengajuan.FIELDS) <= set(FIELDS)
    decided = (
        "aktif",
        "tumbuh",
        "daftar",
        "daftar_nomor",
        "akreditasi",
        "diverifikasi_pada",
        "hasil_observasi",
        "ketua_nik",
    )
    assert not set(pengajuan.FIELDS) & set(decided)
