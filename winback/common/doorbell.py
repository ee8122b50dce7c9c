"""Wake a Celery task by name after commit.

The bell may be lost: the sweep a minute later finds what is owed in the database. So it never
blocks for long, never raises and never retries.
"""

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def ring(task: str, *args: int | str) -> None:
    """Send ``task`` with plain ids once the current transaction has committed."""
    transaction.on_commit(partial(_send, task, args))


def _send(task: str, args: tuple[int | str, ...]) -> None:
    try:
        current_app.send_task(task, args=list(args), retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        logger.warning("doorbell %s not heard: %s", task, error)
