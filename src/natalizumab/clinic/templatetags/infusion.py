"""The one line about appointments on a person's page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from natalizumab.clinic.infusion import appointments
from natalizumab.clinic.models import Person
from natalizumab.clinic.plans import PersonPlan

register = template.Library()


@register.inclusion_tag("clinic/infusion/line.html")
def infusion_line(person: Person, plan: PersonPlan, on: date) -> dict[str, Any]:
    """The next appointment, or the way to one on the day when the next dose is due; one query."""
    day = max(plan.next_due, on) if plan.next_due else on
    return {
        "person": person,
        "state": appointments.next_open(person, on),
        "on": on,
        "day": day.isoformat(),
        "route": plan.route,
    }
