"""Search over all rooms: what is found, by whom, and how little it asks."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.audits.factories import AuditFactory, FindingFactory
from tests.cases.factories import CaseFactory, active_case
from tests.cases.papers import incident_in, paper_in
from tests.clients.factories import ClientFactory, ContactFactory
from tests.conftest import ClientFor
from tests.contracts.factories import ContractFactory
from tests.dialogue.factories import CommitmentFactory
from tests.plans.factories import MeasureFactory, plan_of
from tests.statements import statements
from winback.cases.models import Case
from winback.clients.models import Client as Customer
from winback.common import search
from winback.common.search import Group
from winback.common.textsearch import folding_pattern, normalise

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Client:
    return client_for(kam)


def url(text: str) -> str:
    return f"{reverse('dashboards:search')}?q={text}"


def groups(user: User, text: str) -> dict[str, Group]:
    return {group.key: group for group in search.search(user, text)}


@pytest.fixture
def full_case(kam: User) -> Case:
    """A case in which every kind of thing speaks of the Glasaufzug."""
    customer = ClientFactory(name="Glasaufzug Süßmann GmbH")
    contract = ContractFactory(client=customer, title="Wartung Glasaufzug", number="V-4711")
    case = active_case(owner=kam, client=customer, contract=contract)
    ContactFactory(client=customer, last_name="Glasaufzügler")
    MeasureFactory(plan=plan_of(case), title="GLASAUFZUG prüfen")
    CommitmentFactory(case=case, what="Wir reinigen den Glasaufzug")
    FindingFactory(audit=AuditFactory(case=case), statement="Der Glasaufzug ist verschmutzt")
    paper_in(case, title="Prüfbuch Glasaufzug")
    incident_in(case, what="Glasaufzug blieb stehen")
    return case


def test_every_room_is_searched_in_one_statement(full_case: Case, kam: User) -> None:
    found = groups(kam, "glasaufzug")
    assert {
        "cases",
        "clients",
        "contacts",
        "contracts",
        "measures",
        "commitments",
        "findings",
        "documents",
        "incidents",
    } <= set(found)
    assert all(group.count == 1 for group in found.values())
    for group in found.values():
        (hit,) = group.hits
        assert hit.label
        assert hit.url.startswith("/")


def test_every_hit_opens(full_case: Case, kam: User, desk: Client) -> None:
    for group in groups(kam, "glasaufzug").values():
        assert desk.get(group.hits[0].url, follow=True).status_code == 200, group.key


def test_page_stays_within_its_statements(full_case: Case, kam: User, desk: Client) -> None:
    few = len(statements(desk, url("glasaufzug")))
    for number in range(3):
        MeasureFactory(plan=plan_of(full_case), title=f"Glasaufzug {number}")
    assert len(statements(desk, url("glasaufzug"))) == few <= 10


@pytest.mark.parametrize(
    "text", ["süßmann", "SÜSSMANN", "sussmann", "SUSSMANN", "  Süßmann  ", "smann gmbh"]
)
def test_umlauts_capitals_and_spaces_do_not_matter(full_case: Case, kam: User, text: str) -> None:
    assert groups(kam, text)["clients"].hits[0].label == "Glasaufzug Süßmann GmbH"


@pytest.mark.parametrize("text", ["glasaufzugler", "GLASAUFZÜGLER", "glasaufzügler"])
def test_columns_without_a_search_key_fold_alike(full_case: Case, kam: User, text: str) -> None:
    assert groups(kam, text)["contacts"].count == 1


@pytest.mark.parametrize("text", ["", "g", " ü ", "%%", "__", "\\", "' OR 1=1 --", "nichtda"])
def test_short_odd_and_absent_words_find_nothing(full_case: Case, kam: User, text: str) -> None:
    assert groups(kam, text) == {}


def test_nobody_finds_what_they_may_not_see(
    full_case: Case, fremde: User, auditor: User, operativ: User
) -> None:
    assert set(groups(fremde, "glasaufzug")) == {"clients", "contacts"}
    assert groups(auditor, "glasaufzug") == {}
    assert groups(operativ, "glasaufzug") == {}


def test_auditor_finds_own_audits(full_case: Case, auditor: User) -> None:
    audit = AuditFactory(case=full_case, owner=auditor)
    FindingFactory(audit=audit, statement="Glasaufzug ohne Prüfplakette")
    assert groups(auditor, "prufplakette")["findings"].count == 1


def test_group_counts_all_and_shows_the_first(kam: User) -> None:
    for number in range(search.SHOWN + 2):
        CaseFactory(owner=kam, client=ClientFactory(name=f"Viele {number}"))
    group = groups(kam, "viele")["cases"]
    assert (group.count, len(group.hits)) == (search.SHOWN + 2, search.SHOWN)
    assert group.more_url == f"{reverse('cases:list')}?q=viele"


def test_page_says_how_many_and_where_the_rest_is(kam: User, desk: Client) -> None:
    for number in range(search.SHOWN + 1):
        CaseFactory(owner=kam, client=ClientFactory(name=f"Viele {number}"))
    page = desk.get(url("viele")).content.decode()
    assert "14 Treffer für „viele“" in page
    assert "Alle zeigen" in page
    assert 'value="viele"' in page


def test_page_explains_itself_and_says_when_there_is_nothing(desk: Client) -> None:
    assert "mindestens zwei Buchstaben" in desk.get(url("")).content.decode()
    assert "mindestens zwei Buchstaben" in desk.get(url("x")).content.decode()
    assert "Nichts, was Sie sehen dürfen" in desk.get(url("nichtda")).content.decode()


def test_words_are_shown_as_words(desk: Client) -> None:
    page = desk.get(reverse("dashboards:search"), {"q": "<script>alert(1)</script>"})
    assert "<script>alert" not in page.content.decode()


def test_exact_number_leads_to_the_thing(full_case: Case, desk: Client) -> None:
    finding = FindingFactory(audit=AuditFactory(case=full_case))
    for number, thing in (
        (full_case.number, full_case),
        (f" {full_case.number.lower()} ", full_case),
        (finding.number, finding),
        (finding.audit.number, finding.audit),
    ):
        response = desk.get(reverse("dashboards:search"), {"q": number})
        assert response["Location"] == thing.get_absolute_url()


def test_number_of_a_foreign_thing_leads_nowhere(
    full_case: Case, fremde: User, client_for: ClientFor
) -> None:
    audit = AuditFactory(case=full_case)
    finding = FindingFactory(audit=audit)
    for number in (full_case.number, audit.number, finding.number, "A-9999", "F-9999"):
        response = client_for(fremde).get(reverse("dashboards:search"), {"q": number})
        assert response.status_code == 200


def test_documents_are_found_by_the_name_of_the_file(full_case: Case, kam: User) -> None:
    assert groups(kam, "protokoll.pdf")["documents"].hits[0].label == "Prüfbuch Glasaufzug"


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("gruss", "Gruß", True),
        ("GRUSS", "schöne GRÜSSE", True),
        ("gruß", "Grüsse", True),
        ("cafe coracao", "Café   Coração", True),
        ("skoda", "ŠKODA", True),
        ("ärger", "Arger", True),
        ("a.b", "axb", False),
        ("a.b", "A.B", True),
        ("(x)", "Y (X)", True),
        ("[a-z]", "b", False),
        ("c++", "C++", True),
        ("50 %", "50 % mehr", True),
        ("rg-2026", "RG-2026-0001", True),
        ("dass", "das", False),
    ],
)
def test_pattern_allows_umlauts_accents_and_capitals(text: str, name: str, found: bool) -> None:
    assert bool(re.search(folding_pattern(text), name)) is found


@pytest.mark.parametrize("text", ["Ärger", "Straße ẞ", "Café Coração", "ŠKODA Ćwik", "a*b?c|d^$"])
def test_database_finds_every_text_by_its_folded_form(db: None, text: str) -> None:
    ClientFactory(name=f"Vor {text} nach")
    ClientFactory(name="Anderes")
    found = Customer.objects.filter(name__regex=folding_pattern(normalise(text)))
    assert found.count() == 1
