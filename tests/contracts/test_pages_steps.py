"""Done, ended, handed over: each step with a deadline, its form, its word and its refusals."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from tests.cases.factories import active_case
from tests.conftest import ClientFor
from tests.contracts.factories import AmendmentFactory, DeadlineFactory
from tests.contracts.pages import errors, step, told, words
from winback.contracts.models import Contract, Deadline

TODAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def contract(kam: User) -> Contract:
    found = active_case(owner=kam).contract
    assert found is not None
    return found


@pytest.fixture
def deadline(contract: Contract, kam: User) -> Deadline:
    return DeadlineFactory(contract=contract, owner=kam)


@pytest.fixture
def desk(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


@pytest.mark.parametrize(
    ("name", "title", "button"),
    [
        ("done", "Frist erledigen", "Speichern"),
        ("end", "Frist beenden", "Speichern"),
        ("hand_over", "Frist übergeben", "Übergeben"),
    ],
)
def test_form_names_the_step_and_the_deadline(
    name: str, title: str, button: str, deadline: Deadline, desk: Client
) -> None:
    response = desk.get(step(name, deadline))
    page = words(response)
    assert f"{title} Abhilfefrist aus Abmahnung · endet am 03.12.2026" in page
    assert f">{button}</button>" in response.content.decode()
    assert f'href="{deadline.get_absolute_url()}">Abbrechen</a>' in response.content.decode()
    assert response.context["form"]["version"].value() == 1


def test_end_form_says_what_it_means(deadline: Deadline, desk: Client) -> None:
    page = words(desk.get(step("end", deadline)))
    assert "Sie gilt nicht mehr. Sie bleibt mit Ihrer Begründung im Register." in page


def test_done_form_starts_with_today(deadline: Deadline, desk: Client) -> None:
    form = desk.get(step("done", deadline)).context["form"]
    assert form["done_on"].value() == TODAY
    assert form["note"].value() is None


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"done_on": ""}, "done_on", "Dieses Feld ist zwingend erforderlich."),
        ({"done_on": "24.11.2026"}, "done_on", "Das Datum liegt in der Zukunft."),
        ({"done_on": "11.11.2026"}, "done_on", "Der Tag liegt vor dem Zugang."),
        ({"note": ""}, "note", "Dieses Feld ist zwingend erforderlich."),
        ({"note": "   "}, "note", "Dieses Feld ist zwingend erforderlich."),
    ],
)
def test_done_says_at_the_field_what_is_wrong(
    data: dict[str, str], field: str, message: str, deadline: Deadline, desk: Client
) -> None:
    typed = {"done_on": "20.11.2026", "note": "Bericht übergeben", "version": "1"} | data
    response = desk.post(step("done", deadline), typed)
    assert errors(response)[field] == [message]
    for name in ("done_on", "note"):
        assert response.context["form"][name].value() == typed[name]
    deadline.refresh_from_db()
    assert deadline.is_open


@pytest.mark.parametrize("day", ["12.11.2026", "23.11.2026"])
def test_done_takes_every_day_from_receipt_to_today(
    day: str, deadline: Deadline, desk: Client
) -> None:
    data = {"done_on": day, "note": "Bericht übergeben", "version": "1"}
    page = told(desk.post(step("done", deadline), data), desk)
    assert "Die Frist ist erledigt." in page
    deadline.refresh_from_db()
    assert f"{deadline.done_on:%d.%m.%Y}" == day


def test_done_keeps_its_proof(deadline: Deadline, desk: Client, kam: User) -> None:
    upload = SimpleUploadedFile("bericht.txt", b"Abhilfe am 20.11.2026", "text/plain")
    data = {"done_on": "20.11.2026", "note": "Bericht", "version": "1", "proof": upload}
    desk.post(step("done", deadline), data)
    deadline.refresh_from_db()
    assert deadline.done_proof is not None
    assert deadline.done_proof.title == "Nachweis: Abhilfefrist aus Abmahnung"
    assert deadline.done_proof.current.uploaded_by == kam


def test_done_renews_the_copy_for_the_header(
    contract: Contract, deadline: Deadline, desk: Client, kam: User
) -> None:
    DeadlineFactory(contract=contract, owner=kam, title="Nachfrist", length=5)
    desk.post(step("done", deadline), {"done_on": "23.11.2026", "note": "x", "version": "1"})
    contract.refresh_from_db()
    assert contract.next_deadline_title == "Nachfrist"
    assert contract.next_deadline_on == dt.date(2026, 12, 17)


def test_end_needs_a_reason_and_keeps_it(deadline: Deadline, desk: Client) -> None:
    assert errors(desk.post(step("end", deadline), {"note": " ", "version": "1"})) == {
        "note": ["Dieses Feld ist zwingend erforderlich."]
    }
    data = {"note": "Abmahnung am 20.11. zurückgenommen", "version": "1"}
    page = told(desk.post(step("end", deadline), data), desk)
    assert "Die Frist ist beendet." in page
    assert "23.11.2026 Abmahnung am 20.11. zurückgenommen" in page


def test_hand_over_offers_everybody_but_the_owner(
    deadline: Deadline, desk: Client, kam: User, kollegin: User
) -> None:
    form = desk.get(step("hand_over", deadline)).context["form"]
    offered = {str(value) for value, _label in form.fields["owner"].choices}
    assert str(kollegin.pk) in offered
    assert str(kam.pk) not in offered


@pytest.mark.parametrize("owner", ["", "999999", "bald"])
def test_hand_over_needs_somebody_who_exists(owner: str, deadline: Deadline, desk: Client) -> None:
    data = {"owner": owner, "version": "1"}
    assert list(errors(desk.post(step("hand_over", deadline), data))) == ["owner"]


def test_hand_over_to_the_deputy_frees_that_place(
    contract: Contract, desk: Client, kam: User, kollegin: User
) -> None:
    row = DeadlineFactory(contract=contract, owner=kam, deputy=kollegin)
    data = {"owner": str(kollegin.pk), "version": "1"}
    page = told(desk.post(step("hand_over", row), data), desk)
    assert "Die Frist hat eine neue verantwortliche Person." in page
    row.refresh_from_db()
    assert (row.owner, row.deputy) == (kollegin, None)


def test_hand_over_lets_the_new_owner_into_the_case(
    deadline: Deadline, desk: Client, operativ: User, client_for: ClientFor
) -> None:
    target = deadline.get_absolute_url()
    assert client_for(operativ).get(target).status_code == 404
    desk.post(step("hand_over", deadline), {"owner": str(operativ.pk), "version": "1"})
    assert client_for(operativ).get(target).status_code == 200


def test_hand_over_of_a_derived_date_takes_its_source_along(
    contract: Contract, desk: Client, kam: User, kollegin: User
) -> None:
    amendment = AmendmentFactory(contract=contract, owner=kam)
    row = DeadlineFactory(contract=contract, kind="suspension", amendment=amendment, owner=kam)
    desk.post(step("hand_over", row), {"owner": str(kollegin.pk), "version": "1"})
    amendment.refresh_from_db()
    assert amendment.owner == kollegin


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("done", {"done_on": "20.11.2026", "note": "Bericht"}),
        ("end", {"note": "zurückgenommen"}),
    ],
)
def test_step_behind_somebody_else_keeps_the_words(
    name: str, data: dict[str, str], deadline: Deadline, desk: Client
) -> None:
    Deadline.objects.update(version=5)
    response = desk.post(step(name, deadline), data | {"version": "1"})
    assert response.status_code == 409
    assert f'value="{data["note"]}"' in response.content.decode()
    assert response.context["form"]["version"].value() == "5"
    deadline.refresh_from_db()
    assert deadline.is_open


def test_hand_over_behind_somebody_else_changes_nothing(
    deadline: Deadline, desk: Client, kollegin: User, kam: User
) -> None:
    Deadline.objects.update(version=2)
    response = desk.post(step("hand_over", deadline), {"owner": str(kollegin.pk), "version": "1"})
    assert response.status_code == 409
    rows = {row.name: (row.mine, row.theirs) for row in response.context["conflict"].rows}
    assert rows == {"owner": ("Nele Brunner", "Aylin Kaya")}
    deadline.refresh_from_db()
    assert deadline.owner == kam


@pytest.mark.parametrize("name", ["done", "end", "hand_over"])
def test_step_does_not_take_nothing(name: str, deadline: Deadline, desk: Client) -> None:
    response = desk.post(step(name, deadline), {"version": "1"})
    assert response.status_code == 422
    deadline.refresh_from_db()
    assert deadline.version == 1
