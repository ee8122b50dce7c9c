"""Verbs of reminders: notice, put digests into the outbox, send, and what people do with both."""

from winback.reminders.services.digests import queue_digests
from winback.reminders.services.feeds import issue_feed, revoke_feed, user_of_feed
from winback.reminders.services.heartbeat import Tally, sweep
from winback.reminders.services.notifications import mark_all_read, mark_read, notify
from winback.reminders.services.outbox import retry, send_due

__all__ = [
    "Tally",
    "issue_feed",
    "mark_all_read",
    "mark_read",
    "notify",
    "queue_digests",
    "retry",
    "revoke_feed",
    "send_due",
    "sweep",
    "user_of_feed",
]
