"""The shipped facts: counted by hand from their sources, and every cross-reference between the files holds."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from data_access import assets, geo
from domain.permissions import ROLES
from domain.wilayah import is_kode, lineage

TODAY = date(2026, 3, 10)
AXES = {
    "hukum": {"berbadan_hukum", "tidak_berbadan_hukum", None},
    "aktif": {"aktif", "tidak_aktif", "alamat_tidak_ditemukan", None},
    "tumbuh": {"embrio", "tumbuh", "berkembang", "mandiri", None},
    "daftar": {"terdaftar", "belum_terdaftar", "dicabut", None},
    "akreditasi": {"A", "B", "C", "belum", "tidak_layak", None},
    "setting": {"dalam", "luar", "keduanya", None},
}


@pytest.fixture(scope="module")
def wilayah() -> dict[str, assets.Row]:
    return {row["kode"]: row for row in assets.wilayah_rows()}


@pytest.fixture(scope="module")
def sample() -> list[assets.Row]:
    return assets.sample_lks(TODAY)


def test_wilayah_holds_every_region_and_26_superseded_codes(wilayah: dict[str, assets.Row]) -> None:
    now = Counter(row["jenis"] for row in wilayah.values() if row["berlaku_sampai"] is None)
    assert now == {"provinsi": 38, "kabupaten": 416, "kota": 98, "kecamatan": 7285}
    assert len(wilayah) == 38 + 416 + 98 + 7285 + 26
    assert all(is_kode(kode) for kode in wilayah)


def test_parents_and_predecessors_come_before_the_rows_that_name_them() -> None:
    seen: set[str] = set()
    for row in assets.wilayah_rows():
        assert {row["induk"], row["pendahulu"]} - {None} <= seen, row
        seen.add(row["kode"])


@pytest.mark.parametrize(
    ("old", "new", "nama", "since"),
    [
        ("91.01", "93.01", "Kabupaten Merauke", date(2022, 7, 25)),
        ("91.09", "94.04", "Kabupaten Mimika", date(2022, 7, 25)),
        ("91.02", "95.01", "Kabupaten Jayawijaya", date(2022, 7, 25)),
        ("92.71", "96.71", "Kota Sorong", date(2022, 12, 8)),
    ],
)
def test_a_moved_region_counts_under_the_old_code_until_the_law_and_under_the_new_one_since(
    wilayah: dict[str, assets.Row], old: str, new: str, nama: str, since: date
) -> None:
    before, after = wilayah[old], wilayah[new]
    assert (before["nama"], before["induk"], before["berlaku_sampai"]) == (nama, old[:2], since)
    assert (after["nama"], after["induk"], after["berlaku_mulai"]) == (nama, new[:2], since)
    assert after["pendahulu"] == old
    assert after["berlaku_sampai"] is None


def test_the_four_new_provinces_come_from_their_old_ones(wilayah: dict[str, assets.Row]) -> None:
    assert {kode: wilayah[kode]["pendahulu"] for kode in ("93", "94", "95", "96")} == {
        "93": "91",
        "94": "91",
        "95": "91",
        "96": "92",
    }
    moved = Counter(
        row["kode"][:2] for row in wilayah.values() if row["jenis"] in ("kabupaten", "kota") and row["pendahulu"]
    )
    assert moved == {"93": 4, "94": 8, "95": 8, "96": 6}


def test_mamuju_utara_became_pasangkayu_under_one_code(wilayah: dict[str, assets.Row]) -> None:
    assert wilayah["76.01"]["nama"] == "Kabupaten Pasangkayu"
    assert [
        (row["kode"], row["nama"], row["berlaku_mulai"], row["berlaku_sampai"]) for row in assets.wilayah_names()
    ] == [
        ("76.01", "Kabupaten Mamuju Utara", None, date(2017, 12, 28)),
        ("76.01", "Kabupaten Pasangkayu", date(2017, 12, 28), None),
    ]


def test_bps_codes_stand_beside_and_not_in_place_of_kemendagri_codes(wilayah: dict[str, assets.Row]) -> None:
    """Joined by its digits a BPS table of Sulbar puts Polewali Mandar's numbers on Mamuju (DOMAIN G3)."""
    expected = {
        "76.02": "7604",
        "76.04": "7602",
        "13.09": "1301",
        "62.06": "6209",
        "33.71": "3371",
        "91": "94",
        "92": "91",
    }
    assert {kode: wilayah[kode]["kode_bps"] for kode in expected} == expected
    assert wilayah["91.01"]["kode_bps"] == "9401"
    assert wilayah["93.01"]["kode_bps"] is None
    codes = [row["kode_bps"] for row in wilayah.values() if row["kode_bps"] and row["jenis"] != "provinsi"]
    assert len(codes) == len(set(codes)) == 514


