# Gives everybody who was there before the worklist's tables an empty row, which is stale and so worked out before it is
# shown. A migration of its own: PostgreSQL makes no index on a table to which the same transaction has added rows.
from typing import Any

from django.db import migrations


def add(apps: Any, schema_editor: Any) -> None:
    person_model, work = apps.get_model("clinic", "Person"), apps.get_model("clinic", "Work")
    people = person_model.objects.filter(work=None).iterator(chunk_size=2000)
    rows = (
        work(
            person_id=person.pk,
            clinic_id=person.clinic_id,
            number=person.number,
            name=person.name,
            searched=f"{person.number} {person.name}".casefold(),
        )
        for person in people
    )
    work.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("clinic", "0008_work")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
