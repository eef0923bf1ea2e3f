"""Meetings of an LKKS: kinds, states, agenda items bound to live panels, decisions, and actions with their due date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

KINDS = ("pengurus", "rakor", "raker", "musda", "monev")
STATES = ("disiapkan", "berjalan", "ditutup")
NEXT: dict[str, tuple[str, ...]] = {
    "disiapkan": ("berjalan",),
    "berjalan": ("ditutup", "disiapkan"),
    "ditutup": (),  # what a closed meeting showed and decided stays as it was
}
BODIES = ("lkks", "lks", "dinas", "mitra", "lain")  # where somebody who attends, or is in charge, comes from
ACTION_KINDS = ("intervensi", "advokasi_sosial", "advokasi_anggaran", "pembinaan", "tugas")
ACTION_STATES = ("belum", "proses", "selesai")  # what is stored
LATE = "terlambat"  # what an unfinished one is called after its due date
# What a panel may show; `params` of a spec narrow it: wilayah (within the meeting's), hari, kode (indicator), kegiatan.
PANELS = (
    "tindak_lanjut",  # open actions, overdue first
    "kluster",  # LKS by kluster
    "wilayah",  # LKS by kecamatan or kab/kota
    "berakhir",  # what runs out in 30/90/180 days
    "belum_dikunjungi",  # LKS not verified for long
    "hasil_bimtek",  # results of the trainings of the region
    "prioritas",  # areas below the reference and thin in LKS
    "indikator",  # one indicator with what it stands beside
    "target_wilayah",  # an indicator or LKKS coverage by region against its target
    "lkks_wilayah",  # which regions have an LKKS, "every kab/kota by December"
)
MOST_PANELS = 4  # of one agenda item: more cannot be read from the back of a room


@dataclass(frozen=True)
class PanelSpec:
    """A live panel bound to an agenda item: what it shows, and what narrows it."""

    jenis: str
    wilayah: str | None = None
    kode: str | None = None
    hari: int | None = None
    kegiatan: int | None = None
    sampai: date | None = None  # by when a target of regions is meant to be reached

    def as_data(self) -> dict[str, Any]:
        """As it is stored beside the agenda item; what narrows nothing is left out."""
        found = {name: getattr(self, name) for name in ("jenis", "wilayah", "kode", "hari", "kegiatan")}
        found["sampai"] = self.sampai.isoformat() if self.sampai else None
        return {name: value for name, value in found.items() if value is not None}


def panel_of(data: Mapping[str, Any]) -> PanelSpec:
    """The spec as it was stored; ValueError for a kind that nobody knows."""
    if data["jenis"] not in PANELS:
        raise ValueError(data["jenis"])
    until = data.get("sampai")
    return PanelSpec(
        jenis=data["jenis"],
        wilayah=data.get("wilayah"),
        kode=data.get("kode"),
        hari=data.get("hari"),
        kegiatan=data.get("kegiatan"),
        sampai=date.fromisoformat(until) if until else None,
    )


def action_state(status: str, due: date | None, today: date) -> str:
    """belum, proses, selesai, or terlambat for an unfinished action whose due date has passed."""
    return LATE if status != "selesai" and due is not None and due < today else status


def urgency(row: Mapping[str, Any], today: date) -> tuple[int, date, int]:
    """What open actions are ordered by: overdue first, then by due date (none last), then as they were made."""
    late = action_state(row["status"], row["tenggat"], today) == LATE
    return (0 if late else 1, row["tenggat"] or date.max, row["id"])
