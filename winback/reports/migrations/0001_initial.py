import django.core.serializers.json
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('audits', '0001_initial'),
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('audit', 'Audit report'), ('progress', 'Progress report')], max_length=20, verbose_name='report')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('language', models.CharField(choices=[('de', 'Deutsch'), ('en', 'English')], max_length=5, verbose_name='language')),
                ('snapshot', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('as_of', models.DateTimeField(verbose_name='as of')),
                ('status', models.CharField(choices=[('queued', 'Queued'), ('rendering', 'Being rendered'), ('ready', 'Ready'), ('failed', 'Failed')], default='queued', max_length=10)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('attempts_allowed', models.PositiveIntegerField(default=3)),
                ('error', models.TextField(blank=True)),
                ('file', models.FileField(blank=True, upload_to='reports/%Y/')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('size', models.PositiveIntegerField(default=0)),
                ('pages', models.PositiveIntegerField(default=0)),
                ('ready_at', models.DateTimeField(blank=True, null=True)),
                ('audit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='audits.audit')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='cases.case')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'report',
                'ordering': ['-as_of', '-pk'],
                'indexes': [models.Index(condition=models.Q(('status__in', ['queued', 'rendering'])), fields=['status', 'lease_until'], name='report_pending')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('audit__isnull', True)), fields=('kind', 'case', 'number'), name='report_version_once_per_case'), models.UniqueConstraint(condition=models.Q(('audit__isnull', False)), fields=('audit', 'number'), name='report_version_once_per_audit'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'failed'), _negated=True), models.Q(('error', ''), _negated=True), _connector='OR'), name='report_failed_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('audit__isnull', False), ('kind', 'audit')), models.Q(('audit__isnull', True), ('kind', 'progress')), _connector='OR'), name='report_kind_fits_subject'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'ready'), _negated=True), models.Q(models.Q(('sha256', ''), _negated=True), models.Q(('file', ''), _negated=True)), _connector='OR'), name='report_ready_has_file')],
            },
        ),
    ]
