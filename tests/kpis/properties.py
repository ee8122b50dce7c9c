"""``@always(…)``: what must hold for all values, however long a busy machine takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis.strategies import SearchStrategy

Test = Callable[..., None]


def always(**strategies: SearchStrategy[Any]) -> Callable[[Test], Test]:
    """Like ``given``, without a deadline for the single example."""

    def decorate(test: Test) -> Test:
        patient: Test = settings(deadline=None)(given(**strategies)(test))
        return patient

    return decorate
