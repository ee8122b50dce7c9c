"""Thousands of invented cases in bulk, to measure with; the told demo is for looking at."""

from winback.demo.services.mass.build import Filled, fill
from winback.demo.services.mass.crowd import DOMAIN

__all__ = ["DOMAIN", "Filled", "fill"]
