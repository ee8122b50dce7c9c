"""Verbs of reminders: notice, put digests into the outbox, send, and what people do with both."""

from winback.reminders.services.digests import queue_digests
from winback.reminders.services.heartbeat import Tally, sweep
from winback.reminders.services.notifications import mark_all_read, mark_read, notify
from winback.reminders.services.outbox import retry, send_due

__all__ = [
    "Tally",
    "mark_all_read",
    "mark_read",
    "notify",
    "queue_digests",
    "retry",
    "send_due",
    "sweep",
]
