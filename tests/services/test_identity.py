"""Office identities: whose stands on which day, who may keep which, refused entries, the trail, logos."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from data_access import logos
from data_access.engine import reading
from data_access.queries import state
from domain.errors import AlreadyDone, FileRefused, InvalidInput, NotFound, NotPermitted
from domain.permissions import Actor
from services import audit, identity
from tests.lkks_rows import tokens, trail_of

Make = Callable[..., Actor]
BOSS = {
    "dokumen": "semua",
    "jabatan": "Kepala Dinas",
    "nama": "Sri Wahyuni",
    "nip": "19700101 199003 2 001",
    "pangkat": "",
}
VALUES: dict[str, Any] = {
    "induk": "Pemerintah Kota Magelang",
    "nama": "Dinas Sosial",
    "alamat": "Jalan Mawar 1",
    "kontak": "(0293) 123456",
    "tempat": "Magelang",
    "berlaku_mulai": date(2024, 1, 1),
    "penandatangan": [BOSS],
    "format_nomor": {"sertifikat": "460/{nomor}/{bulan_romawi}/{tahun}"},
}


def picture(kind: str = "PNG", size: tuple[int, int] = (1200, 800)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, (200, 20, 20)).save(made, kind)
    return made.getvalue()


def codes(refused: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, str]]:
    return [(problem.column, problem.code) for problem in refused.value.problems]


def test_a_kept_identity_stands_from_its_day_on_and_for_those_below(fresh_db: Path, actor: Make) -> None:
    identity.add(actor("operator", "33"), "33", "dinas", VALUES | {"nama": "Dinas Provinsi"}, "a")
    identity.add(actor("operator", "34.71"), "34.71", "dinas", VALUES | {"nama": "Dinas lain"}, "lain")
    identity.add(actor("operator", "33.71"), "33.71", "dinas", VALUES | {"berlaku_mulai": date(2024, 6, 1)}, "b")
    names = [
        found and found.nama
        for found in (
            identity.of("33.71", "dinas", date(2024, 5, 31)),
            identity.of("33.71", "dinas", date(2024, 6, 1)),
            identity.of("33.71.01", "dinas", date(2024, 6, 1)),
            identity.of("33.71", "dinas", date(2023, 12, 31)),
            identity.of("33.71", "lkks", date(2024, 6, 1)),
        )
    ]
    assert names == ["Dinas Provinsi", "Dinas Sosial", "Dinas Sosial", None, None]
    found = identity.of("33.71", "dinas", date(2024, 6, 1))
    assert found is not None
    signs = found.signatory("sertifikat")
    assert signs is not None and (signs.nama, signs.nip) == ("Sri Wahyuni", "197001011990032001")
    assert found.number("sertifikat", 12, date(2024, 8, 5)) == "460/12/VIII/2024"


def test_an_lkks_keeps_its_own_and_nobody_elses(fresh_db: Path, actor: Make) -> None:
    by = actor("lkks", "33.71")
    identity.add(by, "33.71", "lkks", VALUES | {"nama": "LKKS Kota Magelang"}, "a")
    for wilayah in ("33.72", "33", "33.71.01", ""):
        with pytest.raises(NotFound):
            identity.add(by, wilayah, "lkks", VALUES, "b")
    with pytest.raises(NotPermitted):
        identity.add(by, "33.71", "dinas", VALUES, "c")
    with pytest.raises(NotPermitted):
        identity.add(actor("operator", "33.71"), "33.71", "lkks", VALUES, "d")
    with pytest.raises(NotFound):
        identity.add(actor("lkks", "33"), "33.71", "lkks", VALUES, "e")  # no LKKS stands above another
    with pytest.raises(NotFound):
        identity.shown(by, "33.72", "lkks")
    assert identity.of("33.71", "lkks", date(2024, 1, 1)) is not None
    assert (identity.may_keep(by, "33.71", "lkks"), identity.may_keep(by, "33.71", "dinas")) == (True, False)


def test_a_dinas_keeps_only_what_lies_in_its_region(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    for wilayah in ("33", "34.71", ""):
        with pytest.raises(NotFound):
            identity.add(by, wilayah, "dinas", VALUES, "a")
    with pytest.raises(NotFound):
        identity.add(actor("operator", None), "33.99", "dinas", VALUES, "b")  # no such region
    assert identity.may_keep(by, "33.71", "dinas") and not identity.may_keep(by, "33", "dinas")
    assert tokens() == 0


def test_versions_are_added_and_never_edited(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    first = identity.add(by, "33.71", "dinas", VALUES, "a", picture())
    for day in (date(2024, 1, 1), date(2023, 12, 31)):
        with pytest.raises(InvalidInput) as refused:
            identity.add(by, "33.71", "dinas", VALUES | {"berlaku_mulai": day}, "b")
        assert codes(refused) == [("berlaku_mulai", "identitas_mundur")]
    identity.add(by, "33.71", "dinas", VALUES | {"berlaku_mulai": date(2024, 2, 1), "nama": "Baru"}, "c")
    now, versions = identity.shown(by, "33.71", "dinas")
    assert [one.nama for one in versions] == ["Baru", "Dinas Sosial"]
    assert now == versions[0] and versions[1].id == first
    assert versions[0].logo == versions[1].logo != "", "the logo goes on until another one is given"
    identity.add(by, "33.71", "dinas", VALUES | {"berlaku_mulai": date(2024, 3, 1)}, "d", without_logo=True)
    assert identity.shown(by, "33.71", "dinas")[1][0].logo == ""


def test_a_second_click_adds_nothing(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    with reading() as connection:
        before = state.revision(connection, "identitas")
    identity.add(by, "33.71", "dinas", VALUES, "a")
    with pytest.raises(AlreadyDone):
        identity.add(by, "33.71", "dinas", VALUES | {"berlaku_mulai": date(2025, 1, 1)}, "a")
    assert len(identity.shown(by, "33.71", "dinas")[1]) == 1
    with reading() as connection:
        assert state.revision(connection, "identitas") == before + 1


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"nama": " "}, [("nama", "wajib_diisi")]),
        ({"berlaku_mulai": None}, [("berlaku_mulai", "wajib_diisi")]),
        ({"rahasia": "x"}, [("rahasia", "bidang_tidak_dikenal")]),
        ({"format_nomor": {"sertifikat": "{nomor}"}}, [("sertifikat", "format_nomor_tanpa_tahun")]),
        ({"format_nomor": {"kuitansi": "{nomor}/{tahun}"}}, [("kuitansi", "bidang_tidak_dikenal")]),
        ({"penandatangan": [BOSS, BOSS]}, [("penandatangan 2: dokumen", "penandatangan_ganda")]),
        ({"penandatangan": [BOSS | {"nip": "123"}]}, [("penandatangan 1: nip", "nip_keliru")]),
        ({"penandatangan": [BOSS | {"dokumen": "kuitansi"}]}, [("penandatangan 1: dokumen", "pilihan_di_luar_daftar")]),
        ({"penandatangan": [BOSS | {"nama": ""}]}, [("penandatangan 1: nama", "wajib_diisi")]),
    ],
)
def test_what_cannot_be_kept_says_where(
    values: dict[str, Any], wanted: list[tuple[str, str]], fresh_db: Path, actor: Make
) -> None:
    by = actor("operator", "33.71")
    with pytest.raises(InvalidInput) as refused:
        identity.add(by, "33.71", "dinas", VALUES | values, "a")
    assert codes(refused) == wanted
    assert tokens() == 0


def test_the_trail_keeps_the_version_and_hides_who_signs(fresh_db: Path, actor: Make) -> None:
    new = identity.add(actor("operator", "33.71"), "33.71", "dinas", VALUES, "a")
    [row] = trail_of("identitas_kantor")
    assert (row["aksi"], row["objek_id"], row["wilayah"]) == ("tambah", str(new), "33.71")
    assert row["sesudah"]["nama"] == "Dinas Sosial"
    seen = audit.shown("identitas_kantor", row["sesudah"], reveal=False)
    assert seen["penandatangan"] == audit.HIDDEN and seen["nama"] == "Dinas Sosial"


def test_a_logo_is_made_anew_and_kept_by_its_content(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    identity.add(by, "33.71", "dinas", VALUES, "a", picture("JPEG"))
    found = identity.of("33.71", "dinas", date(2024, 1, 1))
    content = identity.logo(found)
    assert content is not None and found is not None
    with Image.open(io.BytesIO(content)) as image:
        assert (image.format, image.size) == ("PNG", (600, 400))
    assert [path.name for path in (fresh_db / "logo").iterdir()] == [found.logo]
    (fresh_db / "logo" / found.logo).write_bytes(b"lain")
    assert identity.logo(found) is None, "a picture that somebody exchanged is not printed"
    assert logos.read("../pilar.db") is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg onload=alert(1)>", "logo_bukan_gambar"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "gambar_rusak"),
        (b"\xff\xd8\xff" + b"x" * 1_000_000, "logo_terlalu_besar"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_is_kept(
    content: bytes, code: str, fresh_db: Path, actor: Make
) -> None:
    by = actor("operator", "33.71")
    with pytest.raises(FileRefused) as refused:
        identity.add(by, "33.71", "dinas", VALUES, "a", content)
    assert refused.value.code == code
    assert identity.shown(by, "33.71", "dinas") == (None, [])
    assert tokens() == 0
