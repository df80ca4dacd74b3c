"""How a reminder leaves: by e-mail where a server for it is set and somebody has an address, else into the outbox."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage

from natalizumab.clinic.models import Reminder
from natalizumab.clinic.reminder_addresses import addresses_of

_log = logging.getLogger("natalizumab.reminder")


class Delivery(Protocol):
    """One way out. ``send`` raises OSError where it could not be sent; everything else is a defect."""

    name: str

    def takes(self, reminder: Reminder) -> bool:
        """Whether it can carry this one."""

    def send(self, reminder: Reminder) -> None:
        """Send it, or raise OSError."""


class Mail:
    """Django's e-mail, to the address at which the person agreed to be reminded."""

    name = "e-mail"

    def takes(self, reminder: Reminder) -> bool:
        return bool(settings.NATALIZUMAB_MAIL) and self._address(reminder) is not None

    def send(self, reminder: Reminder) -> None:
        to = self._address(reminder)
        # What the mail server answers is an OSError too (smtplib.SMTPException).
        EmailMessage(reminder.title, reminder.text, to=[to] if to else []).send()

    def _address(self, reminder: Reminder) -> str | None:
        return addresses_of(reminder.person).now or None


class Outbox:
    """A file of JSON lines that another program takes up: the person's id, never a name or a number."""

    name = "outbox"

    def takes(self, reminder: Reminder) -> bool:
        return bool(settings.NATALIZUMAB_OUTBOX)

    def send(self, reminder: Reminder) -> None:
        told = {
            "id": str(reminder.pk),
            "person": str(reminder.person_id),
            "title": reminder.title,
            "text": reminder.text,
        }
        line = json.dumps(told, ensure_ascii=False) + "\n"
        handle = os.open(Path(settings.NATALIZUMAB_OUTBOX), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            opened.write(line)
            opened.flush()
            os.fsync(opened.fileno())


class Log:
    """The log is told that there is a reminder, of what kind; the clinic sees the rest in its table."""

    name = "log"

    def takes(self, reminder: Reminder) -> bool:
        return True

    def send(self, reminder: Reminder) -> None:
        _log.info("reminder", extra={"fields": {"reminder": str(reminder.pk), "kind": reminder.kind}})


WAYS: tuple[Delivery, ...] = (Mail(), Outbox(), Log())
"""The first that takes a reminder carries it."""
