import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=250)),
                ('search_key', models.TextField(editable=False)),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('salutation', models.CharField(choices=[('ms', 'Ms'), ('mr', 'Mr'), ('none', 'none')], default='none', max_length=10, verbose_name='salutation')),
                ('first_name', models.CharField(max_length=80, verbose_name='first name')),
                ('last_name', models.CharField(max_length=80, verbose_name='last name')),
                ('role', models.CharField(choices=[('kam', 'Key account manager'), ('qm', 'Quality manager'), ('operations', 'Operations'), ('management', 'Executive board'), ('auditor', 'External auditor')], max_length=20, verbose_name='role')),
                ('is_administrator', models.BooleanField(default=False, verbose_name='administrator')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('must_change_password', models.BooleanField(default=False, editable=False)),
                ('language', models.CharField(choices=[('de', 'Deutsch'), ('en', 'English')], default='de', max_length=5, verbose_name='language')),
                ('theme', models.CharField(choices=[('auto', 'as the device'), ('light', 'light'), ('dark', 'dark')], default='auto', max_length=5, verbose_name='colours')),
                ('digest', models.CharField(choices=[('daily', 'every working day at 07:00'), ('none', 'no mail, only in the product')], default='daily', max_length=10, verbose_name='reminder mail')),
                ('muted_kinds', models.JSONField(blank=True, default=list, verbose_name='kinds without a reminder mail')),
                ('shortcuts', models.BooleanField(default=True, verbose_name='single-key shortcuts')),
                ('roomy', models.BooleanField(default=False, verbose_name='higher rows in tables')),
            ],
            options={
                'verbose_name': 'user',
                'ordering': ['sort_key', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_is_lower_case'), models.CheckConstraint(condition=models.Q(('role__in', ['kam', 'qm', 'operations', 'management', 'auditor'])), name='user_role_is_known'), models.CheckConstraint(condition=models.Q(('is_administrator', True), ('role', 'auditor'), _negated=True), name='user_administrator_is_internal')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='until')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputised_absences', to=settings.AUTH_USER_MODEL, verbose_name='deputy')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'absence',
                'ordering': ['starts_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='absence_ends_after_start'), models.CheckConstraint(condition=models.Q(('user', models.F('deputy')), _negated=True), name='absence_deputy_is_other')],
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('members', models.ManyToManyField(blank=True, related_name='regions', to=settings.AUTH_USER_MODEL, verbose_name='members')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='accounts.region', verbose_name='part of')),
            ],
            options={
                'verbose_name': 'region',
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('parent', 'name'), name='region_name_is_unique_below_its_parent', violation_error_message='There already is a region of this name here.'), models.UniqueConstraint(condition=models.Q(('parent__isnull', True)), fields=('name',), name='region_name_is_unique_at_the_top', violation_error_message='There already is a region of this name here.'), models.CheckConstraint(condition=models.Q(('parent', models.F('pk')), _negated=True), name='region_is_not_its_parent')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(editable=False, max_length=60)),
                ('slug', models.SlugField(editable=False, max_length=60, unique=True)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('query', models.CharField(blank=True, editable=False, max_length=1000)),
                ('shared', models.BooleanField(default=False, verbose_name='shared with colleagues')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'saved view',
                'ordering': ['page', 'name'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'page', 'name'), name='saved_view_name_once_per_list')],
            },
        ),
    ]
