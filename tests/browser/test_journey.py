"""The whole chain once, on an empty database: from a lost client to the monthly page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import BrowserContext
from pytest_django import Settings

from accounts.enums import Role
from accounts.models import User
from tests.browser.journey import auditing, ending, measuring, opening, planning
from tests.browser.person import Person
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=BERLIN)
MONDAY = datetime(2026, 11, 23, 7, 0, 30, tzinfo=BERLIN)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Friday, 20 November 2026, ten o'clock; time passes."""
    with time_machine.travel(FRIDAY, tick=True) as traveller:
        yield traveller


@pytest.fixture
def mail_folder(settings: Settings, tmp_path: Path) -> Path:
    """Mails as files, as in an installation without a mail server."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


@dataclass(frozen=True)
class Cast:
    """The three who work at the screen; the others only owe something."""

    kam: Person
    qm: Person
    management: Person


@pytest.fixture
def cast(
    transactional_db: None,
    clock: time_machine.Traveller,
    new_context: Callable[..., BrowserContext],
    kam: User,
    qm: User,
    leitung: User,
    operativ: User,
) -> Cast:
    """An empty database but for people and the shipped catalogues."""
    call_command("load_reference")
    UserFactory(first_name="Greta", last_name="Sommer", role=Role.OPERATIONS)
    return Cast(*(Person(new_context().new_page(), user) for user in (kam, qm, leitung)))


def test_a_case_from_the_first_entry_to_the_month_page(
    cast: Cast, clock: time_machine.Traveller, mail_folder: Path
) -> None:
    kam, qm, management = cast.kam, cast.qm, cast.management
    for person in (kam, qm, management):
        person.sign_in()
    opening.record_client(kam)
    opening.record_contract(kam)
    opening.open_case(kam)
    opening.join_team(kam)
    opening.decide(management)
    opening.name_causes(kam)
    auditing.plan(qm)
    auditing.answer_everything(qm)
    auditing.finish(qm)
    measuring.pick(qm)
    measuring.agree(qm, measuring.SLA, before="78", target="95")
    measuring.measure(qm)
    planning.start(kam)
    planning.work_on_measures(kam)
    planning.add_own(kam)
    planning.answer_finding(qm)
    for what in (planning.KEPT, planning.OVERDUE):
        planning.promise(kam, what)
    planning.keep(kam, planning.KEPT)
    clock.move_to(MONDAY)
    letters = ending.tick(mail_folder)
    assert set(letters) >= {person.user.email for person in (kam, qm)}
    ending.read_digest(kam, letters[kam.user.email])
    ending.see_own_work(kam)
    ending.request_reports(kam)
    ending.read_progress(kam)
    ending.read_audit_report(kam)
    management.sign_in()
    ending.see_month(management)
    ending.see_history(management)
