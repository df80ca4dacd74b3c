"""Named people whom the tests ask about: Nora works here, Olga elsewhere; Ada and Ben are cared for here, Zoe there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation
from tests.web.people import ADA, BEN, member, person, signed_in

from natalizumab.clinic import plans, solver_ready
from natalizumab.clinic.models import Clinic, Person, Role, User


@pytest.fixture(autouse=True)
def _no_remembered_plans() -> None:
    """Each test starts without plans that another one made."""
    plans.forget()


@pytest.fixture(autouse=True)
def _no_remembered_language() -> None:
    """A request leaves its language behind, which the next one sets anew; a test of one sentence does not."""
    translation.deactivate()


@pytest.fixture(scope="session")
def solver() -> None:
    """Compiled and loaded, so that no page says that it is being prepared."""
    assert solver_ready.ready(patience_seconds=300)


@pytest.fixture
def clinic(db: None) -> Clinic:
    return Clinic.objects.create(name="Harbour clinic (invented)")


@pytest.fixture
def other_clinic(db: None) -> Clinic:
    return Clinic.objects.create(name="Hill clinic (invented)")


@pytest.fixture
def nora(clinic: Clinic) -> User:
    return member(clinic, "nora", Role.NURSE)


@pytest.fixture
def olga(other_clinic: Clinic) -> User:
    return member(other_clinic, "olga", Role.NURSE)


@pytest.fixture
def ada(clinic: Clinic) -> Person:
    """On treatment for years, antibody-positive with a high index; a scan is overdue on 2 November 2026."""
    return person(clinic, "A-1", "Ada Invented", ADA)


@pytest.fixture
def ben(clinic: Clinic) -> Person:
    """Begun this summer, everything in time."""
    return person(clinic, "B-2", "Ben Invented", BEN, sex="male")


@pytest.fixture
def zoe(other_clinic: Clinic) -> Person:
    return person(other_clinic, "Z-9", "Zoe Invented", BEN)


@pytest.fixture
def as_nora(nora: User) -> Client:
    return signed_in(nora)


@pytest.fixture
def as_olga(olga: User) -> Client:
    return signed_in(olga)
