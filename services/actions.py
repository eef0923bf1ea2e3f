"""Actions (tindak lanjut): made in a meeting or from a figure, followed until they are done with evidence."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pandas as pd

from data_access.commands import rapat as commands
from data_access.engine import Connection, reading
from data_access.queries import rapat as queries
from data_access.queries import references
from domain.errors import InvalidInput, NotFound, NotPermitted, Problem, StaleEdit
from domain.lkks import require_run, runs
from domain.permissions import Actor, Permission, require
from domain.rapat import ACTION_STATES
from services import clock
from services import meeting_entries as entries
from services.meeting_store import Case, overdue_first, own, require_permission, saving
from services.minutes import action_data, names_of

Row = dict[str, Any]
# What may still be put right once the meeting that made an action is closed; what it decided stays.
AFTER_CLOSING = ("pic", "pic_instansi", "pic_jenis", "tenggat")
_HISTORY = ("status", "bukti", "tenggat", "pic_instansi")
_MEETING = ("rapat_id", "butir_id", "wilayah_rapat")
COLUMNS = (
    *("id", "wilayah_rapat", "rapat_id", "butir_id", "topik", "jenis", "apa", "pic", "pic_instansi", "pic_jenis"),
    *("tenggat", "tugas", "wilayah", "lks_id", "indikator", "sumber_dana", "status", "keadaan", "bukti"),
    *("selesai_pada", "contoh", "dibuat_pada", "versi", "rapat_judul", "rapat_tanggal", "rapat_status"),
    *("lks_nama", "kode_lks", "tugas_kata", "jenis_kata", "wilayah_kata", "indikator_kata", "sumber_dana_kata"),
    *("status_kata", "asal"),
)


# --- reads -----------------------------------------------------------------------------------------------------------


def listed(by: Actor) -> pd.DataFrame:
    """Every action that the actor sees, overdue first and the finished ones last, the latest of them first (COLUMNS)."""
    require(by, Permission.VIEW_MEETINGS)
    with reading() as connection:
        rows = queries.actions(connection, by.scope, own(by))
        done = sorted((row for row in rows if row["status"] == "selesai"), key=lambda row: row["selesai_pada"])
        ordered = overdue_first([row for row in rows if row["status"] != "selesai"], clock.today())
        finished = [row | {"keadaan": "selesai"} for row in reversed(done)]
        return _frame(connection, [*ordered, *finished])


def open_actions(by: Actor, wilayah: str | None = None) -> pd.DataFrame:
    """The unfinished actions that the actor sees, overdue first (COLUMNS); with `wilayah` those that it follows."""
    require(by, Permission.VIEW_MEETINGS)
    with reading() as connection:
        rows = queries.actions(connection, by.scope, own(by), unfinished=True)
        kept = [row for row in rows if wilayah is None or row["wilayah_rapat"] == wilayah]
        return _frame(connection, overdue_first(kept, clock.today()))


def _frame(connection: Connection, rows: list[Row]) -> pd.DataFrame:
    names, today = names_of(connection, rows), clock.today()
    words = ("tugas_kata", "jenis_kata", "wilayah_kata", "indikator_kata", "sumber_dana_kata", "status_kata", "asal")
    told = []
    for row in rows:
        worded = action_data(0, row, names, today)
        told.append(row | {name: worded[name] for name in words})
    return pd.DataFrame([[row[name] for name in COLUMNS] for row in told], columns=list(COLUMNS), dtype=object)


def counts(by: Actor) -> dict[str, int]:
    """semua, terbuka, terlambat, jatuh and tepat of the actions that the actor sees.

    % finished in time is tepat of jatuh: finished by the due date, of all that were due by today or finished early.
    """
    require(by, Permission.VIEW_MEETINGS)
    with reading() as connection:
        return queries.counts(connection, by.scope, own(by), clock.today())


def get(by: Actor, action_id: int) -> Row:
    """One action with its meeting and LKS; NotFound when there is none that the actor sees."""
    require(by, Permission.VIEW_MEETINGS)
    with reading() as connection:
        return _found(connection, by, action_id)


def history(by: Actor, action_id: int) -> list[Row]:
    """What happened to an action, oldest first: pada, pelaku, aksi, sebelum and sesudah (state, evidence, due date), alasan."""
    require(by, Permission.VIEW_MEETINGS)
    with reading() as connection:
        rows = queries.history(connection, by.scope, own(by), action_id)
    return [row | {side: _told(row[side]) for side in ("sebelum", "sesudah")} for row in rows]


def _told(values: Any) -> Row:
    return {name: values[name] for name in _HISTORY if name in values} if isinstance(values, Mapping) else {}


def sources(by: Actor) -> dict[str, str]:
    """The sources of funds that an action may name, by code."""
    require(by, Permission.VIEW_MEETINGS)
    with reading() as connection:
        return {row["kode"]: row["nama"] for row in references.options(connection, "sumber_bantuan", clock.today())}


# --- writes ----------------------------------------------------------------------------------------------------------


def add(by: Actor, values: Mapping[str, Any], token: str) -> int:
    """Adds an action and returns its id.

    values: the fields of meeting_entries.ACTION, and rapat_id with butir_id for one made in a meeting (whoever runs it),
    or wilayah_rapat, the region whose LKKS or office follows it (the actor's own when it is not given). It carries its
    agenda item's title as its topic (`topik` may give another), also when it appears in later meetings.
    """
    require(by, Permission.RECORD_ACTIONS)
    given = dict(values)
    place = {name: given.pop(name, None) for name in _MEETING}
    topic = given.pop("topik", None)
    if place["rapat_id"] is not None:
        require_permission(by)
    with saving(token, "tindak_lanjut_tambah") as (connection, now):
        home: Row = {"wilayah_rapat": _home(by, place["wilayah_rapat"]), "contoh": by.contoh}
        if place["rapat_id"] is not None:
            home = _in_meeting(connection, by, int(place["rapat_id"]), place["butir_id"])
        row = entries.action(connection, by, given, None)
        if topic:
            home["topik"] = entries.text("topik", topic)
        row |= home | {"status": "belum"}
        stored = row | {"dibuat_pada": now, "dibuat_oleh": by.name, "diubah_pada": now}
        action_id = commands.add(connection, "tindak_lanjut", stored)
        told = {name: value for name, value in row.items() if value is not None}
        case = _Case(connection, now, row)
        case.note(by, "tambah", "tindak_lanjut", action_id, after=told)
    return action_id


def _home(by: Actor, wilayah: str | None) -> str:
    chosen = (by.scope.root or "") if wilayah is None else wilayah
    if not runs(by, chosen):
        raise NotFound("wilayah_di_luar", kode=chosen or "Indonesia")
    return chosen


def _in_meeting(connection: Connection, by: Actor, rapat_id: int, butir_id: int | None) -> Row:
    meeting = queries.meeting(connection, by.scope, own(by), rapat_id)
    if meeting is None or not runs(by, meeting["wilayah"]):
        raise NotFound("rapat_tidak_ada")
    if meeting["status"] == "ditutup":
        raise NotPermitted("rapat_sudah_ditutup")
    home = {"rapat_id": rapat_id, "wilayah_rapat": meeting["wilayah"], "contoh": meeting["contoh"]}
    if butir_id is not None:
        items = {row["id"]: row["judul"] for row in queries.items(connection, by.scope, own(by), rapat_id)}
        if butir_id not in items:
            raise InvalidInput([Problem("butir", str(butir_id), "butir_tidak_ada")])
        home |= {"butir_id": butir_id, "topik": items[butir_id]}
    return home


class _Case(Case):
    """An action inside its transaction; its region is that of the LKKS or office that follows it."""

    @property
    def wilayah(self) -> str | None:
        return self.row["wilayah_rapat"] or None


@contextmanager
def _changing(by: Actor, action_id: int, version: int, token: str, aksi: str) -> Iterator[_Case]:
    with saving(token, aksi) as (connection, now):
        row = _found(connection, by, action_id)
        if row["versi"] != version:
            raise StaleEdit("tindak_lanjut_sudah_diubah")
        yield _Case(connection, now, row)


def _found(connection: Connection, by: Actor, action_id: int) -> Row:
    row = queries.action(connection, by.scope, own(by), action_id)
    if row is None:
        raise NotFound("tindak_lanjut_tidak_ada")
    return row


def _store(case: _Case, by: Actor, aksi: str, values: Row, reason: str | None = None) -> None:
    row = case.row
    changed = {name: value for name, value in values.items() if row[name] != value}
    if not changed:
        return
    stored = changed | {"diubah_pada": case.now}
    if not commands.change(case.connection, "tindak_lanjut", row["id"], row["versi"], stored):
        raise StaleEdit("tindak_lanjut_sudah_diubah")
    case.note(by, aksi, "tindak_lanjut", row["id"], {name: row[name] for name in changed}, changed, reason)


def _standing(row: Row) -> None:
    if row["dibatalkan_pada"] is not None:
        raise NotPermitted("tindak_lanjut_dibatalkan")


def edit(
    by: Actor, action_id: int, version: int, values: Mapping[str, Any], token: str, reason: str | None = None
) -> None:
    """Changes facts of an action as seen at `version`.

    Once its meeting is closed only who does it and until when may change, with a reason: what was decided stays.
    """
    require(by, Permission.RECORD_ACTIONS)
    with _changing(by, action_id, version, token, "tindak_lanjut_ubah") as case:
        _standing(case.row)
        row = entries.action(case.connection, by, values, case.row)
        changed = [name for name, value in row.items() if case.row[name] != value]
        if case.row["rapat_id"] is not None and case.row["rapat_status"] != "ditutup":
            _runs(by, case.row)
        elif case.row["rapat_status"] == "ditutup" and changed:
            fixed = [name for name in changed if name not in AFTER_CLOSING]
            if fixed:
                raise InvalidInput([Problem(name, "", "tindak_lanjut_tetap") for name in fixed])
            reason = _reason(reason)
        _store(case, by, "ubah", row, reason)


def set_status(
    by: Actor,
    action_id: int,
    version: int,
    status: str,
    bukti: str | None,
    token: str,
    reason: str | None = None,
) -> None:
    """Moves an action to belum, proses or selesai; selesai needs evidence, and opening a finished one again a reason."""
    require(by, Permission.RECORD_ACTIONS)
    with _changing(by, action_id, version, token, "tindak_lanjut_status") as case:
        row = case.row
        _standing(row)
        if status not in ACTION_STATES:
            raise InvalidInput([Problem("status", str(status)[:40], "pilihan_di_luar_daftar")])
        values: Row = {"status": status}
        if status == "selesai":
            values["bukti"] = entries.text("bukti", bukti)
            if row["status"] != "selesai":
                values["selesai_pada"] = clock.today()
        else:
            values["bukti"] = entries.text("bukti", bukti) if (bukti or "").strip() else row["bukti"]
            values["selesai_pada"] = None
            reason = _reason(reason) if row["status"] == "selesai" else reason
        reopened = row["status"] == "selesai" and status != "selesai"
        _store(case, by, "buka_kembali" if reopened else "ubah_status_tindak_lanjut", values, reason)


def withdraw(by: Actor, action_id: int, version: int, token: str, reason: str | None = None) -> None:
    """Takes an action back: in a meeting that is not closed by whoever runs it, outside of meetings with a reason."""
    require(by, Permission.RECORD_ACTIONS)
    _withdraw(by, action_id, version, token, reason, True)


def restore(by: Actor, action_id: int, version: int, token: str) -> None:
    """Puts a withdrawn action back, until its meeting is closed."""
    require(by, Permission.RECORD_ACTIONS)
    _withdraw(by, action_id, version, token, None, False)


def _withdraw(by: Actor, action_id: int, version: int, token: str, reason: str | None, away: bool) -> None:
    aksi = "batalkan" if away else "pulihkan"
    with _changing(by, action_id, version, token, f"tindak_lanjut_{aksi}") as case:
        row = case.row
        if row["rapat_id"] is None:
            reason = _reason(reason) if away else None
        elif row["rapat_status"] == "ditutup":
            raise NotPermitted("rapat_sudah_ditutup")
        else:
            _runs(by, row)
        if away == (row["dibatalkan_pada"] is not None):
            return
        _store(case, by, aksi, {"dibatalkan_pada": case.now if away else None}, reason)


def _runs(by: Actor, row: Row) -> None:
    require_run(by, Permission.MANAGE_MEETINGS, row["wilayah_rapat"])


def _reason(reason: str | None) -> str:
    if not (reason or "").strip():
        raise InvalidInput([Problem("alasan", "", "wajib_diisi")])
    return entries.text("keterangan", reason)
