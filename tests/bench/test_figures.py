"""The calculators of the bench."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import machine
from tests.bench.figures import (
    SOAK_HEAD,
    Line,
    Sample,
    as_json,
    growth,
    line,
    markdown,
    percentile,
    soak_line,
    table,
)


@pytest.mark.parametrize(
    ("percent", "expected"), [(50, 2.0), (51, 3.0), (95, 4.0), (100, 4.0), (1, 1.0), (0, 1.0)]
)
def test_percentile_is_the_nearest_rank(percent: int, expected: float) -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], percent) == expected


def test_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 50)


def test_line_takes_medians_and_the_most_statements() -> None:
    samples = [
        Sample(seconds=0.010, cpu=0.005, statements=7, size=100),
        Sample(seconds=0.030, cpu=0.009, statements=8, size=300),
        Sample(seconds=0.020, cpu=0.006, statements=7, size=200),
    ]
    assert line("case", samples, bracket=0.001) == Line("case", 20.0, 30.0, 5.0, 8, 200)


def test_cpu_below_the_cost_of_asking_is_none() -> None:
    assert line("floor", [Sample(0.001, 0.001, 0, 10)], bracket=0.002).cpu == 0


def test_growth_compares_and_has_no_answer_for_nothing() -> None:
    assert growth(10, 12) == 1.2
    assert growth(0, 12) is None


def test_table_shows_the_largest_size_with_the_growth() -> None:
    small, large = Line("case", 9, 10, 4, 9, 5000), Line("case", 11.25, 12, 5, 10, 6000)
    shown = table({100: [small], 1000: [large]}).splitlines()
    assert "CPU 100 → 1,000" in shown[0]
    assert [cell.strip() for cell in shown[2].strip("|").split("|")] == [
        "case", "11.2", "12.0", "5.0", "10", "6.0", "× 1.25",
    ]  # fmt: skip


def test_table_of_one_size_has_no_growth() -> None:
    assert "→" not in table({100: [Line("case", 1, 2, 3, 4, 5)]})


def test_growth_from_nothing_is_a_dash() -> None:
    both = {size: [Line("floor", 1, 2, cpu, 0, 5)] for size, cpu in ((1, 0.0), (2, 0.1))}
    assert "| –" in table(both)


def test_markdown_aligns_its_columns() -> None:
    assert markdown([["a", "bb"], ["ccc", "d"]]) == "| a   | bb |\n|-----|----|\n| ccc | d  |"


def test_soak_line_has_a_cell_for_each_head() -> None:
    facts = {"on": "x", "cases": "1", "people": 2, "think": "5", "minutes": 1, "workers": 2}
    written = soak_line([0.1, 0.2], 3, facts)
    assert written.endswith("| 2 | 3 | 100 | 200 |")
    assert written.count("|") == SOAK_HEAD.count("|")


def test_json_has_every_figure_by_size() -> None:
    told = as_json({10: [Line("case", 1, 2, 3, 4, 5)]})
    assert told["10"][0]["page"] == "case"
    assert set(told["10"][0]) == {"page", "p50", "p95", "cpu", "statements", "size"}


def test_newest_postgresql_of_debian_is_taken(tmp_path: Path) -> None:
    for version in ("9", "15", "16"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    assert machine.find_programs(path="", debian=tmp_path) == tmp_path / "16" / "bin"


def test_machine_without_postgresql_says_so(tmp_path: Path) -> None:
    with pytest.raises(machine.Missing, match="no PostgreSQL server"):
        machine.find_programs(path="", debian=tmp_path)
