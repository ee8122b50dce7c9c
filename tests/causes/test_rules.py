"""Weights of causes."""

from __future__ import annotations

import pytest

from winback.causes.rules import is_whole, share_total


@pytest.mark.parametrize(
    ("shares", "total"),
    [([], None), ([None, None], None), ([45, None, 25], 70), ([50, 30, 20], 100), ([60, 60], 120)],
)
def test_share_total_adds_what_is_known(shares: list[int | None], total: int | None) -> None:
    assert share_total(shares) == total


@pytest.mark.parametrize(("total", "whole"), [(None, True), (99, False), (100, True), (101, False)])
def test_only_a_hundred_is_whole_and_no_weight_is_not_doubted(
    total: int | None, *, whole: bool
) -> None:
    assert is_whole(total) is whole
