"""One deadline on its pages: its computation, the form with its preview, and who may do what."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.cases.factories import active_case
from tests.conftest import ClientFor
from tests.contracts.factories import (
    AmendmentFactory,
    ClientObligationFactory,
    ContractFactory,
    DeadlineFactory,
)
from tests.contracts.pages import (
    NO_ACCESS,
    deadline_data,
    errors,
    step,
    steps,
    told,
    url,
    words,
)
from tests.documents.factories import document
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


# The page


def test_page_shows_every_computed_step(deadline: Deadline, desk: Client) -> None:
    assert steps(desk.get(deadline.get_absolute_url())) == [
        (
            "Zugang oder Ereignis",
            "Maßgeblich ist der Zugang, nicht das Datum des Schreibens.",
            "Do., 12.11.2026",
        ),
        (
            "Fristbeginn",
            "§ 187 Abs. 1 BGB: Der Tag des Ereignisses zählt nicht mit.",
            "Fr., 13.11.2026",
        ),
        (
            "Dauer: 3 Wochen",
            "§ 188 Abs. 2 BGB: Ende am gleichen Wochentag wie das Ereignis.",
            "Do., 03.12.2026",
        ),
        (
            "Wochenende oder Feiertag?",
            "§ 193 BGB: Werktag in Bayern. Das Ende verschiebt sich nicht.",
            "Do., 03.12.2026",
        ),
        (
            "Ende",
            "03.12.2026, 24:00\u00a0Uhr. Rechtsprüfung erforderlich.",
            "Do., 03.12.2026",
        ),
    ]


def test_page_marks_only_the_end_as_the_sum(deadline: Deadline, desk: Client) -> None:
    page = desk.get(deadline.get_absolute_url()).content.decode()
    assert page.count('<li class="sum">') == 1
    assert '<li class="sum"><span><b>Ende</b>' in page


def test_page_in_english_tells_the_same_days(deadline: Deadline, kam: User, desk: Client) -> None:
    User.objects.filter(pk=kam.pk).update(language="en")
    found = steps(desk.get(deadline.get_absolute_url()))
    assert [title for title, _text, _day in found] == [
        "Receipt or event", "Start of the period", "Length: 3 weeks", "Weekend or holiday?", "End",
    ]  # fmt: skip
    assert found[-1][1] == "3\u00a0Dec\u00a02026, 24:00. Legal check needed."


def test_page_draws_no_legal_conclusion(deadline: Deadline, desk: Client) -> None:
    page = words(desk.get(deadline.get_absolute_url()))
    assert (
        "Rechtsprüfung erforderlich. Winback rechnet Daten und zieht keine rechtlichen Schlüsse."
        in page
    )


def test_page_of_an_end_set_by_hand_shows_both_ends(contract: Contract, desk: Client) -> None:
    row = DeadlineFactory(
        contract=contract, manual_on=dt.date(2026, 12, 10), manual_reason="Gewährt am 20.11."
    )
    found = steps(desk.get(row.get_absolute_url()))
    assert [day for _title, _text, day in found[-3:]] == [
        "Do., 03.12.2026", "Do., 10.12.2026", "Do., 10.12.2026",
    ]  # fmt: skip
    assert found[-2][:2] == ("Anderes Ende, von Hand gesetzt", "Grund: Gewährt am 20.11.")


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({}, "Offen"),
        ({"length": 2}, "Bald fällig"),
        ({"length": 1}, "Überfällig"),
        ({"done_on": TODAY, "done_note": "Bericht übergeben"}, "Erledigt"),
        ({"done_on": TODAY, "length": 1}, "Verspätet erledigt"),
        ({"ended_on": TODAY, "ended_reason": "zurückgenommen"}, "Beendet"),
        (
            {
                "suspended_from": dt.date(2026, 11, 20),
                "suspended_until": TODAY,
                "suspension_reason": "Verhandlung",
            },
            "Ruht",
        ),
    ],
)
def test_page_says_the_state(
    facts: dict[str, Any], word: str, contract: Contract, desk: Client
) -> None:
    row = DeadlineFactory(contract=contract, **facts)
    assert f"{row.name} {word}" in words(desk.get(row.get_absolute_url()))


def test_page_of_a_settled_deadline_offers_nothing(contract: Contract, desk: Client) -> None:
    row = DeadlineFactory(contract=contract, done_on=TODAY, done_note="Bericht übergeben")
    page = desk.get(row.get_absolute_url())
    assert "Bericht übergeben" in words(page)
    for name in ("done", "edit", "end", "hand_over"):
        assert step(name, row) not in page.content.decode(), name


def test_page_offers_every_step_to_who_keeps_the_register(deadline: Deadline, desk: Client) -> None:
    page = desk.get(deadline.get_absolute_url()).content.decode()
    for name in ("done", "edit", "end", "hand_over"):
        assert f'href="{step(name, deadline)}"' in page, name


def test_page_of_a_derived_deadline_is_not_edited_here(contract: Contract, desk: Client) -> None:
    row = DeadlineFactory(contract=contract, kind="option", title="")
    page = desk.get(row.get_absolute_url())
    assert step("edit", row) not in page.content.decode()
    assert step("end", row) in page.content.decode()
    assert "Verlängerungsoption" in words(page)


def test_page_offers_operations_only_what_they_owe(
    contract: Contract, operativ: User, client_for: ClientFor
) -> None:
    contract.cases.get().members.create(user=operativ, joined_on=TODAY)  # type: ignore[attr-defined]  # a relation of a higher room
    owed = DeadlineFactory(contract=contract, owner=operativ)
    other = DeadlineFactory(contract=contract)
    desk = client_for(operativ)
    page = desk.get(owed.get_absolute_url()).content.decode()
    assert step("done", owed) in page
    assert step("edit", owed) not in page
    assert step("done", other) not in desk.get(other.get_absolute_url()).content.decode()


def test_page_links_the_proofs_and_nothing_else(contract: Contract, desk: Client) -> None:
    row = DeadlineFactory(
        contract=contract,
        receipt_proof=document("Eingangsstempel"),
        done_proof=document("Abhilfebericht"),
        done_on=TODAY,
    )
    page = desk.get(row.get_absolute_url()).content.decode()
    for proof in (row.receipt_proof, row.done_proof):
        assert f'<a href="{url("paper", contract, proof.pk)}">{proof.title}</a>' in page


def test_page_names_what_the_client_still_owes(
    contract: Contract, deadline: Deadline, desk: Client
) -> None:
    for what, until in (("Zutritt Haus C", None), ("Zutritt Haus D", dt.date(2026, 11, 19))):
        row = ClientObligationFactory(contract=contract, what=what, until=until)
        row.pauses.add(deadline)
    page = words(desk.get(deadline.get_absolute_url()))
    assert "Ruht seit 18.11.2026: Zutritt Haus C ." in page
    assert "Zutritt Haus D" not in page


def test_page_escapes_what_people_typed(contract: Contract, desk: Client) -> None:
    row = DeadlineFactory(contract=contract, title="<b>Frist</b>", action="<script>1</script>")
    page = desk.get(row.get_absolute_url()).content.decode()
    assert "&lt;b&gt;Frist&lt;/b&gt;" in page
    assert "<script>1</script>" not in page


# Who may


@pytest.mark.parametrize("name", ["done", "end", "hand_over", "edit"])
def test_step_is_refused_in_words_to_who_only_reads(
    name: str, contract: Contract, operativ: User, client_for: ClientFor
) -> None:
    contract.cases.get().members.create(user=operativ, joined_on=TODAY)  # type: ignore[attr-defined]  # a relation of a higher room
    row = DeadlineFactory(contract=contract)
    for send in (client_for(operativ).get, client_for(operativ).post):
        response = send(step(name, row))
        assert response.status_code == 403
        assert NO_ACCESS in words(response)
    row.refresh_from_db()
    assert (row.version, row.is_open) == (1, True)


@pytest.mark.parametrize("name", ["done", "end", "hand_over", "edit"])
def test_step_with_a_settled_deadline_is_refused(
    name: str, contract: Contract, desk: Client
) -> None:
    row = DeadlineFactory(contract=contract, ended_on=TODAY, ended_reason="zurückgenommen")
    assert desk.get(step(name, row)).status_code == 403
    assert desk.post(step(name, row), {"note": "x", "version": "1"}).status_code == 403


@pytest.mark.parametrize("name", ["done", "end", "hand_over", "edit"])
def test_step_is_not_found_by_strangers_nor_below_another_contract(
    name: str, deadline: Deadline, fremde: User, desk: Client, client_for: ClientFor
) -> None:
    assert client_for(fremde).get(step(name, deadline)).status_code == 404
    other = ContractFactory()
    assert desk.get(url(f"deadline_{name}", other, deadline.pk)).status_code == 404


def test_record_is_refused_to_operations_of_the_case(
    contract: Contract, operativ: User, client_for: ClientFor, kam: User
) -> None:
    contract.cases.get().members.create(user=operativ, joined_on=TODAY)  # type: ignore[attr-defined]  # a relation of a higher room
    desk = client_for(operativ)
    assert desk.get(url("deadline_add", contract)).status_code == 403
    response = desk.post(url("deadline_add", contract), deadline_data(kam))
    assert response.status_code == 403
    assert NO_ACCESS in words(response)
    assert not Deadline.objects.exists()


# Record and change


def test_record_starts_with_owner_land_and_warnings(
    contract: Contract, desk: Client, kam: User
) -> None:
    Contract.objects.update(bundesland="SN")
    response = desk.get(url("deadline_add", contract))
    form = response.context["form"]
    assert form["owner"].value() == kam.pk
    assert form["bundesland"].value() == "SN"
    assert 'value="14, 7, 2, 0"' in response.content.decode()
    assert "Frist erfassen" in words(response)
    assert "Ende berechnen" in words(response)


def test_record_offers_no_kind_that_follows_from_the_contract(
    contract: Contract, desk: Client
) -> None:
    form = desk.get(url("deadline_add", contract)).context["form"]
    offered = {value for value, _label in form.fields["kind"].choices}
    assert {"remedy", "termination", "other"} <= offered
    assert not offered & {"notice", "option", "check", "suspension"}


def test_record_says_so_and_leads_to_the_deadline(
    contract: Contract, desk: Client, kam: User
) -> None:
    response = desk.post(url("deadline_add", contract), deadline_data(kam))
    page = told(response, desk)
    assert "Die Frist ist erfasst." in page
    assert "So ist das Ende berechnet" in page
    row = Deadline.objects.get()
    assert (row.due_on, row.original_due_on) == (dt.date(2026, 12, 3), dt.date(2026, 12, 3))


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"received_on": ""}, "received_on", "Bei dieser Einheit erforderlich."),
        ({"length": ""}, "length", "Bei dieser Einheit erforderlich."),
        ({"unit": "fixed"}, "fixed_on", "Bei dieser Einheit erforderlich."),
        ({"received_on": "24.11.2026"}, "received_on", "Das Datum liegt in der Zukunft."),
        ({"received_by": ""}, "received_by", "Geben Sie an, auf welchem Weg es zuging."),
        (
            {"lead_days": "14, bald"},
            "lead_days",
            "Geben Sie ganze Tage bis 365 an, zum Beispiel 14, 7, 2.",
        ),
        (
            {"lead_days": "-7"},
            "lead_days",
            "Geben Sie ganze Tage bis 365 an, zum Beispiel 14, 7, 2.",
        ),
        ({"lead_days": "9,8,7,6,5,4,3,2,1"}, "lead_days", "Höchstens acht Warnungen."),
        (
            {"manual_on": "16.12.2026"},
            "",
            "Ein anderes Ende braucht einen Grund, und ein Grund ein Ende.",
        ),
        (
            {"manual_reason": "Gewährt"},
            "",
            "Ein anderes Ende braucht einen Grund, und ein Grund ein Ende.",
        ),
        (
            {"suspended_from": "20.11.2026", "suspension_reason": "Verhandlung"},
            "",
            "Ein Ruhen braucht ersten und letzten Tag und einen Grund.",
        ),
        (
            {"manual_on": "11.11.2026", "manual_reason": "Tippfehler"},
            "manual_on",
            "Das Ende liegt vor dem Zugang.",
        ),
    ],
)
def test_record_says_at_the_field_what_is_wrong(
    changes: dict[str, str], field: str, message: str, contract: Contract, desk: Client, kam: User
) -> None:
    response = desk.post(url("deadline_add", contract), deadline_data(kam, **changes))
    assert message in errors(response)[field]
    assert message in words(response)
    assert 'value="Abhilfefrist aus Abmahnung"' in response.content.decode()
    assert not Deadline.objects.exists()


def test_record_wants_another_deputy_than_the_owner(
    contract: Contract, desk: Client, kam: User
) -> None:
    data = deadline_data(kam, deputy=str(kam.pk))
    message = "Die Vertretung muss eine andere Person sein als die verantwortliche."
    assert message in errors(desk.post(url("deadline_add", contract), data))["deputy"]


def test_record_does_not_take_the_amendment_of_another_contract(
    contract: Contract, desk: Client, kam: User
) -> None:
    foreign, own = AmendmentFactory(), AmendmentFactory(contract=contract)
    data = deadline_data(kam, amendment=str(foreign.pk))
    assert "amendment" in errors(desk.post(url("deadline_add", contract), data))
    desk.post(url("deadline_add", contract), data | {"amendment": str(own.pk)})
    assert Deadline.objects.get().amendment == own


def test_record_doubts_193_bgb_for_a_termination_and_takes_it_with_a_reason(
    contract: Contract, desk: Client, kam: User
) -> None:
    data = deadline_data(kam, kind="termination")
    response = desk.post(url("deadline_add", contract), data)
    assert response.status_code == 422
    assert "Gerichte wenden § 193 BGB auf Kündigungsfristen nicht an." in words(response)
    assert "Mit dieser Begründung speichern" in words(response)
    assert not Deadline.objects.exists()
    desk.post(url("deadline_add", contract), data | {"warning_reason": "So im Vertrag"})
    assert Deadline.objects.get().kind == "termination"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2, 14, 7", [14, 7, 2]),
        ("7; 7 ;7", [7]),
        ("", []),
        (" , ,", []),
        ("0", [0]),
        ("365", [365]),
        ("1,2,3,4,5,6,7,8", [8, 7, 6, 5, 4, 3, 2, 1]),
    ],
)
def test_record_orders_the_days_of_warning(
    typed: str, kept: list[int], contract: Contract, desk: Client, kam: User
) -> None:
    desk.post(url("deadline_add", contract), deadline_data(kam, lead_days=typed))
    assert Deadline.objects.get().lead_days == kept


def test_change_shows_what_is_stored_and_moves_the_end(
    deadline: Deadline, desk: Client, kam: User
) -> None:
    response = desk.get(step("edit", deadline))
    assert "Frist bearbeiten" in words(response)
    assert steps(response)[-1][2] == "Do., 03.12.2026"
    data = deadline_data(kam, length="4", version="1")
    page = told(desk.post(step("edit", deadline), data), desk)
    assert "Gespeichert." in page
    deadline.refresh_from_db()
    assert deadline.due_on == dt.date(2026, 12, 10)
    assert deadline.original_due_on == dt.date(2026, 12, 3)


def test_change_behind_somebody_else_shows_both_and_goes_on(
    deadline: Deadline, desk: Client, leitung: User, client_for: ClientFor, kam: User
) -> None:
    other = deadline_data(kam, length="4", clause="Ziffer 18.2", version="1")
    client_for(leitung).post(step("edit", deadline), other)
    mine = deadline_data(kam, length="2", version="1")
    response = desk.post(step("edit", deadline), mine)
    assert response.status_code == 409
    page = words(response)
    assert "Maria Lindner hat dies am 23.11.2026" in page
    assert "Ihre Eingaben sind nicht verloren" in page
    found = {row.name: (row.mine, row.theirs) for row in response.context["conflict"].rows}
    assert found == {"length": ("2", "4"), "clause": ("–", "Ziffer 18.2")}
    assert response.context["form"]["version"].value() == "2"
    desk.post(step("edit", deadline), mine | {"version": "2"})
    deadline.refresh_from_db()
    assert (deadline.length, deadline.clause, deadline.version) == (2, "", 3)


@pytest.mark.parametrize("version", ["", "bald"])
def test_change_needs_the_version_the_user_saw(
    version: str, deadline: Deadline, desk: Client, kam: User
) -> None:
    data = deadline_data(kam, title="Anders", version=version)
    assert "version" in errors(desk.post(step("edit", deadline), data))
    deadline.refresh_from_db()
    assert deadline.title == "Abhilfefrist aus Abmahnung"


# The preview


def preview(desk: Client, target: str, data: dict[str, str], *, live: bool = True) -> Any:
    headers = {"HX-Request": "true"} if live else {}
    return desk.post(target, data | {"vorschau": "1"}, headers=headers)


def test_live_preview_is_a_fragment_with_the_steps(
    contract: Contract, desk: Client, kam: User
) -> None:
    response = preview(desk, url("deadline_add", contract), deadline_data(kam))
    assert response.status_code == 200
    page = response.content.decode()
    assert "<form" not in page
    assert "<html" not in page
    assert 'id="preview"' in page
    assert steps(response)[-1][2] == "Do., 03.12.2026"
    assert not Deadline.objects.exists()


def test_preview_without_script_keeps_the_whole_form(
    contract: Contract, desk: Client, kam: User
) -> None:
    data = deadline_data(kam, title="Meine Frist")
    response = preview(desk, url("deadline_add", contract), data, live=False)
    page = response.content.decode()
    assert 'value="Meine Frist"' in page
    assert 'name="vorschau"' in page
    assert steps(response)[-1][2] == "Do., 03.12.2026"


@pytest.mark.parametrize(
    ("changes", "title", "day"),
    [
        ({"unit": "days", "length": "10"}, "Dauer: 10 Tage", "So., 22.11.2026"),
        ({"unit": "working_days", "length": "5"}, "Dauer: 5 Arbeitstage", "Do., 19.11.2026"),
        ({"unit": "months", "length": "1"}, "Dauer: 1 Monat", "Sa., 12.12.2026"),
        (
            {"unit": "weeks", "length": "1", "counting": "same_day"},
            "Dauer: 1 Woche",
            "Mi., 18.11.2026",
        ),
        (
            {"unit": "fixed", "fixed_on": "16.01.2027", "received_on": "", "length": ""},
            "Festes Datum",
            "Sa., 16.01.2027",
        ),
    ],
)
def test_preview_counts_what_is_typed(
    changes: dict[str, str], title: str, day: str, contract: Contract, desk: Client, kam: User
) -> None:
    response = preview(desk, url("deadline_add", contract), deadline_data(kam, **changes))
    found = {name: on for name, _text, on in steps(response)}
    assert found[title] == day


@pytest.mark.parametrize(
    ("changes", "text", "end"),
    [
        (
            {"unit": "days", "length": "10"},
            "§ 193 BGB: kein Werktag in Bayern: So., 22.11.2026. Es gilt der nächste Werktag.",
            "Mo., 23.11.2026",
        ),
        (
            {"unit": "days", "length": "6", "bundesland": "SN"},
            (
                "§ 193 BGB: kein Werktag in Sachsen: Mi., 18.11.2026 (Buß- und Bettag). "
                "Es gilt der nächste Werktag."
            ),
            "Do., 19.11.2026",
        ),
        (
            {"unit": "days", "length": "6"},
            "§ 193 BGB: Werktag in Bayern. Das Ende verschiebt sich nicht.",
            "Mi., 18.11.2026",
        ),
    ],
)
def test_preview_knows_the_holidays_of_the_land(
    changes: dict[str, str], text: str, end: str, contract: Contract, desk: Client, kam: User
) -> None:
    response = preview(desk, url("deadline_add", contract), deadline_data(kam, **changes))
    found = steps(response)
    assert found[-2][0] == "Wochenende oder Feiertag?"
    assert (found[-2][1], found[-1][2]) == (text, end)


@pytest.mark.parametrize(
    "changes",
    [
        {"received_on": ""},
        {"received_on": "31.02.2026"},
        {"length": ""},
        {"length": "0"},
        {"length": "viel"},
        {"bundesland": ""},
        {"unit": "fixed"},
        {"manual_on": "24.12.2026"},
    ],
)
def test_preview_of_what_is_unfinished_asks_for_the_rest(
    changes: dict[str, str], contract: Contract, desk: Client, kam: User
) -> None:
    response = preview(desk, url("deadline_add", contract), deadline_data(kam, **changes))
    assert response.status_code == 200
    assert steps(response) == []
    assert (
        "Tragen Sie Zugang, Dauer und Einheit oder ein festes Datum ein, dazu die Feiertage: "
        "Dann stehen hier die Schritte."
    ) in words(response)


def test_preview_needs_neither_title_nor_owner(contract: Contract, desk: Client, kam: User) -> None:
    data = deadline_data(kam, title="", owner="", action="", kind="")
    response = preview(desk, url("deadline_add", contract), data)
    assert steps(response)[-1][2] == "Do., 03.12.2026"


def test_preview_of_a_change_adds_what_the_client_held(
    contract: Contract, deadline: Deadline, desk: Client, kam: User
) -> None:
    for what, days in (("Zutritt Haus C", (16, 18)), ("Freigabe", (18, 20))):
        first, last = (dt.date(2026, 11, day) for day in days)
        row = ClientObligationFactory(contract=contract, what=what, since=first, until=last)
        row.pauses.add(deadline)
    response = preview(desk, step("edit", deadline), deadline_data(kam, version="1"))
    assert steps(response)[3:] == [
        (
            "Ruhen 16.11.–20.11.2026",
            "5 Tage kommen hinzu: Zutritt Haus C, Freigabe",
            "Di., 08.12.2026",
        ),
        (
            "Wochenende oder Feiertag?",
            "§ 193 BGB: Werktag in Bayern. Das Ende verschiebt sich nicht.",
            "Di., 08.12.2026",
        ),
        ("Ende", "08.12.2026, 24:00\u00a0Uhr. Rechtsprüfung erforderlich.", "Di., 08.12.2026"),
    ]
    deadline.refresh_from_db()
    assert deadline.due_on == dt.date(2026, 12, 3)


def test_preview_of_a_change_leads_back_to_the_deadline(
    deadline: Deadline, desk: Client, kam: User
) -> None:
    response = preview(desk, step("edit", deadline), deadline_data(kam, version="1"), live=False)
    assert response.context["back"] == deadline.get_absolute_url()
    assert "Frist bearbeiten" in words(response)
