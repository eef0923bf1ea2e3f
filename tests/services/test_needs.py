"""Need and service by kluster: what is stated, what LKS report, what is not known, and what is withheld."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data_access.engine import reading
from domain.errors import NotFound
from domain.permissions import Actor
from domain.priority import Need
from services import clock, needs
from tests.register_rows import archive, lks_row, store
from tests.services.test_indicators import put

Make = Callable[..., Actor]
ON = date(2026, 11, 20)


@pytest.fixture
def province(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cities of one province; an archived LKS and a city elsewhere that must not be counted."""
    monkeypatch.setattr(clock, "today", lambda: ON)
    ids = store(
        lks_row("A", "33.71.01", kluster=["anak"], setting="dalam", binaan_dalam=40),
        lks_row("B", "33.71.02", kluster=["anak", "lansia"], setting="keduanya", binaan_dalam=10, binaan_luar=25),
        lks_row("C", "33.72", kluster=["anak"], setting="luar"),
        lks_row("D", "33.71.01", kluster=["anak"], binaan_dalam=500),
        lks_row("E", "52.72", kluster=["anak"], binaan_dalam=900),
    )
    archive(ids[3])
    put("ppks_terdata_ppks01", "33.71", "2025", 60)
    put("ppks_terdata_ppks02", "33.71", "2025", 140)
    put("ppks_terdata_ppks02", "33.71", "2024", 999)
    put("ppks_terdata_ppks02", "33.71", "2027", 999)
    put("ppks_terdata_ppks02", "33.72", "2025", 50)
    put("ppks_terdata_ppks09", "33.71", "2025", 80)
    put("ppks_terdata_ppks02", "52.72", "2025", 777)


def of(found: dict[str, tuple[Need, ...]], area: str, kluster: str) -> Need:
    return next(one for one in found[area] if one.kluster == kluster)


def test_recorded_and_served_by_kluster_and_setting(province: None, actor: Make) -> None:
    found = needs.needs(actor("kepala_dinas", "33"))
    assert set(found) == {kode for kode in found if kode.startswith("33.")} and len(found) == 35
    anak = of(found, "33.71", "anak")
    assert (anak.terdata, anak.jenis_terdata, anak.jenis, anak.periode) == (200, 2, 7, "2025")
    assert (anak.lks, anak.lks_dalam, anak.lks_luar, anak.melapor) == (2, 2, 1, 2)
    assert (anak.dalam, anak.luar, anak.dilayani, anak.celah) == (50, 25, 75, 125)
    old = of(found, "33.71", "lansia")
    assert (old.terdata, old.lks, old.dalam, old.luar, old.celah) == (None, 1, 10, 25, None)
    disabled = of(found, "33.71", "disabilitas")
    assert (disabled.terdata, disabled.lks, disabled.dilayani, disabled.celah) == (80, 0, 0, 80)


def test_clients_that_nobody_reports_are_not_known(province: None, actor: Make) -> None:
    anak = of(needs.needs(actor("kepala_dinas", "33")), "33.72", "anak")
    assert (anak.terdata, anak.lks, anak.melapor, anak.dalam, anak.luar) == (50, 1, 0, None, None)
    assert (anak.dilayani, anak.celah) == (None, None)


def test_together_counts_only_where_both_are_known(province: None, actor: Make) -> None:
    found = needs.needs(actor("kepala_dinas", "33"))
    told = needs.together([of(found, area, "anak") for area in found])
    assert (told.terdata, told.dilayani, told.daerah) == (200, 75, 1)


def test_kecamatan_of_the_own_city_only(province: None, actor: Make) -> None:
    found = needs.needs(actor("lkks", "33.71"))
    assert set(found) == {"33.71.01", "33.71.02", "33.71.03"}
    assert (of(found, "33.71.01", "anak").dalam, of(found, "33.71.02", "anak").luar) == (40, 25)
    for place in ("33", "", "33.72", "52.72"):
        with pytest.raises(NotFound):
            needs.needs(actor("lkks", "33.71"), place)
    assert needs.needs(actor("lkks", "33.71"), "33.71.01") == {}, "nothing is counted below a kecamatan"


def test_small_counts_of_persons_are_withheld_together_with_their_sum(province: None, actor: Make) -> None:
    """62 children of two kinds, one of them 2: with the other standing on Indikator the sum would tell the 2."""
    put("ppks_terdata_ppks08", "33.72", "2025", 60)
    store(lks_row("F", "33.72", kluster=["lansia"], binaan_dalam=3), lks_row("G", "33.72", kluster=["napza"]))
    put("ppks_terdata_ppks03", "33.72", "2025", 2)
    found = needs.needs(actor("kepala_dinas", "33"))
    anak, old = of(found, "33.72", "anak"), of(found, "33.72", "lansia")
    assert (anak.terlindung, anak.terdata, anak.celah) == (True, None, None)
    assert (old.terlindung, old.terdata, old.dalam, old.dilayani) == (True, None, None, None)
    seen = needs.needs(actor("operator", "33"))
    assert (of(seen, "33.72", "anak").terdata, of(seen, "33.72", "lansia").dalam) == (52, 3)


def test_every_kind_of_ppks_belongs_to_one_kluster(fresh_db: Path) -> None:
    with reading() as connection:
        kinds = needs.kinds_of(connection, ON)
        assert needs.areas_below(connection, "33.71.01", ON) == []
        assert len(needs.areas_below(connection, "", ON)) == 38
    every = [kind for of_kluster in kinds.values() for kind in of_kluster]
    assert sorted(every) == [f"ppks{number:02}" for number in range(1, 27)]
    assert kinds["lansia"] == ["ppks08"] and len(kinds["anak"]) == 7
