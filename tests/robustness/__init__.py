"""Hostile input, stale pages, impatient people: what the product must stand."""
