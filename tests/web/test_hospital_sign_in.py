"""The hospital's own sign-in against a server that keeps to the standard, and against one that errs in every way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.socialaccount.providers import registry
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from tests.web.openid_provider import CLIENT, SECRET, Claims, Provider, new_key, running
from tests.web.people import own_account, signed_in
from tests.web.second_factor import code, give_app

from natalizumab.clinic.accounts import members
from natalizumab.clinic.accounts.outside import HospitalProvider
from natalizumab.clinic.models import AccountEvent, Membership, Person, User
from natalizumab.clinic.settings.accounts import outside

LOGIN, CALLBACK = "/sign-in/oidc/hospital/login/", "/sign-in/oidc/hospital/login/callback/"
NOBODY_SIGNED_IN = "Nobody was signed in."
UNKNOWN = "no account here is connected with it, and none was made"


def use(settings: Any, monkeypatch: pytest.MonkeyPatch, provider: Provider) -> None:
    """A clinic whose hospital is that server."""
    given = {"SERVER": provider.issuer, "CLIENT": CLIENT, "SECRET": SECRET, "NAME": "hospital account (invented)"}
    settings.SOCIALACCOUNT_PROVIDERS = outside({f"NATALIZUMAB_OIDC_{name}": text for name, text in given.items()})
    settings.ROOT_URLCONF = "tests.web.openid_urls"
    monkeypatch.setattr(registry, "provider_map", {"openid_connect": HospitalProvider})
    monkeypatch.setattr(registry, "loaded", True)


@pytest.fixture
def hospital(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    with running(f"http://testserver{CALLBACK}") as provider:
        use(settings, monkeypatch, provider)
        yield provider


def onward(client: Client, process: str = "login") -> str:
    """Where the page that leads to the hospital leads."""
    answer = client.post(f"{LOGIN}?process={process}")
    assert answer.status_code == 200, answer
    address = answer.context["address"]
    page = answer.content.decode().replace("&amp;", "&")
    assert f'<meta http-equiv="refresh" content="0; url={address}">' in page
    assert f'href="{address}"' in page
    return str(address)


def back_from(address: str, who: str) -> str:
    """The hospital's answer for somebody who signs in there."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    page = requests.get(address, timeout=10)
    assert page.status_code == 200, page.text
    sent = requests.post(address.partition("?")[0], data=asked | {"who": who}, allow_redirects=False, timeout=10)
    return str(sent.headers["Location"]).removeprefix("http://testserver")


def sign_in(client: Client, who: str = "sub-nora", process: str = "login") -> Any:
    return client.get(back_from(onward(client, process), who))


def connect(user: User, who: str = "sub-nora") -> None:
    """As a colleague does it: with the password first, then at the hospital."""
    client = Client()
    client.post("/sign-in/", {"login": user.username, "password": "only for tests"})
    client.post("/account/confirm/", {"password": "only for tests"})
    assert sign_in(client, who, "connect").headers["Location"] == "/account/outside/"


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_colleague_who_connected_it_signs_in_with_it(client: Client, hospital: Provider, nora: User) -> None:
    connect(nora)
    assert sign_in(client).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert client.get("/").wsgi_request.user == nora
    assert hospital.problems == []


def test_nothing_is_asked_for_or_kept_but_who_it_is(hospital: Provider, nora: User) -> None:
    connect(nora)
    assert "scope=openid&" in onward(Client()) + "&"
    assert "/userinfo" not in hospital.asked
    kept = SocialAccount.objects.get(user=nora)
    assert kept.extra_data == {"issuer": hospital.issuer}
    assert "sub-nora" not in kept.uid
    assert not SocialToken.objects.exists()


def test_nobody_has_an_account_made_by_signing_in_at_the_hospital(client: Client, hospital: Provider) -> None:
    page = sign_in(client, "sub-stranger")
    assert UNKNOWN in page.content.decode()
    assert not is_in(client)
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()


def test_the_same_name_or_address_here_opens_nothing(client: Client, hospital: Provider, nora: User) -> None:
    User.objects.filter(pk=nora.pk).update(email="n@hospital.example")
    hospital.wrong = lambda claims: claims | {"preferred_username": "nora", "email_verified": True}
    assert UNKNOWN in sign_in(client).content.decode()
    assert not is_in(client)


