"""Who is who: rosters linked to the register, people known from earlier events, two rows that are one person.

Everything here is proposed by likeness and done only when somebody confirms it.
"""

from collections import defaultdict
from collections.abc import Sequence

import pandas as pd
from rapidfuzz import fuzz, process

from data_access.commands import roster as commands
from data_access.engine import Connection, reading
from data_access.queries import profile as register
from data_access.queries import roster as queries
from domain.errors import InvalidInput, NotFound, NotUndoable, Problem
from domain.names import name_key, search_key
from domain.permissions import Actor, Permission, Scope, require
from domain.roster import person_key
from services import search
from services.roster import Case, Row, changing, masked

LIKE = 85  # from this likeness of the telling words on (0 to 100) an LKS is proposed
NEAR = 88  # from this likeness of the names on, two rows of one roster are proposed as one person
MOST = 3  # LKS proposed for one participant
LKS_COLUMNS = (
    *("id", "versi", "nama", "instansi", "kabkota_kode"),
    *("lks_id", "kode_lks", "lks_nama", "lks_kabkota", "skor", "tepat"),
)
PERSON_COLUMNS = (
    "id",
    "versi",
    "nama",
    "instansi",
    "lama_id",
    "lama_nama",
    "lama_instansi",
    "kegiatan",
    "mulai",
    "tepat",
)
PAIR_COLUMNS = ("skor", "a_id", "a_versi", "a_nama", "a_instansi", "b_id", "b_versi", "b_nama", "b_instansi")


def _roster(connection: Connection, by: Actor, event_id: int) -> tuple[Row, list[Row]]:
    event = queries.event(connection, by.scope, event_id)
    if event is None:
        raise NotFound()
    return event, [row for row in queries.people(connection, by.scope, event_id) if row["aktif"]]


# --- the register ----------------------------------------------------------------------------------------------------


def _register_scope(by: Actor, event: Row) -> Scope | None:
    """Where LKS are looked for: the event's reach as far as the actor may see it; None when the two do not meet."""
    reach = Scope(event["jangkauan"])
    if by.scope.covers(reach.root):
        return reach
    return by.scope if reach.covers(by.scope.root) else None


def lks_proposals(by: Actor, event_id: int) -> pd.DataFrame:
    """For the active people without a link, the LKS that their institution may be; columns LKS_COLUMNS, best first.

    `tepat`: the only LKS of the event's reach (of the person's kab/kota, when known) with that very name, which may be
    confirmed with others in one go. LKS outside the actor's region are neither looked through nor named.
    """
    require(by, Permission.MANAGE_EVENTS)
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        event, rows = _roster(connection, by, event_id)
        scope = _register_scope(by, event)
        known = register.names_in(connection, scope) if scope is not None else []
    wanted = [row for row in rows if row["lks_id"] is None and row["jenis"] in ("lks", "lain") and row["instansi"]]
    found = [
        {name: row[name] for name in LKS_COLUMNS[:5]}
        | {name: hit[name] for name in ("kode_lks", "skor", "tepat")}
        | {"lks_id": hit["id"], "lks_nama": hit["nama"], "lks_kabkota": hit["kabkota_kode"]}
        for row, hits in zip(wanted, _likely(wanted, known), strict=True)
        for hit in hits
    ]
    frame = pd.DataFrame(found, columns=list(LKS_COLUMNS))
    order = ["tepat", "skor", "instansi", "nama", "id", "lks_id"]
    return frame.sort_values(order, ascending=[False, False, True, True, True, True]).reset_index(drop=True)


def _likely(wanted: Sequence[Row], known: Sequence[Row]) -> list[list[Row]]:
    """For each row, its likeliest LKS with skor and tepat."""
    by_name: dict[str, list[Row]] = defaultdict(list)
    for lks in known:
        by_name[name_key(lks["nama"])].append(lks)
    keys = [lks["nama_cari"] for lks in known]
    asked = list(dict.fromkeys(search_key(row["instansi"]) for row in wanted))
    scores = process.cdist(asked, keys, scorer=fuzz.token_sort_ratio, score_cutoff=LIKE) if keys and asked else None
    place = {key: number for number, key in enumerate(asked)}
    found = []
    for row in wanted:
        here = row["kabkota_kode"]
        exact = [lks for lks in by_name[name_key(row["instansi"])] if not here or lks["kabkota_kode"] == here]
        hits = {lks["id"]: lks | {"skor": 100, "tepat": len(exact) == 1} for lks in exact}
        if scores is not None and len(exact) != 1:
            mine = scores[place[search_key(row["instansi"])]]
            near = [(float(mine[n]), known[n]) for n in mine.nonzero()[0].tolist()]
            # Those of the person's own kab/kota first; in another one only when nobody said where they come from.
            near = [(score, lks) for score, lks in near if not here or lks["kabkota_kode"] == here]
            for score, lks in sorted(near, key=lambda pair: (-pair[0], pair[1]["id"])):
                if len(hits) < MOST:
                    hits.setdefault(lks["id"], lks | {"skor": round(score), "tepat": False})
        found.append(list(hits.values()))
    return found


