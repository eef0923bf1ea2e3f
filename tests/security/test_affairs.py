"""The affairs of the LKKS as a whole: what they may never change, what a second click does, what closing a meeting ends."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from data_access.engine import reading, writing
from data_access.tables import audit as audit_table
from data_access.tables_lkks import surat_rekomendasi
from data_access.tables_rapat import rapat, rapat_potret, tindak_lanjut
from domain.errors import AlreadyDone, InvalidInput, NotPermitted, StoreRefused
from domain.permissions import Actor, Permission
from services import (
    actions,
    application_review,
    audit,
    clock,
    freezing,
    letters,
    meetings,
    minutes,
    minutes_files,
    programs,
)
from tests.guard_rows import PERSONAL, hashes, plant
from tests.security.test_permissions import SERVICES, _arguments, _needed
from tests.security.test_swaps import SWAPS, Swap

P = Permission
OF_THE_DINAS = {
    *(P.EDIT_REGISTER, P.IMPORT_REGISTER, P.REVIEW_REGISTRATION, P.ARCHIVE_LKS, P.MERGE_LKS, P.MANAGE_PROGRAMS),
    *(P.MANAGE_EVENTS, P.MANAGE_INSTRUMENTS, P.ENTER_ANSWERS, P.MANAGE_USERS, P.MANAGE_SAMPLE),
}
READS = ("get", "minutes", "minutes_pdf", "minutes_docx", "screen", "snapshot", "profile", "links", "file", "reveal")
# What the planted rows have to be before the call can be made.
STATES: dict[str, dict[str, str]] = {
    "meetings.remove": {"meeting": "disiapkan"},
    "application_review.check": {"application": "diterima"},
}
# Services of the table that have nothing to do with the planted rows; their own tests give them something.
IDLE = {"agenda.reorder", "attendance_list.copy_before", "decisions.restore", "actions.restore"}
REFUSED = {"meetings.remove", "agenda.remove", "application_applying.apply"}
WRITES = [
    swap
    for swap in {(one.service, one.kinds[-1] if "actions" in one.service else ""): one for one in SWAPS}.values()
    if swap.service.partition(".")[2] not in READS and swap.service not in IDLE | REFUSED
]


def test_the_lkks_role_changes_none_of_the_data_of_the_dinas(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    """Register, applications, events, instruments, accounts, programs of the Dinas: each of their services refuses it."""
    own = plant("33.71", "SENDIRI")
    before, count = hashes(), 0
    for root in ("33.71", "33", None):
        by = actor("lkks", root, 1)
        assert not by.role.permissions & OF_THE_DINAS
        for name, service in SERVICES.items():
            if _needed(name) in OF_THE_DINAS:
                with pytest.raises(NotPermitted):
                    service(by, **_arguments(name, service))
                count += 1
        with pytest.raises(NotPermitted):
            programs.create(by, "dinas", "33.71", {"nama": "Program"}, "t-dinas")
        with pytest.raises(NotPermitted):
            programs.edit(by, "dinas", own["program_dinas"], 1, {"sasaran": "Anak"}, "t-dinas")
        with pytest.raises(NotPermitted):
            programs.remove(by, "dinas", own["program_dinas"], 1, "keliru", "t-dinas")
    assert hashes() == before and count >= 200


def test_a_letter_of_the_lkks_leaves_the_register_as_it_is(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    """A recommendation is a paper beside the register: no row of an LKS, its papers or its requests moves."""
    own, by = plant("33.71", "SENDIRI"), actor("lkks", "33.71", 1)
    before = hashes()
    letter = {"nomor": "9", "tanggal": clock.today(), "penandatangan": "Ketua"}
    letters.issue(by, own["surat"], 1, letter, "t-terbit")
    letters.withdraw(by, own["surat"], 2, "keliru", "t-cabut")
    moved = {name for name, mark in hashes().items() if mark != before[name]}
    assert moved <= {"surat_rekomendasi", "audit", "revisi_data", "permintaan", "keadaan"}
    assert "surat_rekomendasi" in moved


def _audit_rows() -> list[dict[str, Any]]:
    with reading() as connection:
        return [dict(row) for row in connection.execute(select(audit_table).order_by(audit_table.c.id)).mappings()]


def test_a_second_click_does_nothing_and_each_write_leaves_one_row_with_its_region(
    fresh_db: Path, actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every write of issue 4 twice with the same token: told as done, no table differs, one row of the trail."""
    by, reader = actor("admin", "33.71", 1), actor("kepala_dinas", "33.71", 1)
    done: list[str] = []
    for number, swap in enumerate(WRITES):
        own = plant("33.71", f"KLIK{number}", **STATES.get(swap.service, {}))
        if swap.service == "letters.request":  # one letter of an LKS waits at a time
            with writing() as connection:
                connection.execute(delete(surat_rekomendasi).where(surat_rekomendasi.c.lks_id == own["lks"]))
        before = len(_audit_rows())
        _call(swap, by, own)
        new = _audit_rows()[before:]
        assert len(new) == 1, (swap.service, [row["aksi"] for row in new])
        assert new[0]["wilayah"] == "33.71", (swap.service, new[0])
        after = hashes()
        with pytest.raises(AlreadyDone):
            _call(swap, by, own)
        assert hashes() == after, swap.service
        done.append(swap.service)
    assert len(done) >= 35 and len(set(done)) >= 30
    assert any(PERSONAL in repr((row["sebelum"], row["sesudah"])) for row in _audit_rows()), "there is a name to hide"
    told = audit.trail(reader, audit.Filters(), size=500)[0].to_csv()
    assert "KLIK" in told and PERSONAL not in told


