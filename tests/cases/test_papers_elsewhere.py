"""Papers that other rooms hold about a case, gathered on its page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import User
from tests.cases.factories import active_case
from tests.cases.papers import paper_in
from tests.clients.factories import ContactFactory
from tests.conftest import ClientFor
from tests.dialogue.factories import CommitmentFactory
from tests.documents.factories import document
from tests.statements import statements
from winback.cases.models import Case
from winback.clients.models import Consent
from winback.clients.rows.papers import consent_papers
from winback.contracts.models import Amendment, Contract
from winback.contracts.permissions import paper_of
from winback.contracts.rows.papers import contract_papers
from winback.dialogue.rows.papers import commitment_papers

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


def amendment(case: Case) -> Amendment:
    """A settlement paper with its signed original."""
    return Amendment.objects.create(
        contract=case.contract,
        kind="settlement",
        title="Einigung vom Sommer",
        signed_on=dt.date(2026, 7, 1),
        owner=case.owner,
        document=document("Einigungspapier", valid_until=dt.date(2027, 1, 31)),
    )


def test_signed_paper_of_the_contract_is_listed_and_can_be_opened(case: Case, kam: User) -> None:
    row = amendment(case)
    document("gehört niemandem")
    (paper,) = contract_papers(kam, case)
    contract = case.contract
    assert isinstance(contract, Contract)
    assert (paper.title, paper.belongs_to) == ("Einigungspapier", contract.title)
    assert paper.valid_until == dt.date(2027, 1, 31)
    assert paper.file_name == "Protokoll.pdf"
    assert row.document is not None
    assert paper_of(contract, row.document_id) == row.document
    assert paper.file_url.endswith(f"/{row.document_id}/")


def test_papers_of_the_contract_stay_with_those_who_see_its_register(
    case: Case, fremde: User
) -> None:
    amendment(case)
    assert list(contract_papers(fremde, case)) == []


def test_case_without_contract_has_no_papers_of_one(kam: User) -> None:
    assert list(contract_papers(kam, active_case(owner=kam, contract=None))) == []


def consent(case: Case) -> Consent:
    return Consent.objects.create(
        contact=ContactFactory(client=case.client, last_name="Brandt"),
        channel="mail",
        purpose="advertising",
        wording="Ja, bitte senden Sie mir Neuigkeiten.",
        source="written",
        recorded_by=case.owner,
        given_on=dt.date(2026, 5, 4),
        proof=document("Einwilligung Brandt"),
    )


def test_proof_of_a_consent_is_listed_for_who_keeps_client_data(
    case: Case, kam: User, qm: User
) -> None:
    row = consent(case)
    (paper,) = consent_papers(kam, case)
    assert (paper.title, paper.kind) == ("Einwilligung Brandt", "Nachweis einer Einwilligung")
    assert paper.belongs_to == row.contact.name
    assert paper.belongs_url == row.contact.get_absolute_url()
    assert list(consent_papers(qm, case)) == []


def test_consents_of_other_clients_are_left_out(case: Case, kam: User) -> None:
    consent(active_case(owner=kam))
    assert list(consent_papers(kam, case)) == []


def test_proof_of_a_release_is_listed_with_its_promise(case: Case, kam: User) -> None:
    row = CommitmentFactory(
        case=case,
        what="Glasreinigung Haus C",
        released_on=dt.date(2026, 11, 20),
        proof="E-Mail vom 20. November",
        proof_document=document("Freigabe"),
    )
    CommitmentFactory(case=case, what="ohne Nachweis")
    (paper,) = commitment_papers(kam, case)
    assert (paper.title, paper.belongs_to) == ("Freigabe", "Glasreinigung Haus C")
    assert paper.kind == "Nachweis der Entlassung aus einer Zusage"
    assert paper.belongs_url == row.get_absolute_url()


def test_papers_of_all_rooms_stand_on_one_page(
    case: Case, kam: User, client_for: ClientFor
) -> None:
    amendment(case)
    consent(case)
    paper_in(case)
    desk = client_for(kam)
    place = reverse("cases:documents", args=[case.number])
    few = len(statements(desk, place))
    page = desk.get(place).content.decode()
    assert "Einigungspapier" in page
    assert "Einwilligung Brandt" in page
    consent(case)
    paper_in(case, title="Zweites")
    assert len(statements(desk, place)) == few <= 12
