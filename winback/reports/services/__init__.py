"""Verbs of reports. Rendering is not among them: ``rendering`` is imported by tasks alone."""

from winback.reports.services.releasing import NotReleasable, release_report
from winback.reports.services.requests import NotReady, request_report, retry_report

__all__ = ["NotReady", "NotReleasable", "release_report", "request_report", "retry_report"]
