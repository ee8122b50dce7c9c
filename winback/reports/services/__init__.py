"""Verbs of reports. Rendering is not among them: ``rendering`` is imported by tasks alone."""

from winback.reports.services.requests import NotReady, request_report, retry_report

__all__ = ["NotReady", "request_report", "retry_report"]
