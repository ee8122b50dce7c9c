"""Every form with bad input: 422, German message at the field, input kept, nothing saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from audits.enums import FindingStatus
from tests.audits.factories import AuditFactory, FindingFactory
from tests.causes.factories import CategoryFactory, CauseFactory, GroupFactory, prove
from tests.conftest import ClientFor
from winback.cases.models import Case
from winback.causes.enums import Controllability
from winback.causes.models import Cause, CauseCategory, CauseEvidence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
REQUIRED = "Dieses Feld ist zwingend erforderlich."


@pytest.fixture
def browser(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def create_url(case: Case) -> str:
    return f"/faelle/{case.number}/ursachen/neu/"


def entry(category: CauseCategory, **more: Any) -> dict[str, Any]:
    return {
        "category": category.pk,
        "statement": "Zu knapp kalkuliert.",
        "perspective": "client",
        "is_changeable": "on",
        **more,
    }


def assert_rejected(response: Any, field: str, message: str) -> None:
    """Shown at the field and in the summary."""
    assert response.status_code == 422
    assert response.context["form"].errors[field] == [message]
    page = response.content.decode()
    assert f'id="id_{field}_error"' in page
    assert page.count(message) >= 2


def test_create_takes_controllability_from_the_category(browser: Client, case: Case) -> None:
    external = CategoryFactory(controllability=Controllability.EXTERNAL)
    response = browser.post(create_url(case), entry(external, share="45"))
    cause = Cause.objects.get()
    assert response["Location"] == cause.get_absolute_url()
    assert (cause.controllability, cause.share) == (Controllability.EXTERNAL, 45)


def test_create_lets_a_person_judge_otherwise(browser: Client, case: Case) -> None:
    browser.post(create_url(case), entry(CategoryFactory(), controllability="shared"))
    assert Cause.objects.get().controllability == Controllability.SHARED


def test_create_offers_causes_below_their_groups(browser: Client, case: Case) -> None:
    shown, gone = CategoryFactory(), CategoryFactory(active=False)
    form = browser.get(create_url(case)).context["form"]
    assert form.fields["category"].choices[1:] == [
        ("Angebot und Versprechen", [(str(shown.pk), shown.name_de)])
    ]
    assert str(gone.pk) not in form.fields["category"].rows


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"category": ""}, "category", REQUIRED),
        ({"statement": " "}, "statement", REQUIRED),
        ({"share": "0"}, "share", "Dieser Wert muss größer oder gleich 1 sein."),
        ({"share": "101"}, "share", "Dieser Wert muss kleiner oder gleich 100 sein."),
        ({"share": "viel"}, "share", "Geben Sie eine ganze Zahl ein."),
        (
            {"perspective": "gott"},
            "perspective",
            "Bitte eine gültige Auswahl treffen. gott ist keine gültige Auswahl.",
        ),
        (
            {"controllability": "x"},
            "controllability",
            "Bitte eine gültige Auswahl treffen. x ist keine gültige Auswahl.",
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_create_rejects(
    browser: Client, case: Case, wrong: dict[str, str], field: str, message: str
) -> None:
    data = entry(CategoryFactory(), statement="Bleibt stehen.") | wrong
    response = browser.post(create_url(case), data)
    assert_rejected(response, field, message)
    if "statement" not in wrong:
        assert "Bleibt stehen." in response.content.decode()
    assert not Cause.objects.exists()


def test_create_rejects_a_group_as_category(browser: Client, case: Case) -> None:
    response = browser.post(create_url(case), entry(GroupFactory()))
    assert response.status_code == 422
    assert "category" in response.context["form"].errors


def test_create_rejects_text_that_is_too_long(browser: Client, case: Case) -> None:
    response = browser.post(create_url(case), entry(CategoryFactory(), statement="x" * 2001))
    assert response.status_code == 422
    assert "höchstens 2000 Zeichen" in response.context["form"].errors["statement"][0]
    assert "x" * 2001 in response.content.decode()


def test_create_asks_who_controls_what_the_category_does_not_say(
    browser: Client, case: Case
) -> None:
    response = browser.post(create_url(case), entry(CategoryFactory(controllability="")))
    message = "Geben Sie an, ob wir sie beeinflussen können."
    assert_rejected(response, "controllability", message)


def test_create_warns_against_naming_persons(browser: Client, case: Case) -> None:
    page = browser.get(create_url(case)).content.decode()
    assert "Ursachen nennen keine Person." in page


def test_edit_shows_what_stands_even_when_the_category_is_gone(browser: Client, case: Case) -> None:
    category = CategoryFactory(active=False)
    cause = CauseFactory(case=case, category=category, share=30, controllability="shared")
    page = browser.get(f"{cause.get_absolute_url()}bearbeiten/").content.decode()
    assert f'<option value="{category.pk}" selected>' in page
    assert '<option value="shared" selected>' in page
    assert 'value="30"' in page


def test_edit_saves_and_returns_to_the_cause(browser: Client, case: Case) -> None:
    cause = CauseFactory(case=case, share=30)
    data = entry(cause.category, statement="Anders.", share="", version=1)
    del data["is_changeable"]
    response = browser.post(f"{cause.get_absolute_url()}bearbeiten/", data)
    assert response["Location"] == cause.get_absolute_url()
    cause.refresh_from_db()
    assert (cause.statement, cause.share, cause.is_changeable) == ("Anders.", None, False)


def evidence_url(cause: Cause) -> str:
    return f"{cause.get_absolute_url()}belege/neu/"


def test_evidence_needs_a_finding_or_words(browser: Client, case: Case) -> None:
    cause = CauseFactory(case=case)
    FindingFactory(audit=AuditFactory(case=case))
    response = browser.post(evidence_url(cause), {"source": "  "})
    message = "Wählen Sie eine Feststellung oder beschreiben Sie die Quelle."
    assert_rejected(response, "source", message)
    assert not CauseEvidence.objects.exists()


def test_evidence_needs_words_where_the_case_has_no_finding(browser: Client, case: Case) -> None:
    cause = CauseFactory(case=case)
    response = browser.post(evidence_url(cause), {"source": ""})
    assert_rejected(response, "source", REQUIRED)


def test_evidence_rejects_words_that_are_too_long(browser: Client, case: Case) -> None:
    response = browser.post(evidence_url(CauseFactory(case=case)), {"source": "x" * 251})
    assert response.status_code == 422
    assert "höchstens 250 Zeichen" in response.context["form"].errors["source"][0]
    assert "x" * 251 in response.content.decode()


def test_evidence_rejects_the_finding_of_another_case(browser: Client, case: Case) -> None:
    cause, foreign = CauseFactory(case=case), FindingFactory()
    FindingFactory(audit=AuditFactory(case=case))
    response = browser.post(evidence_url(cause), {"finding": foreign.pk, "source": ""})
    assert response.status_code == 422
    assert "finding" in response.context["form"].errors


def test_evidence_offers_findings_of_the_case_not_used_and_not_withdrawn(
    browser: Client, case: Case
) -> None:
    cause, audit = CauseFactory(case=case), AuditFactory(case=case)
    free, used = FindingFactory(audit=audit), FindingFactory(audit=audit)
    FindingFactory(audit=audit, status=FindingStatus.WITHDRAWN, withdrawn_reason="unbegründet")
    prove(cause, finding=used)
    field = browser.get(evidence_url(cause)).context["form"].fields["finding"]
    assert list(field.rows.values()) == [free]
    assert dict(field.choices)[str(free.pk)].startswith(f"{free.number} · Sanitärbereich")


def test_evidence_by_finding_is_added(browser: Client, case: Case) -> None:
    cause, finding = CauseFactory(case=case), FindingFactory(audit=AuditFactory(case=case))
    response = browser.post(evidence_url(cause), {"finding": finding.pk, "source": ""})
    assert response["Location"] == cause.get_absolute_url()
    assert cause.evidence.get().finding == finding


def test_step_without_the_version_is_rejected(browser: Client, case: Case) -> None:
    cause = CauseFactory(case=case)
    response = browser.post(f"{cause.get_absolute_url()}hauptursache/", {"version": "x"})
    assert response.status_code == 422
    cause.refresh_from_db()
    assert not cause.is_primary


def test_cause_stands_on_the_axis_of_its_category_unless_told(browser: Client, case: Case) -> None:
    category = CategoryFactory(axis="contract")
    browser.post(create_url(case), entry(category))
    browser.post(create_url(case), entry(category, axis="people"))
    first, second = Cause.objects.order_by("pk")
    assert (first.axis, first.bone) == ("", "contract")
    assert (second.axis, second.bone) == ("people", "people")


def test_axis_nobody_knows_is_rejected(browser: Client, case: Case) -> None:
    response = browser.post(create_url(case), entry(CategoryFactory(), axis="stars"))
    message = "Bitte eine gültige Auswahl treffen. stars ist keine gültige Auswahl."
    assert_rejected(response, "axis", message)


def test_edit_shows_the_axis_that_was_chosen(browser: Client, case: Case) -> None:
    cause = CauseFactory(case=case, axis="people")
    page = browser.get(f"{cause.get_absolute_url()}bearbeiten/").content.decode()
    assert '<option value="people" selected>' in page
