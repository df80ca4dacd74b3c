"""Somebody of the team who signs in through the forms, with a second factor, and then reads and writes."""

from __future__ import annotations

import asyncio
import base64
import hmac
import re
import time
from urllib.parse import urlencode

from open_loop import Answer, Connections

HOST = "clinic.example"
NAME, PASSWORD, KEY = "nora", "a long pass-phrase 7", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Of the invented nurse; the key is that of her authenticator app."""

_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_STEP = 30


class Visitor:
    """Keeps cookies; every request says that a proxy took it by https."""

    def __init__(self, connections: Connections) -> None:
        self.connections = connections
        self.cookies: dict[str, str] = {}

    def reading(self, place: str) -> bytes:
        """The request for a page, as it can be sent again and again."""
        return self._request("GET", place, b"")

    async def get(self, place: str) -> Answer:
        return self._kept(await self.connections.ask(self.reading(place)))

    async def send(self, place: str, **typed: str) -> Answer:
        """Open the form at a place, and send it with what it carries and what is typed."""
        page = await self.get(place)
        assert page.status == 200, (place, page.status, page.body[:300])
        carried = dict(_HIDDEN.findall(page.body.decode()))
        body = urlencode(carried | typed).encode()
        return self._kept(await self.connections.ask(self._request("POST", place, body)))

    async def sign_in(self) -> None:
        """With the password and the app's code."""
        first = await self.send("/sign-in/", login=NAME, password=PASSWORD)
        assert first.status == 302, first.body[:500]
        second = await self.send(first.headers["location"][0], code=code())
        assert second.status == 302, second.body[:500]
        assert (await self.get("/bare/")).status == 200

    def _request(self, method: str, place: str, body: bytes) -> bytes:
        lines = [f"{method} {place} HTTP/1.1", f"Host: {HOST}", "X-Forwarded-Proto: https"]
        lines += [f"Referer: https://{HOST}/", "Cookie: " + "; ".join(f"{k}={v}" for k, v in self.cookies.items())]
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def _kept(self, answer: Answer) -> Answer:
        for cookie in answer.headers.get("set-cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer


class Writer:
    """Enters a weight for one person after another through the form, so many times a second, until stopped."""

    def __init__(self, visitor: Visitor, people: list[str], day: str) -> None:
        self.visitor, self.people, self.day = visitor, people, day
        self.saved = self.refused = 0
        self._stop = asyncio.Event()

    async def write(self, a_second: float) -> None:
        number = 0
        while not self._stop.is_set():
            place = f"/people/{self.people[number * 7919 % len(self.people)]}/add/weight/"
            answer = await self.visitor.send(place, on=self.day, kg=str(60 + number % 40))
            done = answer.status == 302 and "?saved=" in answer.headers["location"][0]
            self.saved, self.refused, number = self.saved + done, self.refused + (not done), number + 1
            await asyncio.sleep(1 / a_second)

    def stop(self) -> None:
        self._stop.set()


def code() -> str:
    """What the app shows now (RFC 6238)."""
    counter = (int(time.time()) // _STEP).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(KEY), counter, "sha1")
    start = digest[-1] & 0xF
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"
