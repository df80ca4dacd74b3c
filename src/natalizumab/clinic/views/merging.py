"""Two people who are one: looking at what a merge would give, merging, and parting them again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from natalizumab.clinic import merging
from natalizumab.clinic.auditing import saw
from natalizumab.clinic.clock import now
from natalizumab.clinic.doubles import doubles_of, listed
from natalizumab.clinic.entering.checks import check
from natalizumab.clinic.membership import clinic_of, user_of
from natalizumab.clinic.merging import MergeRefused
from natalizumab.clinic.models import Entry, Merge, Person
from natalizumab.clinic.views.of_person import OfPerson, of_person, unrecorded

_LONGEST = 500


@dataclass(frozen=True)
class Preview:
    """The other person, and the record of both together as it would be."""

    other: Person
    entries: list[Entry]
    doubt: str


@require_http_methods(["GET", "HEAD", "POST"])
def merge_page(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who may be the same person, what a merge would give, and the merges that were made."""
    if request.method != "POST":
        return _page(request, of_person(request, person_id, "person-merge"), request.GET.get("other", ""), {})
    found = unrecorded(request, person_id)
    number, reason = request.POST.get("other", ""), request.POST.get("reason", "")
    other = _numbered(request, number)
    if other is None:
        return _page(request, found, number, {"other": "Nobody of that number is in this clinic."})
    problems = _too_long(reason)
    if not problems:
        try:
            merging.merge(found.person, other, by=user_of(request), reason=reason)
        except MergeRefused as refusal:
            problems = {"reason": str(refusal)}
    if problems:
        return _page(request, found, number, problems)
    return redirect("person", found.person.pk)


@require_POST
def unmerge_page(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Part two people again; the page again with what stands against it."""
    found = unrecorded(request, person_id)
    chosen, reason = request.POST.get("merge", ""), request.POST.get("reason", "")
    made = next((one for one in _standing(found) if str(one.pk) == chosen), None)
    if made is None:
        return _page(request, found, "", {"merge": "These two are not merged now."})
    problems = _too_long(reason)
    if not problems:
        try:
            merging.unmerge(made, by=user_of(request), reason=reason)
        except MergeRefused as refusal:
            problems = {"reason": str(refusal)}
    if problems:
        return _page(request, found, "", {f"part-{made.pk}": problems["reason"]})
    return redirect(reverse("person-merge", args=[found.person.pk]))


def _page(request: HttpRequest, found: OfPerson, number: str, problems: dict[str, str]) -> HttpResponse:
    other = _numbered(request, number) if number else None
    if number and (other is None or other.pk == found.person.pk):
        problems = problems or {"other": "Nobody else of that number is in this clinic."}
    preview = _preview(request, found, other) if other and other.pk != found.person.pk else None
    people = [person for person in listed(found.person.clinic) if person.pk != found.person.pk]
    context = {
        "person": found.person,
        "number": number,
        "reason": request.POST.get("reason", ""),
        "problems": problems,
        "refused": problems.get("reason") or problems.get("other", ""),
        "preview": preview,
        "own": len(found.entries),
        "alike": list(doubles_of(found.person.number, found.person.name, found.person.born, people)),
        "merges": [(made, problems.get(f"part-{made.pk}", "")) for made in _all(found)],
    }
    return render(request, "clinic/people/merge.html", context)


def _preview(request: HttpRequest, found: OfPerson, other: Person) -> Preview:
    """Looking at both together is reading the other one's record."""
    saw(user_of(request), other, "person-merge")
    own = merging.entries_of(other)
    both = merging.in_order(sorted([*found.entries, *own], key=lambda entry: (str(entry.person_id), entry.sequence)))
    return Preview(other, own, check(found.person, both, [], None, now()).doubt)


def _numbered(request: HttpRequest, number: str) -> Person | None:
    text = number.strip()[:_LONGEST].replace("\0", "")
    return Person.objects.filter(clinic=clinic_of(request), number__iexact=text).first() if text else None


def _members(found: OfPerson) -> list[UUID]:
    return merging.together([found.person.clinic_id]).members(found.person.pk)


def _all(found: OfPerson) -> list[Merge]:
    """Every merge into this person or those read as part of them, the latest first, undone or not."""
    made = Merge.objects.filter(survivor__in=_members(found)).select_related("merged", "by", "undone", "undone__by")
    return list(made.order_by("-pk"))


def _standing(found: OfPerson) -> list[Merge]:
    return list(merging.standing().filter(survivor__in=_members(found)))


def _too_long(reason: str) -> dict[str, str]:
    text = f"This is too long: {len(reason)} characters, at most {_LONGEST}."
    unseen = "\0" in reason
    if unseen:
        return {"reason": "This holds a sign that nobody can see: type it again."}
    return {"reason": text} if len(reason) > _LONGEST else {}
