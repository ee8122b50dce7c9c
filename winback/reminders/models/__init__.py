"""Notifications and the outbox. The database is the record of what is owed, never the broker."""

from winback.reminders.models.attempt import Attempt, AttemptQuerySet
from winback.reminders.models.feed import FeedToken
from winback.reminders.models.notification import Key, Notification, NotificationQuerySet
from winback.reminders.models.outbox import DigestDay, OutboxMessage, OutboxQuerySet

__all__ = [
    "Attempt",
    "AttemptQuerySet",
    "DigestDay",
    "FeedToken",
    "Key",
    "Notification",
    "NotificationQuerySet",
    "OutboxMessage",
    "OutboxQuerySet",
]
