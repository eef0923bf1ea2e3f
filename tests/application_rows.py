"""What an LKS hands in online, as tests begin with it: fields, keys, a photograph of noise."""

import hashlib
import io
import os
import uuid
from pathlib import Path
from typing import Any

from PIL import Image

from data_access.engine import reading
from services import application_intake, application_uploads
from services.application_fields import sent
from services.application_intake import Ack, Sent
from services.application_uploads import Announced, Progress

VERSION = "2026-1"
ADDRESS = "10.0.0.7"
FIELDS: dict[str, Any] = {
    "nama": "Panti Asuhan Kasih Uji",
    "kode_wilayah": "33.71.01",
    "alamat": "Jalan Uji 1",
    "ketua": "Siti Uji",
    "kluster": ["anak"],
    "pengisi_nama": "Budi Uji",
    "pengisi_jabatan": "Sekretaris",
    "pengisi_telepon": "0812 3456 7890",
    "kapasitas": "40",
    "tanggal_berdiri": "2001-03-04",
    "lat": "",
}
REQUIRED_33_71 = (
    *("akta", "ad_art", "struktur_pengurus", "ktp_pengurus", "domisili", "npwp", "rekening", "program", "rekap_klien"),
)


def new_key() -> str:
    return str(uuid.uuid4())


def application(kunci: str | None = None, lks_id: int | None = None, **changes: Any) -> Sent:
    """A new application, or with `lks_id` corrections that hold only `changes`."""
    fields = FIELDS | changes if lks_id is None else changes
    sender = {"pengaju": "Budi Uji", "pengaju_telepon": "081234567890"} if lks_id else {}
    return Sent(kunci or new_key(), sent({"isian": fields}), VERSION, ADDRESS, lks_id, sender)


def hand_in(kunci: str | None = None, lks_id: int | None = None, **changes: Any) -> Ack:
    return application_intake.receive(application(kunci, lks_id, **changes), VERSION)


def jpeg(width: int = 200, height: int = 150, **save: Any) -> bytes:
    """A photograph that cannot be made smaller: noise."""
    made = io.BytesIO()
    Image.frombytes("RGB", (width, height), os.urandom(width * height * 3)).save(made, "JPEG", **save)
    return made.getvalue()


def announce(application_key: str, content: bytes, syarat: str = "akta", **changes: Any) -> Announced:
    values: dict[str, Any] = {
        "application_key": application_key,
        "syarat": syarat,
        "name": "foto.jpg",
        "mime": "image/jpeg",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    return Announced(**(values | changes))


def upload(application_key: str, content: bytes, syarat: str = "akta", kunci: str | None = None) -> Progress:
    """Sends a whole file in pieces."""
    key, step, told = kunci or new_key(), 48_000, announce(application_key, content, syarat)
    found = Progress(0, False)
    for start in range(0, len(content), step):
        found = application_uploads.put(key, start, content[start : start + step], told, ADDRESS)
    return found


def rows(table: Any) -> list[dict[str, Any]]:
    with reading() as connection:
        return [dict(row) for row in connection.execute(table.select()).mappings()]


def kept_files(data_dir: Path) -> list[str]:
    folder = data_dir / "pengajuan"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []
