"""Nobody audits their own work: who counts as running the service, and every way to become lead."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from audits import services
from audits.enums import AuditKind, AuditStatus, FindingStatus, Grade
from audits.models import Audit
from audits.services.independence import IN_CHARGE
from tests.audits.factories import AuditFactory, FindingFactory, template_version
from tests.clients.factories import SiteFactory
from tests.conftest import ClientFor
from tests.factories import UserFactory
from winback.cases.enums import Function
from winback.cases.models import Case, CaseEvent, CaseMember

DAY = dt.date(2026, 11, 23)
BESIDE_THE_SERVICE = sorted(set(Function) - set(IN_CHARGE))

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def expert() -> User:
    """A quality manager whom the case does not know yet."""
    return UserFactory(role=Role.QUALITY_MANAGER, first_name="Ina", last_name="Reuter")


@pytest.fixture
def earlier(case: Case, qm: User) -> Audit:
    """A finished audit of the case, led by ``qm``."""
    return AuditFactory(case=case, owner=qm, status=AuditStatus.FINISHED)


def give_function(case: Case, user: User, function: str) -> None:
    CaseMember.objects.create(case=case, user=user, function=function, joined_on=DAY)


def plan(case: Case, lead: User, **changes: Any) -> Audit:
    given: dict[str, Any] = {
        "template": template_version().template,
        "site": SiteFactory(client=case.client),
        "owner": lead,
        "due_on": DAY,
    }
    return services.plan_audit(case=case, actor=lead, today=DAY, changes=given | changes)


def change(audit: Audit, actor: User, **changes: Any) -> Audit:
    return services.change_audit(
        audit=audit, version=audit.version, actor=actor, today=DAY, changes=changes
    )


@pytest.mark.parametrize("function", IN_CHARGE)
def test_who_runs_the_service_leads_no_audit_of_it(
    case: Case, expert: User, function: Function
) -> None:
    give_function(case, expert, function)
    with pytest.raises(services.NotIndependent) as refused:
        plan(case, expert)
    assert refused.value.field == "owner"
    assert "Ina Reuter" in refused.value.message
    assert not case.audits.exists()


@pytest.mark.parametrize("function", BESIDE_THE_SERVICE)
def test_who_stands_beside_the_service_may_audit(
    case: Case, expert: User, function: Function
) -> None:
    give_function(case, expert, function)
    assert plan(case, expert).owner == expert


def test_who_runs_the_service_in_another_case_may_audit_here(case: Case, expert: User) -> None:
    give_function(AuditFactory().case, expert, Function.OPERATIONS_LEAD)
    assert plan(case, expert).owner == expert


def test_the_one_of_a_team_is_named(case: Case, qm: User, expert: User, kam: User) -> None:
    with pytest.raises(services.NotIndependent) as refused:
        plan(case, qm, team=[expert, kam])
    assert (refused.value.field, "Aylin Kaya" in refused.value.message) == ("team", True)


def test_predecessor_of_any_kind_asks_who_had_to_correct(
    case: Case, expert: User, earlier: Audit
) -> None:
    FindingFactory(audit=earlier, owner=expert)
    assert plan(case, expert, kind=AuditKind.INTERNAL).previous is None
    with pytest.raises(services.NotIndependent):
        plan(case, expert, kind=AuditKind.JOINT, previous=earlier)


def test_withdrawn_finding_leaves_nothing_to_judge(
    case: Case, expert: User, earlier: Audit
) -> None:
    FindingFactory(
        audit=earlier, owner=expert, status=FindingStatus.WITHDRAWN, withdrawn_reason="Irrtum"
    )
    assert plan(case, expert, previous=earlier).previous == earlier


def test_owner_of_an_earlier_finding_is_not_taken_into_the_team_later(
    case: Case, qm: User, expert: User, earlier: Audit
) -> None:
    FindingFactory(audit=earlier, owner=expert, grade=Grade.OBSERVATION)
    follow_up = plan(case, qm, kind=AuditKind.FOLLOW_UP, previous=earlier)
    with pytest.raises(services.NotIndependent):
        change(follow_up, qm, team=[expert])
    assert not follow_up.team.exists()


def test_predecessor_named_later_asks_the_team_that_stays(
    case: Case, qm: User, expert: User, earlier: Audit
) -> None:
    FindingFactory(audit=earlier, owner=expert)
    audit = plan(case, qm, team=[expert])
    with pytest.raises(services.NotIndependent) as refused:
        change(audit, qm, previous=earlier)
    assert refused.value.field == "team"
    assert Audit.objects.get(pk=audit.pk).previous is None


def test_emptied_team_is_not_asked_any_more(case: Case, qm: User, expert: User) -> None:
    audit = plan(case, qm, team=[expert])
    give_other = CaseMember.objects.filter(case=case, user=expert)
    give_other.update(function=Function.TECHNICIAN)
    change(audit, qm, team=[])
    assert list(audit.team.all()) == []


def test_handing_over_what_somebody_owes_asks_too(audit: Audit, qm: User, kam: User) -> None:
    with pytest.raises(services.NotIndependent):
        services.reassign_audit(audit.pk, kam, qm)
    assert Audit.objects.get(pk=audit.pk).owner == qm


def test_handing_over_to_somebody_independent_works(
    audit: Audit, qm: User, expert: User, case: Case
) -> None:
    services.reassign_audit(audit.pk, expert, qm)
    assert Audit.objects.get(pk=audit.pk).owner == expert
    assert CaseEvent.objects.filter(case=case, verb="audit.changed").count() == 1


def test_edit_page_refuses_the_owner_of_the_case_at_the_field_and_keeps_the_words(
    client_for: ClientFor, qm: User, kam: User, audit: Audit
) -> None:
    url = reverse("audits:edit", args=[audit.number])
    data = {
        "kind": AuditKind.INTERNAL,
        "site": str(audit.site_id),
        "due_on": "30.11.2026",
        "owner": str(kam.pk),
        "objective": "Haus B noch einmal ansehen",
        "version": str(audit.version),
    }
    page = client_for(qm).post(url, data)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["owner"]
    assert 'value="Haus B noch einmal ansehen"' in page.content.decode()


def test_refusal_speaks_the_language_of_the_user(
    client_for: ClientFor, kam: User, case: Case
) -> None:
    User.objects.filter(pk=kam.pk).update(language="en")
    data = {
        "template": str(template_version().template.pk),
        "site": str(SiteFactory(client=case.client).pk),
        "owner": str(kam.pk),
        "due_on": "30.11.2026",
    }
    page = client_for(kam).post(reverse("audits:plan", args=[case.number]), data)
    message = page.context["form"].errors["owner"][0]
    assert message.startswith("Nobody audits their own work: Aylin Kaya owns the case.")
