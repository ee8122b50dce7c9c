import django.db.models.deletion
import simple_history.models
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
            name='CauseCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=80, unique=True)),
                ('name_de', models.CharField(max_length=250, verbose_name='name (German)')),
                ('name_en', models.CharField(max_length=250, verbose_name='name (English)')),
                ('position', models.PositiveIntegerField(default=0)),
                ('active', models.BooleanField(default=True)),
                ('edited', models.BooleanField(default=False, editable=False)),
                ('controllability', models.CharField(blank=True, choices=[('own', 'by us'), ('shared', 'by us and the client'), ('external', 'not by us')], max_length=10)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='causes.causecategory')),
            ],
            options={
                'verbose_name': 'cause category',
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Cause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('statement', models.TextField(help_text='What happened, in facts. Causes name no person.', max_length=2000, verbose_name='statement')),
                ('perspective', models.CharField(choices=[('internal', 'our own view'), ('client', "the client's view"), ('audit', 'audit')], default='internal', max_length=10, verbose_name='seen by')),
                ('share', models.PositiveSmallIntegerField(blank=True, help_text='weight among all causes', null=True, verbose_name='share in percent')),
                ('controllability', models.CharField(choices=[('own', 'by us'), ('shared', 'by us and the client'), ('external', 'not by us')], max_length=10, verbose_name='controllable')),
                ('is_changeable', models.BooleanField(default=True, verbose_name='can be changed for the future')),
                ('status', models.CharField(choices=[('assumed', 'assumed'), ('confirmed', 'confirmed')], default='assumed', editable=False, max_length=10, verbose_name='status')),
                ('confirmed_on', models.DateField(editable=False, null=True)),
                ('is_primary', models.BooleanField(default=False, editable=False, verbose_name='primary cause')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='causes', to='cases.case')),
                ('confirmed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='causes', to='causes.causecategory', verbose_name='category')),
            ],
            options={
                'verbose_name': 'cause',
                'ordering': ['-is_primary', '-share', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_primary', True)), fields=('case',), name='cause_one_primary_per_case', violation_error_message='The case already has a primary cause.'), models.CheckConstraint(condition=models.Q(('share__isnull', True), models.Q(('share__gte', 1), ('share__lte', 100)), _connector='OR'), name='cause_share_is_percent', violation_error_message='Enter a share from 1 to 100.'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by__isnull', False), ('confirmed_on__isnull', False), ('status', 'confirmed')), models.Q(('confirmed_by__isnull', True), ('confirmed_on__isnull', True), ('status', 'assumed')), _connector='OR'), name='cause_confirmed_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='CauseEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(blank=True, max_length=250, verbose_name='source in words')),
                ('cause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='causes.cause')),
                ('finding', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cause_evidence', to='audits.finding', verbose_name='finding')),
            ],
            options={
                'verbose_name': 'evidence',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('finding__isnull', False)), fields=('cause', 'finding'), name='cause_evidence_finding_once'), models.CheckConstraint(condition=models.Q(('finding__isnull', False), models.Q(('source', ''), _negated=True), _connector='OR'), name='cause_evidence_says_something', violation_error_message='Choose a finding or describe the source.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalCause',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('statement', models.TextField(help_text='What happened, in facts. Causes name no person.', max_length=2000, verbose_name='statement')),
                ('perspective', models.CharField(choices=[('internal', 'our own view'), ('client', "the client's view"), ('audit', 'audit')], default='internal', max_length=10, verbose_name='seen by')),
                ('share', models.PositiveSmallIntegerField(blank=True, help_text='weight among all causes', null=True, verbose_name='share in percent')),
                ('controllability', models.CharField(choices=[('own', 'by us'), ('shared', 'by us and the client'), ('external', 'not by us')], max_length=10, verbose_name='controllable')),
                ('is_changeable', models.BooleanField(default=True, verbose_name='can be changed for the future')),
                ('status', models.CharField(choices=[('assumed', 'assumed'), ('confirmed', 'confirmed')], default='assumed', editable=False, max_length=10, verbose_name='status')),
                ('confirmed_on', models.DateField(editable=False, null=True)),
                ('is_primary', models.BooleanField(default=False, editable=False, verbose_name='primary cause')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.case')),
                ('category', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='causes.causecategory', verbose_name='category')),
                ('confirmed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical cause',
                'verbose_name_plural': 'historical causes',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
