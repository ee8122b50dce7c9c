"""Contracts as ready strings: formatted once per row, so that templates only place them."""

from winback.contracts.rows.clients import client_panel

__all__ = ["client_panel"]
