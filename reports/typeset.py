"""Typesetting: a layout of this folder with its data becomes a PDF, in a process that is gone afterwards.

The typesetter keeps what it has set for its next ten documents: inside the server, lists of 600 people grew it by
190 MiB each, to more than 2 GiB. This module run as `-m` is that process: JSON on stdin, the PDF on stdout.
"""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import typst

_HERE = Path(__file__).resolve().parent
_FONTS = _HERE.parent / "assets" / "tema"
SECONDS = 120  # for the longest document


@cache
def fonts() -> typst.Fonts:
    """The fonts that documents are set in, the same on every computer: only ours and those inside typst."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_FONTS)])


def typeset(layout: str, data: str, moment: int) -> bytes:
    """The PDF of a layout ("layout.typ") that reads `data` as sys.inputs.laporan; the same arguments, the same bytes.

    It keeps the rules of PDF/UA-1. Only a character that no font here can draw makes that impossible: the document is
    then tagged all the same, without the claim.
    """
    asked = json.dumps({"tata": layout, "data": data, "saat": moment}).encode()
    ended = subprocess.run(
        [sys.executable, "-m", "reports.typeset"],
        input=asked,
        capture_output=True,
        cwd=_HERE.parent,
        timeout=SECONDS,
        check=False,
    )
    if ended.returncode or not ended.stdout.startswith(b"%PDF"):
        raise RuntimeError(f"typesetting failed: {ended.stderr.decode(errors='replace')[-500:]}")
    return ended.stdout


def compiled(layout: str, data: str, moment: int) -> bytes:
    """What typeset() promises, set inside this very process."""
    try:
        return _once(layout, data, moment, ["ua-1"])
    except typst.TypstError:
        return _once(layout, data, moment, [])


def _once(layout: str, data: str, moment: int, standards: list[Any]) -> bytes:
    # A compiler each time: after a refusal it no longer knows the source that it was given.
    source = (_HERE / layout).read_bytes()
    compiler = typst.Compiler(input=source, font_paths=fonts(), sys_inputs={"laporan": data})
    found = compiler.compile(format="pdf", pdf_standards=standards, timestamp=moment)
    assert isinstance(found, bytes)  # one document, not a picture a page
    return found


def _main() -> None:
    asked = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(compiled(asked["tata"], asked["data"], asked["saat"]))


if __name__ == "__main__":
    _main()
