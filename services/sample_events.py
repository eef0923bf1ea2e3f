"""Five events as published, with invented and marked people and answers; the same ones at every load but for the codes."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from data_access import assets, secrets
from data_access.commands import sample_events as commands
from data_access.engine import Connection
from data_access.queries import instruments as instrument_queries
from data_access.queries import samples as queries
from domain import bimtek, scoring
from domain.forms import definition
from domain.forms.definition import Form, Item
from domain.names import name_key
from domain.permissions import Scope

Row = dict[str, Any]
# Which ready-made instrument serves which phases of a sample event.
_TEST, _SPEAKER, _ORGANISATION, _PLAN = "prepost", "narasumber", "penyelenggaraan", "rtl"
_PHASES = {_TEST: ("pre", "post"), _SPEAKER: ("narasumber",), _ORGANISATION: ("penyelenggaraan",), _PLAN: ("rtl",)}
_TITLES = {"pre": "Pre-test", "post": "Post-test"}
_OWN = (
    *("judul", "maksud", "penyelenggara_jenis", "penyelenggara", "wilayah", "jangkauan", "tempat", "tempat_wilayah"),
    *("mulai", "selesai", "dasar_hukum", "seri", "sumber", "catatan", "zona"),
)
_REMARKS = (
    "Materi mudah dipahami, waktu diskusi perlu ditambah. (contoh)",
    "Mohon bahan dibagikan sebelum acara. (contoh)",
    "Praktik mengisi data langsung di ponsel sangat membantu. (contoh)",
    "Jaringan internet di ruangan lemah. (contoh)",
)
_PLANS = (
    "Melengkapi berkas pendaftaran LKS (contoh)",
    "Menyusun catatan perkembangan klien setiap bulan (contoh)",
    "Menata pembukuan bantuan yang diterima (contoh)",
)


@dataclass(frozen=True)
class _Person:
    """A sample participant: row id, place on the roster, kind."""

    id: int
    number: int
    kind: str


def _chance(*what: object) -> float:
    """A number from 0 to 1 that depends on nothing but what it is for."""
    return int.from_bytes(hashlib.sha256(repr(what).encode()).digest()[:7], "big") / 2**56


def add(connection: Connection, now: datetime) -> int:
    """Stores the sample events among the sample LKS and returns how many; the instruments must be there."""
    ready = {row["jenis"]: row for row in instrument_queries.published_forms(connection, Scope(None)) if row["bawaan"]}
    forms = {form.jenis: form for form in assets.ready_made_forms().values()}
    facts = assets.sample_events()
    for fact in facts:
        _event(connection, now, fact, ready, forms)
    return len(facts)


def _event(
    connection: Connection, now: datetime, fact: Row, ready: Mapping[str, Row], forms: Mapping[str, Form]
) -> None:
    head = {name: fact[name] for name in _OWN if name in fact}
    head |= {"status": "selesai", "tautan": bimtek.new_link(), "contoh": True, "dibuat_pada": now, "diubah_pada": now}
    event_id = commands.add(connection, "kegiatan", head)
    aims = [{"kegiatan_id": event_id, "kode": aim.kode, "nama": aim.nama} for aim in forms[_TEST].tujuan]
    commands.add_many(connection, "kegiatan_tujuan", [aim | {"urutan": n} for n, aim in enumerate(aims)])
    speakers = [commands.add(connection, "narasumber", {"kegiatan_id": event_id, **row}) for row in fact["narasumber"]]
    sessions = []
    for number, row in enumerate(fact["sesi"]):
        values = {name: row[name] for name in ("mulai", "selesai", "materi", "jp")}
        day = fact["mulai"] + timedelta(days=row["hari"] - 1)
        values |= {"kegiatan_id": event_id, "tanggal": day, "urutan": number}
        sessions.append((commands.add(connection, "kegiatan_sesi", values), day))
        pair = {"sesi_id": sessions[-1][0], "narasumber_id": speakers[row["narasumber"] - 1]}
        commands.add(connection, "sesi_narasumber", pair)
    people = _people(connection, now, event_id, fact)
    _attendance(connection, fact, sessions, people)
    zone = ZoneInfo(bimtek.ZONES[fact["zona"]])
    place = 0
    for kind, phases in _PHASES.items():
        for phase in phases:
            for speaker in speakers if kind == _SPEAKER else [None]:
                form = forms[kind]
                name = fact["narasumber"][speakers.index(speaker)]["nama"] if speaker is not None else ""
                title = " · ".join(part for part in (_TITLES.get(phase, form.judul), name) if part)
                begins, ends = _hours(fact, phase, zone)
                values = {
                    "kegiatan_id": event_id,
                    "instrumen_versi_id": ready[kind]["id"],
                    "fase": phase,
                    "narasumber_id": speaker,
                    "judul": title,
                    "tautan": bimtek.new_link(),
                    "status": "ditutup",
                    "buka_pada": begins,
                    "tutup_pada": ends,
                    "anonim": form.anonim,
                    "urutan": place,
                }
                place += 1
                form_id = commands.add(connection, "formulir", values)
                answered = [one for one in people if _takes_part(fact["kunci"], phase, one)]
                rows = list(_submissions(fact, phase, speaker, form_id, form, answered, begins))
                commands.add_many(connection, "kiriman", rows)
                if form.anonim:
                    signed = [{"formulir_id": form_id, "peserta_id": one.id} for one in answered]
                    commands.add_many(connection, "pengisian", signed)


def _hours(fact: Row, phase: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Pre on the morning of the first day, everything else on the afternoon of the last."""
    day: date = fact["mulai"] if phase == "pre" else fact["selesai"]
    hour = 8 if phase == "pre" else 15
    begins = datetime(day.year, day.month, day.day, hour, tzinfo=zone)
    return begins, begins + timedelta(minutes=45)


