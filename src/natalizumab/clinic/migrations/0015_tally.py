"""What people add up to is kept too. The facts of each person go, and are made again from the entries with it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0014_languages"),
    ]

    operations = [
        migrations.DeleteModel(name="PersonFacts"),
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
                ("signals", models.PositiveIntegerField()),
                ("added", models.TextField()),
                ("facts", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="ClinicTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shape", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("count", models.BigIntegerField()),
                (
                    "clinic",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clinic.clinic",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("clinic", "shape", "name"), name="tally_once"),
                ],
            },
        ),
        migrations.AddField(
            model_name="work",
            name="counted_for",
            field=models.CharField(default="", max_length=40),
        ),
        migrations.AddIndex(
            model_name="work",
            index=models.Index(fields=["clinic", "counted_for"], name="work_by_counting"),
        ),
    ]
