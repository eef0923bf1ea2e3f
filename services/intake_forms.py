"""Which form or event a link leads to: definitions parsed once, rows kept until the next write about events.

The revision is read on the caller's connection each time, so that closing a form acts on the very next request.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from data_access.engine import Connection
from data_access.queries import state
from data_access.queries import submissions as queries
from domain import bimtek
from domain.forms import definition, parsing

MOST_LINKS, MOST_DEFINITIONS = 5_000, 300


@dataclass(frozen=True)
class ScoredItem:
    """What scoring needs to know of an item; `kunci` None: not scored."""

    id: str
    jenis: str
    poin: float
    kunci: tuple[str, ...] | None


@dataclass(frozen=True)
class Place:
    """Where a link leads: an event (`form` None) or one form of it; `row` holds the columns of the query."""

    row: dict[str, Any]
    form: definition.Form | None = None
    scored: tuple[ScoredItem, ...] = ()

    @property
    def event_id(self) -> int:
        """The id of the event that the link belongs to."""
        return int(self.row["kegiatan_id"] if self.form else self.row["id"])

    @property
    def anonymous(self) -> bool:
        """True when answers are kept without the person."""
        return bool(self.form and self.row["anonim"])

    def state(self, now: datetime) -> str:
        """ "disiapkan", "dibuka" or "ditutup" of the form."""
        return bimtek.form_state(self.row, now)

    def last_counts(self) -> bool:
        """True when the latest submission of a person counts, False when the first does; a rule of the event."""
        return bool(self.row.get("aturan_" + str(self.row["fase"]), "terakhir") == "terakhir")


@dataclass
class _Known:
    engine: object
    revision: int
    places: dict[str, Place | None]


_lock = Lock()
_known = _Known(None, -1, {})
_definitions: dict[tuple[int, str], tuple[definition.Form, tuple[ScoredItem, ...]]] = {}


def clean_link(text: str) -> str | None:
    """The link as stored, from what stood in an address; None when it can be none."""
    link = text.strip().upper()
    good = len(link) == bimtek.LINK_LENGTH and all(letter in bimtek.ALPHABET for letter in link)
    return link if good else None


def find(connection: Connection, links: Iterable[str]) -> dict[str, Place | None]:
    """Where each link leads at this moment; None for a link that leads nowhere."""
    global _known
    revision, wanted = state.revision(connection, "kegiatan"), set(links)
    known = _known
    if known.engine is not connection.engine or known.revision != revision or len(known.places) > MOST_LINKS:
        known = _Known(connection.engine, revision, {})
        with _lock:
            _known = known
    missing = wanted - known.places.keys()
    if missing:
        known.places.update(dict.fromkeys(missing) | _read(connection, missing))
    return {link: known.places.get(link) for link in wanted}


def of_event(connection: Connection, event_id: int) -> list[Place]:
    """Every form of an event, in its order."""
    return _places(connection, queries.forms_of(connection, event_id))


def _read(connection: Connection, links: set[str]) -> dict[str, Place]:
    found = {place.row["tautan"]: place for place in _places(connection, queries.forms(connection, links).values())}
    rest = links - found.keys()
    if rest:
        found |= {link: Place(row) for link, row in queries.events(connection, rest).items()}
    return found


def _places(connection: Connection, rows: Iterable[dict[str, Any]]) -> list[Place]:
    listed = list(rows)
    wanted = {(row["instrumen_versi_id"], row["sidik_definisi"]) for row in listed}
    missing = wanted - _definitions.keys()
    parsed = {}
    if missing:
        stored = queries.definitions(connection, {version for version, _ in missing})
        parsed = {key: _parsed(stored[key[0]]) for key in missing}
        with _lock:
            if len(_definitions) > MOST_DEFINITIONS:
                _definitions.clear()
            _definitions.update(parsed)
    ready = {key: parsed.get(key) or _definitions.get(key) for key in wanted}
    places = []
    for row in listed:
        key = (row["instrumen_versi_id"], row["sidik_definisi"])
        form, scored = ready[key] or _parsed(queries.definitions(connection, {key[0]})[key[0]])
        places.append(Place(row, form, scored))
    return places


def _parsed(stored: Any) -> tuple[definition.Form, tuple[ScoredItem, ...]]:
    form = parsing.from_mapping(stored)
    items = (ScoredItem(item.kode, item.jenis, item.poin, item.kunci or None) for item in definition.items(form))
    return form, tuple(item for item in items if item.kunci is not None)