def _people(connection: Connection, now: datetime, event_id: int, fact: Row) -> list[_Person]:
    """The roster: LKS people spread over sample LKS of the region, about two each; everybody is named by number."""
    key = secrets.derived(bimtek.CODE_KEY)
    institutions = queries.sample_lks_in(connection, fact["lks_wilayah"], fact["jumlah_lks"])
    places = queries.kabkota_in(connection, fact["jangkauan"])
    rows = []
    kinds = [kind for kind, count in fact["orang"].items() for _ in range(count)]
    of_kind: dict[str, int] = {}
    for number, kind in enumerate(kinds):
        place = of_kind.get(kind, 0)
        of_kind[kind] = place + 1
        code = bimtek.new_code(key)
        name = f"Peserta contoh {number + 1:02d}"
        row: Row = {
            "kegiatan_id": event_id,
            "nama": name,
            "nama_kunci": name_key(name),
            "jenis": kind,
            "kelamin": "P" if _chance(fact["kunci"], number, "kelamin") < 0.5 else "L",
            "kode_sandi": secrets.seal(code),
            "kode_sidik": secrets.fingerprint(code),
            "contoh": True,
            "dibuat_pada": now,
        }
        if kind == "lks":
            home = institutions[place % len(institutions)]
            # As written on the roster: the register's own name only where the event's region may read it.
            own = Scope(fact["wilayah"]).covers(home["kabkota_kode"])
            written = home["nama"] if own else f"LKS peserta {place % len(institutions) + 1:02d} (contoh)"
            row |= {"instansi": written, "lks_id": home["id"], "kabkota_kode": home["kabkota_kode"]}
            row["jabatan"] = "Ketua" if place < len(institutions) else "Pengurus"
        else:
            kode, name = places[place % len(places)]
            office = {"dinas": "Dinas Sosial", "lkks": "LKKS"}[kind]
            row |= {"instansi": f"{office} {name}", "kabkota_kode": kode, "jabatan": "Staf"}
        rows.append(row)
    ids = [commands.add(connection, "peserta", row) for row in rows]
    return [_Person(id, number, kind) for number, (id, kind) in enumerate(zip(ids, kinds, strict=True))]


def _takes_part(event: str, phase: str, one: _Person) -> bool:
    """A few have only one side, as in every real room; the other forms are answered by most."""
    luck = _chance(event, one.number, "ikut")
    if phase == "pre":
        return not 0.06 <= luck < 0.10
    if phase == "post":
        return luck >= 0.06
    return _chance(event, one.number, phase) < 0.85


