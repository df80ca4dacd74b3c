"""The tests that stand near the rules: quick, in one process, and enough to take every branch of care/."""

from __future__ import annotations

TESTS = """
    tests/spec
    tests/unit/test_activity_notes.py
    tests/unit/test_basis.py
    tests/unit/test_beside_interval.py
    tests/unit/test_dose_today.py
    tests/unit/test_ending.py
    tests/unit/test_item_status.py
    tests/unit/test_own_assays.py
    tests/unit/test_own_protocol.py
    tests/unit/test_plan_antibodies.py
    tests/unit/test_plan_json.py
    tests/unit/test_standard_year.py
    tests/unit/test_switch_json.py
    tests/unit/test_switching.py
    tests/unit/test_told.py
    tests/unit/test_triage.py
    tests/unit/test_unlikely.py
    tests/unit/test_why.py
""".split()