def test_reference_lists_have_the_published_lengths_and_unique_keys() -> None:
    lists = assets.references()
    assert {name: len(rows) for name, rows in lists.items()} == {
        "kluster": 9,
        "jenis_layanan": 9,
        "bentuk_pelayanan": 4,
        "ppks": 26,
        "psks": 12,
        "badan_hukum": 7,
        "tingkat_tumbuh": 11,
        "pilar": 8,
        "sumber_bantuan": 6,
    }
    for rows in lists.values():
        assert len({(row["kode"], row["wilayah"], row["versi"]) for row in rows}) == len(rows)


def test_ppks_keep_the_order_of_the_annex_with_children_and_units_marked() -> None:
    ppks = assets.references()["ppks"]
    assert [row["kode"] for row in ppks] == [f"ppks{number:02d}" for number in range(1, 27)]
    assert [row["kode"] for row in ppks if row["anak"]] == [f"ppks{number:02d}" for number in range(1, 8)]
    assert ppks[16]["nama"] == "Korban penyalahgunaan NAPZA"
    assert Counter(row["satuan"] for row in ppks) == {"perorangan": 22, "keluarga": 2, "kelompok": 2}
    kluster = {row["kode"] for row in assets.references()["kluster"]}
    assert {row["induk"] for row in ppks} <= kluster
    assert {row["induk"] for row in assets.references()["jenis_layanan"]} <= kluster


def test_psks_are_never_one_number_because_they_have_three_units() -> None:
    assert Counter(row["satuan"] for row in assets.references()["psks"]) == {"orang": 6, "lembaga": 5, "keluarga": 1}


def test_growth_levels_differ_by_region() -> None:
    levels: dict[str, list[str]] = {}
    for row in assets.references()["tingkat_tumbuh"]:
        levels.setdefault(row["wilayah"], []).append(row["kode"])
    four = ["embrio", "tumbuh", "berkembang", "mandiri"]
    assert levels == {"": four, "33.75": four, "76": ["tumbuh", "berkembang", "mandiri"]}


def test_kota_bima_changed_its_pilar_between_2017_and_2023() -> None:
    pilar: dict[str, list[str]] = {}
    for row in assets.references()["pilar"]:
        assert row["wilayah"] == "52.72"
        pilar.setdefault(row["versi"], []).append(row["kode"])
    assert pilar == {
        "Kota Bima 2017": ["karang_taruna", "lks", "psm", "tksk"],
        "Kota Bima 2023": ["psm", "tksk", "pordam", "tagana"],
    }


def test_accreditation_years_are_known_for_the_old_rule_only() -> None:
    years = {(rule["versi"], rule["peringkat"]): rule["masa_tahun"] for rule in assets.accreditation_rules()}
    old, new = "permensos_17_2012", "permensos_8_2025"
    assert years == {(old, "A"): 5, (old, "B"): 3, (old, "C"): 2, (new, "A"): None, (new, "B"): None, (new, "C"): None}
    assert all("belum diketahui" in rule["catatan"] for rule in assets.accreditation_rules())


