"""A released version of a protocol is never edited: its digest was written down, and must still be what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
import release_protocols

from natalizumab.care.protocol import SHIPPED, shipped


@pytest.mark.parametrize("name", SHIPPED)
def test_a_released_version_says_what_it_said(name: str) -> None:
    there = release_protocols.released()[name].get(shipped(name).version)
    assert there == release_protocols.digest(name), (
        f"{name} {shipped(name).version} has changed since it was released: give it a new version and date, then run "
        "`.venv/bin/python tools/release_protocols.py`"
    )


def test_another_number_is_another_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    before = release_protocols.digest("uk")
    protocol = shipped("uk")
    fewer = {key: number for key, number in protocol.parameters.items() if key != "annual_mri_months"}
    other = replace(protocol, parameters=fewer)
    monkeypatch.setattr(release_protocols, "shipped", lambda _: other)
    assert release_protocols.digest("uk") != before
