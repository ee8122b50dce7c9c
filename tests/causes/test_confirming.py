"""Who says that a cause is real, and that none names a person: the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.causes.factories import CategoryFactory, CauseFactory, agreed
from tests.clients.factories import ContactFactory
from tests.conftest import ClientFor
from tests.statements import statements
from winback.cases.models import Case
from winback.causes.forms.naming import people_of
from winback.causes.models import Cause

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def browser(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def confirm_url(cause: Cause) -> str:
    return f"{cause.get_absolute_url()}kundenbestaetigung/"


def naming(statement: str, **more: Any) -> dict[str, Any]:
    entry = {"category": CategoryFactory().pk, "statement": statement, "perspective": "internal"}
    return {**entry, "is_changeable": "on", **more}


def test_detail_asks_the_client_and_shows_what_was_said(
    browser: Client, case: Case, kam: User
) -> None:
    silent = CauseFactory(case=case)
    page = browser.get(silent.get_absolute_url()).content.decode()
    assert f'href="{confirm_url(silent)}"' in page
    assert "Bestätigung des Kunden festhalten" in page
    said = agreed(kam, case)
    page = browser.get(said.get_absolute_url()).content.decode()
    assert "„So war es.“" in page
    assert "Bestätigung des Kunden ändern" in page
    assert (
        "vom Kunden bestätigt" in browser.get(f"/faelle/{case.number}/ursachen/").content.decode()
    )


def test_client_confirms_and_the_page_shows_it(browser: Client, case: Case) -> None:
    cause, brandt = CauseFactory(case=case), ContactFactory(client=case.client)
    data = {"contact": brandt.pk, "on": "20.11.2026", "words": "So war es.", "version": 1}
    asked = statements(browser, confirm_url(cause), data)
    assert len(asked) <= 10, "\n".join(asked)
    cause.refresh_from_db()
    assert (cause.client_confirmed_by, cause.client_words) == (brandt, "So war es.")
    assert cause.client_confirmed_on == dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"contact": ""}, "contact", "Dieses Feld ist zwingend erforderlich."),
        ({"on": "24.11.2026"}, "on", "Das Datum liegt in der Zukunft."),
        ({"on": "morgen früh"}, "on", ""),
        ({"words": " "}, "words", "Dieses Feld ist zwingend erforderlich."),
        ({"words": "x" * 2001}, "words", ""),
    ],
    ids=lambda value: str(value)[:20],
)
def test_client_confirmation_rejects(
    browser: Client, case: Case, wrong: dict[str, str], field: str, message: str
) -> None:
    cause, brandt = CauseFactory(case=case), ContactFactory(client=case.client)
    data = {"contact": brandt.pk, "on": "heute", "words": "Bleibt stehen.", "version": 1} | wrong
    response = browser.post(confirm_url(cause), data)
    assert response.status_code == 422
    errors = response.context["form"].errors[field]
    assert message in errors or not message
    if "words" not in wrong:
        assert "Bleibt stehen." in response.content.decode()
    cause.refresh_from_db()
    assert cause.client_confirmed_on is None


def test_client_confirmation_offers_people_of_this_client_who_are_there(
    browser: Client, case: Case
) -> None:
    there = ContactFactory(client=case.client)
    ContactFactory(client=case.client, left_on=dt.date(2026, 1, 31))
    ContactFactory()
    form = browser.get(confirm_url(CauseFactory(case=case))).context["form"]
    assert list(form.fields["contact"].rows.values()) == [there]


def test_client_confirmation_meanwhile_changed_answers_409(browser: Client, case: Case) -> None:
    cause, brandt = CauseFactory(case=case, version=3), ContactFactory(client=case.client)
    data = {"contact": brandt.pk, "on": "heute", "words": "So war es.", "version": 1}
    assert browser.post(confirm_url(cause), data).status_code == 409


def test_kam_is_not_offered_to_confirm(browser: Client, case: Case, kam: User) -> None:
    cause = agreed(kam, case)
    Cause.objects.filter(pk=cause.pk).update(status="assumed", confirmed_by=None, confirmed_on=None)
    assert "/bestaetigung/" not in browser.get(cause.get_absolute_url()).content.decode()


def test_people_of_a_case_are_its_team_and_the_client(case: Case, kam: User) -> None:
    ContactFactory(client=case.client, last_name="Heller")
    ContactFactory(last_name="Fremd")
    names = set(people_of(case))
    assert {"Heller", kam.last_name} <= names
    assert "Fremd" not in names


def test_statement_that_names_somebody_is_doubted_and_kept(browser: Client, case: Case) -> None:
    ContactFactory(client=case.client, last_name="Heller")
    url = f"/faelle/{case.number}/ursachen/neu/"
    response = browser.post(url, naming("Frau Heller war nie erreichbar."))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Ursachen nennen Sachen, keine Personen: Heller" in page
    assert "Frau Heller war nie erreichbar." in page
    assert not Cause.objects.exists()


def test_statement_stays_with_a_reason(browser: Client, case: Case) -> None:
    ContactFactory(client=case.client, last_name="Heller")
    data = naming("Der Heller-Bau, Haus Heller.", warning_reason="So heißt das Gebäude.")
    browser.post(f"/faelle/{case.number}/ursachen/neu/", data)
    cause = Cause.objects.get()
    event = case.events.first()
    assert event is not None
    assert event.data["reason"] == "So heißt das Gebäude."
    edit = naming("Haus Heller, anders.", category=cause.category_id, version=1)
    assert browser.post(f"{cause.get_absolute_url()}bearbeiten/", edit).status_code == 422


def test_statement_without_names_is_not_doubted(browser: Client, case: Case) -> None:
    data = naming("Zwei Techniker für zwölf Objekte.")
    asked = statements(browser, f"/faelle/{case.number}/ursachen/neu/", data)
    assert Cause.objects.count() == 1
    assert len(asked) <= 10
