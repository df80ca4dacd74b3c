"""Do several processes load many people at once, on either database, and nobody twice?"""

from __future__ import annotations

import pytest
from tests.operation.installation import Installation
from tests.web.people import ADA, BEN


@pytest.mark.slow
def test_two_processes_load_everybody_once_with_all_that_follows(clinic: Installation) -> None:
    there = clinic.inside("look")["people"]
    found = clinic.inside("load")
    wanted = found["wanted"]
    entries = sum(len([ADA, BEN][number % 2]) for number in range(wanted))
    assert found["told"] == [[wanted, entries, 0], [0, 0, wanted]]
    assert found["problems"] == []
    assert found["rows"] == found["counted"] == wanted
    assert found["waiting"] == len(there)
