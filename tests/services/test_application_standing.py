"""What is told to whoever holds a ticket, and how they complete exactly what was asked for."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from data_access.commands import applications as commands
from data_access.engine import writing
from data_access.tables import audit
from data_access.tables_pengajuan import pengajuan, pengajuan_berkas, pengajuan_isian, pengajuan_langkah
from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, StaleEdit
from services import application_standing as service
from services import clock, intake_store
from tests.application_rows import hand_in, jpeg, new_key, rows, upload

NOTHING: frozenset[str] = frozenset()


def return_it(application_id: int, *asked: str, note: str = "Akta tidak terbaca") -> None:
    """As the Dinas does it: the step, what is asked for, and the file that was refused."""
    now = intake_store.moment()
    with writing() as connection:
        values = {"status": "dikembalikan", "diminta": list(asked), "catatan": note, "lengkap_pada": None}
        connection.execute(update(pengajuan).where(pengajuan.c.id == application_id).values(**values, versi=2))
        commands.add_step(connection, application_id, "dikembalikan", now, "uji.operator", note)
        refuse = update(pengajuan_berkas).where(pengajuan_berkas.c.pengajuan_id == application_id)
        connection.execute(refuse.values(keadaan="ditolak", alasan="Buram"))


def complete(application_id: int, values: dict[str, Any], brought: frozenset[str] = NOTHING, token: str = "") -> None:
    service.complete(application_id, 2, values, brought, token or new_key())


def test_a_new_application_is_told_with_its_papers_and_no_secrets(fresh_db: Path) -> None:
    ack, other = hand_in(), hand_in(nama="Panti Lain")
    upload(ack.kunci, jpeg(20, 20), "akta")
    upload(other.kunci, jpeg(20, 20), "npwp")
    told = service.standing(ack.id)
    assert told.ticket.replace("-", "") == ack.ticket
    assert (told.row["status"], told.clock, told.asked, told.request) == ("diterima", None, [], None)
    assert not {"sidik_tiket", "tiket_sandi"} & told.row.keys()
    assert {paper["kode"]: paper["ada"] for paper in told.papers}["akta"] == 1
    assert {paper["kode"]: paper["ada"] for paper in told.papers}["npwp"] == 0
    with pytest.raises(NotFound):
        service.standing(999)


def test_what_was_asked_for_is_completed_and_starts_the_clock(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ack = hand_in()
    upload(ack.kunci, jpeg(20, 20), "akta")
    later = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    return_it(ack.id, "berkas:akta", "isian:telepon", "isian:ketua")
    told = service.standing(ack.id)
    assert [(one.kind, one.code, one.reason, one.have) for one in told.asked] == [
        ("berkas:", "akta", "Buram", False),
        ("isian:", "telepon", None, False),
        ("isian:", "ketua", None, False),
    ]
    akta = next(paper for paper in told.papers if paper["kode"] == "akta")
    assert (akta["ada"], akta["ditolak"], akta["alasan"]) == (0, True, "Buram")
    given = {"telepon": "0293 123456", "ketua": "Rina Uji", "nama": "Bukan yang diminta"}
    with pytest.raises(InvalidInput) as refused:
        complete(ack.id, given)  # the photograph from before the return does not count
    assert [problem.column for problem in refused.value.problems] == ["berkas:akta"]
    upload(ack.kunci, jpeg(20, 20), "akta")
    assert service.standing(ack.id).asked[0].have
    complete(ack.id, given, token="t-lengkap")
    (row,) = rows(pengajuan)
    assert (row["status"], row["diminta"], row["catatan"], row["versi"]) == ("dilengkapi", [], None, 3)
    assert row["lengkap_pada"] == clock.today() and row["tenggat"] > clock.today()
    fields = {one["bidang"]: (one["nilai"], one["keadaan"]) for one in rows(pengajuan_isian)}
    assert fields["telepon"] == ("+62293123456", "menunggu") and fields["ketua"] == ("Rina Uji", "menunggu")
    assert fields["nama"][0] == "Panti Asuhan Kasih Uji"  # only what was asked for
    (entry,) = [row for row in rows(audit) if row["aksi"] == "lengkapi_daring"]
    assert entry["sebelum"]["status"] == "dikembalikan" and entry["sesudah"]["status"] == "dilengkapi"
    told = service.standing(ack.id)
    assert told.clock is not None and told.clock.day == 0 and told.asked == []
    with pytest.raises(NotPermitted):
        complete(ack.id, given, token="t-lain")
    assert [step["status"] for step in rows(pengajuan_langkah)] == ["diterima", "dikembalikan", "dilengkapi"]


def test_a_paper_may_be_brought_to_the_office(fresh_db: Path) -> None:
    ack = hand_in()
    return_it(ack.id, "berkas:akta")
    with pytest.raises(InvalidInput):
        complete(ack.id, {}, frozenset({"npwp"}))
    complete(ack.id, {}, frozenset({"akta", "npwp"}))
    assert rows(pengajuan_langkah)[-1]["catatan"] == "Diantar ke kantor: Akta pendirian / akta notaris."


def test_nothing_is_stored_of_a_wrong_stale_or_repeated_completion(fresh_db: Path) -> None:
    ack = hand_in()
    return_it(ack.id, "isian:telepon")
    for values in ({}, {"telepon": ""}, {"telepon": "satu"}):
        with pytest.raises(InvalidInput):
            complete(ack.id, values)
    with pytest.raises(StaleEdit):
        service.complete(ack.id, 1, {"telepon": "0293123456"}, NOTHING, new_key())
    assert rows(pengajuan)[0]["status"] == "dikembalikan"
    complete(ack.id, {"telepon": "0293123456"}, token="sekali")
    with writing() as connection:
        connection.execute(update(pengajuan).values(status="dikembalikan", versi=2, diminta=["isian:telepon"]))
    with pytest.raises(AlreadyDone):
        complete(ack.id, {"telepon": "0293999999"}, token="sekali")