def test_every_legal_basis_named_anywhere_exists_and_replacements_lead_to_one_in_force() -> None:
    bases = {row["kode"]: row for row in assets.legal_bases()}
    named = {row["dasar_hukum"] for rows in assets.references().values() for row in rows}
    named |= {rule["dasar_hukum"] for rule in assets.accreditation_rules()}
    named |= {change["dasar"] for change in assets.wilayah_changes()}
    assert named - {None} <= bases.keys()
    replaced = {kode: row["diganti_oleh"] for kode, row in bases.items() if row["status"] == "diganti"}
    assert replaced == {
        "permensos_184_2011": "permensos_5_2024",
        "permensos_22_2016": "permensos_5_2024",
        "permensos_17_2012": "permensos_8_2025",
    }
    assert "Permensos 11/2009" in bases["uu_11_2009"]["catatan"]
    assert "permensos_11_2009" not in bases


def test_document_checklists_by_region(wilayah: dict[str, assets.Row]) -> None:
    lists: dict[str, list[assets.Row]] = {}
    for row in assets.document_checklists():
        lists.setdefault(row["wilayah"], []).append(row)
    assert {kode: len(rows) for kode, rows in lists.items()} == {"": 10, "33.71": 11, "33.74": 17, "36.72": 16}
    assert {"33.71", "33.74", "36.72"} <= wilayah.keys()
    assert all(row["wajib"] for row in lists["33.71"])
    assert [row["kode"] for row in lists["33.74"] if not row["wajib"]] == ["tanda_daftar_lama", "sertifikat_akreditasi"]
    assert "rekomendasi_lkks" in {row["kode"] for row in lists["33.74"]}


def test_assumed_settings_say_so() -> None:
    settings = {(row["wilayah"], row["kunci"]): row for row in assets.region_settings()}
    assert len(settings) == len(assets.region_settings())
    term = settings["", "masa_tanda_daftar"]
    assert (term["nilai"], term["satuan"], term["asumsi"]) == ("5", "tahun", True)
    assert "perlu ditetapkan dinas" in term["catatan"]
    service = settings["12", "masa_layanan_pendaftaran"]
    assert (service["nilai"], service["satuan"], service["asumsi"]) == ("14", "hari_kerja", False)


def test_published_figures_are_as_published(wilayah: dict[str, assets.Row]) -> None:
    figures = {(row["kode_wilayah"], row["ukuran"]): row for row in assets.published_figures()}
    assert {
        key: row["nilai"] for key, row in figures.items() if row["ukuran"].startswith(("total", "lks", "lkks"))
    } == {
        ("33.71", "total_lks"): 11,
        ("33.71", "lks_kluster_anak"): 8,
        ("33.71", "lks_kluster_disabilitas"): 2,
        ("33.71", "lks_kluster_lansia"): 1,
        ("76", "total_lks"): 169,
        ("35.73", "total_lks"): 70,
        ("35.73", "lks_aktif"): 40,
        ("35.73", "lks_terakreditasi"): 28,
        ("35.73", "lks_kontak_rutin"): 13,
        ("36.71", "total_lks"): 75,
        ("36.71", "lks_terakreditasi"): 17,
        ("33", "total_lks"): 876,
        ("33", "lkks_terbentuk"): 24,
        ("63", "total_lks"): 199,
        ("63", "lkks_terbentuk"): 11,
        ("33.24", "total_lks"): 33,
        (None, "lks_kluster_anak"): 12745,
        (None, "lks_anak_akreditasi_a"): 861,
        (None, "lks_anak_akreditasi_b"): 4020,
        (None, "lks_anak_akreditasi_c"): 5252,
        (None, "lks_anak_tidak_layak"): 1715,
        (None, "lks_anak_tanpa_keterangan"): 262,
    }
    assert [key for key, row in figures.items() if row["sekitar"]] == [("76", "total_lks"), ("35.73", "lks_aktif")]
    assert {key: row["batas"] for key, row in figures.items() if row["batas"]} == {("33", "total_lks"): "lebih_dari"}
    parts = [row["nilai"] for (_, ukuran), row in figures.items() if ukuran.startswith("lks_anak_")]
    assert sum(parts) == 12110, "635 of 12,745 stay unexplained, as printed"
    assert {kode: row["nilai"] for (kode, ukuran), row in figures.items() if ukuran == "peserta"} == {
        "33.71": 22,
        "76": 40,
        "52.72": 30,
    }
    assert {kode: row["nilai"] for (kode, ukuran), row in figures.items() if ukuran == "ipm"} == {
        "52.72": 73.67,
        "52": 65.81,
        None: 70.18,
    }
    dates = {row["sumber_kunci"]: row["tanggal"] for row in figures.values() if row["sumber_kunci"].startswith("S")}
    assert dates == {
        "S1": date(2025, 5, 22),
        "S2": date(2020, 2, 13),
        "S3": date(2017, 3, 8),
        "S4": date(2017, 9, 11),
        "S5": date(2019, 7, 22),
    }
    assert {kode for kode, _ in figures} - {None} <= wilayah.keys()


