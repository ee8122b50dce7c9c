"""Render reports without Celery, for instance every minute from cron."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from winback.reports.services.rendering import render_due


class Command(BaseCommand):
    help = "Render the reports that wait; safe to run any number of times, also beside workers."

    def handle(self, *args: Any, **options: Any) -> None:
        count = render_due(now=timezone.now())
        self.stdout.write(f"{count} reports rendered.")
