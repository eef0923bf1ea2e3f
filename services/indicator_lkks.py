"""The rows that indicators of the LKKS's affairs are made of: regions with an LKKS, actions, programs.

Who may see them is asked before (services.indicators): actions belong to those who see the meetings, and an LKKS sees
only its own, because none stands above another.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from data_access.engine import Connection
from data_access.queries import find
from data_access.queries import indicator_lkks as queries
from data_access.queries import wilayah as wilayah_queries
from domain.indikator import Definition
from domain.permissions import Actor, Scope
from domain.rapat import action_state
from domain.wilayah import level, short_name

NOTE, STATE = "teks", "tindak"  # what `keterangan` begins with for plain words, and for the state of an action
OPEN = "terbuka"
Row = dict[str, Any]


def rows(connection: Connection, by: Actor, place: str, on: date, definition: Definition) -> list[Row]:
    """The rows of one figure with id, nama, tempat, keterangan, hari, pembilang, penyebut, contoh."""
    rules: dict[str, Callable[[Connection, Actor, str, date, str], list[Row]]] = {
        "lkks_cakupan": _regions,
        "tindak_lanjut_tepat": _due,
        "tindak_lanjut": _open,
        "program": _programs,
        "program_anggaran": _budgets,
    }
    return rules[definition.rule](connection, by, place, on, definition.of)


def complete(definition: Definition, found: list[Row]) -> tuple[float, float] | None:
    """How many of the rows say what the figure needs, of how many."""
    told = len(found)
    if definition.rule == "program_anggaran":
        told = sum(row["pembilang"] is not None for row in found)
    return (told, len(found)) if found else None


def _regions(connection: Connection, by: Actor, place: str, on: date, of: str) -> list[Row]:
    known = queries.lkks_of(connection, Scope(place or None))
    found = []
    for kode, jenis, nama in find.regions_in_force(connection, place or None, on):
        if level(kode) == "kabkota":
            told = known.get(kode)
            note = {"keterangan": f"{NOTE}:{told['nama']}", "contoh": told["contoh"]} if told else {"contoh": False}
            found.append({"nama": short_name(jenis, nama), "pembilang": int(told is not None), "penyebut": 1} | note)
    return found


def _named(connection: Connection, codes: set[str]) -> dict[str, str]:
    """Short names by code, "Indonesia" for the national level."""
    names = wilayah_queries.names(connection, sorted(codes - {""}))
    return {"": "Indonesia"} | {kode: short_name(*found) for kode, found in names.items()}


def _actions(connection: Connection, by: Actor, place: str, on: date) -> list[Row]:
    found = queries.actions(connection, Scope(place or None), on, alone=by.role.id == "lkks")
    names = _named(connection, {row["wilayah_rapat"] for row in found})
    made = []
    for row in found:
        # As it stood on the date: what was finished later was open then.
        done = row["selesai_pada"] is not None and row["selesai_pada"] <= on
        stored = "selesai" if done else "proses" if row["status"] == "selesai" else row["status"]
        state = action_state(stored, row["tenggat"], on)
        made.append(
            {
                "id": row["id"],
                "nama": row["apa"],
                "tempat": names.get(row["wilayah_rapat"], row["wilayah_rapat"]),
                "keterangan": f"{STATE}:{state}",
                "hari": row["tenggat"],
                "contoh": row["contoh"],
                "_tepat": done and row["tenggat"] is not None and row["selesai_pada"] <= row["tenggat"],
                "_keadaan": state,
            }
        )
    return made


def _due(connection: Connection, by: Actor, place: str, on: date, of: str) -> list[Row]:
    with_day = [row for row in _actions(connection, by, place, on) if row["hari"] is not None]
    due = [row for row in with_day if row["hari"] <= on or row["_keadaan"] == "selesai"]
    return [row | {"pembilang": int(row["_tepat"]), "penyebut": 1} for row in due]


def _open(connection: Connection, by: Actor, place: str, on: date, of: str) -> list[Row]:
    found = [row for row in _actions(connection, by, place, on) if row["_keadaan"] != "selesai"]
    return [row | {"pembilang": 1} for row in found if of == OPEN or row["_keadaan"] == of]


def _programs(connection: Connection, by: Actor, place: str, on: date, of: str) -> list[Row]:
    found = queries.programs(connection, Scope(place or None), on.year)
    names = _named(connection, {row["wilayah"] for row in found})
    return [
        {
            "id": row["id"],
            "nama": row["nama"],
            "tempat": names.get(row["wilayah"], row["wilayah"]),
            "contoh": row["contoh"],
            "pembilang": 1,
            "_anggaran": row["anggaran"],
        }
        for row in found
    ]


def _budgets(connection: Connection, by: Actor, place: str, on: date, of: str) -> list[Row]:
    return [row | {"pembilang": row["_anggaran"]} for row in _programs(connection, by, place, on, of)]