def test_sample_has_the_published_shape_of_kota_magelang(sample: list[assets.Row]) -> None:
    magelang = [row for row in sample if row["kode_lks"].startswith("LKS-33.71-")]
    assert Counter(kluster for row in magelang for kluster in row["kluster"]) == {
        "anak": 8,
        "disabilitas": 2,
        "lansia": 1,
    }
    assert len(magelang) == 11


def test_sample_counts_by_region(sample: list[assets.Row]) -> None:
    kabkota = Counter(row["kode_lks"][4:9] for row in sample)
    assert {kode: kabkota[kode] for kode in ("13.76", "33.71", "52.72", "62.71")} == {
        "13.76": 9,
        "33.71": 11,
        "52.72": 14,
        "62.71": 13,
    }
    assert {kode: n for kode, n in kabkota.items() if kode.startswith("76")} == {
        "76.01": 7,
        "76.02": 14,
        "76.03": 5,
        "76.04": 8,
        "76.05": 6,
        "76.06": 3,
    }
    assert sum(n for kode, n in kabkota.items() if kode.startswith("62.")) == 23
    assert len(sample) == 130
    assert [row["kluster"] for row in sample if row["kode_lks"][4:9] == "52.72" and len(row["kluster"]) > 1] == [
        ["anak", "lansia"]
    ]


def test_sample_rows_are_marked_invented_and_hold_known_values(
    sample: list[assets.Row], wilayah: dict[str, assets.Row]
) -> None:
    lists = {name: {row["kode"] for row in rows} for name, rows in assets.references().items()}
    assert len({row["nama"] for row in sample}) == len(sample)
    for row in sample:
        assert row["nama"].endswith(" (contoh)")
        assert row["contoh"] is True
        assert row["ketua"].startswith("Ketua Contoh ")
        assert row["telepon"] is row["ketua_nik"] is row["ketua_telepon"] is row["npwp"] is None
        assert row["email"] is None or row["email"].endswith("@contoh.invalid")
        provinsi, kabkota, kecamatan = lineage(row["kode_wilayah"])
        assert row["kode_lks"].startswith(f"LKS-{kabkota}-")
        assert [wilayah[kode]["nama"] for kode in (provinsi, kabkota, kecamatan)] == [
            row["provinsi"],
            row["kabkota"],
            row["kecamatan"],
        ]
        assert {name: row[name] for name in AXES if row[name] not in AXES[name]} == {}
        assert set(row["kluster"]) <= lists["kluster"]
        assert set(row["layanan"]) <= lists["bentuk_pelayanan"]
        assert set(row["masalah"] or ()) <= lists["ppks"]
        assert row["bentuk_hukum"] is None or row["bentuk_hukum"] in lists["badan_hukum"]
        assert not (row["setting"] == "dalam" and row["binaan_luar"])
        assert not (row["setting"] == "luar" and row["binaan_dalam"])


def test_codes_run_from_one_in_each_kabkota_in_file_order(sample: list[assets.Row]) -> None:
    last: dict[str, int] = {}
    for row in sample:
        kabkota, number = row["kode_lks"][4:9], int(row["kode_lks"][10:])
        assert number == last.get(kabkota, 0) + 1
        last[kabkota] = number


