"""The instruments that come with the program: loaded once, and a changed one becomes a version of its own."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from data_access import assets
from domain.permissions import Actor
from services import instruments, ready_made


def test_a_changed_ready_made_form_is_a_new_version_beside_the_old(
    fresh_db: Path, actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = actor("pelatih", "33.71")
    assert ready_made.load() == 0, "preparing the store has loaded them"
    shipped = assets.ready_made_forms()
    kode = next(iter(shipped))
    changed = replace(shipped[kode], judul="Judul yang diperbaiki")
    monkeypatch.setattr(assets, "ready_made_forms", lambda: shipped | {kode: changed})
    monkeypatch.setattr(ready_made, "_shipped", lambda: "sidik lain")
    assert ready_made.load() == 1 and ready_made.load() == 0
    [row] = [row for row in instruments.listed(trainer) if row["kode"] == kode]
    found = instruments.get(trainer, row["id"])
    assert [version["nomor"] for version in found.versions] == [shipped[kode].versi + 1, shipped[kode].versi]
    assert found.record["judul"] == "Judul yang diperbaiki"
    assert instruments.form(trainer, found.versions[1]["id"]) == shipped[kode]
    monkeypatch.setattr(ready_made, "_shipped", lambda: "sidik ketiga")
    assert ready_made.load() == 0, "the same content is never added twice"
