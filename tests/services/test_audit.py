"""The audit trail for those who may look: permission, region, days in WIB, hidden personal values, the workbook."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from data_access.commands import trail as commands
from data_access.engine import reading, writing
from data_access.queries import audit as queries
from domain.errors import NotPermitted
from domain.permissions import COMMAND_LINE, ROLES, Actor, Permission, Scope
from services import audit

MakeActor = Callable[..., Actor]
HEADING = {
    name: name.capitalize()
    for name in ("judul", "pada", "pelaku", "aksi", "objek", "objek_id", "tempat", "sebelum", "sesudah", "alasan")
}
CALLS: dict[str, Callable[[Actor], object]] = {
    "trail": lambda by: audit.trail(by, audit.Filters()),
    "vocabulary": audit.vocabulary,
    "export": lambda by: audit.export(by, audit.Filters(), HEADING, {}),
}


def write(at: datetime, objek: str = "lks", wilayah: str | None = "33.71", **values: Any) -> None:
    with writing() as connection:
        entry = commands.audit_row(COMMAND_LINE, at, "ubah", objek, 1, wilayah=wilayah, **values)
        commands.record(connection, entry)


@pytest.mark.parametrize("call", list(CALLS))
@pytest.mark.parametrize("role", list(ROLES))
def test_only_those_who_may_view_the_trail(fresh_db: Path, actor: MakeActor, role: str, call: str) -> None:
    if Permission.VIEW_AUDIT in ROLES[role].permissions:
        CALLS[call](actor(role))
        return
    with pytest.raises(NotPermitted):
        CALLS[call](actor(role))


def test_another_region_is_not_seen(fresh_db: Path, actor: MakeActor) -> None:
    noon = datetime(2025, 5, 22, 5, tzinfo=UTC)
    write(noon, wilayah="33.71")
    write(noon, wilayah="34.04")
    frame, total = audit.trail(actor("kepala_dinas", "33"), audit.Filters())
    assert (list(frame["tempat"]), total) == (["Kota Magelang"], 1)
    assert audit.vocabulary(actor("kepala_dinas", "35")) == {"pelaku": [], "aksi": [], "objek": []}


def test_days_are_days_in_wib(fresh_db: Path, actor: MakeActor) -> None:
    write(datetime(2025, 5, 21, 16, 59, 59, tzinfo=UTC))  # 21 May 23.59.59 WIB
    write(datetime(2025, 5, 21, 17, 0, tzinfo=UTC))  # 22 May 00.00 WIB
    write(datetime(2025, 5, 22, 17, 0, tzinfo=UTC))  # 23 May 00.00 WIB
    day = date(2025, 5, 22)
    frame, total = audit.trail(actor("admin"), audit.Filters(objek="lks", mulai=day, sampai=day))
    assert total == 1 and frame.to_dict("records")[0]["pada"].strftime("%d %H:%M") == "22 00:00"


def test_pages_and_sizes_are_held_in_bounds(fresh_db: Path, actor: MakeActor) -> None:
    for hour in range(5):
        write(datetime(2025, 5, 22, hour, tzinfo=UTC))
    by, lks = actor("admin"), audit.Filters(objek="lks")
    assert [len(audit.trail(by, lks, page, 2)[0]) for page in (-1, 1, 2, 3, 4)] == [2, 2, 2, 1, 0]
    assert len(audit.trail(by, lks, 1, -5)[0]) == 1 and len(audit.trail(by, lks, 1, 10**9)[0]) == 5


def test_personal_values_are_hidden_from_those_who_may_not_reveal_them(fresh_db: Path, actor: MakeActor) -> None:
    before = {"nama": "Panti Uji", "telepon": "+62811", "ketua": "Uji Ketua", "kluster": ["anak"], "desa": None}
    write(datetime(2025, 5, 22, tzinfo=UTC), before=before, after=before | {"telepon": None, "ketua_nik": "3371"})
    for role, hidden in (("kepala_dinas", True), ("admin", False)):
        row = audit.trail(actor(role), audit.Filters(objek="lks"))[0].to_dict("records")[0]
        assert row["sebelum"]["nama"] == "Panti Uji" and row["sebelum"]["kluster"] == ["anak"]
        assert row["sebelum"]["telepon"] == (audit.HIDDEN if hidden else "+62811")
        assert row["sebelum"]["ketua"] == (audit.HIDDEN if hidden else "Uji Ketua")
        assert row["sesudah"]["telepon"] is None
        assert row["sesudah"]["ketua_nik"] == (audit.HIDDEN if hidden else "3371")


@pytest.mark.parametrize(
    ("objek", "name", "personal"),
    [
        ("lks", "nama", False),
        ("lks", "alamat", False),
        ("lks", "telepon", True),
        ("lks", "notaris", True),
        ("lks", "bank_pemilik", True),
        ("lks", "sekretaris", True),
        ("lks", "bendahara_telepon", True),
        ("lks", "ketua_nik", True),
        ("lks", "kluster", False),
        ("sesi", "alamat", True),
        ("pengguna", "peran", False),
        ("pengguna", "nama_pengguna", False),
        ("pengguna", "sandi", True),
        ("batch", "baru", False),
        ("rapat", "pimpinan", True),
        ("rapat", "judul", False),
        ("rapat_hadir", "nama", True),
        ("rapat_keputusan", "isi", False),
        ("tindak_lanjut", "pic", True),
        ("tindak_lanjut", "pic_instansi", False),
    ],
)
def test_what_counts_as_personal(objek: str, name: str, personal: bool) -> None:
    assert audit.is_personal(objek, name) is personal


def test_a_secret_is_hidden_from_everybody() -> None:
    assert audit.shown("pengguna", {"sandi": "x", "peran": "admin"}, True) == {"sandi": audit.HIDDEN, "peran": "admin"}
    assert audit.shown("lks", {"pengurus": {"nik_sandi": "x"}}, True) == {"pengurus": {"nik_sandi": audit.HIDDEN}}
    assert audit.shown("lks", None, True) == {} and audit.shown("lks", "teks", True) == {"nilai": "teks"}


def test_changes_list_what_differs_in_order() -> None:
    before = {"nama": "A", "kapasitas": 0, "desa": None, "aktif": False}
    after = {"nama": "A", "kapasitas": None, "desa": None, "aktif": True, "alamat": "Jl. Uji"}
    expected = [("kapasitas", 0, None), ("aktif", False, True), ("alamat", None, "Jl. Uji")]
    assert audit.changes(before, after) == expected
    hidden = {"telepon": audit.HIDDEN}
    assert audit.changes(hidden, hidden) == [("telepon", audit.HIDDEN, audit.HIDDEN)]  # it may well have changed


def test_the_workbook_holds_what_the_filters_leave_and_says_so(fresh_db: Path, actor: MakeActor) -> None:
    write(datetime(2025, 5, 22, 3, 4, 5, tzinfo=UTC), before={"nama": "=1+1"}, after={"nama": "B"}, reason="=cmd()")
    write(datetime(2025, 5, 22, 4, tzinfo=UTC), wilayah="34.04", reason="asing")
    by = actor("admin", "33")
    content = audit.export(by, audit.Filters(objek="lks"), HEADING, {"Sumber": "Uji"})
    book = load_workbook(io.BytesIO(content))
    rows = list(book["Judul"].iter_rows(values_only=True))
    assert rows[0] == ("Pada", "Pelaku", "Aksi", "Objek", "Objek_id", "Tempat", "Sebelum", "Sesudah", "Alasan")
    assert rows[1:] == [
        (
            datetime(2025, 5, 22, 10, 4, 5),  # noqa: DTZ001 - a workbook holds the clock of WIB without its zone
            "baris-perintah",
            "ubah",
            "lks",
            "1",
            "Kota Magelang",
            "nama: =1+1",
            "nama: B",
            "=cmd()",
        )
    ]
    assert book["Judul"]["I2"].data_type == "s" and book["Keterangan"]["B3"].value == "Uji"
    with reading() as connection:
        last = queries.rows(connection, Scope(None), {"aksi": "ekspor"}, offset=0, limit=9).to_dict("records")
    assert [(row["pelaku"], row["objek"], row["wilayah"]) for row in last] == [("uji.admin", "audit", "33")]
    assert last[0]["sesudah"] == {"objek": "lks", "baris": 1}


def test_what_an_lks_handed_in_online_is_hidden_like_the_record(fresh_db: Path) -> None:
    """A field that was completed online stands in the trail of the application, not of the LKS."""
    for name in ("pengaju", "pengaju_telepon", "pengisi_nama", "pengisi_telepon", "ketua", "ketua_telepon"):
        assert audit.is_personal("pengajuan", name), name
    assert audit.is_personal("tautan_lks", "untuk") and not audit.is_personal("pengajuan", "status")
