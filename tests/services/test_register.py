"""What the monitoring screens read, from the service down: counts, regions then and now, the list, files."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from data_access.engine import reading
from data_access.queries import register as queries
from data_access.tables import audit
from domain.errors import NotFound, NotPermitted
from domain.filters import Filters
from domain.lks import MEASURES
from domain.monitoring import WITH_HISTORY, measures_of
from domain.permissions import Actor, Role, Scope
from services import register, wording
from services.selection import selection
from tests.register_rows import LEGAL, archive, edit, lks_row, store

ON = date(2026, 6, 1)
Make = Callable[..., Actor]


@pytest.fixture
def anybody(actor: Make) -> Actor:
    return actor("kepala_dinas")


@pytest.mark.usefixtures("seeded_db")
def test_kota_magelang_is_eleven_eight_two_and_one(anybody: Actor) -> None:
    found = register.summary_json(anybody, "33.71")
    assert found["total"] == 11
    assert {kode: n for kode, n in found["kluster"].items() if n} == {"anak": 8, "disabilitas": 2, "lansia": 1}
    assert set(found["kluster"]) >= {"napza", "tuna_sosial", "lainnya"}  # present also with 0
    assert found["angka_publikasi"] == [
        {
            "nilai": 11,
            "sekitar": False,
            "sumber": "Dinas Sosial Kota Magelang, penguatan LKKS dan LKS",
            "tanggal": "2020-02-13",
        }
    ]
    assert set(found) == {"wilayah", "per_tanggal", "total", "kluster", "ukuran", "angka_publikasi"}
    assert set(found["ukuran"]) == {measure.id for measure in MEASURES}
    assert all(set(share) == {"pembilang", "penyebut", "aturan"} for share in found["ukuran"].values())


@pytest.mark.usefixtures("seeded_db")
def test_sulawesi_barat_shows_about_169_beside_its_own_count(anybody: Actor) -> None:
    found = register.summary_json(anybody, "76")
    assert [(f["nilai"], f["sekitar"]) for f in found["angka_publikasi"]] == [(169, True)]
    assert found["total"] != 169


def test_every_measure_has_its_rule_in_words() -> None:
    for measure in [*[m.id for m in MEASURES], "total"]:
        assert wording.measure(measure)["judul"] and wording.measure(measure)["aturan"].endswith(".")


@pytest.mark.usefixtures("fresh_db")
def test_a_scope_sees_its_region_only_and_asks_for_no_other(actor: Make) -> None:
    store(lks_row("Satu", "33.71.01"), lks_row("Jauh", "33.08.01"), lks_row("Lain", "52.72.01"))
    by = actor("operator", "33.71")
    assert register.summary(by, Filters(), ON).total == 1
    assert register.ids(by, Filters()) == register.ids(by, Filters(wilayah="33.71.01"))
    for kode in ("33", "33.08", "52", "33.7"):
        with pytest.raises(NotFound):
            register.summary(by, Filters(wilayah=kode), ON)


def test_somebody_without_the_permission_reads_nothing() -> None:
    nobody = Actor(1, "uji", "Uji", Role("kosong", frozenset()), Scope(None))
    for read in (
        lambda: register.summary(nobody, Filters(), ON),
        lambda: register.by_region(nobody, Filters(), ON),
        lambda: register.crosstab(nobody, Filters(), "hukum", "aktif", ON),
        lambda: register.listing(nobody, Filters(), ON),
        lambda: register.ids(nobody, Filters()),
        lambda: register.expiring_list(nobody, Filters(), ON, 30),
        lambda: register.map_points(nobody, Filters(), ON),
        lambda: register.coordinate_issues(nobody, Filters(), ON),
        lambda: register.export(nobody, Filters()),
        lambda: register.regions(nobody),
    ):
        with pytest.raises(NotPermitted):
            read()


@pytest.mark.usefixtures("fresh_db")
def test_merauke_counts_in_papua_before_the_split_and_in_papua_selatan_since(anybody: Actor) -> None:
    store(lks_row("Merauke", "93.01.01"), lks_row("Jayapura", "91.71.01"), lks_row("Jauh", "33.71"))
    before = date(2021, 12, 31)

    def totals(on: date) -> dict[str, int]:
        frame = register.by_region(anybody, Filters(), on)
        return {kode: total for kode, total in zip(frame["kode"], frame["total"], strict=True) if total}

    assert totals(before) == {"33": 1, "91": 2}
    assert totals(ON) == {"33": 1, "91": 1, "93": 1}
    assert register.summary(anybody, Filters(wilayah="91"), before).total == 2
    assert register.summary(anybody, Filters(wilayah="91"), ON).total == 1
    assert register.summary(anybody, Filters(wilayah="93"), ON).total == 1
    inside = register.by_region(anybody, Filters(wilayah="91"), before).set_index("kode")["total"]
    assert inside["91.01"] == 1 and inside["91.71"] == 1 and "93.01" not in inside
    assert register.by_region(anybody, Filters(wilayah="91.01"), before)["total"].sum() == 1


@pytest.mark.usefixtures("fresh_db")
def test_the_scope_of_a_person_is_todays_also_when_they_look_back(actor: Make) -> None:
    store(lks_row("Merauke", "93.01.01"), lks_row("Jayapura", "91.71.01"))
    assert register.summary(actor("kepala_dinas", "91"), Filters(wilayah="91"), date(2021, 12, 31)).total == 1


@pytest.mark.usefixtures("fresh_db")
def test_regions_bear_the_name_of_their_day_and_those_without_lks_are_there(anybody: Actor) -> None:
    old = register.by_region(anybody, Filters(wilayah="76"), date(2017, 1, 1)).set_index("kode")
    new = register.by_region(anybody, Filters(wilayah="76"), ON).set_index("kode")
    assert old.loc["76.01", "label"] == "Kab. Mamuju Utara"
    assert new.loc["76.01", "label"] == "Kab. Pasangkayu"
    assert new.index.is_monotonic_increasing and (new["total"] == 0).all()
    assert len(register.by_region(anybody, Filters(), ON)) == 38


@pytest.mark.usefixtures("fresh_db")
def test_a_share_by_region_has_both_parts_and_no_number_without_a_denominator(anybody: Actor) -> None:
    graded = LEGAL | {"akreditasi": "A"}
    ids = store(
        lks_row("Satu", "33.71", **graded), lks_row("Dua", "33.71", **LEGAL), lks_row("Tiga", "33.08"),
        lks_row("Arsip", "33.71", **graded),
    )  # fmt: skip
    archive(ids[3])
    frame = register.by_region(anybody, Filters(wilayah="33"), ON, "terakreditasi").set_index("kode")
    told = frame[["total", "numerator", "denominator", "nilai"]].to_dict("index")
    assert told["33.71"] == {"total": 2, "numerator": 1, "denominator": 2, "nilai": 0.5}
    assert told["33.08"]["total"] == 1 and told["33.08"]["nilai"] != told["33.08"]["nilai"]


@pytest.mark.usefixtures("fresh_db")
def test_lks_that_name_no_kecamatan_stand_apart_so_that_the_sum_is_right(anybody: Actor) -> None:
    store(lks_row("Satu", "33.71.01"), lks_row("Dua", "33.71"), lks_row("Jauh", "33.08.01"))
    frame = register.by_region(anybody, Filters(wilayah="33.71"), ON)
    assert frame["kode"].tolist() == ["33.71.01", "33.71.02", "33.71.03", "kosong"]
    assert frame["total"].tolist() == [1, 0, 0, 1]


@pytest.mark.usefixtures("fresh_db")
@pytest.mark.parametrize("columns", ["hukum", "wilayah", "setting"])
def test_a_crosstab_counts_two_kluster_in_both_and_once_in_totals(anybody: Actor, columns: str) -> None:
    ids = store(
        lks_row("Dua kluster", "33.71", kluster=["anak", "lansia"], hukum="berbadan_hukum", setting="dalam"),
        lks_row("Tanpa kluster", "33.08"),
        lks_row("Jauh", "52.72", kluster=["anak"], hukum="berbadan_hukum"),
        lks_row("Arsip", "33.71", kluster=["anak"], hukum="berbadan_hukum"),
    )
    archive(ids[3])
    value = {"hukum": "berbadan_hukum", "wilayah": "33.71", "setting": "dalam"}[columns]
    empty = {"wilayah": "33.08"}.get(columns, "kosong")
    for turned in (False, True):
        pair = (columns, "kluster") if turned else ("kluster", columns)
        found = register.crosstab(anybody, Filters(wilayah="33"), *pair, on=ON)
        cells = dict(found.cells)
        if turned:
            cells = {(kolom, baris): jumlah for (baris, kolom), jumlah in cells.items()}
        assert cells == {("anak", value): 1, ("lansia", value): 1, ("kosong", empty): 1}
        once = found.rows if turned else found.columns
        assert once == {value: 1, empty: 1}
        each = found.columns if turned else found.rows
        assert each == {"anak": 1, "lansia": 1, "kosong": 1}
        assert found.total == 2


@pytest.mark.usefixtures("seeded_db")
def test_card_chart_table_and_list_agree_for_any_filter(anybody: Actor) -> None:
    for filters in (
        Filters(),
        Filters(wilayah="33.71"),
        Filters(wilayah="52", hukum=("berbadan_hukum",)),
        Filters(kluster=("anak", "kosong"), aktif=("aktif", "kosong")),
        Filters(berakhir=180),
        Filters(belum_verifikasi=True, setting=("luar",)),
    ):
        total = register.summary(anybody, filters, ON).total
        assert register.by_region(anybody, filters, ON)["total"].sum() == total
        assert sum(register.crosstab(anybody, filters, "aktif", "hukum", ON).cells.values()) == total
        assert sum(register.crosstab(anybody, filters, "wilayah", "daftar", ON).rows.values()) == total
        frame, listed = register.listing(anybody, filters, ON, size=1000)
        assert listed == total == len(frame)
        assert (frame["id"].tolist() == register.ids(anybody, filters)) or filters.berakhir or filters.belum_verifikasi


@pytest.mark.usefixtures("seeded_db")
def test_statements_and_python_tell_the_same_rules(anybody: Actor) -> None:
    from data_access.queries import records

    with reading() as connection:
        chosen = selection(connection, anybody, Filters(), ON)
        counts = queries.shares(connection, chosen, WITH_HISTORY)
        rows = records.by_ids(connection, Scope(None), register.ids(anybody, Filters()))
    for name in WITH_HISTORY:
        parts = [measures_of(row, ON)[name] for row in rows.values()]
        assert counts[name + "_pembilang"] == sum(above for above, _ in parts)
        assert counts[name + "_penyebut"] == sum(below for _, below in parts)


@pytest.mark.usefixtures("fresh_db")
def test_the_list_sorts_pages_and_puts_the_empty_last(anybody: Actor) -> None:
    ids = store(
        lks_row(
            "Beta",
            "33.71.01",
            daftar_sampai=date(2027, 1, 1),
            kluster=["lansia", "anak"],
            binaan_dalam=3,
            binaan_luar=4,
        ),
        lks_row("Alfa", "33.71"),
        lks_row("Gama", "33.08.01", daftar_sampai=date(2026, 7, 1)),
        lks_row("Arsip", "33.08.01"),
    )
    archive(ids[3])

    def names(**how: object) -> list[str]:
        return register.listing(anybody, Filters(), ON, **how)[0]["nama"].tolist()  # type: ignore[arg-type]  # any option

    assert names() == ["Gama", "Alfa", "Beta"]
    assert names(sort="nama") == ["Alfa", "Beta", "Gama"]
    assert names(sort="nama", descending=True) == ["Gama", "Beta", "Alfa"]
    assert names(sort="daftar_sampai") == ["Gama", "Beta", "Alfa"]
    assert names(sort="daftar_sampai", descending=True) == ["Beta", "Gama", "Alfa"]
    assert names(sort="; drop table lks") == ["Gama", "Alfa", "Beta"]
    page, total = register.listing(anybody, Filters(), ON, page=1, size=2)
    assert total == 3 and page["nama"].tolist() == ["Beta"]
    beta = page.iloc[0]
    assert beta["kluster"] == ["anak", "lansia"] and beta["binaan"] == 7
    assert beta["kabkota"] == "Kota Magelang" and beta["kecamatan"] == "Magelang Selatan"
    assert len(register.listing(anybody, Filters(cari="tidak ada yang begini"), ON)[0]) == 0


@pytest.mark.usefixtures("fresh_db")
def test_what_ends_next_is_listed_by_paper_with_the_days_left(anybody: Actor) -> None:
    store(
        lks_row("Dekat", "33.71", daftar="terdaftar", daftar_sampai=date(2026, 6, 11), daftar_nomor="1/2021"),
        lks_row("Lewat", "33.71", akreditasi="A", akreditasi_sampai=date(2026, 5, 31)),
        lks_row("Dicabut", "33.71", daftar="dicabut", daftar_sampai=date(2026, 6, 11)),
        lks_row("Jauh", "52.72", daftar="terdaftar", daftar_sampai=date(2026, 6, 11)),
    )
    here = Filters(wilayah="33.71")
    soon = register.expiring_list(anybody, here, ON, 30)
    assert soon[["nama", "berkas", "nomor", "sisa", "kabkota"]].values.tolist() == [
        ["Dekat", "daftar", "1/2021", 10, "Kota Magelang"]
    ]
    assert soon["sampai"].dtype.kind == "M"
    gone = register.expiring_list(anybody, here, ON, "lewat")
    assert gone[["nama", "berkas", "sisa"]].values.tolist() == [["Lewat", "akreditasi", -1]]
    assert register.expiring_list(anybody, here, ON, 9).empty


@pytest.mark.usefixtures("fresh_db")
def test_points_and_doubtful_coordinates(anybody: Actor) -> None:
    right, swapped, _, far = store(
        lks_row("Benar", "33.71.01", lat=-7.4975, lon=110.2225, kluster=["lansia"]),
        lks_row("Tertukar", "33.71.01", lat=7.49, lon=-110.22),
        lks_row("Tanpa", "33.71.01"),
        lks_row("Jauh", "52.72.01", lat=-8.46, lon=118.73),
    )
    here = Filters(wilayah="33.71")
    points = register.map_points(anybody, here, ON)
    assert points["id"].tolist() == [right, swapped] and points["kluster"].tolist() == ["lansia", "kosong"]
    assert points["label"].iloc[0] == "Magelang Selatan, Kota Magelang"
    issues = register.coordinate_issues(anybody, here, ON)
    assert set(issues["id"]) == {swapped} and far not in points["id"].tolist()
    doubtful = Filters(wilayah="33.71", koordinat="bermasalah")
    assert register.ids(anybody, doubtful) == [swapped]


@pytest.mark.usefixtures("fresh_db")
def test_an_export_holds_exactly_the_filtered_rows_and_leaves_a_trace(actor: Make, anybody: Actor) -> None:
    store(
        lks_row(
            "Satu", "33.71.01", kluster=["anak"], ketua="Ketua Contoh", ketua_nik="3371010101900001", telepon="+6281"
        ),
        lks_row("Dua", "33.71.01", kluster=["lansia"]),
        lks_row("Jauh", "52.72.01", kluster=["anak"]),
    )
    only = Filters(wilayah="33.71", kluster=("anak",))
    name, content = register.export(anybody, only, None, {"Sumber": "uji"})
    assert name.startswith("lks_kota-magelang_") and name.endswith(".xlsx")
    sheets = pd.read_excel(io.BytesIO(content), sheet_name=None, header=None, dtype=str, engine="openpyxl")
    text = "\n".join(frame.to_csv() for frame in sheets.values())
    assert "Satu" in text and "Dua" not in text and "Jauh" not in text
    assert "3371010101900001" not in text and "Ketua Contoh" not in text  # this role may not reveal personal data
    rows = register.export_rows(actor("operator", "33.71"), only)
    assert [row["ketua"] for row in rows] == ["Ketua Contoh"] and rows[0]["ketua_nik"] is None
    assert rows[0]["kabkota"] and rows[0]["kecamatan"] == "Magelang Selatan"
    with reading() as connection:
        trace = connection.execute(audit.select().where(audit.c.aksi == "ekspor")).mappings().all()
    assert [(row["wilayah"], row["sesudah"]["jumlah"]) for row in trace] == [("33.71", 1)]


@pytest.mark.usefixtures("fresh_db")
def test_chosen_ids_outside_the_scope_are_not_exported(actor: Make) -> None:
    ids = store(lks_row("Satu", "33.71.01"), lks_row("Jauh", "52.72.01"))
    rows = register.export_rows(actor("operator", "33.71"), Filters(), ids)
    assert [row["nama"] for row in rows] == ["Satu"]


@pytest.mark.usefixtures("fresh_db")
def test_each_write_makes_another_revision(anybody: Actor) -> None:
    before = register.revision()
    [lks_id] = store(lks_row("Satu", "33.71.01"))
    middle = register.revision()
    edit(lks_id, datetime(2026, 2, 1, tzinfo=UTC), nama="Dua")
    assert len({before, middle, register.revision()}) == 3


@pytest.mark.usefixtures("fresh_db")
def test_pickers_offer_what_lies_in_the_scope(actor: Make) -> None:
    everywhere = register.regions(actor("admin"))
    assert len(everywhere) == 38 + 514 and everywhere["33.71"] == "Kota Magelang"
    assert list(everywhere) == sorted(everywhere)
    assert register.regions(actor("operator", "33.71")) == {"33.71": "Kota Magelang"}
    assert list(register.kluster_names(ON))[:3] == ["anak", "disabilitas", "lansia"]


def test_sample_count_counts_the_invented_among_the_filtered(seeded_db: object, actor: Callable[..., Actor]) -> None:
    by = actor("kepala_dinas")
    store(lks_row("Nyata", "33.71.01"))
    assert register.sample_count(by, Filters(wilayah="33.71"), ON) == 11
    assert register.sample_count(by, Filters(wilayah="33.71", kluster=("lansia",)), ON) == 1
    assert register.sample_count(by, Filters(wilayah="33.71", contoh=False), ON) == 0
