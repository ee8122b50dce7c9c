"""Service lines, amendments and what the client owes: words, refusals and conflicts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from tests.cases.factories import active_case
from tests.conftest import ClientFor
from tests.contracts.factories import (
    AmendmentFactory,
    ClientObligationFactory,
    DeadlineFactory,
    LineFactory,
)
from tests.contracts.pages import NO_ACCESS, errors, told, url, words
from winback.contracts.models import Amendment, ClientObligation, Contract, ServiceLine

TODAY = dt.date(2026, 11, 23)
REQUIRED = "Dieses Feld ist zwingend erforderlich."
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def contract(kam: User) -> Contract:
    found = active_case(owner=kam).contract
    assert found is not None
    return found


@pytest.fixture
def desk(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


@pytest.fixture
def reader(client_for: ClientFor, operativ: User, contract: Contract) -> Client:
    """Operations inside the case: sees the register, keeps nothing of it."""
    case = contract.cases.get()  # type: ignore[attr-defined]  # a relation of a higher room
    case.members.create(user=operativ, joined_on=TODAY)
    return client_for(operativ)


def amendment_data(person: User, **changes: str) -> dict[str, str]:
    return {
        "kind": "settlement",
        "title": "2. Nachtrag",
        "signed_on": "01.10.2026",
        "signed_by_us": "Maria Lindner",
        "signed_by_client": "Bernd Brandt",
        "content": "Die Kündigung ruht.",
        "suspends_until": "31.03.2027",
        "owner": str(person.pk),
        **changes,
    }


def line_data(**changes: str) -> dict[str, str]:
    reason = {"kind": "works", "kind_reason": "Erfolg beschrieben"}
    return {"position": "2.1", "title": "Winterdienst", **reason, **changes}


def owed_data(**changes: Any) -> dict[str, Any]:
    return {"kind": "access", "what": "Zutritt Haus C", "since": "16.11.2026", **changes}


# The forms say what they are, and who may not is told so


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("amendment_add", "Nachtrag erfassen"),
        ("line_add", "Leistungsposition erfassen"),
        ("cooperation_add", "Mitwirkung erfassen"),
    ],
)
def test_new_row_has_a_title_and_is_for_who_keeps_the_register(
    name: str, title: str, contract: Contract, desk: Client, reader: Client
) -> None:
    page = words(desk.get(url(name, contract)))
    assert f"{title} · " in page or f" {title} " in page
    for send in (reader.get, reader.post):
        response = send(url(name, contract))
        assert response.status_code == 403
        assert NO_ACCESS in words(response)


def test_changing_a_row_is_for_who_keeps_the_register(
    contract: Contract, desk: Client, reader: Client
) -> None:
    line, owed = LineFactory(contract=contract), ClientObligationFactory(contract=contract)
    amendment = AmendmentFactory(contract=contract)
    for name, row, title in (
        ("line_edit", line, "Leistungsposition bearbeiten"),
        ("cooperation_edit", owed, "Mitwirkung bearbeiten"),
        ("amendment_edit", amendment, "Nachtrag bearbeiten"),
        ("amendment_broken", amendment, "Nachtrag für gebrochen erklären"),
    ):
        target = url(name, contract, row.pk)
        assert title in words(desk.get(target)), name
        assert reader.post(target, {"version": "1"}).status_code == 403, name
        row.refresh_from_db()
        assert row.version == 1


def test_row_is_found_below_its_own_contract_only(contract: Contract, desk: Client) -> None:
    for name, row in (
        ("line_edit", LineFactory()),
        ("cooperation_edit", ClientObligationFactory()),
        ("amendment", AmendmentFactory()),
        ("amendment_edit", AmendmentFactory()),
    ):
        assert desk.get(url(name, contract, row.pk)).status_code == 404, name


# Amendments


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"signed_on": "24.11.2026"}, "signed_on", "Das Datum liegt in der Zukunft."),
        ({"suspends_until": "30.09.2026"}, "", "Das Ruhen endet vor der Unterschrift."),
        ({"signed_by_us": ""}, "signed_by_us", REQUIRED),
        ({"signed_by_client": ""}, "signed_by_client", REQUIRED),
        ({"content": ""}, "content", REQUIRED),
        ({"kind": ""}, "kind", REQUIRED),
        ({"owner": ""}, "owner", REQUIRED),
    ],
)
def test_amendment_says_what_is_wrong_and_keeps_the_rest(
    changes: dict[str, str], field: str, message: str, contract: Contract, desk: Client, kam: User
) -> None:
    response = desk.post(url("amendment_add", contract), amendment_data(kam, **changes))
    assert message in errors(response)[field]
    assert 'value="2. Nachtrag"' in response.content.decode()
    assert not Amendment.objects.exists()


def test_amendment_keeps_the_signed_paper(contract: Contract, desk: Client, kam: User) -> None:
    upload = SimpleUploadedFile("nachtrag.txt", b"Unterschrieben", "text/plain")
    data: dict[str, Any] = {**amendment_data(kam), "document": upload}
    page = told(desk.post(url("amendment_add", contract), data), desk)
    assert "Der Nachtrag ist erfasst." in page
    row = Amendment.objects.get()
    assert row.document is not None
    assert row.document.title == "Unterschriebenes Papier: 2. Nachtrag"
    assert contract.deadlines.get().due_on == dt.date(2027, 3, 31)


def test_amendment_without_suspension_plans_nothing(
    contract: Contract, desk: Client, kam: User
) -> None:
    desk.post(url("amendment_add", contract), amendment_data(kam, suspends_until=""))
    page = words(desk.get(Amendment.objects.get().get_absolute_url()))
    assert "Kündigungsrecht ruht bis" not in page
    assert not contract.deadlines.exists()


def test_amendment_behind_somebody_else_shows_both(
    contract: Contract, desk: Client, kam: User, client_for: ClientFor, leitung: User
) -> None:
    row = AmendmentFactory(contract=contract, owner=kam, ends_on_breach=False)
    target = url("amendment_edit", contract, row.pk)
    theirs = amendment_data(kam, version="1", title="3. Nachtrag")
    client_for(leitung).post(target, theirs)
    response = desk.post(target, amendment_data(kam, version="1"))
    assert response.status_code == 409
    found = {each.name: (each.mine, each.theirs) for each in response.context["conflict"].rows}
    assert found == {"title": ("2. Nachtrag", "3. Nachtrag")}
    row.refresh_from_db()
    assert row.title == "3. Nachtrag"


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"broken_on": "24.11.2026"}, "broken_on", "Das Datum liegt in der Zukunft."),
        ({"broken_on": "30.09.2026"}, "broken_on", "Das Datum liegt vor der Unterschrift."),
        ({"note": ""}, "note", REQUIRED),
    ],
)
def test_breach_says_what_is_wrong(
    data: dict[str, str], field: str, message: str, contract: Contract, desk: Client
) -> None:
    row = AmendmentFactory(contract=contract)
    typed = {"broken_on": "20.11.2026", "note": "Grundreinigung blieb aus", "version": "1"} | data
    response = desk.post(url("amendment_broken", contract, row.pk), typed)
    assert errors(response)[field] == [message]
    row.refresh_from_db()
    assert row.broken_on is None


def test_breach_warns_that_it_is_final_and_ends_the_date(
    contract: Contract, desk: Client, kam: User
) -> None:
    desk.post(url("amendment_add", contract), amendment_data(kam))
    row = Amendment.objects.get()
    target = url("amendment_broken", contract, row.pk)
    response = desk.get(target)
    assert (
        "Endgültig. Das ruhende Kündigungsrecht kann wieder aufleben: "
        "Lassen Sie es rechtlich prüfen."
    ) in words(response)
    assert ">Als gebrochen erklären</button>" in response.content.decode()
    assert response.context["form"]["broken_on"].value() == TODAY
    data = {"broken_on": "20.11.2026", "note": "Grundreinigung blieb aus", "version": "1"}
    page = told(desk.post(target, data), desk)
    assert "Der Nachtrag ist gebrochen." in page
    assert contract.deadlines.get().ended_on == TODAY
    assert desk.post(target, data | {"version": "2"}).status_code == 403


# Service lines


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"kind": ""}, "kind", REQUIRED),
        ({"kind_reason": ""}, "kind_reason", REQUIRED),
        ({"position": ""}, "position", REQUIRED),
    ],
)
def test_line_says_what_is_missing(
    changes: dict[str, str], field: str, message: str, contract: Contract, desk: Client
) -> None:
    response = desk.post(url("line_add", contract), line_data(**changes))
    assert errors(response)[field] == [message]
    assert 'value="Winterdienst"' in response.content.decode()


def test_line_agreed_in_an_amendment_needs_its_level(contract: Contract, desk: Client) -> None:
    amendment = AmendmentFactory(contract=contract)
    data = line_data(amendment=str(amendment.pk))
    message = "Geben Sie an, welches Niveau vereinbart wurde."
    assert message in errors(desk.post(url("line_add", contract), data))["agreed"]
    foreign = line_data(amendment=str(AmendmentFactory().pk), agreed="täglich")
    assert "amendment" in errors(desk.post(url("line_add", contract), foreign))


def test_line_position_stands_once_per_contract(contract: Contract, desk: Client) -> None:
    LineFactory(contract=contract, position="2.1")
    LineFactory(position="3.1")
    response = desk.post(url("line_add", contract), line_data())
    assert response.status_code == 422
    assert "Diese Position ist schon erfasst." in words(response)
    assert desk.post(url("line_add", contract), line_data(position="3.1")).status_code == 302


def test_lines_stand_in_the_order_of_their_numbers(contract: Contract, desk: Client) -> None:
    for position in ("2.10", "10.1", "2.9", "2", "1.1 a"):
        desk.post(url("line_add", contract), line_data(position=position))
    found = ServiceLine.objects.values_list("position", flat=True)
    assert list(found) == ["1.1 a", "2", "2.9", "2.10", "10.1"]


def test_line_behind_somebody_else_is_kept(contract: Contract, desk: Client) -> None:
    line = LineFactory(contract=contract, position="2.1", version=3)
    data = line_data(version="2", delivered="dreimal")
    response = desk.post(url("line_edit", contract, line.pk), data)
    assert response.status_code == 409
    found = {each.name: each.mine for each in response.context["conflict"].rows}
    assert found["delivered"] == "dreimal"
    assert response.context["form"]["version"].value() == "3"


# What the client owes


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"since": "24.11.2026"}, "since", "Das Datum liegt in der Zukunft."),
        ({"until": "24.11.2026"}, "until", "Das Datum liegt in der Zukunft."),
        ({"told_on": "24.11.2026"}, "told_on", "Das Datum liegt in der Zukunft."),
        ({"until": "15.11.2026"}, "", "Der letzte Tag liegt vor dem ersten."),
        (
            {"since": ""},
            "",
            "Geben Sie an, bis wann sie geschuldet ist oder seit wann sie fehlt.",
        ),
        ({"what": ""}, "what", REQUIRED),
    ],
)
def test_cooperation_says_what_is_wrong(
    changes: dict[str, str], field: str, message: str, contract: Contract, desk: Client
) -> None:
    response = desk.post(url("cooperation_add", contract), owed_data(**changes))
    assert message in errors(response)[field]
    assert not ClientObligation.objects.exists()


def test_cooperation_that_holds_a_deadline_says_since_when(
    contract: Contract, desk: Client
) -> None:
    deadline = DeadlineFactory(contract=contract)
    data = owed_data(since="", due_on="30.11.2026", pauses=[str(deadline.pk)])
    response = desk.post(url("cooperation_add", contract), data)
    assert errors(response)["since"] == ["Geben Sie an, seit wann sie fehlt."]


def test_cooperation_offers_open_deadlines_that_somebody_typed(
    contract: Contract, desk: Client
) -> None:
    running = DeadlineFactory(contract=contract)
    settled = DeadlineFactory(contract=contract, done_on=TODAY)
    DeadlineFactory(contract=contract, kind="notice")
    DeadlineFactory()
    form = desk.get(url("cooperation_add", contract)).context["form"]
    assert list(form.fields["pauses"].queryset) == [running]
    row = ClientObligationFactory(contract=contract)
    row.pauses.add(settled)
    form = desk.get(url("cooperation_edit", contract, row.pk)).context["form"]
    assert set(form.fields["pauses"].queryset) == {running, settled}


def test_cooperation_given_frees_the_days(contract: Contract, desk: Client, kam: User) -> None:
    deadline = DeadlineFactory(contract=contract, owner=kam)
    row = ClientObligationFactory(contract=contract)
    row.pauses.add(deadline)
    data = owed_data(since="18.11.2026", until="20.11.2026", version="1")
    desk.post(url("cooperation_edit", contract, row.pk), {**data, "pauses": [str(deadline.pk)]})
    deadline.refresh_from_db()
    assert deadline.due_on == dt.date(2026, 12, 7)
    desk.post(url("cooperation_edit", contract, row.pk), {**data, "version": "2"})
    deadline.refresh_from_db()
    assert deadline.due_on == dt.date(2026, 12, 3)


@pytest.mark.parametrize("asked", ["", "999999", "bald"])
def test_cooperation_of_no_known_amendment_starts_without(
    asked: str, contract: Contract, desk: Client
) -> None:
    AmendmentFactory(contract=contract)
    page = desk.get(f"{url('cooperation_add', contract)}?nachtrag={asked}")
    assert page.status_code == 200
    assert '<option value="" selected>' in page.content.decode()
