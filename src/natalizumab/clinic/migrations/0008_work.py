# What Django made of the models; kept as it is, because databases hold it.

from datetime import date

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0007_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=20)),
                ("number", models.PositiveIntegerField()),
                ("rule", models.CharField(max_length=20)),
                ("action", models.TextField()),
                ("due", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("form", models.CharField(max_length=64, unique=True)),
                ("ordered_on", models.DateField(null=True)),
                ("reference", models.CharField(default="", max_length=100)),
                ("snoozed_until", models.DateField(null=True)),
                ("snooze_reason", models.CharField(default="", max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handlings", to="clinic.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "key", "number"), name="handling_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("snoozed_until", None), models.Q(("snooze_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="snoozing_has_a_reason",
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gt", 0)), name="handling_numbered"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Work",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="work",
                        serialize=False,
                        to="clinic.person",
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("searched", models.TextField()),
                ("decision", models.CharField(default="", max_length=10)),
                ("rank", models.BigIntegerField(default=0)),
                ("state", models.CharField(default="", max_length=20)),
                ("decision_for", models.DateField(null=True)),
                ("text", models.TextField(default="")),
                ("rules", models.JSONField(default=list)),
                ("route", models.CharField(default="", max_length=5)),
                ("interval_weeks", models.FloatField(null=True)),
                ("next_due", models.DateField(default=date(9999, 12, 31))),
                ("gap", models.BooleanField(default=False)),
                ("ended", models.BooleanField(default=False)),
                ("refused", models.BooleanField(default=False)),
                ("needs", models.PositiveSmallIntegerField(default=0)),
                ("kinds", models.PositiveIntegerField(default=0)),
                ("tasks", models.JSONField(default=list)),
                ("handled", models.JSONField(default=dict)),
                ("members", models.JSONField(default=list)),
                ("last_sequence", models.PositiveIntegerField(default=0)),
                ("erased", models.PositiveIntegerField(default=0)),
                ("protocol", models.CharField(default="", max_length=200)),
                ("protocol_version", models.CharField(default="", max_length=80)),
                ("made_by", models.CharField(default="", max_length=32)),
                ("made_on", models.DateField(default=date(1, 1, 1))),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("valid_until", models.DateField(default=date(9999, 12, 31))),
                ("counts_days", models.BooleanField(default=False)),
                ("claim", models.UUIDField(null=True)),
                ("claimed_until", models.DateTimeField(null=True)),
                (
                    "clinic",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.clinic",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["clinic", "rank", "number"], name="work_by_rank"),
                    models.Index(fields=["clinic", "number"], name="work_by_number"),
                    models.Index(fields=["clinic", "name", "number"], name="work_by_name"),
                    models.Index(fields=["clinic", "next_due", "number"], name="work_by_next_due"),
                    models.Index(
                        fields=[
                            "clinic",
                            "decision",
                            "route",
                            "needs",
                            "kinds",
                            "next_due",
                            "gap",
                            "person",
                            "made_by",
                            "made_on",
                            "valid_until",
                        ],
                        name="work_counted",
                    ),
                    models.Index(fields=["valid_until"], name="work_by_end"),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=20)),
                ("place", models.PositiveSmallIntegerField()),
                ("rule", models.CharField(max_length=20)),
                ("action", models.TextField()),
                ("kind", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("due", models.DateField()),
                ("window_from", models.DateField(null=True)),
                ("not_before", models.DateField(null=True)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("prompt", models.BooleanField()),
                ("urgent", models.BooleanField()),
                ("ordered_on", models.DateField(null=True)),
                ("reference", models.CharField(default="", max_length=100)),
                ("snoozed_until", models.DateField(null=True)),
                ("snooze_reason", models.CharField(default="", max_length=300)),
                (
                    "clinic",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.clinic",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="work_items",
                        to="clinic.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner", "clinic", "person"], name="work_item_owned"),
                    models.Index(fields=["clinic", "kind", "last_day"], name="work_item_by_kind"),
                ],
                "constraints": [models.UniqueConstraint(fields=("person", "key"), name="work_item_once")],
            },
        ),
    ]
