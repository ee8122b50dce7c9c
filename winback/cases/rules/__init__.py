"""Pure rules of a case: status machine, health, numbers, score, value, tenders."""

from winback.cases.rules.scoring import Line, Score, recency, score
from winback.cases.rules.status import (
    case_number,
    judge,
    may_become,
    number_scope,
    results_of,
    worse,
)
from winback.cases.rules.tenders import Award, Points, award, gained
from winback.cases.rules.value import (
    Effort,
    SecondLife,
    break_even,
    cost,
    expected_value,
    return_on_effort,
    second_lifetime_value,
)

__all__ = [
    "Award",
    "Effort",
    "Line",
    "Points",
    "Score",
    "SecondLife",
    "award",
    "break_even",
    "case_number",
    "cost",
    "expected_value",
    "gained",
    "judge",
    "may_become",
    "number_scope",
    "recency",
    "results_of",
    "return_on_effort",
    "score",
    "second_lifetime_value",
    "worse",
]
