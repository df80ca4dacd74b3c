"""Write down what each shipped protocol says in its present version; a version that is written down is never changed.

.venv/bin/python tools/release_protocols.py
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from pathlib import Path

from natalizumab.care.protocol import SHIPPED, bounds, fixed, shipped

FILE = Path(__file__).parent.parent / "src" / "natalizumab" / "care" / "protocols" / "released.toml"


def digest(name: str) -> str:
    """Of everything that the protocol says: its parameters with units, statuses and sources, and its limits."""
    protocol = shipped(name)
    numbers = {
        key: [number.key, number.value, number.unit, number.status, list(number.sources)]
        for key, number in protocol.parameters.items()
    }
    said = [
        protocol.title,
        protocol.date.isoformat(),
        numbers,
        {key: list(both) for key, both in bounds().items()},
        fixed(),
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def released() -> dict[str, dict[str, str]]:
    """The digest of each version of each protocol that was ever written down."""
    return tomllib.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}


def main() -> None:
    """Add the present versions; refuse to change one that is there."""
    known = released()
    for name in SHIPPED:
        version = shipped(name).version
        there = known.setdefault(name, {}).setdefault(version, digest(name))
        if there != digest(name):
            sys.exit(f"{name} {version} has been released and now says something else: give it a new version and date")
    lines = ["# What each released version of a protocol said, as a digest. Written by tools/release_protocols.py."]
    for name, versions in known.items():
        lines += ["", f"[{name}]", *(f'"{version}" = "{there}"' for version, there in versions.items())]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"wrote {FILE.name}")


if __name__ == "__main__":
    main()
