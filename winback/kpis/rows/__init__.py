"""KPIs as ready strings and pictures: formatted once per row, for pages and reports alike."""

from winback.kpis.rows.definition import set_up_facts
from winback.kpis.rows.lines import MonthLine, entry_months, lines_of, month_lines
from winback.kpis.rows.listing import (
    LIST_COLUMNS,
    KpiRow,
    as_of,
    kpi_record,
    kpi_row,
    kpi_rows,
    list_rows,
)
from winback.kpis.rows.pages import VALUE_COLUMNS, kpi_page
from winback.kpis.rows.portfolio import Portfolio, portfolio_progress
from winback.kpis.rows.words import realism_text

__all__ = [
    "LIST_COLUMNS",
    "VALUE_COLUMNS",
    "KpiRow",
    "MonthLine",
    "Portfolio",
    "as_of",
    "entry_months",
    "kpi_page",
    "kpi_record",
    "kpi_row",
    "kpi_rows",
    "lines_of",
    "list_rows",
    "month_lines",
    "portfolio_progress",
    "realism_text",
    "set_up_facts",
]
