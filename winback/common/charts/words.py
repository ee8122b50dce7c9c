"""The words charts have in common: figures and judgements for labels and alternative texts."""

from dataclasses import dataclass

from django.utils.translation import pgettext

from winback.common.charts.scale import Value
from winback.common.formats import format_signed, format_value


@dataclass(frozen=True, slots=True)
class Unit:
    """Unit, decimals and direction of a figure; without a direction nothing is judged."""

    name: str = "%"
    decimals: int = 1
    higher_is_better: bool | None = None

    def write(self, value: Value) -> str:
        """Return the value with its unit."""
        return format_value(value, self.name, self.decimals)

    def write_change(self, change: float) -> str:
        """Return a signed difference; percentages differ by points, not by per cent."""
        return format_signed(change, self.decimals, "Punkte" if self.name == "%" else self.name)

    def is_better(self, change: float) -> bool | None:
        """Tell whether `change` is for the better; None when it is not judged or rounds to zero."""
        if self.higher_is_better is None or round(change, self.decimals) == 0:
            return None
        return (change > 0) == self.higher_is_better


PERCENT = Unit()
PERCENT_UP = Unit(higher_is_better=True)


def no_data() -> str:
    """Stands in the place of a whole chart."""
    return pgettext("chart", "no data")


def no_value() -> str:
    """Stands in the place of one missing value; short, because it stands in a column."""
    return pgettext("chart", "n/a")


def reference_words(baseline: Value, target: Value, unit: Unit) -> list[str]:
    """Name baseline and target, as far as they are agreed."""
    words = []
    if baseline is not None:
        words.append(pgettext("chart", "baseline %(value)s") % {"value": unit.write(baseline)})
    if target is not None:
        words.append(pgettext("chart", "target %(value)s") % {"value": unit.write(target)})
    return words


def finding_words(actual: float, baseline: Value, target: Value, unit: Unit) -> list[str]:
    """Say what the chart shows: the change against the baseline and whether the target is met."""
    words = []
    if baseline is not None:
        words.append(_change_words(actual - float(baseline), unit))
    if target is not None and unit.higher_is_better is not None:
        missed = unit.is_better(float(target) - actual)
        words.append(
            pgettext("chart", "target not reached")
            if missed
            else pgettext("chart", "target reached")
        )
    return words


def _change_words(change: float, unit: Unit) -> str:
    values = {"change": unit.write_change(change)}
    if unit.higher_is_better is None:
        return pgettext("chart", "%(change)s against the baseline") % values
    better = unit.is_better(change)
    if better is None:
        return pgettext("chart", "unchanged against the baseline")
    if better:
        return pgettext("chart", "%(change)s against the baseline, better") % values
    return pgettext("chart", "%(change)s against the baseline, worse") % values
