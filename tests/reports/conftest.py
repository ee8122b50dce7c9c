"""Fixtures of the reports: the language of the code, an own folder for files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings


@pytest.fixture
def english() -> Iterator[None]:
    """English is active: messages read as they stand in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def media(tmp_path: Path, settings: Settings) -> Path:
    """Where stored files go in this test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
