"""Are the served scripts and styles the ones that were built from the locked packages?"""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVED = Path(str(files("natalizumab.clinic"))) / "static" / "vendor"


def locked() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((ROOT / "vendor/package-lock.json").read_text())["packages"]
    return found


def test_every_served_file_has_the_hash_that_was_written_down() -> None:
    lines = [line.split("  ") for line in (SERVED / "SHA256SUMS").read_text().splitlines()]
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SERVED.iterdir()}
    found.pop("SHA256SUMS")
    assert found == {name: digest for digest, name in lines}
    assert set(found) == {"pico.min.css", "vega-bundle.js", "LICENCES.txt"}


def test_the_licence_of_every_package_inside_is_there() -> None:
    text = (SERVED / "LICENCES.txt").read_text()
    for name in ("@picocss/pico", "vega", "vega-embed", "vega-interpreter", "vega-lite", "d3-scale"):
        assert re.search(rf"^{re.escape(name)} \d", text, re.MULTILINE), name
    assert "ships no licence text" not in text


def test_the_served_versions_are_the_locked_ones() -> None:
    text = (SERVED / "LICENCES.txt").read_text()
    for name in ("@picocss/pico", "vega", "vega-embed", "vega-interpreter", "vega-lite"):
        assert f"\n{name} {locked()[f'node_modules/{name}']['version']}: " in text


def test_the_lock_file_holds_hashes_and_no_addresses() -> None:
    packages = {name: entry for name, entry in locked().items() if name}
    assert all("integrity" in entry for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())
