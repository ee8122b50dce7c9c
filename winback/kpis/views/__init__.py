"""Pages of the KPIs: fetch and authorise in one line, form, service, render."""
