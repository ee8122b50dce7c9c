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
        ('causes', '0001_initial'),
        ('contracts', '0001_initial'),
        ('dialogue', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PhaseTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=80, unique=True)),
                ('name_de', models.CharField(max_length=250, verbose_name='name (German)')),
                ('name_en', models.CharField(max_length=250, verbose_name='name (English)')),
                ('position', models.PositiveIntegerField(default=0)),
                ('active', models.BooleanField(default=True)),
                ('edited', models.BooleanField(default=False, editable=False)),
                ('number', models.CharField(choices=[('1', 'Analysis & audit'), ('2', 'Communication reset'), ('3', 'Immediate measures'), ('4', 'Strategic realignment'), ('5', 'Monitoring & feedback')], max_length=1, unique=True)),
                ('start_offset_days', models.PositiveIntegerField()),
                ('duration_days', models.PositiveIntegerField()),
                ('gate_de', models.TextField(blank=True)),
                ('gate_en', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'phase template',
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('due_on', models.DateField(verbose_name='due on')),
                ('original_due_on', models.DateField(editable=False, verbose_name='original due date')),
                ('done_on', models.DateField(blank=True, editable=False, null=True, verbose_name='done on')),
                ('number', models.PositiveIntegerField(editable=False)),
                ('template_key', models.CharField(blank=True, editable=False, max_length=80)),
                ('title', models.CharField(max_length=250, verbose_name='measure')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('recurrence', models.CharField(blank=True, choices=[('', 'once'), ('weekly', 'weekly'), ('monthly', 'monthly'), ('quarterly', 'quarterly')], max_length=10, verbose_name='recurrence')),
                ('status', models.CharField(choices=[('open', 'Open'), ('in_progress', 'In progress'), ('blocked', 'Blocked'), ('waiting', 'Waiting for the client'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=12, verbose_name='status')),
                ('status_note', models.CharField(blank=True, max_length=250, verbose_name='note on the status')),
                ('repeats_from', models.DateField(blank=True, editable=False, null=True)),
                ('is_mandatory', models.BooleanField(default=False, editable=False)),
                ('result', models.TextField(blank=True, editable=False, verbose_name='result')),
                ('amendment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='contracts.amendment', verbose_name='from amendment')),
                ('cause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='causes.cause', verbose_name='from cause')),
                ('commitment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='dialogue.commitment', verbose_name='from commitment')),
                ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='deputy')),
                ('finding', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='audits.finding', verbose_name='from finding')),
                ('interaction', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='dialogue.interaction', verbose_name='from the talk')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ],
            options={
                'verbose_name': 'measure',
                'ordering': ['phase__number', 'due_on', 'pk'],
                'indexes': [models.Index(condition=models.Q(('status__in', ['done', 'dropped']), _negated=True), fields=['owner', 'due_on'], name='measure_open_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', False), ('status', 'done')), models.Q(models.Q(('status', 'done'), _negated=True), ('done_on__isnull', True)), _connector='OR'), name='measure_done_has_date'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'dropped'), _negated=True), models.Q(('status_note', ''), _negated=True), _connector='OR'), name='measure_dropped_has_reason'), models.CheckConstraint(condition=models.Q(('recurrence', ''), ('repeats_from__isnull', False), _connector='OR'), name='measure_recurring_has_first_round')],
            },
        ),
        migrations.CreateModel(
            name='DateMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moved_from', models.DateField()),
                ('moved_to', models.DateField()),
                ('reason', models.CharField(max_length=250)),
                ('moved_at', models.DateTimeField()),
                ('moved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='plans.measure')),
            ],
            options={
                'ordering': ['moved_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeasureTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=80, unique=True)),
                ('name_de', models.CharField(max_length=250, verbose_name='name (German)')),
                ('name_en', models.CharField(max_length=250, verbose_name='name (English)')),
                ('position', models.PositiveIntegerField(default=0)),
                ('active', models.BooleanField(default=True)),
                ('edited', models.BooleanField(default=False, editable=False)),
                ('owner_function', models.CharField(choices=[('executive', 'Executive board'), ('regional_lead', 'Regional management'), ('key_account_manager', 'Key account manager'), ('quality_manager', 'Quality manager'), ('operations_lead', 'Site management'), ('technician', 'Technician'), ('hse_officer', 'HSSEQ officer'), ('hr_development', 'HR development'), ('legal', 'Contract management and legal'), ('procurement', 'Procurement and subcontractor control'), ('external_auditor', 'External auditor'), ('adviser', 'Adviser without main responsibility'), ('contributor', 'Contributor')], max_length=30)),
                ('due_offset_days', models.PositiveIntegerField()),
                ('recurrence', models.CharField(blank=True, choices=[('', 'once'), ('weekly', 'weekly'), ('monthly', 'monthly'), ('quarterly', 'quarterly')], max_length=10)),
                ('is_mandatory', models.BooleanField(default=True)),
                ('phase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='plans.phasetemplate')),
            ],
            options={
                'verbose_name': 'measure template',
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanPhase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(choices=[('1', 'Analysis & audit'), ('2', 'Communication reset'), ('3', 'Immediate measures'), ('4', 'Strategic realignment'), ('5', 'Monitoring & feedback')], max_length=1)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('gate', models.TextField(blank=True)),
                ('passed_on', models.DateField(blank=True, null=True)),
                ('passed_note', models.CharField(blank=True, max_length=250)),
                ('passed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'phase',
                'ordering': ['number'],
                'constraints': [],
            },
        ),
        migrations.AddField(
            model_name='measure',
            name='phase',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='plans.planphase', verbose_name='phase'),
        ),
        migrations.CreateModel(
            name='RecoveryPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_on', models.DateField(verbose_name='start date')),
                ('bundesland', models.CharField(choices=[('BW', 'Baden-Württemberg'), ('BY', 'Bavaria'), ('BE', 'Berlin'), ('BB', 'Brandenburg'), ('HB', 'Bremen'), ('HH', 'Hamburg'), ('HE', 'Hesse'), ('MV', 'Mecklenburg-Western Pomerania'), ('NI', 'Lower Saxony'), ('NW', 'North Rhine-Westphalia'), ('RP', 'Rhineland-Palatinate'), ('SL', 'Saarland'), ('SN', 'Saxony'), ('ST', 'Saxony-Anhalt'), ('SH', 'Schleswig-Holstein'), ('TH', 'Thuringia')], max_length=2, verbose_name='Bundesland')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan', to='cases.case')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'recovery plan',
            },
        ),
        migrations.AddField(
            model_name='planphase',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='plans.recoveryplan'),
        ),
        migrations.AddField(
            model_name='measure',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='plans.recoveryplan'),
        ),
        migrations.CreateModel(
            name='HistoricalMeasure',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('due_on', models.DateField(verbose_name='due on')),
                ('original_due_on', models.DateField(editable=False, verbose_name='original due date')),
                ('done_on', models.DateField(blank=True, editable=False, null=True, verbose_name='done on')),
                ('number', models.PositiveIntegerField(editable=False)),
                ('template_key', models.CharField(blank=True, editable=False, max_length=80)),
                ('title', models.CharField(max_length=250, verbose_name='measure')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('recurrence', models.CharField(blank=True, choices=[('', 'once'), ('weekly', 'weekly'), ('monthly', 'monthly'), ('quarterly', 'quarterly')], max_length=10, verbose_name='recurrence')),
                ('status', models.CharField(choices=[('open', 'Open'), ('in_progress', 'In progress'), ('blocked', 'Blocked'), ('waiting', 'Waiting for the client'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=12, verbose_name='status')),
                ('status_note', models.CharField(blank=True, max_length=250, verbose_name='note on the status')),
                ('repeats_from', models.DateField(blank=True, editable=False, null=True)),
                ('is_mandatory', models.BooleanField(default=False, editable=False)),
                ('result', models.TextField(blank=True, editable=False, verbose_name='result')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('amendment', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='contracts.amendment', verbose_name='from amendment')),
                ('cause', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='causes.cause', verbose_name='from cause')),
                ('commitment', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='dialogue.commitment', verbose_name='from commitment')),
                ('deputy', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='deputy')),
                ('finding', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='audits.finding', verbose_name='from finding')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('interaction', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='dialogue.interaction', verbose_name='from the talk')),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('phase', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.planphase', verbose_name='phase')),
                ('plan', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.recoveryplan')),
            ],
            options={
                'verbose_name': 'historical measure',
                'verbose_name_plural': 'historical measures',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='MeasureCompletion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField()),
                ('done_on', models.DateField()),
                ('note', models.CharField(blank=True, max_length=250)),
                ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='completions', to='plans.measure')),
            ],
            options={
                'ordering': ['-due_on'],
                'constraints': [models.UniqueConstraint(fields=('measure', 'due_on'), name='measure_completed_once_per_date')],
            },
        ),
        migrations.AddConstraint(
            model_name='Measure',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='measure_number_once'),
        ),
        migrations.AddConstraint(
            model_name='PlanPhase',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='plan_phase_once'),
        ),
        migrations.AddConstraint(
            model_name='PlanPhase',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='plan_phase_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='PlanPhase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('passed_by__isnull', True), ('passed_on__isnull', True)), models.Q(('passed_by__isnull', False), ('passed_on__isnull', False)), _connector='OR'), name='plan_phase_passed_by_somebody'),
        ),
    ]
