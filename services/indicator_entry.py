"""Entering, mending and removing stated values, and setting targets: checked, written once, told in the trail."""

from collections.abc import Mapping
from typing import Any

from data_access.commands import indicators as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import indicators as queries
from data_access.queries import wilayah as wilayah_queries
from domain.errors import InvalidInput, NotFound, Problem, StaleEdit
from domain.indikator import Definition, trail_object
from domain.indikator_isian import check
from domain.permissions import Actor, Permission, require
from domain.wilayah import level
from services import accounts, clock
from services.indicator_values import definitions
from services.indicators import place_of

Row = dict[str, Any]
TOLD = ("nilai", "pembilang", "penyebut", "sekitar", "sumber", "tanggal", "catatan")
_KEY = ("kode", "wilayah", "periode", "seri")


def _defined(connection: Connection, kode: str) -> Definition:
    found = next((one for one in definitions(connection, clock.today()) if one.kode == kode), None)
    if found is None:
        raise NotFound("indikator_tidak_dikenal", kode=kode)
    return found


def own_region(connection: Connection, by: Actor, wilayah: str | None) -> str:
    """The region that is meant, which must be a real one in the actor's region; NotFound otherwise."""
    place = place_of(by.scope, wilayah)
    if not by.scope.covers(place or None):
        raise NotFound("wilayah_di_luar", kode=place or "Indonesia")
    if place and not wilayah_queries.exists(connection, place):
        raise NotFound("wilayah_tidak_dikenal", kode=place)
    return place


def stored(by: Actor, kode: str, wilayah: str | None, periode: str, seri: str) -> Row | None:
    """What is stated already for a period and series, to be mended; None when nothing is."""
    require(by, Permission.EDIT_REGISTER)
    with reading() as connection:
        return queries.value(connection, kode, own_region(connection, by, wilayah), periode, seri)


def set_value(by: Actor, values: Mapping[str, Any], token: str) -> int:
    """Stores one value (kode, wilayah, periode, seri, nilai or pembilang and penyebut, sekitar, sumber, tanggal, catatan).

    `perubahan` is the change number of the row that is mended; without it the value must be new. InvalidInput for values
    that are refused, StaleEdit when somebody stated or mended the same value in between.
    """
    require(by, Permission.EDIT_REGISTER)
    now, today = clock.now(), clock.today()
    with writing() as connection:
        trail.bump(connection, "indikator")
        trail.claim(connection, token, "catat_nilai_indikator", now)
        definition = _defined(connection, str(values.get("kode") or ""))
        place = own_region(connection, by, values.get("wilayah"))
        checked, problems = check(definition, {**values, "wilayah": place}, today)
        if problems:
            raise InvalidInput(problems)
        before = queries.value(connection, *[checked[name] for name in _KEY])
        number = values.get("perubahan")
        if (before["perubahan"] if before else None) != number:
            raise StaleEdit()
        value_id, row = put(connection, by, definition, checked, before, None)
        trail.record(connection, row)
        accounts.close_sample_sign_in_in(connection)
    return value_id


def put(
    connection: Connection, by: Actor, definition: Definition, checked: Row, before: Row | None, batch_id: int | None
) -> tuple[int, Row]:
    """Writes a checked value over `before` (None: as a new one); gives its id and the audit row that is to be kept."""
    now = clock.now()
    rest = {"versi": definition.nomor, "batch_id": batch_id, "terbitan": False, "diubah_pada": now}
    place = checked["wilayah"] or None
    if before is None:
        value_id = commands.add_value(connection, checked | rest)
        told = {name: checked[name] for name in (*_KEY, *TOLD) if checked[name] not in (None, "")}
        action, was = "catat_nilai_indikator", None
    else:
        value_id = before["id"]
        changed = [name for name in TOLD if before[name] != checked[name]]
        if not commands.change_value(connection, value_id, before["perubahan"], checked | rest):
            raise StaleEdit()
        key = {name: checked[name] for name in _KEY if checked[name]}
        told, was = key | {name: checked[name] for name in changed}, {name: before[name] for name in changed}
        action = "ubah_nilai_indikator"
    return value_id, trail.audit_row(
        by, now, action, trail_object(definition), value_id, wilayah=place, before=was, after=told
    )


def remove_value(
    by: Actor, kode: str, wilayah: str | None, periode: str, seri: str, perubahan: int, reason: str, token: str
) -> None:
    """Deletes a stated value that still stands as it was read; the trail keeps it. StaleEdit, NotFound otherwise."""
    require(by, Permission.EDIT_REGISTER)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "indikator")
        trail.claim(connection, token, "hapus_nilai_indikator", now)
        if not reason.strip():
            raise InvalidInput([Problem("alasan", "", "indikator_wajib_diisi", {"isian": "Alasan"})])
        place = own_region(connection, by, wilayah)
        found = queries.value(connection, kode, place, periode, seri)
        if found is None:
            raise NotFound()
        if not commands.remove_value(connection, found["id"], perubahan):
            raise StaleEdit()
        was = {name: found[name] for name in (*_KEY, *TOLD) if found[name] not in (None, "")}
        thing = ("hapus_nilai_indikator", trail_object(_defined(connection, kode)), found["id"])
        entry = trail.audit_row(by, now, *thing, wilayah=place or None, before=was, reason=reason.strip())
        trail.record(connection, entry)


def set_target(by: Actor, kode: str, wilayah: str | None, tahun: int, nilai: float, dasar: str, token: str) -> int:
    """Stores the target of an indicator for a region and year, replacing the one before; InvalidInput when refused."""
    require(by, Permission.EDIT_REGISTER)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "indikator")
        trail.claim(connection, token, "target_indikator", now)
        definition = _defined(connection, kode)
        place = own_region(connection, by, wilayah)
        problems = _target_problems(definition, place, tahun, nilai, dasar)
        if problems:
            raise InvalidInput(problems)
        known = [row for row in queries.targets(connection, {place}) if (row["kode"], row["tahun"]) == (kode, tahun)]
        values = {"kode": kode, "wilayah": place, "tahun": tahun, "nilai": nilai, "dasar": dasar.strip()}
        target_id = commands.put_target(connection, values | {"diubah_pada": now})
        was = {name: known[0][name] for name in ("nilai", "dasar")} if known else None
        thing = ("target_indikator", "indikator_target", target_id)
        entry = trail.audit_row(by, now, *thing, wilayah=place or None, before=was, after=values)
        trail.record(connection, entry)
        accounts.close_sample_sign_in_in(connection)
    return target_id


def _target_problems(definition: Definition, place: str, tahun: int, nilai: float, dasar: str) -> list[Problem]:
    problems = []
    if level(place or None) not in definition.tingkat:
        problems.append(Problem("wilayah", place, "indikator_bukan_tingkat", {"nama": definition.nama}))
    if not 1990 <= tahun <= 2100:
        problems.append(Problem("tahun", str(tahun), "indikator_tahun_keliru"))
    if nilai <= 0:
        problems.append(Problem("nilai", f"{nilai:g}", "indikator_target_keliru"))
    if not dasar.strip():
        problems.append(Problem("dasar", "", "indikator_wajib_diisi", {"isian": "Dasar"}))
    elif len(dasar.strip()) > 500:
        problems.append(Problem("dasar", "", "indikator_terlalu_panjang", {"batas": "500"}))
    return problems
