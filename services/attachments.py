"""What hangs on an LKS: its papers, the aid it received and the clients it served, each change audited."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from data_access.commands import profile as commands
from data_access.commands import trail
from data_access.engine import Connection
from data_access.queries import profile as queries
from data_access.queries.records import Record
from domain.errors import InvalidInput, NotFound, Problem, StaleEdit
from domain.impor import repair
from domain.permissions import Actor, Permission, require
from services import clock, keeping, profile

_PAPER = ("ada", "nomor", "tanggal", "berlaku_sampai", "catatan")
_AID = ("tahun", "jenis", "sumber", "nilai_rupiah", "penerima", "catatan")


def _child_row(
    connection: Connection, by: Actor, now: datetime, record: Record, objek: str, aksi: str, before: Any, after: Any
) -> None:
    row = trail.audit_row(
        by, now, aksi, objek, record["id"], wilayah=record["kabkota_kode"], before=before, after=after
    )
    trail.record(connection, row)
    keeping.touch(connection, record)


def _same(seen: Mapping[str, Any] | None, stored: Mapping[str, Any] | None, names: tuple[str, ...]) -> bool:
    return {n: (seen or {}).get(n) or None for n in names} == {n: (stored or {}).get(n) or None for n in names}


def _text(name: str, value: str | None, limit: int, problems: list[Problem]) -> str | None:
    found = repair.read_text(value, limit)
    if found.refused:
        problems.append(Problem(name, repair.shown(value), found.refused.code, found.refused.facts))
    return found.text or None


def set_document(
    by: Actor, lks_id: int, syarat: str, values: Mapping[str, Any], seen: Mapping[str, Any] | None, token: str
) -> None:
    """Stores what is known of one paper (ada, nomor, tanggal, berlaku_sampai, catatan).

    StaleEdit unless the stored row still is as `seen` (None: nothing stored)."""
    require(by, Permission.EDIT_REGISTER)
    today = clock.today()
    problems: list[Problem] = []
    new: Record = {"ada": bool(values.get("ada")), "tanggal": values.get("tanggal")}
    new["berlaku_sampai"] = values.get("berlaku_sampai")
    new["nomor"] = _text("nomor", values.get("nomor"), 200, problems)
    new["catatan"] = _text("catatan", values.get("catatan"), 500, problems)
    if new["tanggal"] and new["tanggal"] > today:
        problems.append(Problem("tanggal", new["tanggal"].isoformat(), "tanggal_di_depan"))
    if new["tanggal"] and new["berlaku_sampai"] and new["berlaku_sampai"] < new["tanggal"]:
        problems.append(Problem("berlaku_sampai", new["berlaku_sampai"].isoformat(), "berakhir_sebelum_mulai"))
    if problems:
        raise InvalidInput(problems)
    with keeping.saving(token, "berkas_ubah") as (connection, now):
        record = profile.locate(connection, by.scope, lks_id)
        keeping.kept(record)
        stored = queries.documents(connection, by.scope, lks_id).get(syarat)
        _, asked = queries.checklist(connection, record["kode_wilayah"], today)
        if stored is None and syarat not in {row["kode"] for row in asked}:
            raise NotFound()
        if not _same(seen, stored, _PAPER):
            raise StaleEdit()
        keep_document(connection, by, now, record, syarat, new, stored)


def keep_document(
    connection: Connection, by: Actor, now: datetime, record: Record, syarat: str, new: Record, stored: Record | None
) -> None:
    """Stores checked facts of one paper of a record read in a write that is under way; nothing when nothing differs."""
    old = {name: stored[name] for name in _PAPER} if stored else {"ada": False}
    if _same(old, new, _PAPER):
        return
    commands.set_document(connection, record["id"], syarat, new)
    changed = [name for name in _PAPER if old.get(name) != new[name]]
    _child_row(
        *(connection, by, now, record, "lks_berkas", "ubah"),
        {"syarat": syarat} | {name: old.get(name) for name in changed},
        {"syarat": syarat} | {name: new[name] for name in changed},
    )


def _aid_values(connection: Connection, record: Record, values: Mapping[str, Any], today: date) -> Record:
    problems: list[Problem] = []
    new: Record = {"jenis": _text("jenis", values.get("jenis"), 200, problems)}
    new["catatan"] = _text("catatan", values.get("catatan"), 500, problems)
    new |= {name: values.get(name) for name in ("tahun", "sumber", "nilai_rupiah", "penerima")}
    if not new["jenis"]:
        problems.append(Problem("jenis", "", "wajib_diisi"))
    if not isinstance(new["tahun"], int) or not 1945 <= new["tahun"] <= today.year:
        problems.append(Problem("tahun", str(new["tahun"] or ""), "tahun_keliru", {"sampai": str(today.year)}))
    if new["sumber"] not in profile.labels(connection, record["kode_wilayah"], today)["sumber"]:
        problems.append(Problem("sumber", str(new["sumber"] or ""), "pilihan_di_luar_daftar"))
    for name, limit in (("nilai_rupiah", 2**53), ("penerima", repair.COUNT_LIMIT)):
        if new[name] is not None and not (isinstance(new[name], int) and 0 <= new[name] <= limit):
            problems.append(Problem(name, str(new[name]), "jumlah_keliru"))
    if problems:
        raise InvalidInput(problems)
    return {name: new[name] for name in _AID}


def add_aid(by: Actor, lks_id: int, values: Mapping[str, Any], token: str) -> int:
    """Adds aid received (tahun, jenis, sumber, nilai_rupiah, penerima, catatan) and returns its id."""
    require(by, Permission.EDIT_REGISTER)
    with keeping.saving(token, "bantuan_tambah") as (connection, now):
        record = profile.locate(connection, by.scope, lks_id)
        keeping.kept(record)
        new = _aid_values(connection, record, values, clock.today())
        aid_id = commands.add_aid(connection, lks_id, new)
        _child_row(connection, by, now, record, "lks_bantuan", "tambah", None, {"id": aid_id} | new)
    return aid_id


def change_aid(
    by: Actor, lks_id: int, aid_id: int, values: Mapping[str, Any] | None, seen: Mapping[str, Any], token: str
) -> None:
    """Changes one aid row, or removes it (values None); StaleEdit unless it still is as `seen`."""
    require(by, Permission.EDIT_REGISTER)
    with keeping.saving(token, "bantuan_ubah") as (connection, now):
        record = profile.locate(connection, by.scope, lks_id)
        keeping.kept(record)
        stored = queries.child(connection, by.scope, "lks_bantuan", lks_id, aid_id)
        if stored is None:
            raise NotFound()
        if not _same(seen, stored, _AID):
            raise StaleEdit()
        old = {"id": aid_id} | {name: stored[name] for name in _AID}
        if values is None:
            commands.remove_aid(connection, lks_id, aid_id)
            _child_row(connection, by, now, record, "lks_bantuan", "hapus", old, None)
            return
        new = _aid_values(connection, record, values, clock.today())
        changed = {name: value for name, value in new.items() if old[name] != value}
        if changed:
            commands.change_aid(connection, lks_id, aid_id, changed)
            before = {"id": aid_id} | {name: old[name] for name in changed}
            _child_row(connection, by, now, record, "lks_bantuan", "ubah", before, {"id": aid_id} | changed)


def set_clients(
    by: Actor,
    lks_id: int,
    kelompok: str,
    setting: str,
    periode: str,
    jumlah: int | None,
    seen: int | None,
    token: str,
) -> None:
    """Stores how many clients of a group an LKS served in a setting and period ("2025" or "2025-06"); None removes it.

    Counts only, never names; undated totals are fields of the record. StaleEdit unless `seen` is still the count.
    """
    require(by, Permission.EDIT_REGISTER)
    today = clock.today()
    problems: list[Problem] = []
    dated = re.fullmatch(r"(19|20)\d\d(-(0[1-9]|1[0-2]))?", periode)
    if not dated or periode > today.strftime("%Y-%m")[: len(periode)]:
        problems.append(Problem("periode", periode, "periode_keliru"))
    if setting not in ("dalam", "luar"):
        problems.append(Problem("setting", setting, "pilihan_di_luar_daftar"))
    if jumlah is not None and not (isinstance(jumlah, int) and 0 <= jumlah <= repair.COUNT_LIMIT):
        problems.append(Problem("jumlah", str(jumlah), "jumlah_keliru"))
    with keeping.saving(token, "binaan_ubah") as (connection, now):
        record = profile.locate(connection, by.scope, lks_id)
        keeping.kept(record)
        if (
            kelompok != "semua"
            and kelompok not in profile.labels(connection, record["kode_wilayah"], today)["kelompok"]
        ):
            problems.append(Problem("kelompok", kelompok, "pilihan_di_luar_daftar"))
        if problems:
            raise InvalidInput(problems)
        before = commands.set_clients(connection, lks_id, kelompok, setting, periode, jumlah)
        if before != seen:
            raise StaleEdit()
        if before != jumlah:
            which = {"kelompok": kelompok, "setting": setting, "periode": periode}
            old, new = (which | {"jumlah": count} if count is not None else None for count in (before, jumlah))
            _child_row(connection, by, now, record, "lks_binaan", "ubah", old, new)
