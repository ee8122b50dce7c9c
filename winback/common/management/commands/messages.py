"""Keep the German message catalogue: merge, check, import a part, list what is missing, compile."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from winback.common import catalogue


class Command(BaseCommand):
    help = "Merge the texts of the sources into locale/de (default), or check, import or compile."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--check", action="store_true", help="fail unless German is complete")
        group.add_argument("--missing", action="store_true", help="list untranslated msgids")
        group.add_argument("--compile", action="store_true", help="write the .mo files")
        group.add_argument(
            "--import", dest="parts", metavar="FILE.po", type=Path, nargs="+",
            help="take over the translations of these files",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._run(options)
        except catalogue.CatalogueError as error:
            raise CommandError(str(error)) from error

    def _run(self, options: dict[str, Any]) -> None:
        if options["compile"]:
            for path in catalogue.compile_catalogues():
                self.stdout.write(str(path.relative_to(catalogue.BASE_DIR)))
        elif options["check"]:
            self._check()
        elif options["missing"]:
            self.stdout.write("\n".join(self._findings().missing))
        else:
            self._merge(options["parts"] or [])

    def _findings(self) -> catalogue.Findings:
        path = catalogue.po_path()
        return catalogue.check(catalogue.extract_messages(), catalogue.read_catalogue(path))

    def _check(self) -> None:
        lines = self._findings().lines()
        if lines:
            raise CommandError("The German catalogue is not complete:\n" + "\n".join(lines))
        self.stdout.write("The German catalogue is complete.")

    def _merge(self, parts: list[Path]) -> None:
        path = catalogue.po_path()
        old = catalogue.read_catalogue(path)
        merged = catalogue.merge(catalogue.extract_messages(), old)
        for part in parts:
            if not part.exists():
                raise CommandError(f"There is no file {part}.")
            merged, unknown = catalogue.overlay(merged, catalogue.read_catalogue(part))
            for entry in unknown:
                self.stdout.write(f"not in the sources, left out: {entry}")
        findings = catalogue.check(merged, old)
        for entry in findings.obsolete:
            self.stdout.write(f"no longer used, removed: {entry}")
        catalogue.write_catalogue(merged, path)
        missing = len(catalogue.check(merged, merged).missing)
        self.stdout.write(f"{len(merged)} messages, {missing} without a translation.")