def other_issuer(claims: Claims) -> Claims:
    return claims | {"iss": "https://elsewhere.example"}


LIES: dict[str, Callable[[Claims], Claims]] = {
    "another issuer": other_issuer,
    "another nonce": lambda claims: claims | {"nonce": "another"},
    "no nonce": lambda claims: {name: claims[name] for name in claims if name != "nonce"},
    "another audience": lambda claims: claims | {"aud": "another clinic"},
    "several audiences and no party": lambda claims: claims | {"aud": [CLIENT, "another clinic"]},
    "another party": lambda claims: claims | {"azp": "another clinic"},
    "expired": lambda claims: claims | {"exp": int(time.time()) - 120},
    "made in the future": lambda claims: claims | {"iat": int(time.time()) + 600},
    "without an end": lambda claims: {name: claims[name] for name in claims if name != "exp"},
    "about nobody": lambda claims: claims | {"sub": ""},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_lies_opens_nothing(client: Client, hospital: Provider, nora: User, lie: str) -> None:
    connect(nora)
    hospital.wrong = LIES[lie]
    page = sign_in(client)
    assert page.status_code == 401
    assert NOBODY_SIGNED_IN in page.content.decode()
    assert not is_in(client)


def unsigned(provider: Provider, claims: Claims) -> str:
    return jwt.encode(claims, "", algorithm="none")


def by_a_shared_secret(provider: Provider, claims: Claims) -> str:
    return jwt.encode(claims, f"{SECRET}, and long enough for this", algorithm="HS256", headers={"kid": "1"})


def by_another_key(provider: Provider, claims: Claims) -> str:
    return jwt.encode(claims, new_key(), algorithm="RS256", headers={"kid": "1"})


def by_an_unknown_key(provider: Provider, claims: Claims) -> str:
    return jwt.encode(claims, provider.key, algorithm="RS256", headers={"kid": "2"})


def changed_afterwards(provider: Provider, claims: Claims) -> str:
    head, _, seal = jwt.encode(claims | {"sub": "sub-else"}, provider.key, "RS256", {"kid": "1"}).split(".")
    body = jwt.encode(claims, provider.key, "RS256", {"kid": "1"}).split(".")[1]
    return f"{head}.{body}.{seal}"


def no_token(provider: Provider, claims: Claims) -> str:
    return ""


@pytest.mark.parametrize(
    "sign", [unsigned, by_a_shared_secret, by_another_key, by_an_unknown_key, changed_afterwards, no_token]
)
def test_a_token_that_the_server_did_not_sign_opens_nothing(
    client: Client, hospital: Provider, nora: User, sign: Callable[[Provider, Claims], str]
) -> None:
    connect(nora)
    hospital.sign = sign
    assert sign_in(client).status_code == 401
    assert not is_in(client)


ANSWERS = {
    "/.well-known/openid-configuration": [(500, "text/plain", "broken"), (200, "application/json", "[]"),
                                          (200, "application/json", "{"), (200, "application/json", '{"issuer": 1}')],
    "/token": [(500, "text/plain", "broken"), (200, "", "x=y"), (200, "application/json", '["access_token"]'),
               (200, "application/json", "null"), (200, "application/json", '{"access_token": 1, "id_token": 2}')],
    "/keys": [(500, "text/plain", "broken"), (200, "application/json", "[]"), (200, "application/json", "nonsense"),
              (200, "application/json", '{"keys": 1}'), (200, "application/json", '{"keys": [{"kid": "1"}]}')],
}  # fmt: skip


@pytest.mark.parametrize(("place", "answer"), [(place, one) for place, found in ANSWERS.items() for one in found])
def test_whatever_a_broken_server_answers_is_said_in_plain_words(
    client: Client, hospital: Provider, nora: User, place: str, answer: tuple[int, str, str]
) -> None:
    connect(nora)
    address = back_from(onward(client), "sub-nora")
    hospital.says = {place: answer}
    page = client.get(address)
    assert (page.status_code, NOBODY_SIGNED_IN in page.content.decode()) == (401, True)
    assert not is_in(client)


@pytest.mark.parametrize("answer", ANSWERS["/.well-known/openid-configuration"])
def test_a_server_that_can_not_be_asked_leads_nowhere(
    client: Client, hospital: Provider, answer: tuple[int, str, str]
) -> None:
    hospital.says = {"/.well-known/openid-configuration": answer}
    page = client.post(LOGIN)
    assert (page.status_code, NOBODY_SIGNED_IN in page.content.decode()) == (401, True)


def test_a_server_that_is_away_leads_nowhere(
    client: Client, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running() as provider:
        use(settings, monkeypatch, provider)
    page = client.post(LOGIN)
    assert (page.status_code, NOBODY_SIGNED_IN in page.content.decode()) == (401, True)


@pytest.mark.parametrize(
    "change",
    [{"issuer": "https://elsewhere.example"}, {"authorization_endpoint": "http://hospital.example/authorize"},
     {"jwks_uri": None}, {"token_endpoint": "javascript:alert(1)"}],
)  # fmt: skip
def test_a_configuration_of_another_server_or_without_https_is_not_trusted(
    client: Client, hospital: Provider, change: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = hospital.configuration() | change
    monkeypatch.setattr(hospital, "configuration", lambda: told)
    assert client.post(LOGIN).status_code == 401


def test_an_answer_counts_once_and_in_the_session_that_asked_alone(
    client: Client, hospital: Provider, nora: User
) -> None:
    connect(nora)
    address = back_from(onward(client), "sub-nora")
    thief = Client()
    assert thief.get(address).status_code == 401
    assert client.get(address).headers["Location"] == "/"
    client.post("/sign-out/")
    assert client.get(address).status_code == 401
    assert not is_in(client)
    assert not is_in(thief)


def test_a_code_of_another_sign_in_opens_nothing(client: Client, hospital: Provider, nora: User) -> None:
    """Somebody slips their own code into another's sign-in: neither verifier nor nonce fits."""
    connect(nora)
    theirs = parse_qs(urlsplit(back_from(onward(Client()), "sub-nora")).query)["code"][0]
    own = parse_qs(urlsplit(back_from(onward(client), "sub-nora")).query)["state"][0]
    assert client.get(f"{CALLBACK}?{urlencode({'code': theirs, 'state': own})}").status_code == 401
    assert hospital.problems == ["token"]
    assert not is_in(client)


def test_an_answer_that_names_another_server_is_refused(client: Client, hospital: Provider, nora: User) -> None:
    connect(nora)
    address = back_from(onward(client), "sub-nora")
    assert client.get(f"{address}&iss=https://elsewhere.example").status_code == 401


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x&code=x", "?error=access_denied", "?state=x&error=broken"])
def test_an_answer_that_nobody_asked_for_is_refused(client: Client, hospital: Provider, query: str) -> None:
    assert client.get(f"{CALLBACK}{query}").status_code == 401


def test_whoever_turns_back_at_the_hospital_is_told_so(client: Client, hospital: Provider) -> None:
    page = client.get(back_from(onward(client), ""), follow=True)
    assert "without signing in there" in page.content.decode()


def test_the_address_of_the_page_asks_the_hospital_for_nothing_else(client: Client, hospital: Provider) -> None:
    more = urlencode({"scope": "admin", "auth_params": "redirect_uri=https://elsewhere.example&nonce=mine"})
    asked = parse_qs(urlsplit(client.post(f"{LOGIN}?{more}").context["address"]).query)
    assert asked["scope"] == ["openid"]
    assert asked["redirect_uri"] == [hospital.callback]
    assert asked["nonce"] != ["mine"]


def test_another_server_with_the_same_subject_is_somebody_else(
    client: Client, hospital: Provider, nora: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(nora)
    with running(hospital.callback) as other:
        use(settings, monkeypatch, other)
        assert UNKNOWN in sign_in(client).content.decode()
    assert not is_in(client)


def test_the_second_factor_is_asked_for_all_the_same(
    client: Client, hospital: Provider, nora: User, settings: Any
) -> None:
    connect(nora)
    give_app(nora)
    settings.NATALIZUMAB_SECOND_FACTOR = True
    assert sign_in(client).headers["Location"] == "/sign-in/second-factor/"
    assert not is_in(client)
    assert client.post("/sign-in/second-factor/", {"code": code()}).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_without_a_second_factor_it_leads_to_setting_one_up(
    client: Client, hospital: Provider, nora: User, settings: Any
) -> None:
    connect(nora)
    settings.NATALIZUMAB_SECOND_FACTOR = True
    sign_in(client)
    assert client.get("/").headers["Location"] == "/account/"
    assert 'href="/account/outside/"' in client.get("/account/").content.decode()


def test_whoever_is_locked_out_here_sees_nothing(client: Client, hospital: Provider, nora: User) -> None:
    connect(nora)
    Membership.objects.filter(user=nora).update(locked=True)
    sign_in(client)
    assert client.get("/").status_code == 403


def test_a_closed_account_stays_closed(client: Client, hospital: Provider, nora: User) -> None:
    connect(nora)
    User.objects.filter(pk=nora.pk).update(is_active=False)
    assert "closed" in client.get(sign_in(client).headers["Location"]).content.decode()
    assert not is_in(client)


def test_signing_out_here_ends_the_session_here(client: Client, hospital: Provider, nora: User) -> None:
    connect(nora)
    sign_in(client)
    client.post("/sign-out/")
    assert not is_in(client)
    assert client.get("/").status_code == 302


def test_connecting_asks_first_who_it_is(hospital: Provider, nora: User, as_nora: Client) -> None:
    answer = as_nora.post(f"{LOGIN}?process=connect")
    assert answer.headers["Location"].startswith("/account/confirm/")
    assert hospital.asked == []
    answer = as_nora.get(back_from(onward(as_nora), "sub-thief"))
    assert not SocialAccount.objects.exists()


def test_disconnecting_asks_first_and_then_it_opens_nothing(hospital: Provider, nora: User) -> None:
    connect(nora)
    client = signed_in(nora)
    own = SocialAccount.objects.get(user=nora)
    answer = client.post("/account/outside/", {"account": own.pk})
    assert answer.headers["Location"].startswith("/account/confirm/")
    client.post("/account/confirm/", {"password": "only for tests"})
    client.post("/account/outside/", {"account": own.pk})
    assert not SocialAccount.objects.exists()
    assert UNKNOWN in sign_in(Client()).content.decode()


def test_connecting_and_disconnecting_stand_in_the_account_log(hospital: Provider, nora: User) -> None:
    connect(nora)
    client = signed_in(nora)
    client.post("/account/confirm/", {"password": "only for tests"})
    client.post("/account/outside/", {"account": SocialAccount.objects.get(user=nora).pk})
    events = [(one.what, one.by, one.about) for one in AccountEvent.objects.exclude(by=None).order_by("pk")]
    assert events == [("connected", nora, nora), ("disconnected", nora, nora)]


def test_nobody_takes_over_what_another_has_connected(hospital: Provider, nora: User, olga: User) -> None:
    connect(nora)
    client = Client()
    client.post("/sign-in/", {"login": "olga", "password": "only for tests"})
    client.post("/account/confirm/", {"password": "only for tests"})
    sign_in(client, process="connect")
    assert SocialAccount.objects.get().user == nora


def test_resetting_the_second_factor_takes_the_connection_too(
    client: Client, hospital: Provider, nora: User, olga: User
) -> None:
    connect(nora)
    members.reset_second_factor(Membership.objects.get(user=nora), by=olga, reason="lost phone")
    assert UNKNOWN in sign_in(client).content.decode()


def test_a_person_may_connect_their_own_page(client: Client, hospital: Provider, ben: Person) -> None:
    connect(own_account(ben, "ben"), "sub-ben")
    assert sign_in(client, "sub-ben").headers["Location"] == "/me/"


def test_the_log_says_why_and_names_nobody(
    client: Client, hospital: Provider, nora: User, caplog: pytest.LogCaptureFixture
) -> None:
    connect(nora)
    hospital.wrong = other_issuer
    sign_in(client)
    (line,) = [one for one in caplog.records if one.name == "natalizumab.sign_in"]
    assert line.__dict__["fields"] == {"why": "the ID token is not valid (InvalidIssuerError)"}


def test_an_address_without_https_is_no_setting() -> None:
    given = {"SERVER": "http://login.hospital.example", "CLIENT": CLIENT, "SECRET": SECRET}
    with pytest.raises(ImproperlyConfigured, match="https://"):
        outside({f"NATALIZUMAB_OIDC_{name}": text for name, text in given.items()})
