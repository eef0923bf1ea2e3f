#!/usr/bin/env python3
"""Starts the measurements with the project's own environment: python benchmarks/run.py [--tiny] [--only NAME] [--json OUT]."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def python() -> Path:
    """The interpreter that has what Pilar needs: that of .venv, else the one this runs on."""
    own = ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    return own if own.exists() else Path(sys.executable)


if __name__ == "__main__":
    found = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    sys.exit(subprocess.run([python(), "-m", "benchmarks.measure", *sys.argv[1:]], env=found, check=False).returncode)
