"""Which entries stand. Nothing is edited or deleted: a correction is a new entry that names the old one.

- A correction replaces the entry that it names, on every date: an entry known to be wrong was never right.
- A withdrawal says that nothing replaces it. Withdrawing a correction therefore restores what the correction replaced.
- Correcting a correction does not restore anything: of A, replaced by B, replaced by C, only C stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from natalizumab.errors import RecordError
from natalizumab.record.events import Event, Withdrawal
from natalizumab.record.words import place, shown, suggestion


def depths(events: Sequence[Event]) -> dict[str, int]:
    """How many entries lie behind each one that corrects another. Refuses an unknown id, and a circle."""
    targets = {event.ref: event.corrects for event in events if event.corrects is not None}
    known = {event.ref for event in events}
    for number, event in enumerate(events):
        if event.corrects is not None and event.corrects not in known:
            near = suggestion(event.corrects, known)
            raise RecordError(f"events[{number}].corrects: {shown(event.corrects)} is no entry of this record{near}")
    found: dict[str, int] = {}
    for number, event in enumerate(events):
        chain: dict[str, None] = {}
        ref: str | None = event.ref
        while ref in targets and ref not in found:
            if ref in chain:
                links = list(chain)
                circle = " → ".join([*links[links.index(ref) :], ref])
                raise RecordError(f"events[{number}].corrects: {shown(event.corrects)} makes a circle ({circle})")
            chain[ref] = None
            ref = targets[ref]
        start = found.get(ref, 0) if ref is not None else 0
        found.update({link: start + step for step, link in enumerate(reversed(chain), start=1)})
    return found


def replaced(events: Sequence[Event], depth: dict[str, int]) -> dict[str, Event]:
    """The entries among ``events`` that do not stand, each with the entry that replaced or withdrew it.

    Refuses two entries that both replace the same one: nobody can say which is right.
    """
    correctors: dict[str, list[Event]] = {}
    for event in events:
        if event.corrects is not None:
            correctors.setdefault(event.corrects, []).append(event)
    in_effect: dict[str, bool] = {}
    # An entry's own effect depends only on the withdrawals further from the root, so those are settled first.
    for event in sorted((e for e in events if e.corrects is not None), key=lambda e: -depth[e.ref]):
        withdrawals = [c for c in correctors.get(event.ref, ()) if isinstance(c, Withdrawal)]
        in_effect[event.ref] = not any(in_effect[withdrawal.ref] for withdrawal in withdrawals)
    result: dict[str, Event] = {}
    for ref, candidates in correctors.items():
        standing = [candidate for candidate in candidates if in_effect[candidate.ref]]
        if len(standing) > 1 and not all(isinstance(candidate, Withdrawal) for candidate in standing):
            _refuse_two(events, ref, standing)
        if standing:
            result[ref] = standing[0]
    return result


def _refuse_two(events: Sequence[Event], ref: str, standing: Sequence[Event]) -> None:
    names = [f"{shown(event.ref)} ({place(events, event)})" for event in standing]
    raise RecordError(
        f"{place(events, standing[-1])}.corrects: {shown(ref)} is corrected by {' and '.join(names)}; "
        "withdraw all but one of them"
    )