def lks_search(by: Actor, event_id: int, text: str, limit: int = 10) -> list[Row]:
    """id, nama, kode_lks and kabkota_kode of the LKS of the event's reach that a text may mean, best first."""
    require(by, Permission.MANAGE_EVENTS)
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        event, _ = _roster(connection, by, event_id)
        scope = _register_scope(by, event)
        if scope is None or not text.strip():
            return []
        ids = search.find(connection, scope, text)[: limit * 2]
        kept = queries.lks_in(connection, scope, ids)
    return [kept[lks_id] for lks_id in ids if lks_id in kept][:limit]


def link(by: Actor, event_id: int, links: Sequence[tuple[int, int, int]], token: str) -> int:
    """Links people to LKS, all or none, and returns how many; each link is (participant, its version, LKS).

    InvalidInput when a participant comes twice, or when an LKS lies outside the event's reach or the actor's region.
    """
    require(by, Permission.MANAGE_EVENTS)
    require(by, Permission.VIEW_REGISTER)
    with changing(by, event_id, "taut_lks", token) as case:
        scope = _register_scope(by, case.event)
        wanted = {lks_id for _, _, lks_id in links}
        known = queries.lks_in(case.connection, scope, wanted) if scope is not None else {}
        seen: set[int] = set()
        for participant_id, version, lks_id in links:
            row = case.row(participant_id, version)
            problem = _wrong_link(row, known.get(lks_id), participant_id in seen)
            if problem:
                raise InvalidInput([problem])
            seen.add(participant_id)
            told = {"lks": known[lks_id]["kode_lks"]}
            case.store(row, {"lks_id": lks_id}, "taut_lks", told=told)
    return len(links)


def _wrong_link(row: Row, lks: Row | None, twice: bool) -> Problem | None:
    if twice:
        return Problem("lks_id", row["nama"], "peserta_tautan_ganda")
    if lks is None:
        return Problem("lks_id", row["instansi"] or "", "peserta_lks_tidak_ada")
    if lks["contoh"] and not row["contoh"]:
        return Problem("lks_id", lks["nama"], "peserta_lks_contoh")
    return None


def unlink(by: Actor, event_id: int, participant_id: int, version: int, token: str) -> None:
    """Takes the link to the register off a row."""
    require(by, Permission.MANAGE_EVENTS)
    with changing(by, event_id, "lepas_lks", token) as case:
        row = case.row(participant_id, version)
        if row["lks_id"] is not None:
            case.store(row, {"lks_id": None}, "lepas_lks")


# --- earlier events --------------------------------------------------------------------------------------------------


def person_proposals(by: Actor, event_id: int) -> pd.DataFrame:
    """The active people who may have been at another event of the actor's region; columns PERSON_COLUMNS.

    Proposed is the newest other row with the same name (titles aside) and the same LKS, institution or kab/kota;
    `tepat`: the name letter for letter and the same LKS or institution.
    """
    require(by, Permission.MANAGE_EVENTS)
    with reading() as connection:
        event, rows = _roster(connection, by, event_id)
        others = queries.elsewhere(connection, by.scope, event_id)
    by_key: dict[str, list[Row]] = defaultdict(list)
    for other in others:
        if other["contoh"] == event["contoh"]:
            by_key[person_key(other["nama"])].append(other)
    found = []
    for row in rows:
        like = [other for other in by_key[person_key(row["nama"])] if _same_place(row, other)]
        fresh = next((other for other in like if row["orang_id"] is None or other["orang_id"] != row["orang_id"]), None)
        known = row["orang_id"] is not None and any(other["orang_id"] == row["orang_id"] for other in like)
        if fresh is None or known:
            continue
        exact = row["nama_kunci"] == fresh["nama_kunci"] and _same_body(row, fresh)
        found.append(
            {name: row[name] for name in ("id", "versi", "nama", "instansi")}
            | {"lama_id": fresh["id"], "lama_nama": fresh["nama"], "lama_instansi": fresh["instansi"]}
            | {"kegiatan": fresh["judul"], "mulai": fresh["mulai"], "tepat": exact}
        )
    frame = pd.DataFrame(found, columns=list(PERSON_COLUMNS))
    return frame.sort_values(["tepat", "nama", "id"], ascending=[False, True, True]).reset_index(drop=True)


def _same_body(a: Row, b: Row) -> bool:
    if a["lks_id"] is not None and b["lks_id"] is not None:
        return bool(a["lks_id"] == b["lks_id"])
    return bool(a["instansi"] and b["instansi"]) and name_key(a["instansi"]) == name_key(b["instansi"])


def _same_place(a: Row, b: Row) -> bool:
    return _same_body(a, b) or (a["kabkota_kode"] is not None and a["kabkota_kode"] == b["kabkota_kode"])


