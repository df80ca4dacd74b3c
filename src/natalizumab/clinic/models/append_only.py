"""Tables to which rows are only ever added. The models refuse in plain words what database triggers refuse anyway."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from django.db import models

from natalizumab.errors import Refusal

Row = TypeVar("Row", bound=models.Model)


class AppendOnly(Refusal):
    """Somebody tried to change or delete what is only ever added to."""


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Neither changes nor deletes."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("what was written is never changed: correct it with a new entry")

    def delete(self) -> NoReturn:
        raise AppendOnly("what was written is never deleted: withdraw it with a new entry")


class AppendOnlyModel(models.Model):
    """Written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("what was written is never changed: correct it with a new entry")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("what was written is never deleted: withdraw it with a new entry")
