"""Takes the pictures of the documentation from the demo itself, so that they can be taken again after every change.

make screenshots                        the pictures in docs/
python tools/screenshots.py --all DIR   every page, light and dark, wide and narrow, to look at
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import debian
from playwright.sync_api import Browser, Page, sync_playwright

from natalizumab.clinic.demo.cast import SEED, characters

ROOT = Path(__file__).resolve().parents[1]
# A fixed day, so that the same code gives the same picture.
DAY = "2026-11-02"
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
]
WORKED_OUT = 120_000  # milliseconds, on a slow machine that compiles the solver first
TALL = {"width": 1280, "height": 1860}
SIMULATED = "simulator/?strategy=iv-standard&strategy=iv-extended&strategy=stop&years=4&pml=secondary"
AS_NURSE = "demo-sign-in/?as=nurse&next="
OWN_PAGES = ("", "check/", "worse/", "card/", "carers/")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="DIR", help="every page in every look, into this folder")
    wanted: Path | None = parser.parse_args().all
    with demo() as address, browser() as chromium:
        people = find_people(chromium, address)
        if wanted is None:
            for name, (place, size) in of_the_manual(people).items():
                file = ROOT / "docs" / f"screenshot-{name}.png"
                picture(chromium, address + place, file, size=size, whole=size is NARROW)
            return
        wanted.mkdir(parents=True, exist_ok=True)
        pages = {
            "worklist": "",
            "evidence": "evidence/",
            "glance": "glance/?interval=8",
            "clinic": "clinic/",
            "clinic-signal": "clinic/vigilance/hypersensitivity/",
            "simulator": SIMULATED,
            "entry": people["measured"] + "add/reaction/",
            "switch": people["measured"] + "switch/?to=ocrelizumab",
            "details": people["measured"] + "details/",
            "infusions": "infusions/?book=1",
            "infusion": people["measured"] + "infusion/",
            "letters": people["measured"] + "letters/",
            "letter": people["suspected_pml_symptom"] + "letters/new/adverse-event/",
            "triage": AS_NURSE + "/triage/",
            "colleagues": "demo-sign-in/?as=administrator&next=/colleagues/",
            **{f"own-{page.strip('/') or 'page'}": f"demo-sign-in/?as=person&next=/me/{page}" for page in OWN_PAGES},
            **people,
        }
        for name, place in pages.items():
            for scheme in ("light", "dark"):
                for size in (WIDE, NARROW):
                    file = wanted / f"{name}-{scheme}-{size['width']}.png"
                    picture(chromium, address + place, file, scheme=scheme, size=size, whole=True)


def of_the_manual(people: dict[str, str]) -> dict[str, tuple[str, dict[str, int]]]:
    """The pictures in docs/, by name: of which place, and how large."""
    return {
        "worklist": ("", WIDE),
        "person": (people["measured"], TALL),
        "infusions": ("infusions/", WIDE),
        "infusion": (people["measured"] + "infusion/", TALL),
        "letter": (people["measured"] + "letters/new/gp/", TALL),
        "glance": ("glance/?interval=6", TALL),
        "clinic": ("clinic/", TALL),
        "simulator": (SIMULATED, TALL),
        "own-page": ("demo-sign-in/?as=person&next=/me/", NARROW),
        "triage": (AS_NURSE + "/triage/", WIDE),
    }


@contextmanager
def demo() -> Iterator[str]:
    """The demo on any free port, in a folder that is thrown away; its address."""
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).with_name("natalizumab")), "demo", "--port", "0", "--on", DAY]
        server = subprocess.Popen([*command, "--folder", folder], stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout
            lines = iter(server.stdout.readline, "")
            yield next(found[1] for line in lines if (found := re.match(r"Ready: (\S+)", line)))
        finally:
            server.terminate()
            server.wait()


@contextmanager
def browser() -> Iterator[Browser]:
    path = debian.chromium()
    if path is None:
        sys.exit(f"Chromium is missing. Please run: {debian.advice('chromium')}")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


def find_people(chromium: Browser, address: str) -> dict[str, str]:
    """The places of a few people whose stories differ; the same every time for the same day."""
    cast = {c.story: c.number for c in characters(date.fromisoformat(DAY), SEED)}
    stories = (
        "measured",
        "short_scan_overdue",
        "suspected_pml_symptom",
        "corrected",
        "immunowell_positive",
        "referred",
    )
    page = chromium.new_page()
    places = {}
    for story in stories:
        page.goto(f"{address}people/?number={cast[story]}")
        places[story] = page.url.removeprefix(address)
    page.close()
    return places


def picture(
    chromium: Browser,
    address: str,
    file: Path,
    *,
    scheme: str = "light",
    size: dict[str, int] = WIDE,
    whole: bool = False,
) -> None:
    context = chromium.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page: Page = context.new_page()
    page.goto(address)
    for chart in page.locator("[data-chart]").all():
        chart.locator("svg").wait_for()
    page.locator("#chain[hx-get]").wait_for(state="detached")
    page.locator("#answer.working").wait_for(state="detached", timeout=WORKED_OUT)
    page.screenshot(path=file, full_page=whole)
    print(f"{file.name}: {file.stat().st_size // 1024} kB")
    context.close()


if __name__ == "__main__":
    main()
