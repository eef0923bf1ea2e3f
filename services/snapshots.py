"""What a meeting's panels show now, and what they showed when it was closed: kept with digests, never shown unchecked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from data_access.engine import Connection
from data_access.queries import rapat as queries
from domain.errors import StoreRefused
from domain.panel import Panel, digest
from domain.permissions import Actor
from services import panels
from services.meeting_store import Meeting, own

Row = dict[str, Any]
Place = tuple[int, int]
MINUTES: Place = (0, 0)


def kept(connection: Connection, by: Actor, rapat_id: int) -> dict[Place, Row]:
    """What a closed meeting that the actor sees has kept, by place; StoreRefused when it is not what was kept."""
    rows = queries.snapshot(connection, by.scope, own(by), rapat_id)
    return verified(rows, queries.sealed(connection, by.scope, own(by), rapat_id))


def live(by: Actor, whole: Meeting) -> dict[Place, Panel]:
    """Every panel of a meeting as it stands now, by (place of the item, place in it)."""
    specs = [
        (number, place, spec) for number, row in enumerate(whole.butir, 1) for place, spec in enumerate(row["panel"], 1)
    ]
    found = panels.live(by, whole.record["wilayah"], tuple(spec for _, _, spec in specs))
    return {(number, place): panel for (number, place, _), panel in zip(specs, found, strict=True)}


def live_item(by: Actor, whole: Meeting, number: int) -> list[Panel]:
    """The panels of one agenda item (from 1) as they stand now."""
    specs = tuple(whole.butir[number - 1]["panel"])
    return list(panels.live(by, whole.record["wilayah"], specs))


def computed(by: Actor, whole: Meeting, on: date) -> dict[Place, Panel]:
    """Every panel of a meeting worked out afresh for a day."""
    return {
        (number, place): panels.panel(by, whole.record["wilayah"], spec, on)
        for number, row in enumerate(whole.butir, 1)
        for place, spec in enumerate(row["panel"], 1)
    }


def seal(rows: Sequence[Mapping[str, Any]]) -> str:
    """The digest of a whole snapshot: of each row's place and digest, in their order."""
    return digest(sorted([row["butir"], row["panel"], row["jenis"], row["sidik"]] for row in rows))


def verified(rows: Sequence[Mapping[str, Any]], sealed: str | None = None) -> dict[Place, Row]:
    """The kept data by place; StoreRefused when a row was changed, is missing or was added since the meeting closed."""
    found = {(row["butir"], row["panel"]): row for row in rows}
    intact = MINUTES in found and all(digest(row["isi"]) == row["sidik"] for row in rows)
    if intact:
        told = {
            (item["nomor"], place): panel
            for item in found[MINUTES]["isi"]["butir"]
            for place, panel in enumerate(item["panel"], 1)
        }
        kept = {place: row["isi"] for place, row in found.items() if place != MINUTES}
        # The minutes hold every panel a second time: a row that was taken away or changed with its digest shows here.
        intact = told == kept and (sealed is None or seal(rows) == sealed)
    if not intact:
        raise StoreRefused("potret_berubah")
    return {place: dict(row["isi"]) for place, row in found.items()}
