"""The month page for management: how many cases, what is at stake, are promises kept."""

from winback.dashboards.rows.month.page import MonthPage, month_page

__all__ = ["MonthPage", "month_page"]
