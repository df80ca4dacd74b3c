"""Templates to text: everything that comes from a record or a writer is escaped, every number has its source noted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, partial
from importlib.resources import files
from typing import Any

from natalizumab.errors import EvidenceError, Refusal
from natalizumab.evidence import Source, Value, source, value
from natalizumab.languages import ENGLISH, LANGUAGES
from natalizumab.languages.catalogue import LETTER_PAGES, templates
from natalizumab.letters.wording import Wording

_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_OURS = "design"
_PAGES_SAY = {ENGLISH: "en-GB"}
_SAID = ("day", "said", "sentence", "brief", "crowd", "asked_by")
"""What a template asks of the wording, as filters of the same name."""
FOLDER = files("natalizumab.letters") / "templates"


class Numbers:
    """The evidence as a template asks it: each number's sources are noted for the end of the letter."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._used: dict[str, str] = {}

    def n(self, key: str) -> str:
        """The number, or "3 to 4" for a pair."""
        found = self._noted(value(key)).value
        return self._wording.range(found) if isinstance(found, list) else self._wording.brief(found)

    def span(self, key: str) -> str:
        """The interval of a number."""
        found = self._noted(value(key))
        if found.interval is None:
            raise EvidenceError(f"letter: {key} has no interval")
        return self._wording.range(found.interval)

    def status(self, key: str) -> str:
        """How well a number is known."""
        return value(key).status

    def rest_on(self, keys: Iterable[str], status: str) -> str:
        """Note sources of what a plan says; nothing is written."""
        for key in keys:
            self._used.setdefault(key, status)
        return ""

    def sources(self) -> list[tuple[str, str]]:
        """What was used so far, each with the status with which it was first used; our own choices are left out."""
        return [(cited(source(key)), status) for key, status in self._used.items() if key != _OURS]

    @property
    def ours(self) -> bool:
        """Whether a number is our own choice."""
        return _OURS in self._used

    def _noted(self, found: Value) -> Value:
        for key in found.sources:
            self._used.setdefault(key, found.status)
        return found


def cited(found: Source) -> str:
    """A paper by its first author, year and identifier; an official document by its title."""
    authors, _, _ = found.citation.partition(".")
    years = _YEAR.findall(found.citation)
    if "," not in authors or not years:
        return found.citation.rstrip(".")
    where = f", {found.where}" if found.where else ""
    return f"{authors.split(',')[0]} et al. {years[-1]}{where}"


def render(template: str, facts: dict[str, Any], wording: Wording) -> str:
    """The letter's text as HTML, worded so. The same facts always give the same text."""
    numbers = Numbers(wording)
    written = environment(wording.language).get_template(template)
    return str(written.render(**facts, n=numbers.n, span=numbers.span, numbers=numbers, wording=wording))


@cache
def environment(language: str = ENGLISH) -> Any:
    """Jinja with our words for days and numbers; a name that a template does not know is a mistake of ours.

    Raises Refusal where the words of the language are not installed: no letter is half in one and half in another.
    """
    from natalizumab.pharmacology.extras import package  # it loads much, and only who writes needs it

    jinja2 = package("jinja2", "a letter", '"natalizumab[letters]"')
    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: (FOLDER / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(_words(language), newstyle=True)
    made.filters |= {name: jinja2.pass_context(partial(_worded, name)) for name in _SAID}
    made.filters |= {"lines": lines, "blocks": blocks}
    made.globals |= {"language": language, "page_language": _PAGES_SAY.get(language, language)}
    return made


def _words(language: str) -> Any:
    try:
        return templates(LETTER_PAGES, language)
    except FileNotFoundError:
        raise Refusal(f"letter: the words for {LANGUAGES[language]} are not installed: run make messages") from None


def _worded(name: str, context: Any, said: Any) -> str:
    worded: str = getattr(context["wording"], name)(said)
    return worded


def lines(text: str) -> list[str]:
    """The lines of an address."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def blocks(text: str) -> list[list[str]]:
    """What somebody typed: paragraphs, each with its lines."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [lines(part) for part in parts if part.strip()]
