"""Whether a vaccine is live: by its name, or by its code; where the two disagree, the graver."""

from __future__ import annotations

from functools import cache
from typing import Any

from natalizumab.evidence import vocabulary

_GRAVER = ("no", "unknown", "yes")


def liveness(vaccine: Any) -> str:
    """``yes``, ``no`` or ``unknown`` (also for a name and a code that are both not listed)."""
    term = vocabulary("vaccines").find(vaccine.name)
    answers = [term.attributes["live"]] if term else []
    if vaccine.cvx is not None:
        answers.append(_by_code().get(vaccine.cvx.strip(), "unknown"))
    return max(answers, key=_GRAVER.index, default="unknown")


@cache
def _by_code() -> dict[str, str]:
    return {
        code: term.attributes["live"]
        for term in vocabulary("vaccines").terms
        for code in term.attributes.get("cvx", ())
    }
