"""Someone all of whose entries were erased keeps a line in the table, which their entries hang on, and nothing else."""

from __future__ import annotations

from django.db.models import QuerySet

from natalizumab.clinic.models import Person, Reminder, ReminderAddress, Sex

NAME = "Erased"
_NUMBER = "erased "


def forget(person: Person) -> None:
    """Name, number, birthday and sex go, and every reminder; done again, it changes nothing."""
    person.name, person.born, person.sex = NAME, None, Sex.UNKNOWN
    person.number = f"{_NUMBER}{person.pk.hex[:20]}"
    person.save()
    Reminder.objects.filter(person=person).delete()
    addresses: QuerySet[ReminderAddress] = QuerySet(ReminderAddress)
    addresses.filter(person=person).exclude(email="").update(email="")


def is_forgotten(person: Person) -> bool:
    """Whether that was done."""
    return person.number.startswith(_NUMBER)
