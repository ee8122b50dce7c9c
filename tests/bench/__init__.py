"""Measuring Winback: ``./dev bench``. No part of the product and of the suite but its figures."""
