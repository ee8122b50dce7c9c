"""Charts as pure functions: a frozen dataclass in, one `<svg>` out, the same for page and PDF.

Every chart has a `uid` that must be unique in its page and a `label` that says what is shown; the
alternative text adds the finding. One unit is one CSS pixel: draw at the width of the print.
"""

from winback.common.charts.bars import Bar, Bars, bars
from winback.common.charts.bullet import Bullet, bullet
from winback.common.charts.columns import Columns, columns
from winback.common.charts.fishbone import Bone, Fishbone, Twig, fishbone
from winback.common.charts.gantt import Gantt, GanttRow, TaskState, gantt
from winback.common.charts.kpi_line import kpi_line
from winback.common.charts.kpi_plot import Event, KpiLine
from winback.common.charts.ledger import Ledger, PromiseState, ledger
from winback.common.charts.pareto import Pareto, ParetoBar, pareto
from winback.common.charts.scale import Value
from winback.common.charts.spark import Spark, sparkline
from winback.common.charts.words import Unit

__all__ = [
    "Bar",
    "Bars",
    "Bone",
    "Bullet",
    "Columns",
    "Event",
    "Fishbone",
    "Gantt",
    "GanttRow",
    "KpiLine",
    "Ledger",
    "Pareto",
    "ParetoBar",
    "PromiseState",
    "Spark",
    "TaskState",
    "Twig",
    "Unit",
    "Value",
    "bars",
    "bullet",
    "columns",
    "fishbone",
    "gantt",
    "kpi_line",
    "ledger",
    "pareto",
    "sparkline",
]