def _call(swap: Swap, by: Actor, own: dict[str, Any]) -> None:
    if swap.service == "letters.issue":
        facts = {"nomor": own["t"], "tanggal": clock.today(), "penandatangan": PERSONAL}
        letters.issue(by, own["surat"], 1, facts, own["t"])
    elif swap.service == "application_review.attach":
        application_review.attach(by, own["pengajuan"], 1, None, own["t"])
    else:
        swap.call(by, own)


OF_A_MEETING = ("meetings", "agenda", "attendance_list", "decisions", "freezing", "actions")


def test_nothing_of_a_closed_meeting_changes(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    """After closing every service that runs a meeting is refused; who does an action and until when takes a reason."""
    own, by = plant("33.71", "TUTUP"), actor("admin", "33.71", 1)
    meetings.close(by, own["rapat"], 1, "t-tutup")
    frozen, told, before, count = (
        freezing.snapshot(by, own["rapat"]),
        minutes.minutes(by, own["rapat"]),
        hashes(),
        0,
    )
    allowed = ("tindak_lanjut_lepas",)
    for swap in SWAPS:
        module, _, name = swap.service.partition(".")
        free = name in READS or swap.kinds in (("wilayah",), ("lks",)) or swap.kinds == allowed
        if module not in OF_A_MEETING or free or swap.service in ("actions.edit", "actions.set_status"):
            continue
        with pytest.raises(NotPermitted) as refused:
            swap.call(by, own)
        assert refused.value.code == "rapat_sudah_ditutup", swap.service
        count += 1
    for values, reason in (({"apa": "Lain"}, "salah tulis"), ({"pic": "Ani"}, None), ({"lks_id": None}, "keliru")):
        with pytest.raises(InvalidInput):
            actions.edit(by, own["tindak_lanjut"], 1, values, "t-ubah", reason)
    with pytest.raises(InvalidInput):
        actions.set_status(by, own["tindak_lanjut"], 1, "selesai", " ", "t-tanpa-bukti")
    assert hashes() == before and count >= 18
    due = clock.today() + timedelta(days=9)
    actions.edit(by, own["tindak_lanjut"], 1, {"pic": "Ani", "tenggat": due}, "t-pic", "pindah tugas")
    actions.set_status(by, own["tindak_lanjut"], 2, "selesai", "Foto serah terima", "t-selesai")
    with reading() as connection:
        row = (
            connection.execute(select(tindak_lanjut).where(tindak_lanjut.c.id == own["tindak_lanjut"])).mappings().one()
        )
    assert (row["pic"], row["tenggat"], row["status"], row["bukti"]) == ("Ani", due, "selesai", "Foto serah terima")
    still = ("rapat", "rapat_butir", "rapat_hadir", "rapat_keputusan", "rapat_potret")
    now = hashes()
    assert [name for name in still if now[name] != before[name]] == []
    assert freezing.snapshot(by, own["rapat"]) == frozen and minutes.minutes(by, own["rapat"]) == told


@pytest.mark.parametrize("how", ["isi", "sidik", "hilang", "notulen", "tukar"])
def test_a_frozen_meeting_that_was_tampered_with_is_named(
    how: str, fresh_db: Path, actor: Callable[..., Actor]
) -> None:
    """Somebody with the database in hand changes what a closed meeting showed: it is refused, not shown."""
    own, by = plant("33.71", "TUTUP"), actor("admin", "33.71", 1)
    meetings.close(by, own["rapat"], 1, "t-tutup")
    panels = rapat_potret.c.butir == (0 if how == "notulen" else 1)
    with writing() as connection:
        query = select(rapat_potret).where(panels, rapat_potret.c.rapat_id == own["rapat"])
        first, *rest = connection.execute(query.order_by(rapat_potret.c.panel)).mappings().all()
        change = update(rapat_potret).where(rapat_potret.c.id == first["id"])
        if how in ("isi", "notulen"):
            connection.execute(change.values(isi=dict(first["isi"]) | {"kalimat": "Semua baik."}))
        elif how == "sidik":
            connection.execute(change.values(sidik="0" * 64))
        elif how == "hilang":
            connection.execute(delete(rapat_potret).where(rapat_potret.c.id == first["id"]))
        else:  # a whole panel with its own right mark in the place of another
            connection.execute(change.values(isi=dict(rest[0]["isi"]), sidik=rest[0]["sidik"]))
    for look in (freezing.snapshot, minutes.minutes, minutes_files.minutes_docx, minutes_files.minutes_pdf):
        with pytest.raises(StoreRefused):
            look(by, own["rapat"])
    with reading() as connection:
        assert connection.execute(select(rapat.c.status).where(rapat.c.id == own["rapat"])).scalar() == "ditutup"
