"""Kind, predecessor, independence, mandate and record of an audit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from audits import rules, services
from audits.enums import AuditKind, AuditStatus, Confidentiality, Grade, OwnWork
from audits.models import Audit, Finding
from audits.rows import mandate
from tests.audits.factories import AuditFactory, FindingFactory, template_version
from tests.clients.factories import SiteFactory
from tests.conftest import ClientFor
from tests.factories import UserFactory
from tests.statements import statements
from winback.cases.enums import Function
from winback.cases.models import Case, CaseMember
from winback.common.claims import StaleVersion

DAY = dt.date(2026, 11, 23)

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def earlier(case: Case, qm: User) -> Audit:
    """A finished audit of the case."""
    return AuditFactory(case=case, owner=qm, status=AuditStatus.FINISHED)


def plan(case: Case, lead: User, **changes: Any) -> Audit:
    given: dict[str, Any] = {
        "template": template_version().template,
        "site": SiteFactory(client=case.client),
        "owner": lead,
        "due_on": DAY,
    }
    return services.plan_audit(case=case, actor=lead, today=DAY, changes=given | changes)


# --- kind and predecessor -------------------------------------------------------------------


def test_plan_takes_the_kind_of_the_template_unless_told_else(case: Case, qm: User) -> None:
    assert plan(case, qm).kind == AuditKind.INTERNAL
    assert plan(case, qm, kind=AuditKind.JOINT).kind == AuditKind.JOINT


def test_follow_up_keeps_its_predecessor(case: Case, qm: User, earlier: Audit) -> None:
    audit = plan(case, qm, kind=AuditKind.FOLLOW_UP, previous=earlier)
    assert audit.previous == earlier
    assert list(earlier.followers.all()) == [audit]


def test_follow_up_without_predecessor_is_refused_by_service_and_database(
    case: Case, qm: User, audit: Audit
) -> None:
    with pytest.raises(services.NotReady) as refused:
        plan(case, qm, kind=AuditKind.FOLLOW_UP)
    assert refused.value.field == "previous"
    with transaction.atomic(), pytest.raises(IntegrityError):
        Audit.objects.filter(pk=audit.pk).update(kind=AuditKind.FOLLOW_UP)


@pytest.mark.parametrize("wrong", ["open", "foreign"])
def test_predecessor_is_a_finished_audit_of_the_same_case(
    case: Case, qm: User, audit: Audit, wrong: str
) -> None:
    previous = {"open": audit, "foreign": AuditFactory(status=AuditStatus.FINISHED)}[wrong]
    with pytest.raises(services.NotReady) as refused:
        plan(case, qm, previous=previous)
    assert refused.value.field == "previous"
    assert not case.audits.exclude(pk=audit.pk).exists()


def test_turning_an_audit_into_a_follow_up_needs_the_predecessor(audit: Audit, qm: User) -> None:
    with pytest.raises(services.NotReady):
        services.change_audit(
            audit=audit, version=1, actor=qm, today=DAY, changes={"kind": AuditKind.FOLLOW_UP}
        )


# --- nobody audits their own work -----------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([7], None),
        ([1], (1, OwnWork.CASE)),
        ([2], (2, OwnWork.SERVICE)),
        ([3], (3, OwnWork.CORRECTION)),
        ([7, 3, 1], (3, OwnWork.CORRECTION)),
        ([], None),
    ],
)
def test_own_work_names_the_first_who_is_not_independent(
    people: list[int], expected: tuple[int, OwnWork] | None
) -> None:
    assert rules.own_work(people, case_owner=1, in_charge={2}, corrected={3}) == expected


def test_own_work_of_a_case_without_an_owner_concerns_nobody() -> None:
    assert rules.own_work([1], case_owner=None, in_charge=(), corrected=()) is None


def test_owner_of_the_case_leads_no_audit_of_it(case: Case, kam: User) -> None:
    with pytest.raises(services.NotIndependent) as refused:
        plan(case, kam)
    assert refused.value.field == "owner"
    assert refused.value.message == (
        "Niemand prüft die eigene Arbeit: Aylin Kaya verantwortet den Fall. "
        "Bitte eine andere Person wählen."
    )
    assert not Audit.objects.exists()


@pytest.mark.parametrize("function", [Function.OPERATIONS_LEAD, Function.TECHNICIAN])
def test_who_runs_the_service_is_not_in_the_team(
    case: Case, qm: User, operativ: User, function: Function
) -> None:
    CaseMember.objects.create(case=case, user=operativ, function=function, joined_on=DAY)
    with pytest.raises(services.NotIndependent) as refused:
        plan(case, qm, team=[operativ])
    assert refused.value.field == "team"


def test_who_ran_the_service_once_or_only_contributes_may_audit(
    case: Case, qm: User, operativ: User
) -> None:
    CaseMember.objects.create(
        case=case, user=operativ, function=Function.OPERATIONS_LEAD, joined_on=DAY, left_on=DAY
    )
    assert list(plan(case, qm, team=[operativ]).team.all()) == [operativ]


def test_who_had_to_correct_does_not_judge_the_correction(
    case: Case, qm: User, earlier: Audit
) -> None:
    fixer = UserFactory(role=Role.QUALITY_MANAGER)
    praised = UserFactory(role=Role.QUALITY_MANAGER)
    FindingFactory(audit=earlier, owner=fixer)
    FindingFactory(audit=earlier, owner=praised, grade=Grade.STRENGTH)
    with pytest.raises(services.NotIndependent):
        plan(case, fixer, kind=AuditKind.FOLLOW_UP, previous=earlier)
    assert plan(case, praised, kind=AuditKind.FOLLOW_UP, previous=earlier).owner == praised


def test_change_of_the_lead_asks_again_but_not_that_of_words(
    audit: Audit, qm: User, kam: User
) -> None:
    with pytest.raises(services.NotIndependent):
        services.change_audit(audit=audit, version=1, actor=qm, today=DAY, changes={"owner": kam})
    Audit.objects.update(owner=kam)
    stored = Audit.objects.get()
    services.change_audit(audit=stored, version=1, actor=qm, today=DAY, changes={"scope": "Haus B"})
    assert Audit.objects.get().scope == "Haus B"


# --- the forms ------------------------------------------------------------------------------


@pytest.fixture
def plan_data(case: Case, qm: User) -> dict[str, Any]:
    return {
        "template": str(template_version().template.pk),
        "site": str(SiteFactory(client=case.client).pk),
        "owner": str(qm.pk),
        "due_on": "30.11.2026",
    }


def test_plan_form_says_at_the_field_who_is_not_independent(
    client_for: ClientFor, kam: User, case: Case, plan_data: dict[str, Any]
) -> None:
    url = reverse("audits:plan", args=[case.number])
    page = client_for(kam).post(url, plan_data | {"owner": str(kam.pk), "objective": "Lage"})
    assert page.status_code == 422
    assert "verantwortet den Fall" in page.context["form"].errors["owner"][0]
    assert 'value="Lage"' in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "field", "message"),
    [
        ("follow_up_audit", "previous", "dessen Feststellungen"),
        ("external_audit", "external_reason", "wer von außen prüft"),
        ("quatsch", "kind", "gültige Auswahl"),
    ],
)
def test_plan_form_asks_for_what_the_kind_needs(
    client_for: ClientFor,
    kam: User,
    case: Case,
    plan_data: dict[str, Any],
    kind: str,
    field: str,
    message: str,
) -> None:
    url = reverse("audits:plan", args=[case.number])
    form = client_for(kam).post(url, plan_data | {"kind": kind}).context["form"]
    assert list(form.errors) == [field]
    assert message in form.errors[field][0]
    assert not Audit.objects.exists()


def test_plan_form_wants_the_reason_for_a_lead_from_outside(
    client_for: ClientFor, kam: User, auditor: User, case: Case, plan_data: dict[str, Any]
) -> None:
    url, data = reverse("audits:plan", args=[case.number]), plan_data | {"owner": str(auditor.pk)}
    client = client_for(kam)
    assert list(client.post(url, data).context["form"].errors) == ["external_reason"]
    client.post(url, data | {"external_reason": "Der Kunde verlangt ein unabhängiges Urteil."})
    assert Audit.objects.get().external_reason.startswith("Der Kunde")


def test_plan_form_offers_finished_audits_of_the_case_only(
    client_for: ClientFor, kam: User, case: Case, earlier: Audit, audit: Audit
) -> None:
    AuditFactory(status=AuditStatus.FINISHED)
    page = client_for(kam).get(reverse("audits:plan", args=[case.number]))
    offered = [label for _key, label in page.context["form"].fields["previous"].choices]
    assert offered[1:] == [f"{earlier.number} · Internes Service-Audit"]


def test_mandate_is_written_and_shown(
    client_for: ClientFor, kam: User, audit: Audit, case: Case
) -> None:
    other = SiteFactory(client=case.client, name="Haus C")
    url = reverse("audits:mandate", args=[audit.number])
    data = {
        "scope": "Reinigung in Haus B",
        "criteria": "Leistungsverzeichnis",
        "further_sites": [str(other.pk)],
        "auditees": "Ralf Ott",
        "agenda": "09:00 Eröffnung\n10:00 Begehung",
        "distribution": "Geschäftsführung",
        "confidentiality": Confidentiality.NAMED,
        "version": "1",
    }
    html = client_for(kam).post(url, data, follow=True).content.decode()
    stored = Audit.objects.get(pk=audit.pk)
    assert list(stored.further_sites.all()) == [other]
    assert "09:00 Eröffnung<br>10:00 Begehung" in html
    for words in ("Reinigung in Haus B", "Haus C", "nur für den Verteiler"):
        assert words in html
    assert "noch nicht festgehalten" not in html


def test_mandate_takes_neither_the_lead_site_nor_a_foreign_one(
    client_for: ClientFor, kam: User, audit: Audit
) -> None:
    url = reverse("audits:mandate", args=[audit.number])
    for site in (audit.site, SiteFactory()):
        data = {"further_sites": [str(site.pk)], "confidentiality": "internal", "version": "1"}
        page = client_for(kam).post(url, data)
        assert list(page.context["form"].errors) == ["further_sites"]
    assert not audit.further_sites.exists()


def record_data(**changes: str) -> dict[str, str]:
    return {
        "opening_on": "23.11.2026",
        "opening_at": "08:30",
        "opening_with": "Hr. Brandt",
        "closing_on": "23.11.2026",
        "closing_at": "15:00",
        "sampling": "12 von 48 Räumen",
        "strengths": "Zusagen sind lückenlos geführt",
        "version": "1",
        **changes,
    }


def test_external_auditor_writes_the_record_of_the_visit(
    client_for: ClientFor, auditor: User, audit: Audit
) -> None:
    url = reverse("audits:record", args=[audit.number])
    html = client_for(auditor).post(url, record_data(), follow=True).content.decode()
    assert "Mo., 23.11.2026, 08:30 · Hr. Brandt" in html
    assert "12 von 48 Räumen" in html


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closing_on": "22.11.2026"}, "closing_on"),
        ({"opening_on": ""}, "opening_on"),
        ({"closing_at": "25:00"}, "closing_at"),
        ({"participants": "x" * 251}, "participants"),
    ],
)
def test_record_refuses_bad_input_and_keeps_it(
    client_for: ClientFor, qm: User, audit: Audit, changes: dict[str, str], field: str
) -> None:
    url = reverse("audits:record", args=[audit.number])
    page = client_for(qm).post(url, record_data(**changes))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert "12 von 48 Räumen" in page.content.decode()
    assert Audit.objects.get(pk=audit.pk).sampling == ""


def test_record_changed_meanwhile_shows_both(client_for: ClientFor, qm: User, audit: Audit) -> None:
    url = reverse("audits:record", args=[audit.number])
    client = client_for(qm)
    client.post(url, record_data())
    page = client.post(url, record_data(sampling="3 von 48"))
    assert page.status_code == 409
    assert "12 von 48 Räumen" in page.content.decode()


def test_words_of_a_locked_audit_stay(case: Case, qm: User) -> None:
    audit = AuditFactory(case=case, owner=qm, status=AuditStatus.FINISHED)
    with pytest.raises(services.AuditLocked):
        services.change_audit(
            audit=audit, version=1, actor=qm, today=DAY, changes={"strengths": "Neu"}
        )


def test_words_written_by_two_people_go_to_the_quicker_one(audit: Audit, qm: User) -> None:
    slow = Audit.objects.get(pk=audit.pk)
    services.change_audit(audit=audit, version=1, actor=qm, today=DAY, changes={"scope": "A"})
    with pytest.raises(StaleVersion):
        services.change_audit(audit=slow, version=1, actor=qm, today=DAY, changes={"scope": "B"})


def test_rows_leave_out_what_nobody_wrote(audit: Audit) -> None:
    rows = mandate(audit)
    assert [label for label, _words in rows.mandate] == [
        "Auditart",
        "Auditteam",
        "Vertraulichkeit",
    ]
    assert (rows.record, rows.previous, rows.is_bare) == ([], "", True)


def test_meeting_with_people_but_without_a_day_is_shown(audit: Audit) -> None:
    audit.closing_with = "Fr. Heller"
    assert mandate(audit).record == [("Abschlussgespräch", "Fr. Heller")]


def test_page_leads_to_the_previous_audit(
    client_for: ClientFor, qm: User, audit: Audit, earlier: Audit
) -> None:
    Audit.objects.filter(pk=audit.pk).update(previous=earlier)
    html = client_for(qm).get(audit.get_absolute_url()).content.decode()
    assert f'<a href="{earlier.get_absolute_url()}">{earlier.number}</a>' in html


@pytest.mark.parametrize("page", ["mandate", "record"])
def test_forms_keep_the_budget_of_statements(
    client_for: ClientFor, qm: User, finding: Finding, page: str
) -> None:
    url = reverse(f"audits:{page}", args=[finding.audit.number])
    assert len(statements(client_for(qm), url)) <= 12


# --- kinds in lists and files ----------------------------------------------------------------


def test_list_asks_for_the_kind_of_the_audit_not_of_its_template(
    client_for: ClientFor, qm: User, case: Case, audit: Audit
) -> None:
    joint = AuditFactory(case=case, owner=qm, kind=AuditKind.JOINT)
    shown = client_for(qm).get(reverse("audits:list"), {"art": "joint_audit"})
    html = shown.content.decode()
    assert joint.number in html
    assert audit.number not in html


def test_nonsense_as_kind_in_the_address_does_not_break_the_list(
    client_for: ClientFor, qm: User, audit: Audit
) -> None:
    page = client_for(qm).get(reverse("audits:list"), {"art": "quatsch"})
    assert page.status_code == 200


def test_edit_turns_an_audit_into_a_follow_up(
    client_for: ClientFor, qm: User, audit: Audit, earlier: Audit, case: Case
) -> None:
    url = reverse("audits:edit", args=[audit.number])
    data = {
        "kind": AuditKind.FOLLOW_UP,
        "previous": str(earlier.pk),
        "site": str(audit.site_id),
        "due_on": "30.11.2026",
        "owner": str(qm.pk),
        "version": "1",
    }
    html = client_for(qm).post(url, data, follow=True).content.decode()
    stored = Audit.objects.get(pk=audit.pk)
    assert (stored.kind, stored.previous) == (AuditKind.FOLLOW_UP, earlier)
    assert "Gespeichert" in html
    event = case.events.latest("pk")
    assert {"kind", "previous"} <= set(event.data["fields"])


def test_audit_is_not_its_own_predecessor(client_for: ClientFor, qm: User, audit: Audit) -> None:
    page = client_for(qm).get(reverse("audits:edit", args=[audit.number]))
    offered = page.context["form"].fields["previous"].queryset
    assert audit not in offered


@pytest.mark.parametrize(
    ("language", "label"),
    [("de", "Uhrzeit des Eröffnungsgesprächs"), ("en", "Time of the opening meeting")],
)
def test_every_label_of_the_record_speaks_the_language_of_the_user(
    client_for: ClientFor, qm: User, audit: Audit, language: str, label: str
) -> None:
    User.objects.filter(pk=qm.pk).update(language=language)
    page = client_for(qm).get(reverse("audits:record", args=[audit.number]))
    assert label in page.content.decode()