def recognise(by: Actor, event_id: int, pairs: Sequence[tuple[int, int, int]], token: str) -> int:
    """Says that people were at other events, all or none, and returns how many; (participant, its version, other row).

    InvalidInput when the two are known as two persons, or when the person is on this roster already.
    """
    require(by, Permission.MANAGE_EVENTS)
    with changing(by, event_id, "taut_orang", token) as case:
        for participant_id, version, other_id in pairs:
            row = case.row(participant_id, version)
            other = queries.one(case.connection, by.scope, other_id)
            if other is None or other["kegiatan_id"] == event_id:
                raise NotFound()
            _recognise(case, row, other)
    return len(pairs)


def _recognise(case: Case, row: Row, other: Row) -> None:
    mine, theirs = row["orang_id"], other["orang_id"]
    if mine is not None and theirs is not None and mine != theirs:
        raise InvalidInput([Problem("orang_id", row["nama"], "orang_beda")])
    person_id = mine or theirs or commands.add_person(case.connection, other["nama"], case.now)
    for one in queries.people(case.connection, case.by.scope, case.event["id"]):
        if one["aktif"] and one["orang_id"] == person_id and one["id"] != row["id"]:
            raise InvalidInput([Problem("orang_id", row["nama"], "orang_sudah_di_kegiatan", {"lain": one["nama"]})])
    if theirs is None:
        commands.set_person(case.connection, other["id"], person_id)
    case.store(row, {"orang_id": person_id}, "taut_orang", told={"peserta_lain": other["id"]})


def part(by: Actor, event_id: int, participant_id: int, version: int, token: str) -> None:
    """Takes back that a row is a person known from other events."""
    require(by, Permission.MANAGE_EVENTS)
    with changing(by, event_id, "lepas_orang", token) as case:
        row = case.row(participant_id, version)
        if row["orang_id"] is not None:
            case.store(row, {"orang_id": None}, "lepas_orang")
            commands.drop_lone_persons(case.connection, [row["orang_id"]])


# --- two rows that are one person --------------------------------------------------------------------------------------


def near_pairs(by: Actor, event_id: int, least: int = NEAR) -> pd.DataFrame:
    """Pairs of active rows of one roster with like names (titles aside), the likest first; columns PAIR_COLUMNS."""
    require(by, Permission.MANAGE_EVENTS)
    with reading() as connection:
        _, rows = _roster(connection, by, event_id)
    keys = [person_key(row["nama"]) for row in rows]
    found = []
    if rows:
        scores = process.cdist(keys, keys, scorer=fuzz.token_sort_ratio, score_cutoff=least)
        for i, j in zip(*(scores >= least).nonzero(), strict=True):
            if i < j:
                pair: Row = {"skor": round(float(scores[i, j]))}
                for side, row in (("a", rows[i]), ("b", rows[j])):
                    pair |= {f"{side}_{name}": row[name] for name in ("id", "versi", "nama", "instansi")}
                found.append(pair)
    frame = pd.DataFrame(found, columns=list(PAIR_COLUMNS))
    return frame.sort_values(["skor", "a_nama", "a_id", "b_id"], ascending=[False, True, True, True]).reset_index(
        drop=True
    )


# What the kept row takes from the other one where it says nothing itself.
_FILLED = ("kelamin", "jabatan", "instansi", "lks_id", "kabkota_kode", "telepon", "email", "orang_id", "catatan")


def merge(
    by: Actor, event_id: int, from_id: int, from_version: int, into_id: int, into_version: int, token: str
) -> None:
    """Makes two rows of a roster one: answers, attendance and plans move to the kept row, which is filled where empty.

    The other row is struck off and points to the kept one, which both codes open from then on. InvalidInput when both have an
    answer that counts for the same form: which of the two counts is not for a merge to decide.
    """
    require(by, Permission.MANAGE_EVENTS)
    with changing(by, event_id, "gabung_peserta", token, "jawaban") as case:
        if from_id == into_id:
            raise InvalidInput([Problem("id", "", "peserta_gabung_sendiri")])
        source, target = case.row(from_id, from_version), case.row(into_id, into_version)
        for row in (source, target):
            merged = row["digabung_ke"] is not None
            if merged or not row["aktif"]:
                raise NotUndoable("peserta_sudah_digabung" if merged else "peserta_dicoret")
        if None not in (source["orang_id"], target["orang_id"]) and source["orang_id"] != target["orang_id"]:
            raise InvalidInput([Problem("orang_id", source["nama"], "orang_beda")])
        theirs, ours = (queries.forms_answered(case.connection, one) for one in (from_id, into_id))
        both = sorted(theirs.keys() & ours.keys())
        if both:
            titles = ", ".join(theirs[form][0] for form in both)
            nameless = any(theirs[form][1] for form in both)
            code = "peserta_gabung_jawaban_anonim" if nameless else "peserta_gabung_jawaban"
            raise InvalidInput([Problem("id", source["nama"], code, {"formulir": titles})])
        commands.move_work(case.connection, from_id, into_id)
        filled = {
            name: source[name] for name in _FILLED if target[name] in (None, "") and source[name] not in (None, "")
        }
        case.store(source, {"aktif": False, "digabung_ke": into_id, "orang_id": None}, "gabung_peserta")
        case.store(target, filled, "gabung_peserta", told=masked(filled) | {"gabungan": source["nama"]})
