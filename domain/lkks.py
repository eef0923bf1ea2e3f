"""LKKS: what its programs, partners and letters may be. Nobody stands above an LKKS; each works for its own region.

Sources: DOMAIN A1 1.11 (four activities), A2 2.7 (five duties), C5 (four service forms), F (kinds of partner).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.errors import NotFound
from domain.permissions import Actor, Permission, require

# The four things an LKKS works at (S1), and the five duties that actions are told apart by (S2).
ACTIVITIES = ("koordinasi", "model_pelayanan", "sumber_kesos", "pembinaan")
DUTIES = ("koordinasi", "pembinaan", "model_pelayanan", "forum", "advokasi")
PARTNERS = ("pemerintah", "masyarakat", "dunia_usaha", "donatur")
OWNERS = ("dinas", "lkks")
PROGRAM_STATES = ("rencana", "berjalan", "selesai", "batal")
APPROACHES = ("pencegahan", "penanganan", "keduanya")
SOON = 90  # days before the end of a term from which it is flagged
LETTER_PAPER = "rekomendasi_lkks"  # the paper of persyaratan_berkas that a standing letter is
LETTER_STATES = ("diajukan", "diterbitkan", "ditolak", "dicabut")
LETTER_STEPS: dict[str, tuple[str, ...]] = {
    "diajukan": ("diterbitkan", "ditolak"),
    "diterbitkan": ("dicabut",),
    "ditolak": (),
    "dicabut": (),
}


def runs(by: Actor, wilayah: str) -> bool:
    """True when the actor may run the affairs of the LKKS of a region: an LKKS only its own, because none is above another."""
    if by.role.id == "lkks":
        return wilayah == (by.scope.root or "")
    return by.scope.covers(wilayah or None)


def require_run(by: Actor, permission: Permission, wilayah: str) -> None:
    """Raises NotPermitted without the permission, NotFound for an LKKS that is not the actor's."""
    require(by, permission)
    if not runs(by, wilayah):
        raise NotFound()


def term_state(until: date | None, today: date) -> str:
    """How the term of the officers stands: kosong (no end known), lewat, segera (at most SOON days left) or berjalan."""
    if until is None:
        return "kosong"
    days = (until - today).days
    return "lewat" if days < 0 else "segera" if days <= SOON else "berjalan"


def stands(letter: Mapping[str, Any], today: date) -> bool:
    """True when a letter is issued, not withdrawn, and has not run out."""
    until = letter["berlaku_sampai"]
    return letter["status"] == "diterbitkan" and (until is None or until >= today)


def letter_state(letter: Mapping[str, Any], today: date) -> str:
    """The state as people read it: an issued letter that ran out is `kedaluwarsa`."""
    issued = letter["status"] == "diterbitkan"
    return "kedaluwarsa" if issued and not stands(letter, today) else str(letter["status"])
