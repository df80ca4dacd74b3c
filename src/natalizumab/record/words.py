"""How a refusal shows a value and names what is allowed, on one line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any

LONGEST_SHOWN = 60
MOST_LISTED = 3


def shown(value: Any) -> str:
    """``value`` as it stands in the file, on one line, shortened when long."""
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "a list"
    start = value[: LONGEST_SHOWN + 1] if isinstance(value, str) else value
    text = json.dumps(start, ensure_ascii=False, default=str)
    text = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)
    if len(text) <= LONGEST_SHOWN:
        return text
    return (
        f'{text[:LONGEST_SHOWN]}…" ({len(value)} characters)' if isinstance(value, str) else f"{text[:LONGEST_SHOWN]}…"
    )


def suggestion(wrong: Any, allowed: Iterable[str]) -> str:
    """`` (did you mean …?)`` when an allowed word lies near, else nothing. Of those, the one that begins alike."""
    from difflib import get_close_matches

    words = {word.casefold(): word for word in allowed}
    wrong = str(wrong)[:LONGEST_SHOWN].casefold()
    near = get_close_matches(wrong, words, n=3)
    if not near:
        return ""
    best = max(near, key=lambda word: _same_start(word, wrong))
    return f" (did you mean {words[best]}?)"


def _same_start(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def listed(words: Iterable[str]) -> str:
    """``a, b, c``."""
    return ", ".join(words)


def joined(parts: Sequence[str]) -> str:
    """``a and b``; of many only the first, and how many more."""
    more = len(parts) - MOST_LISTED
    return " and ".join(parts[:MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def places(events: Sequence[object]) -> dict[int, int]:
    """Where each event stands in the file, counted from 0, by the identity of the object."""
    return {id(event): number for number, event in enumerate(events)}
