"""Swapped ids: what belongs to another region is answered like what does not exist, and nothing is changed by asking.

Each line of the table is a call as its own people make it; a test puts one id of another region into it, then one that
nobody has, and compares the two answers and the whole store.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from domain.errors import InvalidInput, NotFound, NotPermitted, PilarError, StaleEdit
from domain.permissions import Actor, Permission
from domain.rapat import PanelSpec
from services import (
    actions,
    agenda,
    application_applying,
    application_doors,
    application_review,
    applications,
    attendance_list,
    decisions,
    freezing,
    letters,
    lkks,
    lkks_keeping,
    meetings,
    minutes,
    minutes_files,
    partnerships,
    programs,
    wall,
)
from services.application_review import Verdict
from tests.guard_rows import hashes, plant
from tests.security.test_permissions import _needed

Ids = dict[str, Any]
P = Permission
NOBODY, NOWHERE = 999_999, "33.99"
YES, NO = Verdict("diterima"), Verdict("ditolak", "tidak terbaca")
ITEM = {"judul": "Baru", "panel": [PanelSpec("kluster")]}
PERSON = {"nama": "Ani Uji", "jenis": "lkks"}
ACTION = {"jenis": "pembinaan", "apa": "Mendampingi LKS"}
FACTS = {"nomor": "12/LKKS/2026", "tanggal": date(2026, 1, 5), "penandatangan": "Ketua"}


class Swap(NamedTuple):
    """A call (by, ids) of a service, the ids that are swapped one at a time, and how the swap is refused."""

    service: str
    kinds: tuple[str, ...]
    call: Callable[[Actor, Ids], Any]
    refused: type[PilarError] = NotFound
    also: Permission | None = None


def _swap(service: str, kinds: str, call: Callable[[Actor, Ids], Any], *more: Any) -> Swap:
    return Swap(service, tuple(kinds.split()), call, *more)


SWAPS = [
    _swap("meetings.get", "rapat", lambda by, i: meetings.get(by, i["rapat"])),
    _swap("minutes.minutes", "rapat", lambda by, i: minutes.minutes(by, i["rapat"])),
    _swap("minutes_files.minutes_pdf", "rapat", lambda by, i: minutes_files.minutes_pdf(by, i["rapat"])),
    _swap("minutes_files.minutes_docx", "rapat", lambda by, i: minutes_files.minutes_docx(by, i["rapat"])),
    _swap("wall.screen", "rapat", lambda by, i: wall.screen(by, i["rapat"], 1)),
    _swap("freezing.snapshot", "rapat", lambda by, i: freezing.snapshot(by, i["rapat"])),
    _swap("freezing.close", "rapat", lambda by, i: freezing.close(by, i["rapat"], 1, i["t"])),
    _swap("meetings.edit", "rapat", lambda by, i: meetings.edit(by, i["rapat"], 1, {"tempat": "Aula"}, i["t"])),
    _swap("meetings.move", "rapat", lambda by, i: meetings.move(by, i["rapat"], 1, "disiapkan", i["t"])),
    _swap("meetings.remove", "rapat", lambda by, i: meetings.remove(by, i["rapat"], 1, i["t"]), NotFound),
    _swap("meetings.create", "wilayah", lambda by, i: meetings.create(by, _meeting(i), i["t"])),
    _swap("agenda.add", "rapat", lambda by, i: agenda.add(by, i["rapat"], ITEM, i["t"])),
    _swap("agenda.edit", "rapat butir", lambda by, i: agenda.edit(by, i["rapat"], i["butir"], 1, {"menit": 5}, i["t"])),
    _swap("agenda.remove", "rapat butir", lambda by, i: agenda.remove(by, i["rapat"], i["butir"], 1, i["t"])),
    _swap("agenda.reorder", "rapat", lambda by, i: agenda.reorder(by, i["rapat"], 1, [i["butir"]], i["t"])),
    _swap("agenda.reorder", "butir", lambda by, i: agenda.reorder(by, i["rapat"], 1, [i["butir"]], i["t"]), StaleEdit),
    _swap("attendance_list.add", "rapat", lambda by, i: attendance_list.add(by, i["rapat"], PERSON, i["t"])),
    _swap("attendance_list.paste", "rapat", lambda by, i: attendance_list.paste(by, i["rapat"], "Ani", "lkks", i["t"])),
    _swap("attendance_list.copy_before", "rapat", lambda by, i: attendance_list.copy_before(by, i["rapat"], i["t"])),
    _swap(
        "attendance_list.edit",
        "rapat hadir",
        lambda by, i: attendance_list.edit(by, i["rapat"], i["hadir"], {"hadir": False}, i["t"]),
    ),
    _swap(
        "attendance_list.mark",
        "rapat hadir",
        lambda by, i: attendance_list.mark(by, i["rapat"], {i["hadir"]: {"hadir": False}}, i["t"]),
    ),
    _swap(
        "attendance_list.remove",
        "rapat hadir",
        lambda by, i: attendance_list.remove(by, i["rapat"], i["hadir"], i["t"]),
    ),
    _swap("decisions.add", "rapat", lambda by, i: decisions.add(by, i["rapat"], i["butir"], "Disetujui", i["t"])),
    _swap(
        "decisions.add",
        "butir",
        lambda by, i: decisions.add(by, i["rapat"], i["butir"], "Disetujui", i["t"]),
        InvalidInput,
    ),
    *[
        _swap(f"decisions.{name}", "rapat keputusan", call)
        for name, call in (
            ("edit", lambda by, i: decisions.edit(by, i["rapat"], i["keputusan"], 1, "Lain", i["t"])),
            ("withdraw", lambda by, i: decisions.withdraw(by, i["rapat"], i["keputusan"], 1, i["t"])),
            ("restore", lambda by, i: decisions.restore(by, i["rapat"], i["keputusan"], 1, i["t"])),
        )
    ],
    _swap("actions.get", "tindak_lanjut", lambda by, i: actions.get(by, i["tindak_lanjut"])),
    *[
        _swap(f"actions.{name}", f"tindak_lanjut{end}", call(f"tindak_lanjut{end}"))
        for end in ("", "_lepas")
        for name, call in (
            ("edit", lambda k: lambda by, i: actions.edit(by, i[k], 1, {"pic": "Ani"}, i["t"], "pindah tugas")),
            ("set_status", lambda k: lambda by, i: actions.set_status(by, i[k], 1, "selesai", "Foto", i["t"])),
            ("withdraw", lambda k: lambda by, i: actions.withdraw(by, i[k], 1, i["t"], "keliru")),
            ("restore", lambda k: lambda by, i: actions.restore(by, i[k], 1, i["t"])),
        )
    ],
    _swap("actions.add", "rapat", lambda by, i: actions.add(by, _in_meeting(i), i["t"]), NotFound, P.MANAGE_MEETINGS),
    _swap(
        "actions.add", "butir", lambda by, i: actions.add(by, _in_meeting(i), i["t"]), InvalidInput, P.MANAGE_MEETINGS
    ),
    _swap("actions.add", "lks", lambda by, i: actions.add(by, ACTION | {"lks_id": i["lks"]}, i["t"])),
    _swap("actions.add", "wilayah", lambda by, i: actions.add(by, ACTION | {"wilayah_rapat": i["wilayah"]}, i["t"])),
    _swap("lkks.profile", "wilayah", lambda by, i: lkks.profile(by, i["wilayah"])),
    _swap("lkks.reveal", "wilayah", lambda by, i: lkks.reveal(by, i["wilayah"], "telepon")),
    _swap("lkks.reveal", "pengurus", lambda by, i: lkks.reveal(by, i["wilayah"], "telepon", i["pengurus"])),
    _swap("lkks_keeping.edit", "wilayah", lambda by, i: lkks_keeping.edit(by, i["wilayah"], 1, {"nama": "X"}, i["t"])),
    _swap(
        "lkks_keeping.put_bidang",
        "wilayah bidang",
        lambda by, i: lkks_keeping.put_bidang(by, i["wilayah"], 1, i["bidang"], {"nama": "Bidang baru"}, i["t"]),
    ),
    _swap(
        "lkks_keeping.remove_bidang",
        "wilayah bidang",
        lambda by, i: lkks_keeping.remove_bidang(by, i["wilayah"], 1, i["bidang"], i["t"]),
    ),
    _swap(
        "lkks_keeping.put_officer",
        "wilayah pengurus",
        lambda by, i: lkks_keeping.put_officer(by, i["wilayah"], 1, i["pengurus"], {"jabatan": "Ketua"}, i["t"]),
    ),
    _swap(
        "lkks_keeping.remove_officer",
        "wilayah pengurus",
        lambda by, i: lkks_keeping.remove_officer(by, i["wilayah"], 1, i["pengurus"], i["t"]),
    ),
    _swap(
        "partnerships.edit", "kemitraan", lambda by, i: partnerships.edit(by, i["kemitraan"], 1, {"mitra": "X"}, i["t"])
    ),
    _swap(
        "partnerships.remove", "kemitraan", lambda by, i: partnerships.remove(by, i["kemitraan"], 1, "keliru", i["t"])
    ),
    _swap("programs.get", "program_lkks", lambda by, i: programs.get(by, i["program_lkks"])),
    *[
        _swap(f"programs.{name}", f"program_{owner}", call(owner), NotFound, needs)
        for owner, needs in (("lkks", P.MANAGE_LKKS), ("dinas", P.MANAGE_PROGRAMS))
        for name, call in (
            ("edit", lambda o: lambda by, i: programs.edit(by, o, i[f"program_{o}"], 1, {"sasaran": "Anak"}, i["t"])),
            ("remove", lambda o: lambda by, i: programs.remove(by, o, i[f"program_{o}"], 1, "keliru", i["t"])),
        )
    ],
    _swap(
        "letters.request", "wilayah lks", lambda by, i: letters.request(by, i["wilayah"], i["lks"], _letter(), i["t"])
    ),
    _swap("letters.issue", "surat", lambda by, i: letters.issue(by, i["surat"], 1, FACTS, i["t"])),
    _swap("letters.refuse", "surat", lambda by, i: letters.refuse(by, i["surat"], 1, "belum lengkap", i["t"])),
    _swap(
        "letters.withdraw", "surat_terbit", lambda by, i: letters.withdraw(by, i["surat_terbit"], 1, "keliru", i["t"])
    ),
    _swap("applications.get", "pengajuan", lambda by, i: applications.get(by, i["pengajuan"])),
    _swap("applications.file", "pengajuan berkas", lambda by, i: applications.file(by, i["pengajuan"], i["berkas"])),
    _swap(
        "applications.reveal",
        "pengajuan",
        lambda by, i: applications.reveal(by, i["pengajuan"], applications.APPLICANT),
    ),
    _swap(
        "application_review.check", "pengajuan", lambda by, i: application_review.check(by, i["pengajuan"], 1, i["t"])
    ),
    _swap(
        "application_review.decide",
        "pengajuan",
        lambda by, i: application_review.decide(by, i["pengajuan"], 1, {"nama": YES}, i["t"]),
    ),
    _swap(
        "application_review.decide_field",
        "pengajuan",
        lambda by, i: application_review.decide_field(by, i["pengajuan"], 1, "alamat", NO, i["t"]),
    ),
    _swap(
        "application_review.decide_file",
        "pengajuan berkas",
        lambda by, i: application_review.decide_file(by, i["pengajuan"], 1, i["berkas"], YES, i["t"]),
    ),
    _swap(
        "application_review.send_back",
        "pengajuan",
        lambda by, i: application_review.send_back(by, i["pengajuan"], 1, ["berkas:akta"], "buram", i["t"]),
    ),
    _swap(
        "application_review.refuse",
        "pengajuan",
        lambda by, i: application_review.refuse(by, i["pengajuan"], 1, "bukan LKS", i["t"]),
    ),
    _swap(
        "application_review.attach",
        "pengajuan lks",
        lambda by, i: application_review.attach(by, i["pengajuan"], 1, i["lks"], i["t"]),
    ),
    _swap(
        "application_applying.apply",
        "pengajuan",
        lambda by, i: application_applying.apply(by, i["pengajuan"], 1, i["t"]),
    ),
    _swap("application_doors.links", "lks", lambda by, i: application_doors.links(by, i["lks"])),
    _swap("application_doors.make_link", "lks", lambda by, i: application_doors.make_link(by, i["lks"], "Ani", i["t"])),
    _swap(
        "application_doors.revoke_link",
        "lks tautan",
        lambda by, i: application_doors.revoke_link(by, i["lks"], i["tautan"], i["t"]),
    ),
]
ROLES_HERE = ("kepala_dinas", "operator", "lkks", "admin")


def _meeting(ids: Ids) -> Ids:
    return {"jenis": "rakor", "judul": "Rakor", "tanggal": date(2026, 1, 5), "wilayah": ids["wilayah"]}


def _in_meeting(ids: Ids) -> Ids:
    return ACTION | {"rapat_id": ids["rapat"], "butir_id": ids["butir"]}


def _letter() -> Ids:
    return {"perihal": "Rekomendasi", "diajukan_pada": date(2026, 1, 5)}


def _asked_by(by: Actor, swap: Swap) -> bool:
    needed = _needed(swap.service)
    own = swap.service.startswith("lkks.reveal") and by.may(P.MANAGE_LKKS)
    if swap.service.startswith("programs.") and swap.also is not None:
        return by.may(swap.also)
    return own or (needed is not None and by.may(needed) and (swap.also is None or by.may(swap.also)))


def _answer(swap: Swap, by: Actor, ids: Ids) -> tuple[type[PilarError], str, list[str]]:
    with pytest.raises(PilarError) as refused:
        swap.call(by, ids)
    problems = getattr(refused.value, "problems", [])
    return type(refused.value), refused.value.code, [problem.code for problem in problems]


def _swapped(own: Ids, kind: str, other: Ids | None) -> Ids:
    """The own ids with one of another region, or with one that nobody has."""
    nobody: Any = NOWHERE if kind == "wilayah" else NOBODY
    return own | {kind: nobody if other is None else other[kind]}


@pytest.mark.parametrize("role", ROLES_HERE)
def test_an_id_of_another_region_is_answered_like_none_and_changes_nothing(
    role: str, fresh_db: Path, actor: Callable[..., Actor]
) -> None:
    """Every service of issue 4, one id of the call swapped: the answer of "there is none", and every table as before."""
    own, other = plant("33.71", "SENDIRI"), plant("33.74", "ASING")
    by = actor(role, "33.71", 1)
    before, count = hashes(), 0
    for swap in (one for one in SWAPS if _asked_by(by, one)):
        for kind in swap.kinds:
            found = _answer(swap, by, _swapped(own, kind, other))
            nothing = _answer(swap, by, _swapped(own, kind, None))
            # An LKKS reads its own phones in clear; of any other region it is told that it may not, there or not.
            own_only = swap.service == "lkks.reveal" and kind == "wilayah" and not by.may(P.REVEAL_PERSONAL)
            expected = NotPermitted if own_only else swap.refused
            assert found == nothing and found[0] is expected, (swap.service, kind, found, nothing)
            # The id with everything that belongs to it, as somebody copies a whole address of elsewhere.
            if expected is NotFound:
                whole = _answer(swap, by, other)[0]
                assert whole in (NotFound, NotPermitted), (swap.service, kind)
                count += 1
            count += 1
    assert hashes() == before
    assert count >= {"kepala_dinas": 20, "operator": 60, "lkks": 90, "admin": 130}[role]


def test_the_calls_of_the_table_work_with_ones_own_ids(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    """A table whose calls are refused for another reason would prove nothing."""
    by = actor("admin", "33.71", 1)
    for number, swap in enumerate(SWAPS):
        own = plant("33.71", f"KENDALI{number}")
        try:
            swap.call(by, own)
        except (NotFound, NotPermitted) as refused:
            expected = {
                "rapat_belum_ditutup",
                "rapat_sudah_berisi",
                "butir_sudah_berisi",
                "langkah_pengajuan_tidak_boleh",
            }
            assert refused.code in expected, (swap.service, refused.code)
        except PilarError:
            continue  # the ids were found: what is refused is a version or an entry


PROVINCIAL = ("meetings", "minutes", "agenda", "attendance_list", "decisions", "freezing", "actions", "wall") + (
    *("lkks_keeping", "partnerships", "letters", "minutes_files"),
)


def test_a_provincial_lkks_runs_nothing_of_a_citys(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    """An LKKS has none below it: the city's ids are to the province's LKKS like ids that nobody has."""
    city = plant("33.71", "KOTA")
    by = actor("lkks", "33", 1)
    before, count = hashes(), 0
    for swap in SWAPS:
        owners = swap.service.startswith("programs.") and swap.also is P.MANAGE_LKKS
        if not (owners or swap.service.partition(".")[0] in PROVINCIAL) or not _asked_by(by, swap):
            continue
        if swap.service == "actions.add" and swap.kinds == ("lks",):
            continue  # an action of the province's own may be about an LKS of the province
        with pytest.raises(NotFound):
            swap.call(by, city)
        count += 1
    assert hashes() == before and count >= 40
