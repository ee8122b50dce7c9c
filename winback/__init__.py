"""Winback: win lost clients back."""

from winback.celery import app as celery_app

__all__ = ("celery_app",)
