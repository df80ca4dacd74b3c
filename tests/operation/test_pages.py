"""The pages of docs/operation, tried as they are written: each command of a page runs in a fresh installation."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.operation.installation import COMMAND, ON_POSTGRESQL, PASSWORDS, Installation

PAGES = sorted((Path(__file__).resolve().parents[2] / "docs" / "operation").glob("*.md"))
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
BACKUP = re.compile(r"\S+\.backup")
TYPED = {
    "init": f"{PASSWORDS['alma']}\n" * 2,
    "erase": f"{PASSWORDS['alma']}\n{PASSWORDS['axel']}\n",
    "restore": "y\n",
}
"""What somebody types when they are asked."""

pytestmark = pytest.mark.skipif(
    ON_POSTGRESQL, reason="the pages are written for SQLite; the other's parts have own tests"
)


def commands(page: Path) -> list[list[str]]:
    """Every command of the page's blocks that are to be tried."""
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines() if line.strip()]


def fitted(words: list[str], clinic: Installation, known: dict[str, Any]) -> list[str]:
    """The same command with ids and files that are there."""
    entry, person = known["entries"]["A-1"][3], known["people"]["B-2"]
    id_there = {"--entry": entry, "--person": person}
    before = [None, *words]
    words = [id_there[str(name)] if UUID.fullmatch(word) else word for name, word in zip(before, words, strict=False)]
    newest = max(clinic.backups.glob("*.backup"), default=None)
    return [f"backups/{newest.name}" if newest and BACKUP.fullmatch(word) else word for word in words]


def try_out(words: list[str], clinic: Installation) -> None:
    assert words[0] == "natalizumab"
    if words[1] == "serve":
        serve(words, clinic)
        return
    # Without a terminal, what is asked for is read from standard input.
    ran = subprocess.run(
        [COMMAND, *words[1:]], check=False, cwd=clinic.folder, env=clinic.environment(),
        input=TYPED.get(words[1], ""), capture_output=True, text=True, start_new_session=True,
    )  # fmt: skip
    assert ran.returncode == 0, f"{shlex.join(words)}\n{ran.stdout}{ran.stderr}"


def serve(words: list[str], clinic: Installation) -> None:
    process = subprocess.Popen(
        [COMMAND, *words[1:]], cwd=clinic.folder, env=clinic.environment(),
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout
    last = next((line for line in process.stdout if line.startswith("Listening")), "")
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=60)
    process.stdout.close()
    assert last == f"Listening on {words[words.index('--bind') + 1]}\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.stem))
def test_every_command_of_a_page_works_as_it_is_written(
    clinic: Installation, known: dict[str, Any], page: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = commands(page)
    if any(words[1] == "init" for words in found):
        clinic = Installation(tmp_path_factory.mktemp("new"), "new")
    for words in found:
        try_out(fitted(words, clinic, known), clinic)


def test_every_page_has_commands_that_are_tried_or_says_why_it_can_not() -> None:
    assert len(PAGES) == 9
    assert {page.stem for page in PAGES if not commands(page)} == {"postgresql"}


def test_every_command_of_an_installation_has_its_page() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    words = ("init", "serve", "check --deploy", "migrate", "backup", "restore", "move-to-postgresql", "erase", "remind")
    for command in (*words, "audit verify", "audit seal"):
        assert f"natalizumab {command}" in text, command


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.stem))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
