"""Pages of a case: fetch and authorise in one line, form, service, render."""
