"""Bring the reference catalogues of the database up to the shipped ones."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from winback.demo.services.reference import load_reference


class Command(BaseCommand):
    help = "Load the shipped catalogues. Rows edited in the product stay. Safe at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        for loaded in load_reference(today=timezone.localdate()):
            self.stdout.write(
                f"{loaded.file}: {loaded.rows} rows, {loaded.written} written, "
                f"{loaded.kept} kept as edited"
            )
