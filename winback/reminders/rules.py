"""Pure rules of reminders: on which occasion, to whom, on which day, and when a mail is retried."""

from __future__ import annotations

import smtplib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from winback.common.formats.dates import BERLIN
from winback.common.workdays import is_working_day
from winback.reminders.enums import Stage

#: local time at which the daily digest is due
DIGEST_AT = time(7)
#: pauses after the first, second, … failed try; the last one repeats
RETRY_MINUTES = (1, 2, 5, 15, 30, 60)
#: share by which a pause varies, so that mails that failed together do not return together
JITTER = 0.2
#: a mail that waits longer than this is worth an alarm
ALARM_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why somebody is reminded now; ``period`` is the same for the same occasion."""

    stage: Stage
    period: str


def occasion(due_on: date, lead_days: Sequence[int], today: date) -> Occasion | None:
    """The occasion an open obligation gives on a day; None while it is too far ahead.

    It follows from the state of that day alone, never from "today equals due minus seven": after
    missed days the present occasion is found at once, and those that passed meanwhile are not
    made up for. Overdue counts per ISO week.
    """
    if today > due_on:
        year, week, _day = today.isocalendar()
        return Occasion(Stage.OVERDUE, f"overdue:{year}-W{week:02d}")
    if today == due_on:
        return Occasion(Stage.DUE, f"due:{due_on}")
    reached = [lead for lead in lead_days if due_on - timedelta(days=lead) <= today]
    if not reached:
        return None
    return Occasion(Stage.BEFORE, f"before:{due_on}:{min(reached)}")


def receiver(
    owner_id: int, deputy_id: int | None, stand_ins: Mapping[int, int], active: Collection[int]
) -> int | None:
    """Who is reminded: the owner; while away whoever stands in, else the deputy of the thing.

    ``stand_ins`` maps everybody who is away today to their stand-in. An owner without anybody
    left hears of it in spite of being away. None when nobody active is left.
    """
    if owner_id in active and owner_id not in stand_ins:
        return owner_id
    for other in (stand_ins.get(owner_id), deputy_id):
        if other in active and other not in stand_ins:
            return other
    return owner_id if owner_id in active else None


def local_day(now: datetime) -> date:
    """The calendar day in Berlin at an instant."""
    return now.astimezone(BERLIN).date()


def digest_due_at(day: date) -> datetime:
    """07:00 in Berlin on ``day``, in UTC: 05:00 in summer, 06:00 in winter."""
    return datetime.combine(day, DIGEST_AT, BERLIN).astimezone(UTC)


def digest_day(now: datetime, land: str) -> date | None:
    """The day whose digest is due by now: today from 07:00 on, on working days of ``land`` only.

    What comes up on other days waits for the next working day, since it is still open then.
    """
    day = local_day(now)
    is_time = now >= digest_due_at(day) and is_working_day(day, land)
    return day if is_time else None


def retry_after(attempts: int, swing: float) -> timedelta:
    """The pause after the given number of failed tries; ``swing`` from −1 to 1 varies it."""
    minutes = RETRY_MINUTES[min(max(attempts, 1), len(RETRY_MINUTES)) - 1]
    return timedelta(minutes=minutes * (1 + JITTER * swing))


def is_permanent(error: Exception) -> bool:
    """Whether trying the same mail again is pointless (RFC 5321: a reply of 500 and above).

    Only what the server says about this mail counts. A refused sign-in or greeting is a fault of
    the set-up, which an administrator repairs: the mail waits.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return error.smtp_code >= 500
    # ValueError: an address or header that cannot be written into a mail at all.
    return isinstance(error, ValueError | smtplib.SMTPNotSupportedError)


def in_words(error: Exception) -> str:
    """What went wrong, as an administrator reads it: the server's own answer where there is one."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(_answer(code, text) for code, text in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"


def _answer(code: int, text: bytes | str) -> str:
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"{code} {words}"
