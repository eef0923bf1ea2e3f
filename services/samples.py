"""The sample data: five articles' regions with invented, marked LKS, and one account per role to look around with."""

from typing import Any

from data_access import assets
from data_access.commands import accounts as account_commands
from data_access.commands import events as event_commands
from data_access.commands import lks as lks_commands
from data_access.commands import sample_lkks as sample_lkks_commands
from data_access.commands import samples as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import samples as queries
from domain.errors import NotPermitted
from domain.lks import FIELDS
from domain.permissions import ROLES, Actor, Permission, require
from services import clock, ready_made, sample_applications, sample_events, sample_lkks, sample_meetings, wording
from services.accounts import SAMPLE_CLOSED

# Where each sample account looks from: the Kepala Dinas and the operator of one city, the others wider.
SAMPLE_SCOPES = {"kepala_dinas": None, "operator": "33.71", "pelatih": "52.72", "lkks": "13.76", "admin": None}


def loaded() -> bool:
    """True when sample LKS are in the register."""
    with reading() as connection:
        return queries.count_sample(connection) > 0


def load(by: Actor) -> int:
    """Loads the sample LKS and accounts and returns how many LKS; 0 when they are there already."""
    require(by, Permission.MANAGE_SAMPLE)
    now, today = clock.now(), clock.today()
    ready_made.load()
    rows = assets.sample_lks(today)
    with writing() as connection:
        trail.bump(connection, "register", "pengguna", "kegiatan", "jawaban", "lkks", "pengajuan")
        if queries.count_sample(connection):
            return 0
        if queries.count_real(connection):
            raise NotPermitted("contoh_di_atas_data_nyata")
        records = [{name: row.get(name) for name in FIELDS if row.get(name) is not None} for row in rows]
        ids = lks_commands.add(connection, records, at=now, by=by, contoh=True)
        by_code = {row["kode_lks"]: lks_id for row, lks_id in zip(rows, ids, strict=True)}
        commands.set_codes(connection, by_code)
        commands.add_children(connection, by_code, assets.sample_documents(today), assets.sample_aid(today))
        events = sample_events.add(connection, now)
        sample_lkks.add(connection, now)
        applications = sample_applications.add(connection, now, by)
        _add_users(connection, now)
        after = {"lks": len(ids), "kegiatan": events, "pengajuan": applications}
        trail.record(connection, trail.audit_row(by, now, "muat_contoh", "contoh", after=after))
    sample_meetings.load(now)
    return len(ids)


def _add_users(connection: Connection, now: Any) -> None:
    for role in ROLES:
        values: dict[str, Any] = {
            "nama_pengguna": "contoh." + role,
            "nama": wording.role(role)["judul"] + " (contoh)",
        }
        values |= {"sandi": None, "peran": role, "wilayah": SAMPLE_SCOPES[role], "contoh": True, "dibuat_pada": now}
        account_commands.add_user(connection, values)


def remove(by: Actor) -> int:
    """Takes the sample LKS and accounts out again and returns how many LKS there were; real rows are untouched."""
    require(by, Permission.MANAGE_SAMPLE)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "register", "pengguna", "kegiatan", "jawaban", "rapat", "lkks", "pengajuan")
        meetings = sample_meetings.remove(connection)
        sample_lkks_commands.remove(connection)
        events = queries.sample_events(connection)
        for event_id in events:
            event_commands.remove(connection, event_id)
        applications = sample_applications.remove(connection)
        ids = queries.sample_ids(connection)
        commands.remove_links(connection, ids)
        lks_commands.remove(connection, ids)
        account_commands.remove_sample_users(connection)
        trail.set_state(connection, SAMPLE_CLOSED, now.isoformat())
        before = {"lks": len(ids), "kegiatan": len(events), "rapat": meetings, "pengajuan": applications}
        trail.record(connection, trail.audit_row(by, now, "hapus_contoh", "contoh", before=before))
    return len(ids)
