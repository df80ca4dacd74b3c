# What Django made of the models; kept as it is, because databases hold it.

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0012_seal_second_factors"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=60)),
                ("people", models.PositiveIntegerField()),
                ("narrowed", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name="reminderaddress",
            name="at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="reminderaddress",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="reminderaddress",
            name="consent",
            field=models.CharField(
                blank=True,
                choices=[
                    ("told", "They said so to the team"),
                    ("wrote", "They wrote so, and it is kept with the letters"),
                    ("own", "On their own page"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="reminderaddress",
            name="key",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name="reminderaddress",
            name="email",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AlterField(
            model_name="reminderaddress",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reminder_addresses", to="clinic.person"
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(("consent__in", ["", "told", "wrote", "own"])), name="consent_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderaddress",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True), fields=("key",), name="one_address_of_a_form"
            ),
        ),
        migrations.AddField(
            model_name="listreading",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="list_readings", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="listreading",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="list_readings", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="listreading",
            index=models.Index(fields=["clinic", "-at"], name="lists_of_a_clinic"),
        ),
    ]
