"""The rules of the measures for one record in memory: what the statements count in the store, said once more in Python.

Comparing two dates needs them (a past state is put together from history); tests hold both tellings against each other.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.lks import GRADES

# The measures whose past state the history of the axes can tell.
WITH_HISTORY = ("terdaftar", "terakreditasi", "terakreditasi_semua", "aktif", "berbadan_hukum")


def valid_paper(record: Mapping[str, Any], paper: str, on: date) -> bool:
    """True when the record holds the paper (daftar: registered, akreditasi: a grade) and it has not ended by then."""
    held = record["daftar"] == "terdaftar" if paper == "daftar" else record["akreditasi"] in GRADES
    end = record[paper + "_sampai"]
    return held and (end is None or end >= on)


def eligible(record: Mapping[str, Any]) -> bool:
    """True when the record may be accredited: active and a legal entity."""
    return record["aktif"] == "aktif" and record["hukum"] == "berbadan_hukum"


def measures_of(record: Mapping[str, Any], on: date) -> dict[str, tuple[int, int]]:
    """What one record adds to numerator and denominator of each measure of WITH_HISTORY."""
    graded, may = valid_paper(record, "akreditasi", on), eligible(record)
    return {
        "terdaftar": (int(valid_paper(record, "daftar", on)), 1),
        "terakreditasi": (int(graded and may), int(may)),
        "terakreditasi_semua": (int(graded), 1),
        "aktif": (int(record["aktif"] == "aktif"), 1),
        "berbadan_hukum": (int(record["hukum"] == "berbadan_hukum"), 1),
    }
