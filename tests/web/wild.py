"""What hypothesis may send to an address: every method, wild questions and headers, and a page's own forms filled in,
some of their fields wrongly. What is sent is bytes, as it is on the wire: also what no browser would write.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import quote_plus

from hypothesis import strategies as st
from tests.web.page_forms import TYPED, Field, Form

MARK = "<b id=wild>"
"""Stands in many of the values; no page may ever hold it as it is."""

Pairs = list[tuple[str, str]]

WORDS = (
    *(
        "",
        " ",
        "0",
        "-1",
        "-0",
        "1e9",
        "1e999",
        "nan",
        "inf",
        "1_000",
        "1,5",
        "９",
        "٣",
        "²",
        "0x1F",
        "9" * 19,
        "9" * 400,
    ),
    *("yes", "no", "on", "true", "None", "null", "iv", "sc", "full", "positive", "negative", "nurse", "gp", "self"),
    *("2026-11-02", "2026-11-03", "2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "2026-W45-1", "20261102"),
    *("2026-11-02T09:30:00+01:00", "24:00", "24:61", "09:30", "09:30:59.999999", "-09:30"),
    *(
        "A-1",
        "B-1",
        "B-2",
        "a-1",
        "%",
        "_",
        "\\",
        "'",
        '"',
        "';--",
        MARK,
        f'">{MARK}',
        "{{ x }}",
        "{% now %}",
        "../../etc",
    ),
    *(
        "\x00",
        "a\x00b",
        "\x07",
        "\x1b[31m",
        "\u202e",
        "\u200f\u200b",
        "\ufeff",
        "\ufffe",
        "\ud800",
        "\udfff\ud800",
        "🜲",
    ),
    *(
        "a\nb",
        "a\r\nX-Odd: b",
        "\t",
        "a;b",
        "a,b",
        "x" * 201,
        "x" * 70_000,
        "é" * 501,
        "[]",
        "{}",
        "[" * 2000,
        '{"id": 1}',
    ),
    *("00000000-0000-0000-0000-000000000000", "00000000000000000000000000000000", "//elsewhere.example/", "/me/"),
)
CHARACTERS = st.text(st.characters(), max_size=30)
NAMES = "page search number other day book change saved back sort need kind next as key seen step only corrects".split()
"""Fields that pages have asked for; any other may come too."""

wild_values = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), CHARACTERS)
wild_names = st.one_of(st.sampled_from(NAMES), CHARACTERS.filter(bool))
wild_pairs: st.SearchStrategy[Pairs] = st.lists(st.tuples(wild_names, wild_values), max_size=4)

HEADERS: tuple[dict[str, str], ...] = (
    *({}, {}, {}),
    {"HX-Request": "true"},
    {"HX-Request": "true", "HX-Target": "results", "HX-Trigger": "answer", "HX-Current-URL": "http://[odd/?x=%ff"},
    {"HX-Request": "true", "HX-History-Restore-Request": "true", "HX-Boosted": "true"},
    {"HX-Request": "true", "HX-Trigger-Name": "%ff", "HX-Trigger-Name-URI-AutoEncoded": "true", "HX-Prompt": "\xff"},
    {"Accept-Language": "xx-odd;q=nan, *;q=9" + ",de" * 500, "Accept": "application/json"},
    {"Accept": "odd", "X-Requested-With": "XMLHttpRequest"},
    {"Referer": "http://[odd", "Origin": "null"},
    {"Host": "elsewhere.example"},
    {"Host": "[odd"},
    {"X-Forwarded-For": "odd, 1.2.3", "X-Forwarded-Host": "odd", "X-Request-ID": "a\tb" + "x" * 300},
    {"If-Modified-Since": "odd", "Range": "bytes=9-1", "If-None-Match": "odd"},
    {"Cookie": 'sessionid="\\000\\000\\000\\000\\000\\000\\000\\000\\000"; csrftoken="\\000"'},
    {"Cookie": "sessionid=\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8; messages=odd; =; ;;"},
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")


@dataclass(frozen=True)
class Sent:
    """One request. ``csrf``: whether the form's token is asked for, as it always is of a browser."""

    method: str
    place: str
    body: bytes = b""
    content_type: str = "application/x-www-form-urlencoded"
    headers: tuple[tuple[str, str], ...] = ()
    csrf: bool = False

    def __repr__(self) -> str:
        shown = self.body if len(self.body) < 3000 else self.body[:3000] + b"..."
        return f"{self.method} {self.place[:3000]} {self.content_type} {shown!r} {dict(self.headers)} csrf={self.csrf}"


@dataclass(frozen=True)
class Known:
    """What is known of an address for a role: places that have it, forms that are sent to it, methods that may."""

    places: Sequence[str]
    forms: Sequence[Form]
    methods: Sequence[str]


ONE_IN_FOUR = st.integers(0, 3)


