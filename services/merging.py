"""Near-duplicates: pairs of like names in one kab/kota, merging two rows into one, and taking a merge back."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process

from data_access import secrets
from data_access.commands import lks as lks_commands
from data_access.commands import profile as commands
from data_access.commands import trail
from data_access.engine import Connection, reading
from data_access.queries import profile as queries
from data_access.queries.records import Record
from domain.errors import InvalidInput, NotFound, NotUndoable, Problem, StaleEdit
from domain.lks import AXIS_COLUMNS, CLIENTS, FIELDS, MULTI, OFFICER_FIELDS
from domain.permissions import Actor, Permission, require
from domain.personal import masked
from services import entries, keeping
from services import profile as profiles

LIKE = 85  # from this likeness of the telling words on (0 to 100), a pair is proposed
PAIR_COLUMNS = (
    *("kabkota_kode", "skor", "a_id", "a_kode", "a_nama", "a_alamat"),
    *("b_id", "b_kode", "b_nama", "b_alamat"),
)


def _officer_group(jabatan: str) -> tuple[str, ...]:
    extra = ("ketua_nik",) if jabatan == "ketua" else ()
    return (*[field for field, (post, _) in OFFICER_FIELDS.items() if post == jabatan], *extra)


# What belongs together is taken together: a grade never comes with another certificate's date.
GROUPS: dict[str, tuple[str, ...]] = {
    **{axis: tuple(columns) for axis, columns in AXIS_COLUMNS.items()},
    **{jabatan: _officer_group(jabatan) for jabatan in ("ketua", "sekretaris", "bendahara")},
    "koordinat": ("lat", "lon"),
    "binaan": CLIENTS,
    "rekening": ("bank_nama", "bank_rekening", "bank_pemilik"),
}
_GROUPED = {field for fields in GROUPS.values() for field in fields}
GROUPS |= {field: (field,) for field in FIELDS if field not in _GROUPED and field not in (*MULTI, "kode_wilayah")}
_DATES = entries.DATES | {"tanggal", "berlaku_sampai"}
_OTHER_POSTS = ("pembina", "pengawas")


def near_duplicates(by: Actor, wilayah: str | None, least: int = LIKE) -> pd.DataFrame:
    """Pairs of kept LKS of one kab/kota with like names, the likest first; columns PAIR_COLUMNS, skor 0 to 100.

    The score is rapidfuzz's token_sort_ratio of the telling words of both names; pairs known not to be twins stay out.
    """
    require(by, Permission.MERGE_LKS)
    with reading() as connection:
        rows = queries.names_in(connection, by.scope.narrow(wilayah))
        known = queries.not_twins(connection)
    found: list[dict[str, Any]] = []
    for _, block in groupby(rows, key=lambda row: row["kabkota_kode"]):
        found += _pairs(list(block), known, least)
    frame = pd.DataFrame(found, columns=list(PAIR_COLUMNS))
    return frame.sort_values(["skor", "kabkota_kode", "a_id", "b_id"], ascending=[False, True, True, True]).reset_index(
        drop=True
    )


def _pairs(block: list[Record], known: set[tuple[int, int]], least: int) -> Iterable[dict[str, Any]]:
    keys = [row["nama_cari"] for row in block]
    scores = process.cdist(keys, keys, scorer=fuzz.token_sort_ratio, score_cutoff=least)
    for i, j in zip(*(scores >= least).nonzero(), strict=True):
        a, b = block[i], block[j]
        if a["id"] < b["id"] and (a["id"], b["id"]) not in known:
            pair = {"kabkota_kode": a["kabkota_kode"], "skor": round(float(scores[i, j]))}
            for side, row in (("a", a), ("b", b)):
                pair |= {f"{side}_id": row["id"], f"{side}_kode": row["kode_lks"]}
                pair |= {f"{side}_nama": row["nama"], f"{side}_alamat": row["alamat"]}
            yield pair


def not_twins(by: Actor, a: int, b: int, token: str) -> None:
    """Writes down that two LKS are two institutions, so that the pair is not proposed again."""
    require(by, Permission.MERGE_LKS)
    if a == b:
        raise NotFound()
    with keeping.saving(token, "bukan_kembar") as (connection, now):
        first, second = (profiles.locate(connection, by.scope, lks_id) for lks_id in sorted((a, b)))
        if commands.add_not_twins(connection, first["id"], second["id"]):
            pair = {"lks_a": first["kode_lks"], "lks_b": second["kode_lks"]}
            row = trail.audit_row(
                by, now, "bukan_kembar", "pasangan_lks", first["id"], wilayah=first["kabkota_kode"], after=pair
            )
            trail.record(connection, row)


def compare(by: Actor, from_id: int, into_id: int) -> list[dict[str, Any]]:
    """The groups in which two LKS differ: grup, dari, ke (their fields, masked) and bawaan ("dari" or "ke").

    Kept is the row merged into, unless it says nothing there and the other one does.
    """
    require(by, Permission.MERGE_LKS)
    with reading() as connection:
        source, target = (profiles.locate(connection, by.scope, lks_id) for lks_id in (from_id, into_id))
    found = []
    for name, fields in GROUPS.items():
        one, other = _values(source, fields), _values(target, fields)
        if one != other and not _empty(one):
            side = "dari" if _empty(other) else "ke"
            shown = {"dari": masked(one), "ke": masked(other)}
            found.append({"grup": name, **shown, "bawaan": side})
    return found


def _values(record: Record, fields: tuple[str, ...]) -> Record:
    """The fields of a group; a NIK is compared by its keyed hash, because the record does not hold it."""
    return {name: record.get("ketua_nik_sidik" if name == "ketua_nik" else name) for name in fields}


def _empty(values: Mapping[str, Any]) -> bool:
    return all(value in (None, "", []) for value in values.values())


def merge(
    by: Actor,
    from_id: int,
    from_version: int,
    into_id: int,
    into_version: int,
    choices: Mapping[str, str],
    token: str,
) -> int:
    """Merges an LKS into another of the same kab/kota, returns the merge's id; `choices` is group -> "dari" or "ke".

    Rules: a group stays as the kept row has it, unless `choices` says "dari" or the kept row says nothing there. Lists
    (kluster, layanan, ...) are united. Aid and requests move over; a paper moves where the kept row lacks it; a count
    of clients moves where the kept row has none for that group, setting and period, and is never added up, because one
    institution was counted twice. The other row is archived and points to the kept one.
    """
    require(by, Permission.MERGE_LKS)
    with keeping.saving(token, "gabung") as (connection, now):
        source, target = (profiles.locate(connection, by.scope, lks_id) for lks_id in (from_id, into_id))
        for record, version in ((source, from_version), (target, into_version)):
            keeping.kept(record)
            keeping.expect(connection, by, record, version)
        _check(source, target, choices)
        nik = {
            "dari": profiles.sealed_nik(connection, by.scope, from_id),
            "ke": profiles.sealed_nik(connection, by.scope, into_id),
        }
        fields = _merged_fields(source, target, choices, nik["dari"])
        before = {name: target.get(name) for name in fields if name != "ketua_nik"}
        moves, dropped = _moves(connection, by, from_id, into_id)
        if fields and lks_commands.change(
            connection, [lks_commands.Change(target, fields, f"gabung {source['kode_lks']}")], at=now, by=by
        ):
            raise StaleEdit()
        commands.drop_documents(connection, [row["id"] for row in dropped])
        for table, ids in moves.items():
            commands.move(connection, table, ids, into_id)
        if not lks_commands.archive(connection, from_id, from_version, at=now, reason=target["kode_lks"], into=into_id):
            raise StaleEdit()
        keep = {
            "ke": trail.plain(before),
            "nik_ke": nik["ke"],
            "nik_diganti": "ketua_nik" in fields,
            "pindah": moves,
            "berkas_ke": trail.plain(dropped),
            "versi_dari": from_version + 1,
        }
        version = into_version + (1 if fields else 0)
        merge_id = commands.add_merge(connection, from_id, into_id, keep, version, now, by.username)
        shown = masked(fields) | {"gabungan": source["kode_lks"]}
        rows = [
            trail.audit_row(
                *(by, now, "gabung", "lks", into_id),
                wilayah=target["kabkota_kode"],
                before=masked(before),
                after=shown,
            ),
            trail.audit_row(
                *(by, now, "gabung", "lks", from_id),
                wilayah=source["kabkota_kode"],
                before={"digabung_ke": None},
                after={"digabung_ke": target["kode_lks"]},
            ),
        ]
        trail.record(connection, rows)
        for record in (source, target):
            keeping.touch(connection, record)
    return merge_id


def _check(source: Record, target: Record, choices: Mapping[str, str]) -> None:
    problems = []
    if source["id"] == target["id"] or source["kabkota_kode"] != target["kabkota_kode"]:
        problems.append(Problem("ke", target["kode_lks"], "gabung_beda_kabkota"))
    if source["contoh"] != target["contoh"]:
        problems.append(Problem("ke", target["kode_lks"], "gabung_contoh_dan_nyata"))
    for name, side in choices.items():
        if name not in GROUPS or side not in ("dari", "ke"):
            problems.append(Problem(name, side, "pilihan_gabung_keliru"))
    if problems:
        raise InvalidInput(problems)


def _merged_fields(source: Record, target: Record, choices: Mapping[str, str], nik: str | None) -> Record:
    """The fields of the kept row that get a new value."""
    fields: Record = {}
    for name, members in GROUPS.items():
        one, other = _values(source, members), _values(target, members)
        side = choices.get(name) or ("dari" if _empty(other) and not _empty(one) else "ke")
        if side == "dari" and one != other:
            fields |= {field: source.get(field) for field in members if field != "ketua_nik"}
            if "ketua_nik" in members and one["ketua_nik"] != other["ketua_nik"]:
                fields["ketua_nik"] = secrets.unseal(nik) if nik else None
    for name in MULTI:
        united = sorted({*source[name], *target[name]})
        if united != target[name]:
            fields[name] = united
    return fields


def _moves(connection: Connection, by: Actor, from_id: int, into_id: int) -> tuple[dict[str, list[int]], list[Record]]:
    """(ids to move by table, documents of the kept row that give way); see merge() for the rules."""
    source = queries.moved(connection, by.scope, from_id, _OTHER_POSTS)
    target = queries.moved(connection, by.scope, into_id, _OTHER_POSTS)
    open_on = [any(row["status"] in queries.OPEN for row in side["permohonan"]) for side in (source, target)]
    if all(open_on):
        raise InvalidInput([Problem("permohonan", "", "dua_permohonan_terbuka")])
    papers = {row["syarat"]: row for row in target["lks_berkas"]}
    better = [r for r in source["lks_berkas"] if r["ada"] and not papers.get(r["syarat"], {}).get("ada")]
    counted = {(r["kelompok"], r["setting"], r["periode"]) for r in target["lks_binaan"]}
    posts = {row["jabatan"] for row in target["lks_pengurus"]}
    chosen = {
        "lks_berkas": better,
        "lks_bantuan": source["lks_bantuan"],
        "permohonan": source["permohonan"],
        "lks_binaan": [r for r in source["lks_binaan"] if (r["kelompok"], r["setting"], r["periode"]) not in counted],
        "lks_pengurus": [r for r in source["lks_pengurus"] if r["jabatan"] not in posts],
    }
    ids = {table: [row["id"] for row in rows] for table, rows in chosen.items() if rows}
    return ids, [papers[row["syarat"]] for row in better if row["syarat"] in papers]


def merges(by: Actor) -> pd.DataFrame:
    """Standing merges of the actor's region, newest first: id, dari_kode, dari_nama, ke_kode, ke_nama, pada, oleh."""
    require(by, Permission.MERGE_LKS)
    with reading() as connection:
        return queries.recent_merges(connection, by.scope)


