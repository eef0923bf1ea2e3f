"""An operator imports a messy workbook, mends two refused rows, saves, and takes the whole import back."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_monitoring import WIDTHS, new_page

HEADER = [
    "No",
    "Nama Lembaga",
    "Kab/Kota",
    "Kecamatan",
    "Kluster",
    "Status Badan Hukum",
    "Tanggal Verifikasi",
    "Kapasitas",
]


def messy(tag: str) -> bytes:
    """Title rows above the header, dates as text, Kab./Kota mixed, and two rows that must be refused."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([f"DATA LKS TAHUN INI {tag}"])
    sheet.append([])
    sheet.append(HEADER)
    sheet.append(
        [1, f"Panti Asuhan Uji Satu {tag}", "KOTA MAGELANG", "Magelang Utara", "LKSA", "Sudah", "12 Mei 2025", "40"]
    )
    sheet.append([2, f"  LKS  Uji Dua {tag}", "Kota Magelang", "", "LKS PD", "Belum", "01/02/2025", 25])
    sheet.append([3, f"Panti Uji Tiga {tag}", "Kota Magelng Baru", "", "anak", "Sudah", "", 10])
    sheet.append([4, f"Panti Uji Empat {tag}", "Kota Magelang", "", "lansia", "Sudah", "31/02/2025", -5])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(page: Page, name: str, content: bytes) -> None:
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {
            "name": name,
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": content,
        }
    )


def metric(page: Page, label: str) -> str:
    box = page.locator("[data-testid=stMetric]").filter(has=page.get_by_text(label, exact=True))
    return box.locator("[data-testid=stMetricValue]").inner_text()


def mended(path: Path) -> bytes:
    """The downloaded list of refused rows with the bad cells put right."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    right = {"Kota Magelng Baru": "Kota Magelang", "31/02/2025": "28/02/2025", -5: 5}
    mended_cells = 0
    for row in sheet.iter_rows(min_row=2, max_col=len(HEADER) - 1):
        for cell in row:
            if cell.value in right:
                cell.value = right[cell.value]
                mended_cells += 1
    assert mended_cells == 3
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("width", WIDTHS)
def test_import_mend_save_undo(
    width: int,
    server: Any,
    browser: Browser,
    tmp_path: Path,
    sign_in: Callable[..., None],
    settled: Any,
    watch_requests: Any,
    axe: Any,
) -> None:
    tag = f"Lebar {width}"
    page = new_page(browser, width)
    foreign = watch_requests(page, server)
    sign_in(page, server, server.users["operator_magelang"])
    page.goto(server.url + "/impor")
    expect(page.get_by_text("Tidak ada yang disimpan sebelum Anda menekan Simpan.", exact=False)).to_be_visible(
        timeout=20_000
    )
    upload(page, "data lama.xlsx", messy(tag))
    expect(page.get_by_role("button", name="Simpan 2 baris")).to_be_visible(timeout=30_000)
    settled(page)
    assert [metric(page, name) for name in ("Baru", "Berubah", "Sama", "Ditolak")] == ["2", "0", "0", "2"]
    assert axe(page) == []
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Unduh baris yang ditolak (2)").click()
    refused = tmp_path / "ditolak.xlsx"
    waiting.value.save_as(refused)
    page.get_by_role("button", name="Simpan 2 baris").click()
    expect(page.get_by_text("2 LKS baru, 0 LKS berubah", exact=False)).to_be_visible(timeout=20_000)
    settled(page)

    upload(page, "ditolak.xlsx", mended(refused))
    expect(page.get_by_role("button", name="Simpan 2 baris")).to_be_visible(timeout=30_000)
    assert metric(page, "Ditolak") == "0"
    page.get_by_role("button", name="Simpan 2 baris").click()
    expect(page.get_by_text("2 LKS baru, 0 LKS berubah", exact=False)).to_be_visible(timeout=20_000)

    page.goto(server.url + f"/daftar_lks?cari=uji+empat+{tag.replace(' ', '+')}")
    expect(page.get_by_role("heading", name="LKS", exact=False).first).to_be_visible(timeout=20_000)
    settled(page)

    for _ in range(2):
        page.goto(server.url + "/impor")
        first = page.get_by_role("button", name="Batalkan impor nomor").first
        expect(first).to_be_visible(timeout=20_000)
        settled(page)
        first.click()
        page.get_by_role("button", name="Ya, batalkan impor ini").click()
        expect(page.get_by_text("Impor dibatalkan: 2 LKS dihapus, 0 LKS dikembalikan.")).to_be_visible(timeout=20_000)
        settled(page)
    assert foreign == []
    page.context.close()