def test_sample_dates_move_with_the_day_they_are_loaded(sample: list[assets.Row]) -> None:
    later = assets.sample_lks(TODAY + timedelta(days=100))
    shifts = {
        after[name] - before[name]
        for before, after in zip(sample, later, strict=True)
        for name in ("daftar_sampai", "akreditasi_sampai", "diverifikasi_pada", "aktif_tanggal")
        if before[name]
    }
    assert shifts == {timedelta(days=100)}
    assert [row["tanggal_berdiri"] for row in later] == [row["tanggal_berdiri"] for row in sample]


def test_sample_fills_every_step_of_the_expiry_warnings(sample: list[assets.Row]) -> None:
    for name in ("daftar_sampai", "akreditasi_sampai"):
        days = [(row[name] - TODAY).days for row in sample if row[name]]
        steps = [sum(low < day <= high for day in days) for low, high in pairwise((-3000, -1, 30, 90, 180, 3000))]
        assert min(steps) >= 2, (name, steps)
    checks = [row["diverifikasi_pada"] for row in sample]
    assert sum(day is None for day in checks) >= 5
    assert sum(day is not None and day < TODAY - timedelta(days=365) for day in checks) >= 10


def test_sample_accreditation_terms_follow_the_old_rule(sample: list[assets.Row]) -> None:
    days = {"A": 1826, "B": 1096, "C": 731}
    graded = [row for row in sample if row["akreditasi"] in days]
    assert len(graded) > 40
    for row in graded:
        assert (row["akreditasi_sampai"] - row["akreditasi_tanggal"]).days == days[row["akreditasi"]]
    assert all(row["akreditasi_sampai"] is None for row in sample if row["akreditasi"] not in days)


def test_only_the_deliberate_coordinates_are_doubtful_and_each_says_so(sample: list[assets.Row]) -> None:
    rows = [(n, row["lat"], row["lon"], row["kode_lks"][4:9]) for n, row in enumerate(sample)]
    found = [(sample[n]["kode_lks"][4:9], kind) for n, kind, _ in geo.coordinate_problems(rows)]
    assert found == [
        ("13.76", "di_luar_wilayah"),
        ("52.72", "tertukar"),
        ("76.05", "di_laut"),
        ("62.71", "bertumpuk"),
        ("62.71", "bertumpuk"),
    ]
    marked = [row["kode_lks"][4:9] for row in sample if "koordinat keliru" in (row["catatan"] or "")]
    assert marked == [kabkota for kabkota, _ in found]
    assert 5 <= sum(row["lat"] is None for row in sample) <= 25


def test_documents_and_aid_belong_to_sample_rows(sample: list[assets.Row]) -> None:
    codes = {row["kode_lks"] for row in sample}
    documents, aid = assets.sample_documents(TODAY), assets.sample_aid(TODAY)
    assert {row["kode_lks"] for row in [*documents, *aid]} <= codes
    asked = {(row["wilayah"], row["kode"]) for row in assets.document_checklists()}
    for document in documents:
        region = "33.71" if document["kode_lks"].startswith("LKS-33.71-") else ""
        assert (region, document["syarat"]) in asked
        assert (document["tanggal"] is not None) == document["ada"]
    assert len({(row["kode_lks"], row["syarat"]) for row in documents}) == len(documents)
    sources = {row["kode"] for row in assets.references()["sumber_bantuan"]}
    assert {row["sumber"] for row in aid} <= sources
    assert {row["tahun"] for row in aid} <= set(range(2022, 2027))


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_has_two_screens_of_guidance(role: str) -> None:
    text = (assets.ASSETS / "teks" / "panduan" / f"{role}.md").read_text(encoding="utf-8")
    assert 350 <= len(text.split()) <= 450
    jobs = {"kepala_dinas": "Empat", "lkks": "Empat", "pelatih": "Lima"}.get(role, "Tiga")
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## Yang pertama Anda lihat",
        f"## {jobs} pekerjaan",
        "## Cara membaca angka",
        "## Bila ditolak",
    ]
    # an LKKS was once told that meetings did not exist yet
    assert "Belum ada di versi ini" not in text
    assert ("Tutup rapat" in text) == (role == "lkks")
