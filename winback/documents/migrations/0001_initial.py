import django.db.models.deletion
import simple_history.models
import winback.documents.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=250)),
                ('search_key', models.TextField(editable=False)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('kind', models.CharField(choices=[('contract', 'Contract paper'), ('letter', 'Letter or e-mail'), ('minutes', 'Minutes'), ('acceptance', 'Acceptance record'), ('proof', 'Proof'), ('certificate', 'Certificate or training proof'), ('photo', 'Photo'), ('report', 'Report or concept'), ('money', 'Offer or invoice'), ('other', 'Other document')], max_length=20, verbose_name='kind')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
            ],
            options={
                'verbose_name': 'document',
                'ordering': ['sort_key', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalDocument',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('kind', models.CharField(choices=[('contract', 'Contract paper'), ('letter', 'Letter or e-mail'), ('minutes', 'Minutes'), ('acceptance', 'Acceptance record'), ('proof', 'Proof'), ('certificate', 'Certificate or training proof'), ('photo', 'Photo'), ('report', 'Report or concept'), ('money', 'Offer or invoice'), ('other', 'Other document')], max_length=20, verbose_name='kind')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical document',
                'verbose_name_plural': 'historical documents',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='DocumentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('file', models.FileField(max_length=120, upload_to=winback.documents.models.stored_name, verbose_name='file')),
                ('original_name', models.CharField(max_length=150, verbose_name='file name')),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('uploaded_at', models.DateTimeField(verbose_name='uploaded at')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='documents.document')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'document version',
                'ordering': ['document', '-number'],
                'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='document_version_number_once'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='document_version_not_empty')],
            },
        ),
    ]
