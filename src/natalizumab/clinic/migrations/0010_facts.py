# What Django made of the models; kept as it is, because databases hold it.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0009_work_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonFacts",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="counted",
                        serialize=False,
                        to="clinic.person",
                    ),
                ),
                ("last_sequence", models.PositiveIntegerField()),
                ("erased", models.PositiveIntegerField()),
                ("day", models.DateField()),
                ("made_for", models.CharField(max_length=200)),
                ("shape", models.PositiveSmallIntegerField()),
                ("facts", models.TextField()),
            ],
        ),
    ]
