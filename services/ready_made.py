"""The instruments that come with the program, brought into the store; light, because every start asks for it."""

import hashlib
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from data_access import assets
from data_access.commands import instruments as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import instruments as queries
from data_access.queries import state as state_queries
from domain.forms import definition, parsing
from domain.forms.definition import Form
from domain.permissions import COMMAND_LINE
from services import clock

Row = dict[str, Any]
LOADED = "sidik_formulir_bawaan"  # the digest of the ready-made forms that the store holds


@cache
def _shipped() -> str:
    """A digest over the ready-made forms of this release."""
    forms = assets.ready_made_forms().values()
    return hashlib.sha256("".join(definition.digest(found) for found in forms).encode()).hexdigest()


def load() -> int:
    """Brings the ready-made instruments of this release into the store and returns how many versions were new.

    One that changed becomes a new version beside the old one, which the forms of past events go on using.
    """
    digest = _shipped()
    with reading() as connection:
        if state_queries.state(connection, LOADED) == digest:
            return 0
    now, made = clock.now(), 0
    with writing() as connection:
        trail.bump(connection, "kegiatan")
        known: dict[str, list[Row]] = {}
        for row in queries.ready_made(connection):
            known.setdefault(row["kode"], []).append(row)
        for found in assets.ready_made_forms().values():
            made += _load_one(connection, now, found, known.get(found.kode, []))
        trail.set_state(connection, LOADED, digest)
    return made


def _load_one(connection: Connection, now: datetime, found: Form, known: list[Row]) -> int:
    same = definition.digest(replace(found, versi=1))
    if any(definition.digest(replace(parsing.from_mapping(row["definisi"]), versi=1)) == same for row in known):
        return 0
    head = {"judul": found.judul, "jenis": found.jenis}
    if known:
        instrument_id, number = known[-1]["instrumen_id"], max(found.versi, known[-1]["nomor"] + 1)
        current = queries.instrument(connection, COMMAND_LINE.scope, instrument_id)
        if current is not None:
            commands.change(connection, instrument_id, current["versi"], head)
    else:
        fresh = head | {"kode": found.kode, "wilayah": None, "bawaan": True, "dibuat_pada": now}
        instrument_id, number = commands.add(connection, fresh), found.versi
    stored = replace(found, versi=number)
    add_version(connection, instrument_id, stored, now)
    told = {"kode": found.kode, "nomor": number, "sidik": definition.digest(stored)}
    trail.record(connection, trail.audit_row(COMMAND_LINE, now, "muat_bawaan", "instrumen", instrument_id, after=told))
    return 1


def add_version(connection: Connection, instrument_id: int, stored: Form, published_on: datetime | None) -> int:
    """Stores a version of an instrument, a draft without a date, and returns its id."""
    values = {
        "instrumen_id": instrument_id,
        "nomor": stored.versi,
        "definisi": parsing.to_mapping(stored),
        "sidik": definition.digest(stored),
        "terbit_pada": published_on,
    }
    return commands.add_version(connection, values)
