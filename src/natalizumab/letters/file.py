"""A writer's file: the clinic's letterhead and, where wanted, whom the letter is about and for, and added words."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import msgspec

from natalizumab.errors import Refusal
from natalizumab.languages import ENGLISH
from natalizumab.letters.asked import Asked
from natalizumab.letters.details import ClinicDetails


class _Clinic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str = ""
    address: str = ""
    phone: str = ""
    emergency: str = ""
    sender: str = ""


class _Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str = ""
    number: str = ""


class _Letter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    recipient: str = ""
    language: str = ENGLISH
    tell_holds: bool = False
    events: tuple[str, ...] = ()
    words: dict[str, str] = {}


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file: ``[clinic]`` as clinics have it, and what may be added in ``[person]`` and ``[letter]``."""

    clinic: _Clinic
    person: _Person = _Person()
    letter: _Letter = _Letter()

    @property
    def details(self) -> ClinicDetails:
        """The letterhead."""
        return ClinicDetails(**msgspec.structs.asdict(self.clinic))

    def asked(self, kind: str, on: date, person: str, language: str | None = None) -> Asked:
        """The letter that the file asks for; without a name, the record's own id stands for the person.

        A ``language`` given here counts more than the file's.
        """
        wanted = self.letter
        return Asked(
            kind=kind,
            on=on,
            name=self.person.name or person,
            number=self.person.number,
            recipient=wanted.recipient,
            words=wanted.words,
            tell_holds=wanted.tell_holds,
            events=wanted.events,
            language=language or wanted.language,
        )


def read_file(path: Path) -> Written:
    """What the TOML file says. Raises Refusal, which says what is wrong with it."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Written)
    except OSError as error:
        raise Refusal(f'clinic: "{path}" cannot be read ({error.strerror})') from None
    except UnicodeDecodeError:
        raise Refusal(f'clinic: "{path}" is no text in UTF-8') from None
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise Refusal(f'clinic: "{path}": {error}; [clinic] has name, address, phone, emergency, sender') from None