def _attendance(
    connection: Connection, fact: Row, sessions: Sequence[tuple[int, date]], people: Sequence[_Person]
) -> None:
    zone = ZoneInfo(bimtek.ZONES[fact["zona"]])
    rows = []
    for place, (session_id, day) in enumerate(sessions):
        at = datetime(day.year, day.month, day.day, 8, 5, tzinfo=zone) + timedelta(minutes=95 * place)
        for one in people:
            if _chance(fact["kunci"], one.number, place, "hadir") < 0.94:
                moment = at + timedelta(seconds=7 * one.number)
                rows.append({"sesi_id": session_id, "peserta_id": one.id, "cara": "ponsel", "pada": moment})
    commands.add_many(connection, "kehadiran", rows)


def _submissions(
    fact: Row,
    phase: str,
    speaker: int | None,
    form_id: int,
    form: Form,
    people: Sequence[_Person],
    begins: datetime,
) -> Iterator[Row]:
    for place, one in enumerate(people):
        answers = {}
        for item in definition.items(form):
            value = _answer(fact, phase, speaker, one, item)
            if value is not None:
                answers[item.kode] = value
        score = scoring.score(scoring.items_of(form), answers)
        kunci = hashlib.sha256(repr((fact["kunci"], phase, speaker, one.number)).encode()).hexdigest()[:32]
        moment = begins + timedelta(minutes=9, seconds=13 * place)
        yield {
            "formulir_id": form_id,
            "peserta_id": None if form.anonim else one.id,
            "kunci": f"contoh-{kunci}",
            "sidik_isi": kunci,
            "jawaban": answers,
            "asal": one.kind if form.anonim else None,
            "poin": score.points if score.maximum else None,
            "poin_maks": score.maximum or None,
            "kosong": score.blanks,
            "lengkap": score.complete,
            "keadaan": "terhitung",
            "mulai_pada": begins + timedelta(seconds=11 * place),
            "diterima_pada": moment,
            "cara": "ponsel",
        }


def _answer(fact: Row, phase: str, speaker: int | None, one: _Person, item: Item) -> Any:
    """An invented answer: knowledge by a plain ability model, scales leaning to the good end, a remark from a few."""
    what = (fact["kunci"], one.number, item.kode)
    if item.jenis in (definition.SINGLE, definition.TRUE_FALSE):
        choices = item.pilihan if item.jenis == definition.SINGLE else definition.TRUE_FALSE_OPTIONS
        if phase not in ("pre", "post"):
            return choices[int(_chance(*what, phase) * len(choices))].kode
        before, after = fact["kemampuan"]
        ability = (before if phase == "pre" else after) + 0.36 * (_chance(fact["kunci"], one.number, "mampu") - 0.5)
        ease = 0.44 * (_chance("mudah", item.kode) - 0.5)
        # What somebody knew before is mostly known after: four of five draws are shared by both tests.
        shared = _chance(*what, "tetap") < 0.8
        draw = _chance(*what, "tahu", "" if shared else phase)
        if draw < min(max(ability + ease, 0.06), 0.97):
            return item.kunci[0]
        if _chance(*what, phase, "kosong") < 0.02:
            return None
        wrong = [choice.kode for choice in choices if choice.kode not in item.kunci]
        return wrong[int(_chance(*what, phase, "salah") ** 1.6 * len(wrong))]
    if item.jenis == definition.SCALE and item.skala is not None:
        steps = item.skala.max - item.skala.min
        lean = _chance(*what, phase, speaker) ** 0.45
        return item.skala.min + min(steps, int(lean * (steps + 1)))
    if item.jenis == definition.DATE:
        return (fact["selesai"] + timedelta(days=60 + int(30 * _chance(*what)))).isoformat() if item.wajib else None
    if item.jenis in (definition.TEXT, definition.PARAGRAPH):
        if phase == "rtl":
            return _PLANS[int(_chance(*what) * len(_PLANS))] if item.wajib else None
        return _REMARKS[int(_chance(*what, "isi") * len(_REMARKS))] if _chance(*what, phase, speaker) < 0.2 else None
    return None
