"""Fill an empty database with the demo, and say how to sign in."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from winback.demo import services


class Command(BaseCommand):
    help = "Build invented people and cases with a year of history into an empty database."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where somebody works already"
        )
        parser.add_argument(
            "--sign-ins", action="store_true", help="only print the accounts of the demo"
        )
        parser.add_argument(
            "--cases", type=int, metavar="N", help="instead, N cases in bulk, to measure with"
        )
        parser.add_argument(
            "--anyway", action="store_true", help="with --cases: into a database in use, once"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["sign_ins"]:
            self._print_sign_ins()
        elif options["cases"] is not None and (options["anyway"] or services.is_empty()):
            self._fill(options["cases"])
        elif services.is_empty():
            self._build(options["verbosity"])
        elif not options["if_empty"]:
            raise CommandError("The database is not empty. The demo is for an empty one.")

    def _build(self, verbosity: int) -> None:
        built = services.build_demo(today=timezone.localdate(), now=timezone.now())
        self.stdout.write(
            f"Demo: {built.cases} cases, {built.people} people, {built.events} events."
        )
        if verbosity:
            self._print_sign_ins()

    def _fill(self, cases: int) -> None:
        if cases < 1:
            raise CommandError("Name at least one case.")
        filled = services.fill(cases=cases, today=timezone.localdate(), now=timezone.now())
        self.stdout.write(
            f"Load: {filled.cases} cases, {filled.people} people, {filled.events} events. "
            f"Sign in as kam-001@{services.LOAD_DOMAIN}, password {services.PASSWORD}"
        )

    def _print_sign_ins(self) -> None:
        accounts = services.sign_ins()
        if not accounts:
            return
        self.stdout.write(f"\nDemo accounts, password {services.PASSWORD}")
        wide = max(len(account.role) for account in accounts)
        for account in accounts:
            line = f"  {account.role:<{wide}}  {account.name:<16}  {account.email}"
            self.stdout.write(line)
