"""Rows of the gathering pages, as ready strings; one module per page."""
