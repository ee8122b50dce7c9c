"""What each room shows of its hits, to whom, and where they lead."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Model

from accounts.enums import Role
from accounts.models import User
from tests.audits.factories import AuditFactory, FindingFactory
from tests.cases.factories import active_case
from tests.cases.papers import TODAY, incident_in, paper_in
from tests.clients.factories import ClientFactory, ContactFactory
from tests.contracts.factories import ContractFactory
from tests.dialogue.factories import CommitmentFactory
from tests.factories import UserFactory
from tests.plans.factories import MeasureFactory, plan_of
from winback.cases.enums import Function, Status
from winback.cases.models import Case, CaseMember
from winback.common import search
from winback.common.search import Hit

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(kam: User, operativ: User) -> Case:
    client = ClientFactory(name="Kranzeder Kliniken", number="K-100")
    contract = ContractFactory(client=client, title="Rahmenvertrag", number="RV-77")
    return active_case(owner=kam, client=client, contract=contract, team=[operativ])


def only(user: User, text: str, group: str) -> Hit:
    """The one hit of one group."""
    (found,) = [each for each in search.search(user, text) if each.key == group]
    (hit,) = found.hits
    return hit


def keys(user: User, text: str) -> set[str]:
    return {group.key for group in search.search(user, text)}


# What a hit says


def test_case_shows_client_and_number(case: Case, kam: User) -> None:
    hit = only(kam, "kranzeder", "cases")
    assert (hit.label, hit.context) == ("Kranzeder Kliniken", case.number)
    assert hit.url == case.get_absolute_url()


def test_case_is_found_by_a_part_of_its_number(case: Case, kam: User) -> None:
    assert only(kam, case.number[-6:], "cases").context == case.number


def test_client_shows_its_number(case: Case, kam: User) -> None:
    hit = only(kam, "k-100", "clients")
    assert (hit.label, hit.context) == ("Kranzeder Kliniken", "K-100")
    assert hit.url == case.client.get_absolute_url()


@pytest.mark.parametrize("text", ["brandt", "henrik brandt", "HENRIK", "leiter betrieb", "@kr"])
def test_contact_is_found_by_name_function_and_address(case: Case, kam: User, text: str) -> None:
    contact = ContactFactory(
        client=case.client,
        first_name="Henrik",
        last_name="Brandt",
        function="Leiter Betrieb",
        email="h.brandt@kranzeder.example",
    )
    hit = only(kam, text, "contacts")
    assert hit.label == "Henrik Brandt"
    assert hit.context == "Kranzeder Kliniken · Leiter Betrieb"
    assert hit.url == contact.get_absolute_url()


def test_contact_without_first_name_and_function_is_shown_plainly(case: Case, kam: User) -> None:
    ContactFactory(client=case.client, first_name="", last_name="Petersen", function="")
    hit = only(kam, "petersen", "contacts")
    assert (hit.label, hit.context) == ("Petersen", "Kranzeder Kliniken")


@pytest.mark.parametrize("text", ["rahmenvertrag", "rv-77", "RV-77"])
def test_contract_is_found_by_title_and_number(case: Case, kam: User, text: str) -> None:
    hit = only(kam, text, "contracts")
    assert (hit.label, hit.context) == ("Rahmenvertrag", "Kranzeder Kliniken · RV-77")


def test_contract_without_a_number_is_found(case: Case, kam: User) -> None:
    ContractFactory(client=case.client, title="Winterdienst", number="")
    assert only(kam, "winterdienst", "contracts").context == "Kranzeder Kliniken"


def _measure(case: Case) -> Model:
    row: Model = MeasureFactory(plan=plan_of(case), title="Sonderreinigung Foyer")
    return row


def _commitment(case: Case) -> Model:
    row: Model = CommitmentFactory(case=case, what="Sonderreinigung Foyer bis Freitag")
    return row


def _finding(case: Case) -> Model:
    audit = AuditFactory(case=case)
    row: Model = FindingFactory(audit=audit, statement="Sonderreinigung Foyer fehlt")
    return row


def _document(case: Case) -> Model:
    return paper_in(case, title="Sonderreinigung Foyer Bilder")


IN_CASE = {
    "measures": _measure,
    "commitments": _commitment,
    "findings": _finding,
    "documents": _document,
}


@pytest.mark.parametrize("group", IN_CASE)
def test_thing_of_a_case_says_client_and_case_and_leads_there(
    case: Case, kam: User, group: str
) -> None:
    row: Any = IN_CASE[group](case)
    hit = only(kam, "sonderreinigung  FOYER", group)
    assert "Sonderreinigung Foyer" in hit.label
    assert hit.context == f"Kranzeder Kliniken · {case.number}"
    assert hit.url == row.get_absolute_url()


def test_incident_leads_to_the_chronology(case: Case, kam: User) -> None:
    incident_in(case, what="Schlüssel verlegt", consequence="Zutritt erst am Folgetag")
    hit = only(kam, "folgetag", "incidents")
    assert hit.label == "Schlüssel verlegt"
    assert hit.url.endswith("/verlauf/?thema=vorfaelle")


def test_audit_is_found_by_its_template(case: Case, kam: User) -> None:
    audit = AuditFactory(case=case)
    name = audit.version_used.template.name_de
    hit = only(kam, name, "audits")
    assert hit.label == f"{audit.number} · {name}"


def test_long_statement_is_cut(case: Case, kam: User) -> None:
    FindingFactory(audit=AuditFactory(case=case), statement="Fluchtweg " * 60)
    assert len(only(kam, "fluchtweg", "findings").label) < 140


# Who finds it


@pytest.mark.parametrize("group", IN_CASE)
@pytest.mark.parametrize(
    ("who", "finds"),
    [("kam", True), ("operativ", True), ("leitung", True), ("qm", True), ("fremde", False)],
)
def test_case_decides_who_finds_what_is_in_it(
    case: Case, request: pytest.FixtureRequest, group: str, who: str, finds: bool
) -> None:
    IN_CASE[group](case)
    assert (group in keys(request.getfixturevalue(who), "sonderreinigung")) is finds


@pytest.mark.parametrize(("who", "finds"), [("kam", True), ("leitung", True), ("qm", False)])
def test_confidential_case_is_found_by_team_and_board_alone(
    case: Case, request: pytest.FixtureRequest, who: str, finds: bool
) -> None:
    Case.objects.filter(pk=case.pk).update(is_confidential=True)
    _measure(case)
    found = keys(request.getfixturevalue(who), "sonderreinigung")
    assert found == ({"measures"} if finds else set())


def test_who_has_left_the_team_finds_nothing_any_more(case: Case, operativ: User) -> None:
    _measure(case)
    CaseMember.objects.filter(case=case, user=operativ).update(left_on=TODAY)
    assert keys(operativ, "sonderreinigung") == set()


def test_operations_find_no_clients(case: Case, operativ: User) -> None:
    ContactFactory(client=case.client, last_name="Petersen")
    assert keys(operativ, "kranzeder") == {"cases"}
    assert keys(operativ, "petersen") == set()


def test_member_in_two_functions_counts_once(case: Case, kam: User) -> None:
    CaseMember.objects.create(
        case=case, user=kam, function=Function.CONTRIBUTOR, joined_on=case.opened_on
    )
    _measure(case)
    (group,) = search.search(kam, "sonderreinigung")
    assert (group.count, len(group.hits)) == (1, 1)


@pytest.mark.parametrize("status", [Status.WON, Status.LOST, Status.PARTED])
def test_ended_cases_are_found_too(case: Case, kam: User, status: Status) -> None:
    case.status, case.closed_on = status, TODAY
    case.save()
    assert only(kam, "kranzeder", "cases").url == case.get_absolute_url()


def test_hits_are_in_the_order_of_the_alphabet(kam: User) -> None:
    for name in ("Zeta Bau", "Äther Bau", "Alpha Bau", "omega Bau"):
        active_case(owner=kam, client=ClientFactory(name=name))
    (group,) = [each for each in search.search(kam, "bau") if each.key == "cases"]
    assert [hit.label for hit in group.hits] == ["Alpha Bau", "Äther Bau", "omega Bau", "Zeta Bau"]


def test_groups_come_in_a_fixed_order(case: Case, kam: User) -> None:
    ContactFactory(client=case.client, last_name="Kranzeder")
    MeasureFactory(plan=plan_of(case), title="Kranzeder anrufen")
    paper_in(case, title="Kranzeder Protokoll")
    found = [group.key for group in search.search(kam, "kranzeder")]
    assert found == ["cases", "clients", "contacts", "measures", "documents"]


def test_admin_without_a_case_finds_clients_alone(case: Case) -> None:
    admin = UserFactory(role=Role.OPERATIONS, is_administrator=True)
    assert keys(admin, "kranzeder") == {"clients"}
