"""Weights of causes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from winback.causes.rules import is_whole, names_in, pareto, share_total


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


def test_pareto_puts_the_heaviest_first_and_sums_up() -> None:
    steps = pareto([20, 50, 30])
    assert [step.index for step in steps] == [1, 2, 0]
    assert [step.running for step in steps] == [50, 80, 100]


def test_pareto_marks_those_needed_to_reach_eighty_percent() -> None:
    assert [step.is_vital for step in pareto([50, 30, 20])] == [True, True, False]
    assert [step.is_vital for step in pareto([50, 29, 21])] == [True, True, True]
    assert [step.is_vital for step in pareto([1])] == [True]


def test_pareto_of_an_unfinished_analysis_is_of_what_is_weighted() -> None:
    first, second = pareto([30, 10])
    assert (first.share, first.running, second.running) == (75, 75, 100)


def test_pareto_leaves_out_what_weighs_nothing_and_keeps_the_order_of_equals() -> None:
    assert [step.index for step in pareto([0, 5, 0, 5])] == [1, 3]
    assert pareto([]) == pareto([0, 0]) == []


def test_pareto_never_runs_over_a_hundred() -> None:
    steps = pareto([1] * 7)
    assert steps[-1].running <= Decimal(100)
    assert steps[-1].running == pytest.approx(Decimal(100))


NAMES = ["Brandt", "Ott", "Müller-Lüdenscheidt", "Wu", "Brandt"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Herr Brandt hat die Frist versäumt.", ["Brandt"]),
        ("BRANDT war nicht erreichbar", ["Brandt"]),
        ("Otts Planung war zu knapp.", ["Ott"]),
        ("Frau Müller-Lüdenscheidt und Ott", ["Ott", "Müller-Lüdenscheidt"]),
        ("Der Brandtschutz war überfällig, Otto kam.", []),
        ("Wu ist zu kurz, um sicher ein Name zu sein.", []),
        ("", []),
    ],
)
def test_names_in_finds_words_of_their_own(text: str, found: list[str]) -> None:
    assert names_in(text, NAMES) == found
