"""The instant that services stamp on what they write.

It is the present, unless somebody plays back what happened earlier: the demo does, so that a year
of history carries its own dates and not those of the minute in which it was loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The aware instant of the present, or of the moment that is being played back."""
    return _moment.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let ``now()`` be ``moment`` inside the block; nobody else in the process notices."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
