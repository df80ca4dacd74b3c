# Seals what apps' codes and recovery codes are made from, which lay open in the database until now (accounts.sealed).
from typing import Any

from django.db import migrations

from natalizumab.clinic.accounts.sealed import open_all, seal_anew


def seal(apps: Any, schema_editor: Any) -> None:
    seal_anew(_all(apps, schema_editor))


def open_again(apps: Any, schema_editor: Any) -> None:
    open_all(_all(apps, schema_editor))


def _all(apps: Any, schema_editor: Any) -> Any:
    return apps.get_model("mfa", "Authenticator").objects.using(schema_editor.connection.alias).order_by("pk")


class Migration(migrations.Migration):
    dependencies = [("clinic", "0011_reminders"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [migrations.RunPython(seal, open_again)]
