"""Write requirements/*.txt anew: every version with its hashes, for every Python and machine, naming no registry.

Versions stay as they are unless pyproject.toml asks for others; with "upgrade" as argument, all move to the newest.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".venv" / "bin" / "uv"
FOLDER = ROOT / "requirements"
EXTRAS = ("--extra", "clinic", "--extra", "cohort", "--extra", "letters")
PURPOSES = {
    "test.txt": ["pyproject.toml", *EXTRAS, "--group", "dev"],
    # The demo's packages have the same versions as the tests', so that one environment serves both.
    "demo.txt": ["pyproject.toml", "--extra", "clinic", "--group", "build", "-c", "requirements/test.txt"],
    "bench.txt": ["pyproject.toml", *EXTRAS, "--group", "dev", "--group", "bench", "-c", "requirements/test.txt"],
    "uv.txt": ["requirements/uv.in"],
}
HEADER = "# Written by `make lock`: every version and its hashes. Do not edit.\n"


def main(upgrade: bool) -> int:
    """Lock all files; refuse, and say where, if one names an address."""
    # A mirror or folder in this machine's settings must not decide what everybody else installs.
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))}
    for name, inputs in PURPOSES.items():
        print(f"Locking requirements/{name} …", flush=True)
        command: list[str | Path] = [UV, "pip", "compile", "--quiet", "--no-config", "--no-build", "--universal"]
        command += ["--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
        command += ["--output-file", f"requirements/{name}", *inputs]
        if upgrade:
            command.append("--upgrade")
        environment = clean | {"UV_PYTHON_DOWNLOADS": "never"}
        if subprocess.run(command, check=False, cwd=ROOT, env=environment).returncode:
            return 1
        path = FOLDER / name
        text = re.sub(r"\A(#.*\n)*", "", path.read_text(encoding="utf-8"))
        if found := re.search(r"^.*(?:://|^-(?!-hash)).*$", text, re.MULTILINE):
            print(f"requirements/{name} names a place or an option, which it must not: {found[0]}", file=sys.stderr)
            return 1
        path.write_text(HEADER + text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(upgrade="upgrade" in sys.argv[1:]))
