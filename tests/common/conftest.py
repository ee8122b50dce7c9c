"""Fixtures of the shared floor."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def english() -> Iterator[None]:
    """English is active: messages read as they stand in the code."""
    with translation.override("en"):
        yield
