"""The Celery application. Messages are doorbells: what is owed stands in the database only."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "winback.settings")

SWEEP_SECONDS = 60.0

app = Celery("winback")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# By interval, never by crontab: Celery's crontab loses an hour when summer time ends. A tick that
# nobody could take within the interval is worthless, so it expires.
app.conf.beat_schedule = {
    "sweep": {
        "task": "reminders.sweep",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS, "ignore_result": True},
    },
    "reports": {
        "task": "reports.sweep",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS, "ignore_result": True},
    },
}
