# What Django made of the models; kept as it is, because databases hold it.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0013_reminder_history"),
    ]

    operations = [
        migrations.AddField(
            model_name="clinicdetails",
            name="language",
            field=models.CharField(default="en", max_length=5),
        ),
        migrations.AddField(
            model_name="letter",
            name="language",
            field=models.CharField(default="en", max_length=5),
        ),
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(blank=True, max_length=5),
        ),
    ]
