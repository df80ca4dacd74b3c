"""A hospital's sign-in for the tests: OpenID Connect Core 1.0 and Discovery 1.0, code flow, PKCE (RFC 7636), RS256.

It runs on a port of this machine, keeps to the standard, and refuses whatever a client does wrong. ``wrong`` makes it
err in one way, as a broken or hostile server would. All of its people are invented.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

CLIENT, SECRET = "clinic", "between the two of us"
MINUTES = 60
Claims = dict[str, Any]


def new_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What it knows, and how it errs: ``wrong`` changes the claims, ``sign`` the signature, ``says`` any answer."""

    callback: str = ""
    issuer: str = ""
    key: RSAPrivateKey = field(default_factory=new_key)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    wrong: Callable[[Claims], Claims] = dict
    sign: Callable[[Provider, Claims], str] | None = None
    says: dict[str, Any] = field(default_factory=dict)

    def configuration(self) -> Claims:
        """Discovery 1.0, section 3."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> Claims:
        """The public key (RFC 7517)."""
        told = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [told | {"kid": "1", "use": "sig", "alg": "RS256"}]}

    def refused(self, asked: dict[str, str]) -> str:
        """What is wrong with a request to sign in, or nothing (Core 3.1.2.2)."""
        wanted = {"client_id": CLIENT, "response_type": "code", "redirect_uri": self.callback}
        found = [name for name, value in wanted.items() if asked.get(name) != value]
        found += [] if "openid" in asked.get("scope", "").split() else ["scope"]
        found += [name for name in ("state", "nonce", "code_challenge") if not asked.get(name)]
        found += [] if asked.get("code_challenge_method") == "S256" else ["code_challenge_method"]
        return ", ".join(found)

    def code(self, asked: dict[str, str], who: str) -> str:
        """Where the browser goes once somebody has signed in."""
        code = secrets.token_urlsafe(24)
        self.codes[code] = asked | {"who": who}
        return f"{self.callback}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str], basic: str) -> tuple[int, Claims]:
        """What a code is exchanged for, once (Core 3.1.3)."""
        asked = self.codes.pop(sent.get("code", ""), None)
        told = basic or f"{sent.get('client_id')}:{sent.get('client_secret')}"
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        right = (
            asked is not None
            and told == f"{CLIENT}:{SECRET}"
            and sent.get("grant_type") == "authorization_code"
            and sent.get("redirect_uri") == asked["redirect_uri"]
            and challenge == asked["code_challenge"]
        )
        if asked is None or not right:
            self.problems.append("token")
            return 400, {"error": "invalid_grant"}
        answer = {"access_token": secrets.token_urlsafe(24), "token_type": "Bearer", "expires_in": 10 * MINUTES}
        return 200, answer | {"id_token": self.id_token(asked)}

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": asked["who"], "aud": CLIENT, "iat": now, "exp": now + 5 * MINUTES}
        claims = self.wrong(claims | {"nonce": asked["nonce"], "name": "Nora Invented", "email": "n@hospital.example"})
        if self.sign is not None:
            return self.sign(self, claims)
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(place.query).items()}
        self.provider.asked.append(place.path)
        if place.path in self.provider.says:
            self._send(*self.provider.says[place.path])
        elif place.path == "/.well-known/openid-configuration":
            self._json(200, self.provider.configuration())
        elif place.path == "/keys":
            self._json(200, self.provider.keys())
        elif place.path == "/authorize":
            self._authorize(asked)
        elif place.path == "/userinfo":
            self._json(200, {"sub": "somebody else"})
        else:
            self._send(404, "text/plain", "nothing here")

    def do_POST(self) -> None:
        place = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        self.provider.asked.append(place.path)
        if place.path in self.provider.says:
            self._send(*self.provider.says[place.path])
        elif place.path == "/token":
            kind, _, rest = self.headers.get("Authorization", "").partition(" ")
            basic = base64.b64decode(rest).decode() if kind == "Basic" else ""
            self._json(*self.provider.token(sent, basic))
        elif place.path == "/authorize":
            who = sent.pop("who", "")
            if not who:
                self._to(f"{self.provider.callback}?{urlencode({'error': 'access_denied', 'state': sent['state']})}")
            else:
                self._to(self.provider.code(sent, who))

    def _authorize(self, asked: dict[str, str]) -> None:
        if problem := self.provider.refused(asked):
            self.provider.problems.append(problem)
            self._send(400, "text/html", f"<p>Not understood: {escape(problem)}</p>")
            return
        hidden = "".join(f'<input type="hidden" name="{k}" value="{escape(v)}">' for k, v in asked.items())
        page = (
            '<!doctype html><html lang="en"><title>Hospital (invented)</title><link rel="icon" href="data:,">'
            f'<form method="post">{hidden}'
            '<label>Name <input name="who"></label><button>Enter</button></form></html>'
        )
        self._send(200, "text/html", page)

    def _to(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _json(self, status: int, content: Claims) -> None:
        self._send(status, "application/json", json.dumps(content))

    def _send(self, status: int, kind: str, text: str) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@contextmanager
def running(callback: str = "") -> Iterator[Provider]:
    """The provider on a free port, until the test has ended."""
    provider = Provider(callback)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"provider": provider}))
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
