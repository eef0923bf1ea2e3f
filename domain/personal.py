"""The fields of an LKS record that name or reach a person, and how they are shown to those who may not open them."""

from collections.abc import Mapping
from typing import Any

# Shown masked, kept masked in the audit, opened one by one by those who may.
PERSONAL = (
    *("ketua_nik", "ketua_telepon", "ketua_alamat", "sekretaris_telepon", "bendahara_telepon"),
    *("pengisi_telepon", "pengisi_email", "bank_rekening"),
)


def mask(field: str, value: object) -> str | None:
    """A personal value as screens and the audit show it: the last four characters of numbers, else dots only."""
    if value in (None, ""):
        return None
    text = str(value)
    if field == "ketua_nik" or field.endswith(("telepon", "rekening")):
        return "*" * max(4, len(text) - 4) + text[-4:] if len(text) > 4 else "****"
    return "****"


def masked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Some record fields with the personal ones masked."""
    return {name: mask(name, value) if name in PERSONAL else value for name, value in values.items()}
