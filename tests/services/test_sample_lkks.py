"""The sample LKKS: one for each article region, marked, without a person's name, gone with the sample."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from data_access.engine import reading
from data_access.tables_lkks import kemitraan, lkks, lkks_pengurus, program, surat_rekomendasi
from domain.permissions import COMMAND_LINE, Actor
from services import letters, programs, samples
from services import lkks as services

Make = Callable[..., Actor]
REGIONS = ["13", "13.76", "33.71", "52.72", "62", "76"]


def test_each_article_region_has_one_and_all_is_marked(seeded_db: Path, actor: Make) -> None:
    by = actor("kepala_dinas")
    assert [row["wilayah"] for row in services.listed(by)] == REGIONS
    for place in REGIONS:
        found = services.profile(by, place)
        assert found is not None and found.record["contoh"]
        assert 3 <= len(found.pengurus) <= 5 and len(found.bidang) == 5
        assert 2 <= len(found.program) <= 3 and found.kemitraan and len(found.surat) == 1
        named = [row["nama"] for row in (*found.pengurus, *found.program)] + [found.record["nama"]]
        assert [name for name in named if "(contoh)" not in name] == []
        assert all(row["contoh"] for row in (*found.program, *found.kemitraan, *found.surat))
        assert all(row["telepon"] is None for row in found.pengurus)
        assert all(row["kabkota_kode"].startswith(place) for row in found.surat)


def test_terms_and_letters_show_every_state(seeded_db: Path, actor: Make) -> None:
    by = actor("kepala_dinas")
    terms = {place: found.term for place in REGIONS if (found := services.profile(by, place))}
    assert terms["52.72"] == "lewat" and terms["33.71"] == "segera" and terms["13.76"] == "berjalan"
    assert sorted(row["status"] for row in letters.listed(by)) == ["diajukan"] + ["diterbitkan"] * 5
    assert len(programs.listed(by)) == 13


def test_it_goes_with_the_sample(seeded_db: Path) -> None:
    samples.remove(COMMAND_LINE)
    with reading() as connection:
        for table in (lkks, lkks_pengurus, program, kemitraan, surat_rekomendasi):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0, table.name
