# Gives entries that were written before there was a chain their place in it. It keeps its own copy of what is hashed:
# the program's may change, what these databases hold may not.
import hashlib
import json
import secrets
from datetime import UTC
from itertools import groupby
from typing import Any

from django.db import migrations

from natalizumab.clinic import triggers


def _hashed(of: dict[str, Any]) -> str:
    told = json.dumps(of, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def link(apps: Any, schema_editor: Any) -> None:
    triggers.remove(schema_editor.connection)
    entry_model = apps.get_model("clinic", "Entry")
    entries = entry_model.objects.order_by("person_id", "sequence")
    for person, own in groupby(entries.iterator(chunk_size=2000), key=lambda entry: entry.person_id):
        previous, changed = "0" * 64, []
        for entry in own:
            entry.salt, entry.previous = secrets.token_hex(16), previous
            entry.sealed = hashlib.sha256(f"{entry.salt}:{entry.payload}".encode()).hexdigest()
            entry.hash = previous = _hashed(
                {
                    "version": 1,
                    "id": str(entry.pk),
                    "person": str(person),
                    "sequence": entry.sequence,
                    "sealed": entry.sealed,
                    "entered_at": entry.entered_at.astimezone(UTC).isoformat(timespec="microseconds"),
                    "entered_by": _text(entry.entered_by_id),
                    "source": entry.source,
                    "corrects": _text(entry.corrects_id),
                    "previous": entry.previous,
                }
            )
            changed.append(entry)
        entry_model.objects.bulk_update(changed, ["salt", "previous", "sealed", "hash"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("clinic", "0002_chain")]
    operations = [migrations.RunPython(link, migrations.RunPython.noop)]
