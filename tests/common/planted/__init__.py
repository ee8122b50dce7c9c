"""Migrations nobody has applied: what a new release brings."""
