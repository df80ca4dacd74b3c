"""Which entries stand. Nothing is edited or deleted: a correction is a new entry that names the old one.

- A correction replaces the entry that it names, on every date: an entry known to be wrong was never right.
- A withdrawal says that nothing replaces it. Withdrawing a correction therefore restores what the correction replaced.
- Correcting a correction does not restore anything: of A, replaced by B, replaced by C, only C stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from natalizumab.errors import RecordError
from natalizumab.record.events import Event, Withdrawal
from natalizumab.record.words import joined, places, shown, suggestion


def depths(events: Sequence[Event]) -> dict[str, int]:
    """How many entries lie behind each one that corrects another. Refuses an unknown id, and a circle."""
    targets = {event.ref: event.corrects for event in events if event.corrects is not None}
    if targets:
        _refuse_unclear_targets(events)
    found: dict[str, int] = {}
    for number, event in enumerate(events):
        chain: dict[str, None] = {}  # a set that keeps its order
        ref: str | None = event.ref
        while ref in targets and ref not in found:
            if ref in chain:
                raise RecordError(f"events[{number}].corrects: {shown(event.corrects)} closes a circle of corrections")
            chain[ref] = None
            ref = targets[ref]
        start = found.get(ref, 0) if ref is not None else 0
        found.update({link: start + step for step, link in enumerate(reversed(chain), start=1)})
    return found


def _refuse_unclear_targets(events: Sequence[Event]) -> None:
    known = Counter(event.ref for event in events)
    for number, event in enumerate(events):
        if event.corrects is None or known[event.corrects] == 1:
            continue
        where = f"events[{number}].corrects: {shown(event.corrects)}"
        if event.corrects not in known:
            raise RecordError(f"{where} is no entry of this record{suggestion(event.corrects, known)}")
        raise RecordError(f"{where} names two entries that are alike; give each an id of its own")


def replaced(events: Sequence[Event], depth: dict[str, int]) -> dict[str, Event]:
    """The entries among ``events`` that do not stand, each with the entry that replaced or withdrew it.

    Refuses two entries that both replace the same one: nobody can say which is right.
    """
    correctors: dict[str, list[Event]] = {}
    for event in events:
        if event.corrects is not None:
            correctors.setdefault(event.corrects, []).append(event)
    in_effect = _in_effect(correctors, depth)
    result: dict[str, Event] = {}
    for ref, candidates in correctors.items():
        standing = [candidate for candidate in candidates if candidate.ref in in_effect]
        if len(standing) > 1 and not all(isinstance(candidate, Withdrawal) for candidate in standing):
            _refuse_two(events, ref, standing)
        if standing:
            result[ref] = min(standing, key=lambda entry: entry.ref)
    return result


def _in_effect(correctors: dict[str, list[Event]], depth: dict[str, int]) -> set[str]:
    """The corrections and withdrawals that hold. One that was withdrawn does not; one that was replaced still does."""
    in_effect: set[str] = set()
    withdrawn: set[str] = set()
    entries = [event for candidates in correctors.values() for event in candidates]
    # Whether one holds depends only on entries further from the first, so those are settled before it.
    for event in sorted(entries, key=lambda entry: -depth[entry.ref]):
        if event.ref in withdrawn:
            continue
        in_effect.add(event.ref)
        successors = [entry for entry in correctors.get(event.ref, ()) if entry.ref in in_effect]
        # A withdrawal that was itself replaced by an entry has become a correction by that entry.
        if isinstance(event, Withdrawal) and event.corrects and not successors:
            withdrawn.add(event.corrects)
    return in_effect


def _refuse_two(events: Sequence[Event], ref: str, standing: Sequence[Event]) -> None:
    where = places(events)
    names = [f"{shown(event.ref)} (events[{where[id(event)]}])" for event in standing]
    raise RecordError(
        f"events[{where[id(standing[-1])]}].corrects: {shown(ref)} is corrected by {joined(names)}; "
        "withdraw all but one of them"
    )
