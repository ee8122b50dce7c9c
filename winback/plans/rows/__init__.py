"""Measures, phases and row versions as ready strings: templates only place them."""
