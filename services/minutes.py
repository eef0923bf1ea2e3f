"""The minutes of a meeting as plain data: frozen when it was closed, a live draft before; documents are made of this."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data_access.engine import Connection, reading
from data_access.queries import rapat as queries
from data_access.queries import references
from data_access.queries import wilayah as wilayah_queries
from domain import figures
from domain.panel import Panel
from domain.permissions import Actor, Permission, require
from domain.rapat import action_state
from domain.wilayah import short_name
from services import clock, snapshots
from services.indicator_values import definitions
from services.meeting_store import Meeting, read
from services.meeting_words import word

Row = dict[str, Any]
Shown = Mapping[tuple[int, int], Panel]  # (place of the item, place of the panel in it), both from 1
VERSION = 1


@dataclass(frozen=True)
class Names:
    """What the codes in a meeting's actions are called."""

    places: Mapping[str, str]
    indicators: Mapping[str, str]
    sources: Mapping[str, str]


def minutes(by: Actor, rapat_id: int) -> dict[str, Any]:
    """The minutes as data: what was frozen for a closed meeting (checked), else a draft with the panels as they stand."""
    require(by, Permission.VIEW_MEETINGS)
    with reading() as connection:
        whole = read(connection, by, rapat_id)
        if whole.closed:
            return snapshots.kept(connection, by, rapat_id)[snapshots.MINUTES]
    shown = snapshots.live(by, whole)
    with reading() as connection:
        return build(connection, whole, shown, clock.today(), clock.now(), None)


def names_of(connection: Connection, actions: Iterable[Mapping[str, Any]], places: Iterable[str] = ()) -> Names:
    """The words for every region, indicator and source of funds that some actions name."""
    rows, today = list(actions), clock.today()
    codes = {row["wilayah"] for row in rows if row["wilayah"]} | {place for place in places if place}
    found = wilayah_queries.names(connection, sorted(codes))
    wanted = {row["indikator"] for row in rows if row["indikator"]}
    return Names(
        {kode: short_name(*parts) for kode, parts in found.items()},
        {one.kode: one.nama for one in definitions(connection, today) if one.kode in wanted} if wanted else {},
        {row["kode"]: row["nama"] for row in references.options(connection, "sumber_bantuan", today)},
    )


def place_word(wilayah: str | None, places: Mapping[str, str]) -> str:
    """The name of a region; Indonesia for the whole country."""
    return places.get(wilayah, wilayah) if wilayah else "Indonesia"


def action_data(number: int, row: Mapping[str, Any], names: Names, on: date) -> Row:
    """One action, worded, as it stands on a day."""
    state = action_state(row["status"], row["tenggat"], on)
    origin = word("lain", "asal_tanpa_rapat")
    if row["rapat_judul"]:
        day = figures.date_long(row["rapat_tanggal"])
        origin = word("lain", "asal_rapat").replace("{tanggal}", day).replace("{judul}", row["rapat_judul"])
    return {
        "nomor": number,
        **{name: row[name] or "" for name in ("apa", "pic", "pic_instansi", "bukti", "topik")},
        "tenggat": row["tenggat"].isoformat() if row["tenggat"] else None,
        "tenggat_kata": figures.date_long(row["tenggat"]),
        "tugas_kata": word("tugas", row["tugas"]),
        "jenis_kata": word("jenis_tindak_lanjut", row["jenis"]),
        "wilayah_kata": names.places.get(row["wilayah"], row["wilayah"]) if row["wilayah"] else "",
        "lks": row["lks_nama"] or "",
        "indikator_kata": names.indicators.get(row["indikator"], row["indikator"]) if row["indikator"] else "",
        "sumber_dana_kata": names.sources.get(row["sumber_dana"], row["sumber_dana"]) if row["sumber_dana"] else "",
        "status": state,
        "status_kata": word("status", state),
        "asal": origin,
    }


def _standing(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["dibatalkan_pada"] is None]


def build(
    connection: Connection, whole: Meeting, shown: Shown, on: date, made: datetime, closed: datetime | None
) -> dict[str, Any]:
    """The minutes of a meeting as they stand on a day; `shown` are its panels."""
    record = whole.record
    decisions, actions = _standing(whole.keputusan), _standing(whole.tindak_lanjut)
    before = [*whole.bawaan, *whole.selesai_di_sini]
    names = names_of(connection, [*actions, *before], [record["wilayah"]])
    decided = [(row["butir_id"], {"nomor": n, "isi": row["isi"]}) for n, row in enumerate(decisions, 1)]
    agreed = [(row["butir_id"], action_data(n, row, names, on)) for n, row in enumerate(actions, 1)]
    place = place_word(record["wilayah"], names.places)
    texts = ("judul", "jenis", "mulai", "selesai", "tempat", "pimpinan", "notulis", "wilayah")
    here = {row["id"] for row in whole.butir}
    return {
        "versi": VERSION,
        "rapat": {name: record[name] or "" for name in texts}
        | {
            "jenis_kata": word("jenis", record["jenis"]),
            "tanggal": record["tanggal"].isoformat(),
            "tanggal_kata": figures.date_long(record["tanggal"]),
            "wilayah_kata": place,
            "lkks": queries.lkks_name(connection, record["wilayah"]) or _called(record["wilayah"], place),
            "contoh": bool(record["contoh"]),
        },
        "hadir": [_attendee(row) for row in whole.hadir],
        "hadir_jumlah": attendance(whole.hadir),
        "butir": [
            {
                "nomor": number,
                **{name: row[name] or "" for name in ("judul", "uraian", "catatan")},
                "panel": [shown[number, place].as_data() for place in range(1, len(row["panel"]) + 1)],
                "keputusan": [one for of, one in decided if of == row["id"]],
                "tindak_lanjut": [one for of, one in agreed if of == row["id"]],
            }
            for number, row in enumerate(whole.butir, 1)
        ],
        "bawaan": [action_data(number, row, names, on) for number, row in enumerate(before, 1)],
        "lain": {
            "keputusan": [one for of, one in decided if of not in here],
            "tindak_lanjut": [one for of, one in agreed if of not in here],
        },
        "dibuat": made.isoformat(),
        "ditutup": closed.isoformat() if closed else None,
    }


def _called(wilayah: str, place: str) -> str:
    return word("lain", "lkks").replace("{wilayah}", place) if wilayah else word("lain", "lkks_nasional")


def _attendee(row: Mapping[str, Any]) -> Row:
    told = {name: row[name] or "" for name in ("nama", "jabatan", "instansi", "keterangan")}
    return told | {"jenis_kata": word("badan", row["jenis"]), "hadir": bool(row["hadir"])}


def attendance(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many people of the list came (`hadir`) or not (`tidak`), and from how many institutions those who came were."""
    came = [row for row in rows if row["hadir"]]
    institutions = {str(row["instansi"]).strip().casefold() for row in came if row["instansi"]}
    return {"hadir": len(came), "tidak": len(rows) - len(came), "instansi": len(institutions)}
