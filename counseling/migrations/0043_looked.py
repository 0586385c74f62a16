from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('counseling', '0042_rights'),
    ]

    operations = [
        migrations.AddField(
            model_name='disclosure',
            name='looked',
            field=models.JSONField(blank=True, default=list),
        ),
    ]
