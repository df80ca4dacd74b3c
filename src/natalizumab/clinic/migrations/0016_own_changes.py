# What Django made of the models; kept as it is, because databases hold it.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0015_tally"),
    ]

    operations = [
        migrations.AlterField(
            model_name="accountevent",
            name="what",
            field=models.CharField(
                choices=[
                    ("founded", "first administrator"),
                    ("invited", "invited"),
                    ("joined", "joined"),
                    ("withdrawn", "invitation withdrawn"),
                    ("role", "role changed"),
                    ("locked", "locked"),
                    ("unlocked", "unlocked"),
                    ("sessions", "sessions ended"),
                    ("second factor", "second factor reset"),
                    ("password link", "link for a new password made"),
                    ("password", "password set"),
                    ("ended", "access ended"),
                    ("factor added", "second factor added"),
                    ("factor removed", "second factor removed"),
                    ("recovery codes", "recovery codes made anew"),
                    ("connected", "hospital account connected"),
                    ("disconnected", "hospital account disconnected"),
                ],
                max_length=20,
            ),
        ),
    ]
