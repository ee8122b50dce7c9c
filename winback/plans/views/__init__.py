"""Pages of plans: fetch and authorise in one line, form, service, render."""
