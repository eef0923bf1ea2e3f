"""Finding an LKS by a name half remembered: misspelt, in another order, with or without "panti" or "yayasan"."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import numpy as np
from rapidfuzz import fuzz, process

from data_access.engine import Connection, reading
from data_access.queries import find as queries
from domain.names import GENERIC, name_key
from domain.permissions import Actor, Permission, Scope, require

# A word may be this far off (0 to 100): one letter in five or two in eleven.
WORD_CUTOFF = 78.0
WHOLE_CUTOFF = 75.0
_KEPT = 2  # the present revision, and the one that readers may still hold
_MAX_TEXT = 120


@dataclass(frozen=True)
class Hit:
    """An LKS that a search found; score 0 to 100."""

    id: int
    score: float


@dataclass(frozen=True)
class _Index:
    rows: tuple[queries.Named, ...]
    keys: tuple[str, ...]  # the whole normalised name, per row
    words: tuple[str, ...]  # every word of a name or its region once
    holders: tuple[np.ndarray, ...]  # per word: the rows that have it
    position: dict[str, int]


_indexes: "OrderedDict[str, _Index]" = OrderedDict()
_lock = Lock()


def _index(connection: Connection) -> _Index:
    """The index of the present revision, built by one thread and shared by all; bounded to a few revisions."""
    key = queries.stamp(connection)
    with _lock:
        if key not in _indexes:
            _indexes[key] = _build(connection)
            while len(_indexes) > _KEPT:
                _indexes.popitem(last=False)
        _indexes.move_to_end(key)
        return _indexes[key]


def _build(connection: Connection) -> _Index:
    rows = tuple(queries.named(connection))
    places = {kode: name_key(name).split() for kode, name in queries.region_names(connection).items()}
    holders: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        mine = {*row.nama_kunci.split(), *name_key(row.singkatan or "").split(), *places.get(row.kabkota_kode, ())}
        for word in mine:
            holders.setdefault(word, []).append(number)
    words = tuple(holders)
    arrays = tuple(np.array(holders[word], dtype=np.int64) for word in words)
    return _Index(rows, tuple(row.nama_kunci for row in rows), words, arrays, {w: n for n, w in enumerate(words)})


def _word_scores(index: _Index, word: str) -> np.ndarray:
    """How well each row has the word, 0 to 100: spelt so, begun so, or nearly so."""
    found = np.zeros(len(index.rows), dtype=np.float32)
    scores = np.zeros(len(index.words), dtype=np.float32)
    if len(word) > 3:  # of shorter words everything is a misspelling of everything
        scores = process.cdist([word], index.words, scorer=fuzz.ratio, score_cutoff=WORD_CUTOFF, dtype=np.float32)[0]
    for number, candidate in enumerate(index.words):
        if candidate == word:
            scores[number] = 100
        elif len(word) > 1 and candidate.startswith(word):
            scores[number] = max(float(scores[number]), 95.0)
    for hit in np.flatnonzero(scores).tolist():
        holders = index.holders[hit]
        found[holders] = np.maximum(found[holders], scores[hit])
    return found


def _by_code(index: _Index, text: str) -> list[Hit]:
    wanted = "".join(text.upper().split())
    if not any(character.isdigit() for character in wanted):
        return []
    hits = [Hit(row.id, 100.0) for row in index.rows if row.kode_lks == wanted]
    part = wanted.removeprefix("LKS-")
    if not hits and len(part) >= 5 and part.replace(".", "").replace("-", "").isdigit():
        hits = [Hit(row.id, 99.0) for row in index.rows if row.kode_lks.removeprefix("LKS-").startswith(part)]
    return hits


def _rank(index: _Index, text: str) -> list[tuple[int, float]]:
    """(row number, score) of the rows that fit, best first."""
    words = name_key(text).split()
    if not words:
        return []
    telling = [word for word in words if word not in GENERIC] or words
    per_word = [_word_scores(index, word) for word in telling]
    fits = np.logical_and.reduce([scores > 0 for scores in per_word])
    score = np.mean(per_word, axis=0)
    if not fits.any():  # words run together or torn apart: the name as a whole
        whole = process.cdist(
            [" ".join(telling)], index.keys, scorer=fuzz.WRatio, score_cutoff=WHOLE_CUTOFF, dtype=np.float32
        )
        score, fits = whole[0], whole[0] > 0
    numbers = np.flatnonzero(fits)
    # "panti" or "yayasan" finds the others as well, but puts those that are called so first; then the name that says
    # least besides, where what kind of body it is does not count unless it is all that was asked for.
    named = index.keys if telling == words and set(words) <= GENERIC else [row.nama_cari for row in index.rows]
    general = [set(index.holders[index.position[w]].tolist()) for w in words if w in GENERIC and w in index.position]

    def order(number: int) -> tuple[float, int, int, str]:
        called = sum(number in rows for rows in general)
        return (-round(float(score[number]), 1), -called, len(named[number]), index.rows[number].kode_lks)

    return [(number, float(score[number])) for number in sorted(numbers.tolist(), key=order)]


def hits(connection: Connection, scope: Scope, text: str) -> list[Hit]:
    """The LKS of the scope, archived ones included, that a text may mean: best first."""
    text = text[:_MAX_TEXT]
    index = _index(connection)
    found = _by_code(index, text) or [Hit(index.rows[number].id, score) for number, score in _rank(index, text)]
    if scope.root is None:
        return found
    mine = {row.id for row in index.rows if scope.covers(row.kecamatan_kode or row.kabkota_kode)}
    return [hit for hit in found if hit.id in mine]


def find(connection: Connection, scope: Scope, text: str) -> list[int]:
    """The ids of hits(), best first."""
    return [hit.id for hit in hits(connection, scope, text)]


def search(by: Actor, text: str, limit: int = 50) -> list[Hit]:
    """The best hits among what the actor may see."""
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        return hits(connection, by.scope, text)[:limit]


def warm() -> None:
    """Builds the index of the present revision, so that the first search does not wait for it."""
    with reading() as connection:
        _index(connection)
