"""Background work: one report, or whatever is owed."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from winback.reports.services.rendering import render_due, render_report


@shared_task(name="reports.render")
def render(report_id: int) -> None:
    """Render one report; the bell that a request rings."""
    render_report(report_id, now=timezone.now())


@shared_task(name="reports.sweep")
def sweep() -> None:
    """Render what no bell was heard for, and what a killed worker left behind."""
    render_due(now=timezone.now())
