"""Changes nothing, and is never applied."""

from django.db import migrations


class Migration(migrations.Migration):
    operations = ()
