"""The report of a virtual trial as a page: everything that was asked and found is in it, and nothing else is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

import pytest
from tests.virtual_trials import TEXT, found

from natalizumab.cohort import WHAT, population
from natalizumab.commands.trial_report.lines import label, lines
from natalizumab.commands.trial_report.methods import LABEL
from natalizumab.commands.trial_report.page import page, painted
from natalizumab.commands.trial_report.pictures import PAPER, ROW, STRIP, pictures
from natalizumab.evidence import value
from natalizumab.pharmacology.charts import Chart


class Words(HTMLParser):
    """The words of a page, table by table."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self._open = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("td", "th"):
            self._open = True
            self.cells.append("")
        elif tag not in ("b", "i"):
            self._open = False

    def handle_endtag(self, tag: str) -> None:
        self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.cells[-1] += data.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture(scope="module")
def html() -> str:
    return page(*found())


@pytest.fixture(scope="module")
def on_paper() -> str:
    return page(*found(), painted)


def shown(html: str) -> str:
    """The text of a page, its spaces made plain."""
    body = re.sub(r"<svg.*?</svg>|<style>.*?</style>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())  # a space that does not break is split too


def charts(text: str = TEXT) -> Iterator[Chart]:
    trial, _ = found(text)
    made = pictures(lines(trial), trial.trial.arms[0].name)
    assert made
    yield from (*made[0], made[1])


def test_the_same_trial_gives_the_same_page(html: str) -> None:
    assert page(*found()) == html


def test_a_page_needs_no_script_and_no_network(html: str) -> None:
    assert "<script" not in html
    assert "default-src 'none'" in html
    assert set(re.findall(r"https?://[^\"' )]+", html)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_names_and_the_file_s_text_are_shown_as_they_are_and_never_obeyed(html: str) -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<b>as all" not in html
    assert "<h1>Long &amp; short</h1>" in html
    code = unescape(html[html.rindex("<pre><code>") + 11 : html.rindex("</code></pre>")])
    assert code == TEXT


@pytest.mark.parametrize("name", ["a\x01b", "a\u202eb", "a\x9bb"])
def test_what_no_page_may_hold_is_shown_as_a_sign(name: str) -> None:
    escaped = "".join(f"{chr(92)}u{ord(c):04x}" for c in name)
    made = page(*found(f'name = "{escaped}"\npeople = 20\nweeks = 8\n[arms.a]\n[arms.b]\n'))
    assert "a\ufffdb" in made
    assert name not in made


def test_every_arm_and_outcome_stands_in_a_table(html: str) -> None:
    cells = Words(html).cells
    for outcome in WHAT:
        assert cells.count(label(outcome)) >= 2, outcome
    for arm in found()[0].trial.arms:
        assert cells.count(arm.name) >= len(WHAT)


def test_every_number_of_a_picture_stands_in_a_table(html: str) -> None:
    cells = set(Words(html).cells)
    by_name = {(line.arm, line.label): line for line in lines(found()[0]) if line.difference}
    seen = 0
    for chart in charts():
        for arm, outcome, mean, _, low, high, range_low, range_high in chart.table().rows():
            line = by_name[arm, outcome]
            assert line.number(mean, signed=True) in cells
            assert line.span((low, high), signed=True) in cells
            assert line.span((range_low, range_high), signed=True) in cells
            seen += 1
    assert seen >= len(WHAT) - 1


def test_every_picture_is_described_and_has_its_title_above_it(html: str) -> None:
    for chart in charts():
        assert f'role="img" aria-label="{chart.description}"'.replace("<", "&lt;").replace(">", "&gt;") in html
        assert chart.title in shown(html)
    assert html.count("<figure>") == html.count("<svg ") == len(list(charts()))


def test_where_nothing_differs_the_table_says_so_without_a_picture_of_it() -> None:
    made = page(*found("people = 20\nweeks = 8\n[arms.a]\n[arms.b]\n"))
    assert made.count("<svg ") == 1
    assert "Differences from “a”" in made


def test_no_picture_is_higher_than_a_page_of_paper() -> None:
    arms = "\n".join(f'[arms."{number}"]\nweeks = {3 + number}' for number in range(1, 9))
    parts = [chart for chart in charts(f"people = 20\nweeks = 12\n{arms}\n") if "part" in chart.title]
    assert len(parts) > 1
    strips = [len(part.spec["vconcat"]) for part in parts]
    assert max(strips) - min(strips) <= 1
    assert all(number * (STRIP + 7 * ROW) <= PAPER for number in strips)


def test_a_picture_on_paper_is_an_image_in_light_colours(on_paper: str) -> None:
    assert "<svg" not in on_paper
    images = re.findall(r'<img alt="([^"]+)" src="data:image/svg\+xml;base64,[A-Za-z0-9+/=]+">', on_paper)
    assert [unescape(one).replace("\N{NO-BREAK SPACE}", " ") for one in images] == [one.description for one in charts()]


def test_what_it_is_stands_at_the_top_and_on_every_printed_page(html: str) -> None:
    assert shown(html).count(LABEL) == 1
    assert f'@top-left {{ content: "{LABEL}"' in html


def test_every_number_of_the_population_has_source_and_status(html: str) -> None:
    cells = Words(html).cells
    for name in population().__dataclass_fields__:
        at = cells.index(name)
        known = value(f"population.adults.{name}")
        row = cells[at : at + 5]
        if name == "missed":
            assert row[1:] == ["0 %", f"{known.about} The evidence says 2.", "the trial's own", "the trial's file"]
        else:
            assert row[2:] == [known.about, known.status, ", ".join(known.sources)]
        for source in known.sources:
            assert f"<dt>{source}</dt>" in html


def test_methods_tell_what_the_scenario_of_pml_rests_on(html: str) -> None:
    told, known = shown(html), value("eid.hazard_ratio.secondary")
    assert known.interval
    low, high = known.interval
    assert f"is {known.value:g} times that of the table (95 % interval {low:g} to {high:g})" in told
    assert "observational" in told
    assert "<dt>zhovtis-ryerson-2019</dt>" in html


def test_without_a_scenario_none_is_told() -> None:
    told = page(*found(TEXT.replace('pml_scenario = "secondary"', "")))
    assert "No scenario was asked for" in told
    assert "zhovtis-ryerson-2019" not in told


def test_the_command_says_all_that_decides_the_answer(html: str) -> None:
    assert "natalizumab trial short.toml --people 60 --seed 1 --report short.html" in html


def test_where_there_is_one_arm_nothing_is_compared() -> None:
    told = page(*found("people = 20\nweeks = 8\n[arms.a]\n"))
    assert "There is no other arm to compare it with." in told
    assert "<svg" not in told
    assert "What each arm came to" in told


NOBODY = """
people = 1
seed = {seed}
weeks = 8
run_in_weeks = 52
stable = true
[population]
activity = 20
[arms.a]
[arms.b]
"""


def test_where_nobody_takes_part_the_report_says_so_and_shows_no_numbers() -> None:
    unstable = next(seed for seed in range(1, 30) if not found(NOBODY.format(seed=seed))[0].best["people"][0])
    told = page(*found(NOBODY.format(seed=unstable)))
    assert "Nobody takes part" in told
    assert "<svg" not in told
    assert "nan" not in shown(told).lower()
