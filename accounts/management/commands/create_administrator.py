"""Make the first administrator; everybody else is created in the user administration."""

import argparse
import os
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.enums import Role
from accounts.models import User
from accounts.services import EmailTaken, create_user

# Option, environment variable, question.
ANSWERS = {
    "email": ("ADMIN_EMAIL", "E-mail address: "),
    "first_name": ("ADMIN_FIRST_NAME", "First name: "),
    "last_name": ("ADMIN_LAST_NAME", "Last name: "),
}


class Command(BaseCommand):
    help = "Create an administrator and print the start password, which has to be changed."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        for name, (variable, _question) in ANSWERS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", help=f"else {variable}, else asked")
        parser.add_argument("--role", choices=Role.values, default=Role.OPERATIONS.value)

    def handle(self, *args: Any, **options: Any) -> None:
        given = {name: self._answer(name, options[name]) for name in ANSWERS}
        changes = {**given, "role": options["role"], "is_administrator": True}
        try:
            User(**changes).clean_fields(exclude=["password", "sort_key", "search_key"])
            user, password = create_user(actor=None, changes=changes)
        except ValidationError as error:
            raise CommandError(error.messages) from error
        except EmailTaken as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"Administrator: {user.full_name}, {user.email}")
        self.stdout.write(f"Start password: {password}")

    def _answer(self, name: str, option: str | None) -> str:
        variable, question = ANSWERS[name]
        answer = option or os.environ.get(variable, "")
        if not answer and sys.stdin.isatty():
            answer = input(question)
        if not answer.strip():
            raise CommandError(f"Give --{name.replace('_', '-')} or set {variable}.")
        return answer.strip()
