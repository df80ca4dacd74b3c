"""What a page offers: its forms with their fields, and the places it leads to, read out of the page itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

TYPED = frozenset({"text", "search", "password", "date", "time", "number", "textarea", "email", "file"})
"""Kinds of field that somebody types into; all others carry what the page gave them."""


@dataclass
class Field:
    """``choices`` are the values that a page offers; ``kind`` is an input's type, "select", "textarea" or "button"."""

    name: str
    kind: str
    choices: list[str] = field(default_factory=list)


@dataclass
class Form:
    """Where it is sent, how, and its fields by name."""

    method: str
    action: str
    fields: dict[str, Field] = field(default_factory=dict)

    def add(self, name: str, kind: str, value: str) -> None:
        found = self.fields.setdefault(name, Field(name, kind))
        found.choices.append(value)


@dataclass
class Offered:
    """``links`` are places of this server, with their questions."""

    forms: list[Form] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def offered(page: str, place: str) -> Offered:
    """What the page of that place offers."""
    reader = _Reader(place)
    reader.feed(page)
    reader.close()
    return reader.found()


class _Reader(HTMLParser):
    """Fields may stand outside of their form (``form="id"``), and htmx sends a form's fields elsewhere too."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place
        self._links: list[str] = []
        self._forms: list[Form] = []
        self._by_id: dict[str, Form] = {}
        self._beside: list[tuple[Form, str, str]] = []
        self._elsewhere: list[tuple[str, str, str, str]] = []
        self._open: Form | None = None
        self._select: tuple[str, str | None] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._begin(had)
        for name, method in (("hx-get", "GET"), ("hx-post", "POST")):
            if name in had:
                self._htmx(method, had[name])
        if "href" in had and tag == "a":
            self._link(had["href"])
        if tag in ("input", "textarea", "button") and had.get("name"):
            self._field(
                had["name"], _kind(tag, had), had.get("value", "on" if had.get("type") == "checkbox" else ""), had
            )
        if tag == "select" and had.get("name"):
            self._select = had["name"], had.get("form")
        if tag == "option" and self._select:
            self._field(self._select[0], "select", had.get("value", ""), {"form": self._select[1] or ""})

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        if tag == "select":
            self._select = None

    def found(self) -> Offered:
        for owner, name, kind, value in self._elsewhere:
            if owner in self._by_id:
                self._by_id[owner].add(name, kind, value)
        also = [Form(method, action, form.fields) for form, method, action in self._beside]
        return Offered([*self._forms, *also], self._links)

    def _begin(self, had: dict[str, str]) -> None:
        action = urljoin(self._place, had.get("action") or self._place)
        self._open = Form(had.get("method", "get").upper(), action)
        self._forms.append(self._open)
        if had.get("id"):
            self._by_id[had["id"]] = self._open

    def _htmx(self, method: str, place: str) -> None:
        action = urljoin(self._place, place or self._place)
        if self._open is not None:
            self._beside.append((self._open, method, action))
        elif method == "GET":
            self._link(place)

    def _link(self, to: str) -> None:
        there = urlsplit(urljoin(self._place, to))
        if not there.netloc and there.path.startswith("/"):
            self._links.append(there._replace(fragment="").geturl())

    def _field(self, name: str, kind: str, value: str, had: dict[str, str]) -> None:
        if had.get("form"):
            self._elsewhere.append((had["form"], name, kind, value))
        elif self._open is not None:
            self._open.add(name, kind, value)


def _kind(tag: str, had: dict[str, str]) -> str:
    return had.get("type", "text") if tag == "input" else tag
