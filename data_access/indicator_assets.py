"""The indicators as shipped (assets/indikator, assets/contoh/nilai_indikator.csv): dictionary, thresholds, published values."""

import csv
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from data_access import assets
from domain.indikator import Definition, Thresholds
from domain.wilayah import dotted

_FOLDER = "indikator"
_BLANK: dict[str, Any] = {
    **dict.fromkeys(("pembilang", "penyebut", "kelas", "target", "umur_bulan", "berlaku_mulai", "berlaku_sampai")),
    **{"desimal": 0, "dari": [], "seri": [], "terbuka": False, "orang": False, "nomor": 1},
}
_TUPLES = ("dari", "tingkat", "seri")


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _each(entry: dict[str, Any], lists: dict[str, list[assets.Row]]) -> Iterator[dict[str, Any]]:
    """The entry itself, or one per row of the list that it names with `tiap`; the list gives a missing unit."""
    every = entry.pop("tiap", None)
    if every is None:
        yield entry
        return
    for row in lists[every]:
        if row["wilayah"] or row["berlaku_sampai"]:
            continue
        filled = {
            name: value.format(nama=row["nama"], kode=row["kode"]) if isinstance(value, str) else value
            for name, value in entry.items()
        }
        yield {"satuan": row["satuan"]} | filled | {"kode": f"{entry['kode']}_{row['kode']}"}


@cache
def definitions() -> tuple[Definition, ...]:
    """Every shipped definition in its order, those made from a list (`tiap`) spelled out; nomor is 1 here."""
    lists = assets.references()
    found: list[Definition] = []
    for path in sorted((assets.ASSETS / _FOLDER).glob("[0-9]*.toml")):
        told = _toml(path)
        for entry in told["indikator"]:
            for one in _each(_BLANK | told["bawaan"] | entry, lists):
                values: dict[str, Any] = one | {name: tuple(one[name]) for name in _TUPLES} | {"urutan": len(found) + 1}
                found.append(Definition(**values))
    return tuple(found)


@cache
def thresholds() -> Thresholds:
    """The numbers of assets/indikator/ambang.toml."""
    told = _toml(assets.ASSETS / _FOLDER / "ambang.toml")
    return Thresholds(
        tercapai=told["status"]["tercapai"],
        mendekati=told["status"]["mendekati"],
        lengkap=told["kelengkapan"]["lengkap"],
        lindung=told["perlindungan"]["lindung"],
        basi_hari=told["register"]["basi_hari"],
        kelas={
            name: tuple(sorted((step["dari"], step["nama"]) for step in steps)) for name, steps in told["kelas"].items()
        },
    )


@cache
def priorities() -> tuple[tuple[str, ...], int]:
    """(the criteria of priority areas when nobody chose any, the fewest siblings a median is taken of)."""
    told = _toml(assets.ASSETS / _FOLDER / "prioritas.toml")
    return tuple(told["pilihan"]["bawaan"]), int(told["median"]["sedikitnya"])


def published_values() -> list[assets.Row]:
    """Values exactly as published: kode, wilayah ("" = Indonesia), periode, seri, nilai, sekitar, sumber, tanggal, catatan."""
    rows = []
    with (assets.ASSETS / "contoh" / "nilai_indikator.csv").open(newline="", encoding="utf-8") as file:
        for record in csv.DictReader(file):
            kode = record.pop("kode_wilayah")
            rows.append(
                record
                | {
                    "wilayah": dotted(kode) if kode else "",
                    "nilai": float(record["nilai"]),
                    "sekitar": record["sekitar"] == "1",
                    "tanggal": date.fromisoformat(record["tanggal"]) if record["tanggal"] else None,
                    "catatan": record["catatan"] or None,
                }
            )
    return rows
