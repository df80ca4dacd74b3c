"""The small mistakes of `make mutate`: each is another function, and every rule has some."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from types import FunctionType

import mutants_page
import pytest
from mutations import code_of, mutants

from natalizumab.care import RULES

CARE = Path(__file__).parents[2] / "src" / "natalizumab" / "care"

SOURCE = '''
"""A module."""

LIMIT = 3


def grown(age, limit=LIMIT):
    """Whether somebody is."""
    return age >= limit and age != 7


class Told:
    def words(self, days):
        for day in days:
            if day < 0:
                continue
            yield Reason(f"Day {day}.", facts=[day])
'''


def made(source: str) -> dict[str, str]:
    return {mutant.what: mutant.function for mutant in mutants(source, "m")}


def test_each_kind_of_mistake_is_made_inside_functions_alone() -> None:
    assert made(SOURCE) == {
        "return age >= limit and age != 7: returns None": "grown",
        "age >= limit and age != 7: and becomes or": "grown",
        "age >= limit: GtE becomes Gt": "grown",
        "age != 7: NotEq becomes Eq": "grown",
        "7: becomes 8": "grown",
        "if day < 0: continue: continue is passed over": "Told.words",
        "yield Reason(f'Day {day}.', facts=[day]): nothing is yielded": "Told.words",
        "day < 0: Lt becomes LtE": "Told.words",
        "0: becomes 1": "Told.words",
        "Reason(f'Day {day}.', facts=[day]): facts is left out": "Told.words",
    }


@pytest.mark.parametrize(
    ("body", "whats"),
    [
        ("return not a", {"returns None", "not is taken away"}),
        ("return max(a, 2)", {"returns None", "becomes min", "becomes 3"}),
        ("return a + b", {"returns None", "Add becomes Sub"}),
        ("return f'{a}' + 'text'", {"returns None", "another word"}),
        ("return a['key']", {"returns None"}),
        ("return a == 'word'", {"returns None", "Eq becomes NotEq", "another word"}),
        ("return Effect.HOLD", {"returns None", "becomes CONFIRM"}),
        ("return True", {"becomes False"}),
        ("return None", set()),
        ("'''Text.'''", set()),
    ],
)
def test_a_mistake_fits_what_it_changes(body: str, whats: set[str]) -> None:
    found = {mutant.what.rpartition(": ")[2] for mutant in mutants(f"def f(a, b):\n    {body}\n", "m")}
    assert found == whats


def test_every_mutant_is_code_that_differs_from_the_original() -> None:
    original = {name: code_of(ast.parse(SOURCE), name, "m.py") for name in ("grown", "Told.words")}
    for mutant in mutants(SOURCE, "m"):
        changed = code_of(mutant.tree(), mutant.function, "m.py")
        before = original[mutant.function]
        assert (changed.co_code, changed.co_consts, changed.co_names) != (
            before.co_code,
            before.co_consts,
            before.co_names,
        )


def test_a_mutant_does_what_its_words_say() -> None:
    def grown(age: int) -> bool:
        raise NotImplementedError

    assert isinstance(grown, FunctionType)
    turned = next(mutant for mutant in mutants(SOURCE, "m") if "GtE becomes Gt" in mutant.what)
    grown.__code__ = code_of(turned.tree(), "grown", "m.py")
    grown.__defaults__ = (3,)
    assert [grown(age) for age in (2, 3, 4, 7)] == [False, False, True, False]


def test_a_key_stays_while_the_function_does() -> None:
    keys = [mutant.key for mutant in mutants(SOURCE, "m")]
    assert len(set(keys)) == len(keys)
    moved = [mutant.key for mutant in mutants("X = 1\n" + SOURCE, "m")]
    assert moved == keys
    other = [mutant.key for mutant in mutants(SOURCE.replace("age != 7", "age != 6"), "m")]
    assert [key for key in other if key in keys] == [key for key in keys if "Told" in key]


def test_every_rules_function_has_at_least_one_mutant() -> None:
    there: set[tuple[str, str]] = set()
    for path in CARE.glob("*.py"):
        there |= {(path.stem, mutant.function) for mutant in mutants(path.read_text(encoding="utf-8"), path.stem)}
    functions = {rule.id: (rule.function.__module__.rpartition(".")[2], rule.function.__name__) for rule in RULES}
    assert {rule for rule, function in functions.items() if function not in there} == set()


def test_the_page_of_mutants_says_a_score_of_at_least_85_and_a_mutant_tried_in_every_rule() -> None:
    page = mutants_page.PAGE.read_text(encoding="utf-8")
    score = re.search(r"a score of \*\*([0-9.]+) %\*\*", page)
    assert score
    assert float(score[1]) >= 85
    tried = dict(re.findall(r"^\| ([A-Z]{2,4}-\d\d) \| `[a-z_.0-9]+` \| \d+ \| (\d+) \|", page, re.MULTILINE))
    assert {rule.id for rule in RULES if int(tried.get(rule.id, 0)) < 1} == set()


def test_survivors_stand_under_their_reason_and_what_nobody_explained_is_called_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutants_page, "REASONS", tmp_path / "reasons.toml")
    mutants_page.REASONS.write_text('[[reason]]\nmatch = "_told: 1"\nwhy = "Only a sentence"\n', encoding="utf-8")
    result = {"module": "blood", "line": 9, "seconds": 0.1}
    results = {
        "a": {**result, "function": "f", "what": "1: becomes 2", "result": "noticed"},
        "b": {**result, "function": "g", "what": "x is None: Is becomes IsNot", "result": "survived"},
        "c": {**result, "function": "_told", "what": "1: becomes 2", "result": "no test reaches it"},
        "d": {**result, "function": "h", "what": "x: y", "result": "never ends"},
    }
    page = mutants_page.page(results, dict.fromkeys("abcde", ("blood", "f")))
    assert "4 (the others await the next run) of 5 mutants were tried: 2 noticed, 2 survived" in page
    assert "**50.0 %**" in page
    opened = page[page.index(mutants_page.OPEN) :]
    assert "### Only a sentence (1)" in page
    assert "`blood.g`, line 9: `x is None: Is becomes IsNot`" in opened
    assert "_told" not in opened
    assert "`blood._told`, line 9: `1: becomes 2` (no test reaches the line)" in page
