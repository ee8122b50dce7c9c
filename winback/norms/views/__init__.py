"""Pages of norms and inspections."""
