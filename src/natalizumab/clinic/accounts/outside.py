"""The hospital's own sign-in: OpenID Connect by django-allauth, with every check that the standard names.

Only who somebody is gets asked for and kept: no name, no address, no token of the hospital's stays here.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

from natalizumab.clinic.accounts.id_token import Unbelievable, believed, nonce_of, uid_of

WELL_KNOWN = "/.well-known/openid-configuration"
ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
"""What a server's configuration must hold, beside its issuer."""

_UNREADABLE = "the server's answer to the code can't be read"
_HERE = ("127.0.0.1", "localhost", "::1")


class NotTrusted(OAuth2Error):  # type: ignore[misc]
    """The hospital's server gave an answer that can't be trusted; the text says what, and nothing of whom."""


def is_private(address: object) -> bool:
    """Whether nobody on the way can read or change what goes there: https, or this very machine."""
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    return (parts.scheme == "https" and bool(parts.hostname)) or (parts.scheme == "http" and parts.hostname in _HERE)


def configuration(server: str) -> dict[str, Any]:
    """What a server says of itself (Discovery 1.0, section 4).

    Raises NotTrusted where that is another's or unsafe, and requests.RequestException where nothing can be had.
    """
    found = _json(f"{server.removesuffix(WELL_KNOWN).rstrip('/')}{WELL_KNOWN}")
    issuer = found.get("issuer") if isinstance(found, dict) else None
    if not isinstance(issuer, str) or issuer.rstrip("/") != server.removesuffix(WELL_KNOWN).rstrip("/"):
        raise NotTrusted("the server's configuration is not that of the server that was set")
    if unsafe := [name for name in ADDRESSES if not is_private(found.get(name))]:
        raise NotTrusted(f"the server's configuration lacks {', '.join(unsafe)} with an address of https")
    return found  # type: ignore[no-any-return]


class HospitalAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One sign-in; what the server says of itself is asked anew for each."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What ``configuration`` says, asked once."""
        if not hasattr(self, "_checked"):
            self._checked: dict[str, Any] = configuration(self.get_provider().server_url)
        return self._checked

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        """What the code is exchanged for; the verifier of this session alone exchanges it."""
        if request.GET.get("iss", self.openid_config["issuer"]) != self.openid_config["issuer"]:
            raise NotTrusted("the answer came from another server")
        self.nonce = nonce_of(pkce_code_verifier or "")
        try:
            found = super().get_access_token_data(request, app, client, pkce_code_verifier)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise NotTrusted(_UNREADABLE) from error
        if not isinstance(found, dict):
            raise NotTrusted(_UNREADABLE)
        return found

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """The hospital's token opens the hospital's things, which nobody wants here."""
        return SocialToken(token="")

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> Any:
        """Who it is, from a token that is believed. Raises NotTrusted over any other."""
        config, answer = self.openid_config, kwargs["response"]
        try:
            claims = believed(
                answer.get("id_token"),
                _json(config["jwks_uri"]),
                issuer=config["issuer"],
                client=app.client_id,
                nonce=self.nonce,
            )
        except Unbelievable as error:
            raise NotTrusted(str(error)) from error
        return self.get_provider().sociallogin_from_response(request, claims)


class HospitalProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """Asks for no more than who somebody is, and nothing that the address of the page asks for."""

    oauth2_adapter_class = HospitalAdapter

    def get_default_scope(self) -> list[str]:
        return ["openid"]

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return self.get_default_scope()

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, Any]:
        return self.get_auth_params()  # type: ignore[no-any-return]

    def get_pkce_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_pkce_params()
        return params | {"nonce": nonce_of(params["code_verifier"])}

    def extract_uid(self, data: dict[str, Any]) -> str:
        return uid_of(data)

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"issuer": data["iss"]}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []


def _json(address: str) -> Any:
    """What stands there. Raises requests.RequestException where nothing can be had."""
    with get_adapter().get_requests_session() as session:
        answer = session.get(address)
        answer.raise_for_status()
        return answer.json()
