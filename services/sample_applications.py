"""Two invented, marked online applications, so that the queue of the sample region is not empty."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from data_access import assets, submitted_files
from data_access.commands import application_queue as commands
from data_access.engine import Connection
from domain import telaah
from domain.permissions import Actor

DOOR = "pendaftaran-daring"
_CONSENT = "contoh"
_TEXT = "BT /F1 24 Tf 60 300 Td (CONTOH, bukan dokumen nyata) Tj ET"
_PARTS = (
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    f"<</Length {len(_TEXT)}>>stream\n{_TEXT}\nendstream",
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
)


def page() -> bytes:
    """A PDF of one page that says what it is: the sample shows that papers come along, not what they say."""
    body, places = "%PDF-1.4\n", []
    for number, part in enumerate(_PARTS, 1):
        places.append(len(body))
        body += f"{number} 0 obj{part}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(_PARTS) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Root 1 0 R/Size {size}>>\n"
    return f"{body}{end}startxref\n{len(body)}\n%%EOF\n".encode("ascii")


def file_keys() -> list[str]:
    """The keys of the sample papers, which are the same at every load."""
    return [_key(row["kunci"], place) for row in assets.sample_applications() for place in range(len(row["berkas"]))]


def _key(application: str, place: int) -> str:
    return f"{application[:-4]}{place + 1:02d}{application[-2:]}"


def add(connection: Connection, now: datetime, by: Actor) -> int:
    """Stores the sample applications with their papers and returns how many."""
    rows = assets.sample_applications()
    for row in rows:
        _add(connection, now, by, row)
    for key in file_keys():
        submitted_files.replace(key, page())
    return len(rows)


def _add(connection: Connection, now: datetime, by: Actor, row: dict[str, Any]) -> None:
    arrived = now - timedelta(days=row["hari_lalu"])
    asked, reason = row.get("dikembalikan", []), row.get("alasan")
    text = repr(sorted(row["isian"].items()))
    values: dict[str, Any] = {
        name: row[name] for name in ("jenis", "kunci", "kode_wilayah", "pengaju", "pengaju_jabatan")
    }
    values |= {"sidik_isi": hashlib.sha256(text.encode()).hexdigest(), "nama": row["isian"]["nama"], "contoh": True}
    values |= {"status": "dikembalikan" if asked else "diterima", "diterima_pada": arrived, "persetujuan": _CONSENT}
    values |= {"diminta": asked, "catatan": reason}
    fields = [
        {"bidang": name, "nilai": value, **_state(asked, telaah.FIELD + name)} for name, value in row["isian"].items()
    ]
    application_id = commands.add(connection, values, fields)
    commands.add_step(connection, application_id, "diterima", arrived, DOOR, None)
    if asked:
        commands.add_step(connection, application_id, "diperiksa", arrived + timedelta(hours=5), by.username, None)
        commands.add_step(connection, application_id, "dikembalikan", arrived + timedelta(days=1), by.username, reason)
    facts = {"pengajuan_kunci": row["kunci"], "pengajuan_id": application_id, "mime": "application/pdf"}
    content = page()
    facts |= {"ukuran": len(content), "diterima": len(content), "selesai": True}
    facts |= {"sidik": hashlib.sha256(content).hexdigest()}
    files = [
        {"kunci": _key(row["kunci"], place), "syarat": syarat, "nama": f"{syarat}.pdf", "dibuat_pada": arrived}
        | facts
        | _state(asked, telaah.PAPER + syarat)
        for place, syarat in enumerate(row["berkas"])
    ]
    commands.add_files(connection, files)


def _state(asked: list[str], code: str) -> dict[str, Any]:
    """Of an application that was sent back: what is asked for again was refused, the rest accepted."""
    if not asked:
        return {"keadaan": "menunggu", "alasan": None}
    return {"keadaan": "ditolak" if code in asked else "diterima", "alasan": None}


def remove(connection: Connection) -> int:
    """Takes the sample applications and their papers out again and returns how many applications there were."""
    count, keys = commands.remove_samples(connection)
    for key in keys:
        submitted_files.remove(key)
    return count
