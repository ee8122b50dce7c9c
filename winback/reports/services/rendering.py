"""Render a claimed report. Imports the PDF renderer, so only tasks and commands import this."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from winback.common.pdf import RenderError, print_pdf
from winback.reports.models import Report
from winback.reports.services import queue
from winback.reports.services.printing import document
from winback.reports.services.printing.photos import pictures

logger = logging.getLogger(__name__)


def render_report(report_id: int, *, now: datetime) -> bool:
    """Render one report if it is still owed; True when it is ready now.

    A failure is stored with its reason, in the language of the person who asked; a fault of ours is
    raised as well, so that the log tells.
    """
    report = queue.claim(report_id, now)
    if report is None:
        return False
    with translation.override(report.requested_by.language):
        return _render(report)


def render_due(*, now: datetime) -> int:
    """Render everything owed, one after the other; how many are ready now."""
    return sum(render_report(pk, now=now) for pk in queue.due(now))


def _render(report: Report) -> bool:
    reason = _("Something unexpected went wrong. The log of the application names the cause.")
    try:
        printed = print_pdf(document(report), images=pictures(report.snapshot))
        sha256 = hashlib.sha256(printed.data).hexdigest()
        ready = queue.finish(report, pdf=printed.data, pages=printed.pages, sha256=sha256)
        reason = ""
    except RenderError as error:
        reason, ready = str(error), False
    except OSError as error:
        logger.warning("report %s not stored: %s", report.pk, error)
        reason, ready = _("The file could not be stored. Is the disk full?"), False
    finally:
        if reason:
            queue.fail(report, reason)
    return ready
