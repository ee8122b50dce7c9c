"""Bring the database up to date before the first page: tables, reference data, demo data."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrate, load the reference catalogues and, on an empty database, the demo data."

    def handle(self, *args: Any, **options: Any) -> None:
        """Safe to run at every start: the demo is loaded only while there is no user at all."""
        # Served from their sources while trying out, yet the folder is looked for at the start.
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
        commands = get_commands()
        if "load_reference" in commands:
            call_command("load_reference")
        if "demo" in commands and not get_user_model()._default_manager.exists():
            # Who can sign in is printed when the server is up.
            call_command("demo", verbosity=0)
