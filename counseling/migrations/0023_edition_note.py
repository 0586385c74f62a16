"""A version of a part says what was changed, in a person's words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("counseling", "0022_volunteers")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="note",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
    ]