@st.composite
def requests(draw: st.DrawFn, known: Known) -> Sent:
    """Mostly one of the address's forms with up to three fields wrong; else anything at all."""
    headers = tuple(draw(st.sampled_from(HEADERS)).items())
    if known.forms and draw(ONE_IN_FOUR) != 0:
        form: Form = draw(st.sampled_from(known.forms))
        pairs = draw(filled_in(form))
        if form.method == "GET":
            return Sent("GET", asked(form.action, pairs), headers=headers)
        body, kind = draw(bodies(pairs))
        return Sent("POST", asked(form.action, draw(SELDOM)), body, kind, headers, draw(st.integers(0, 9)) == 0)
    method = draw(st.sampled_from([*known.methods, *known.methods, *METHODS]))
    place = asked(draw(st.sampled_from(known.places)), draw(wild_pairs))
    if method in ("GET", "HEAD"):
        return Sent(method, place, headers=headers)
    body, kind = draw(bodies(draw(wild_pairs)))
    return Sent(method, place, body, kind, headers, draw(st.integers(0, 9)) == 0)


NONE: Pairs = []
SELDOM: st.SearchStrategy[Pairs] = st.one_of(st.just(NONE), st.just(NONE), st.just(NONE), wild_pairs)


@st.composite
def filled_in(draw: st.DrawFn, form: Form) -> Pairs:
    """The form as somebody fills it in, then up to three of its fields wrong, doubled or missing, and others added."""
    usual = Random(draw(st.integers(0, 2**16)))
    fields = {name: [one] if (one := usually(field, usual)) is not None else [] for name, field in form.fields.items()}
    if fields:
        for name in draw(st.lists(st.sampled_from(sorted(fields)), max_size=3, unique=True)):
            fields[name] = draw(st.lists(wild_values, max_size=2))
    return [(name, value) for name, values in fields.items() for value in values] + draw(SELDOM)


def usually(field: Field, usual: Random) -> str | None:
    """What somebody might give a field; None for a box that is left empty or a button that is not pressed."""
    offered = [one for one in field.choices if one]
    if field.kind in ("checkbox", "button", "submit"):
        return usual.choice([*offered, None])
    if field.kind not in TYPED:
        return usual.choice(offered) if offered else ""
    if offered and usual.random() < 0.5:
        return usual.choice(offered)
    plain = {"date": ["2026-11-02", "2026-10-30"], "time": ["09:30"], "number": ["1", "3.5", "300"]}
    return usual.choice(plain.get(field.kind, ["", "B-2", "1.5", "Invented words.", "STRATIFY", "fever", "2026-10-30"]))


def encoded(pairs: Pairs) -> bytes:
    """As a form is sent; a half of a pair of surrogates too, which no browser sends."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs).encode()


def _quoted(text: str) -> str:
    return quote_plus(text.encode("utf-8", "surrogatepass"))


def asked(place: str, pairs: Pairs) -> str:
    """The place with a question after it."""
    place = place.partition("#")[0]
    if not pairs:
        return place
    return f"{place}{'&' if '?' in place else '?'}{encoded(pairs).decode()}"


@st.composite
def bodies(draw: st.DrawFn, pairs: Pairs) -> tuple[bytes, str]:
    """The fields as a form, as parts with files, as JSON, or broken on the way."""
    how = draw(st.sampled_from(["form"] * 6 + ["parts", "files", "json", "cut", "noise", "charset", "many"]))
    if how in ("parts", "files", "cut"):
        whole = parts(pairs, files=how == "files")
        return whole[: len(whole) // 2] if how == "cut" else whole, "multipart/form-data; boundary=odd"
    if how == "json":
        return json.dumps(dict(pairs)).encode(), "application/json"
    if how == "noise":
        return draw(st.binary(max_size=200)), draw(st.sampled_from(["", "odd", "multipart/form-data", "text/plain"]))
    if how == "charset":
        return encoded(pairs), "application/x-www-form-urlencoded; charset=" + draw(
            st.sampled_from(["odd", "utf-16", "idna", "rot13", "base64", "utf-7"])
        )
    if how == "many":
        return encoded(pairs) + b"&x=1" * 1200, "application/x-www-form-urlencoded"
    return encoded(pairs), "application/x-www-form-urlencoded"


def parts(pairs: Pairs, *, files: bool) -> bytes:
    """As a form with files is sent, every other field as a file if ``files``."""
    found = []
    for number, (name, value) in enumerate(pairs):
        called = name.encode("utf-8", "surrogatepass").replace(b'"', b"").replace(b"\r", b"").replace(b"\n", b"")
        file = b'; filename="../odd\xff.exe"\r\nContent-Type: odd/odd' if files and number % 2 else b""
        head = b'--odd\r\nContent-Disposition: form-data; name="' + called + b'"' + file
        found.append(head + b"\r\n\r\n" + value.encode("utf-8", "surrogatepass") + b"\r\n")
    return b"".join(found) + b"--odd--\r\n"
