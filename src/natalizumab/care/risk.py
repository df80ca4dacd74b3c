"""The PML risk as rules (RSK-01, RSK-02, RSK-04). The look-up itself stands in ``pml_risk``."""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.case import Case
from natalizumab.care.findings import Note, Reason
from natalizumab.care.pml_risk import last_published_month, pml_risk
from natalizumab.care.protocol import Protocol


def rsk_01(case: Case, p: Protocol) -> Iterator[Note]:
    """The figure in words, or why there is none; what counts as a prior immunosuppressant."""
    if not case.started:
        return
    yield Note(f"PML risk. {case.once(pml_risk).words}", case.antibody.facts)
    for found in case.prior_immunosuppressants:
        if found.term.attributes["prior_immunosuppressant"] == "undefined":
            text = (
                f"{found.name}: the risk table does not define whether it counts as a prior immunosuppressant. "
                "Counted as one; the person is outside the table's population and a clinician decides."
            )
            yield Note(text, [found.event])


def rsk_02(case: Case, p: Protocol) -> Iterator[Reason]:
    """Beyond the table's last month there is no published estimate."""
    month = case.exposure_month
    if case.treated and month is not None and month > last_published_month():
        text = f"Month {month} of exposure: no published PML estimate beyond month {last_published_month()}."
        yield Reason(text)


def rsk_04(case: Case, p: Protocol) -> Iterator[Reason]:
    """High-risk group: the prescriber confirms that the benefit outweighs the risk; that holds for six months."""
    if case.treated and case.high_risk:
        events = [*case.antibody.facts, *(found.event for found in case.prior_immunosuppressants)]
        text = f"High PML risk ({case.high_risk}): a prescriber confirms that the benefit outweighs it."
        yield Reason(text, events)