def unmerge(by: Actor, merge_id: int, token: str) -> None:
    """Takes a merge back: both rows are as before; NotUndoable names what was edited on either since."""
    require(by, Permission.MERGE_LKS)
    with keeping.saving(token, "batal_gabung") as (connection, now):
        row = queries.merge(connection, by.scope, merge_id)
        if row is None:
            raise NotFound()
        kept = row["sebelum"]
        target = profiles.locate(connection, by.scope, row["ke_id"])
        source = profiles.locate(connection, by.scope, row["dari_id"])
        if not commands.end_merge(connection, merge_id, now):
            raise NotUndoable("gabung_sudah_dibatalkan")
        _still_as_merged(connection, by, row, source, target)
        for table, ids in kept["pindah"].items():
            commands.move(connection, table, ids, row["dari_id"])
        commands.put_back_documents(connection, [_with_dates(paper) for paper in kept["berkas_ke"]])
        fields = _with_dates(kept["ke"])
        if kept["nik_diganti"]:
            fields["ketua_nik"] = secrets.unseal(kept["nik_ke"]) if kept["nik_ke"] else None
        if fields:
            why = f"batal gabung {source['kode_lks']}"
            keeping.apply(connection, by, now, target, fields, why, "batal_gabung")
        if not lks_commands.archive(connection, row["dari_id"], source["versi"], at=None, reason=None, into=None):
            raise StaleEdit()
        entry = trail.audit_row(
            *(by, now, "batal_gabung", "lks", row["dari_id"]),
            wilayah=source["kabkota_kode"],
            before={"digabung_ke": target["kode_lks"]},
            after={"digabung_ke": None},
        )
        trail.record(connection, entry)
        keeping.touch(connection, source)


def _still_as_merged(connection: Connection, by: Actor, row: Record, source: Record, target: Record) -> None:
    since = [
        change
        for record in (target, source)
        for change in queries.changed_since(connection, by.scope, record["id"], row["pada"])
    ]
    moved_on = target["versi"] != row["versi_ke"] or source["versi"] != row["sebelum"]["versi_dari"]
    if not since and not moved_on:
        return
    fields = sorted({name for change in since for name in (change["sesudah"] or change["sebelum"] or {})} - {"id"})
    people = sorted({change["pelaku"] for change in since})
    raise NotUndoable(
        "gabung_diubah_sesudahnya",
        bidang=", ".join(name.replace("_", " ") for name in fields) or "-",
        siapa=", ".join(people) or "-",
    )


def _with_dates(values: Mapping[str, Any]) -> Record:
    """Values kept as JSON with their dates made dates again, by the names of the fields."""
    return {
        name: date.fromisoformat(value) if isinstance(value, str) and name in _DATES else value
        for name, value in values.items()
    }
