"""Bad input at every form: 422, a German message at the field, the input kept, nothing saved."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from audits.enums import MOVABLE, AuditStatus, FindingStatus, Grade, Result
from audits.models import Answer, Audit, Finding
from tests.audits.factories import FindingFactory, answer, answer_all, template_version
from tests.clients.factories import SiteFactory
from tests.conftest import ClientFor
from tests.factories import UserFactory
from winback.cases.models import Case

REQUIRED = "Dieses Feld ist zwingend erforderlich."
PAST = "Das Datum liegt in der Vergangenheit."
CHOICE = "Bitte eine gültige Auswahl treffen."

pytestmark = pytest.mark.usefixtures("today")


def errors(form: BaseForm) -> dict[str, list[str]]:
    return {name: [str(text) for text in texts] for name, texts in form.errors.items()}


def refused(client: Client, url: str, data: dict[str, Any]) -> BaseForm:
    """Send bad input; the page comes back with it, and says so beside the field."""
    response = client.post(url, data)
    assert response.status_code == 422
    form: BaseForm = response.context["form"]
    html = response.content.decode()
    for name, value in data.items():
        if isinstance(value, str) and value and name in form.fields:
            assert str(form[name].value()) == value
    for name, texts in errors(form).items():
        if name != "__all__":
            assert texts[0].replace("“", "“") in html
    return form


# --- planning -------------------------------------------------------------------------------


@pytest.fixture
def plan_data(case: Case, qm: User) -> dict[str, Any]:
    return {
        "template": str(template_version().template.pk),
        "site": str(SiteFactory(client=case.client).pk),
        "owner": str(qm.pk),
        "due_on": "30.11.2026",
        "objective": "Lage feststellen",
    }


def plan_url(case: Case) -> str:
    return reverse("audits:plan", args=[case.number])


def test_plan_reads_german_dates(
    client_for: ClientFor, kam: User, case: Case, plan_data: dict[str, Any]
) -> None:
    response = client_for(kam).post(plan_url(case), plan_data | {"due_on": "+7"})
    audit = Audit.objects.get()
    assert response.headers["Location"] == audit.get_absolute_url()
    assert audit.due_on == dt.date(2026, 11, 30)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("template", "", REQUIRED),
        ("site", "", REQUIRED),
        ("owner", "", REQUIRED),
        ("due_on", "", REQUIRED),
        ("template", "999", CHOICE),
        ("due_on", "31.02.2026", "Das Datum"),
        ("due_on", "bald", "Das Datum"),
        ("objective", "x" * 251, "höchstens 250"),
    ],
)
def test_plan_refuses_bad_input(
    client_for: ClientFor,
    kam: User,
    case: Case,
    plan_data: dict[str, Any],
    field: str,
    value: str,
    message: str,
) -> None:
    form = refused(client_for(kam), plan_url(case), plan_data | {field: value})
    assert list(errors(form)) == [field]
    if message != "Das Datum":  # the words for dates are the date field's own
        assert message in errors(form)[field][0]
    assert not Audit.objects.exists()


def test_plan_refuses_the_site_of_another_client(
    client_for: ClientFor, kam: User, case: Case, plan_data: dict[str, Any]
) -> None:
    form = refused(client_for(kam), plan_url(case), plan_data | {"site": str(SiteFactory().pk)})
    assert CHOICE in errors(form)["site"][0]


def test_plan_refuses_a_lead_who_is_neither_auditor_nor_in_the_case(
    client_for: ClientFor, kam: User, case: Case, fremde: User, plan_data: dict[str, Any]
) -> None:
    form = refused(client_for(kam), plan_url(case), plan_data | {"owner": str(fremde.pk)})
    assert CHOICE in errors(form)["owner"][0]


def test_plan_refuses_a_lead_who_is_in_the_team(
    client_for: ClientFor, kam: User, case: Case, qm: User, plan_data: dict[str, Any]
) -> None:
    form = refused(client_for(kam), plan_url(case), plan_data | {"team": [str(qm.pk)]})
    assert errors(form) == {"team": ["Die Auditleitung gehört ohnehin zum Team."]}
    assert not Audit.objects.exists()


def test_plan_doubts_a_past_date_and_takes_it_with_a_reason(
    client_for: ClientFor, kam: User, case: Case, plan_data: dict[str, Any]
) -> None:
    data = plan_data | {"due_on": "01.11.2026"}
    client = client_for(kam)
    response = client.post(plan_url(case), data)
    assert response.status_code == 422
    assert PAST in response.content.decode()
    assert not Audit.objects.exists()
    client.post(plan_url(case), data | {"warning_reason": "Nacherfasst"})
    assert Audit.objects.count() == 1
    assert case.events.latest("pk").data["reason"] == "Nacherfasst"


def test_plan_presets_the_only_site(client_for: ClientFor, kam: User, case: Case) -> None:
    only = SiteFactory(client=case.client)
    response = client_for(kam).get(plan_url(case))
    assert response.context["form"]["site"].value() == only.pk


def test_plan_without_a_site_leads_to_recording_one(
    client_for: ClientFor, kam: User, case: Case
) -> None:
    html = client_for(kam).get(plan_url(case)).content.decode()
    assert "Erfassen Sie zuerst ein Objekt des Kunden." in html
    assert reverse("clients:site_create", args=[case.client_id]) in html


# --- editing and cancelling -----------------------------------------------------------------


def edit_data(audit: Audit, **changes: Any) -> dict[str, Any]:
    given = {
        "kind": audit.kind,
        "site": str(audit.site_id),
        "owner": str(audit.owner_id),
        "due_on": "30.11.2026",
        "objective": "",
        "version": str(audit.version),
    }
    return given | changes


@pytest.mark.parametrize(
    ("field", "value"),
    [("site", ""), ("owner", ""), ("due_on", "32.13."), ("objective", "x" * 251)],
)
def test_edit_refuses_bad_input(
    client_for: ClientFor, kam: User, audit: Audit, field: str, value: str
) -> None:
    url = reverse("audits:edit", args=[audit.number])
    form = refused(client_for(kam), url, edit_data(audit, **{field: value}))
    assert list(errors(form)) == [field]
    assert Audit.objects.get(pk=audit.pk).version == 1


def test_edit_of_an_unchanged_past_date_asks_nothing(
    client_for: ClientFor, kam: User, audit: Audit
) -> None:
    Audit.objects.update(due_on=dt.date(2026, 11, 2))
    url = reverse("audits:edit", args=[audit.number])
    data = edit_data(audit, due_on="02.11.2026", objective="Neu")
    assert client_for(kam).post(url, data).status_code == 302


def test_edit_meanwhile_changed_shows_both_and_keeps_the_input(
    client_for: ClientFor, kam: User, audit: Audit
) -> None:
    url = reverse("audits:edit", args=[audit.number])
    client = client_for(kam)
    client.post(url, edit_data(audit, objective="Die anderen"))
    response = client.post(url, edit_data(audit, objective="Meine"))
    assert response.status_code == 409
    html = response.content.decode()
    assert "Die anderen" in html
    assert 'value="Meine"' in html
    assert Audit.objects.get(pk=audit.pk).objective == "Die anderen"
    again = client.post(url, edit_data(audit, objective="Meine", version="2"))
    assert again.status_code == 302


@pytest.mark.parametrize(("note", "message"), [("", REQUIRED), ("x" * 251, "höchstens 250")])
def test_cancel_needs_a_reason_of_bearable_length(
    client_for: ClientFor, kam: User, audit: Audit, note: str, message: str
) -> None:
    url = reverse("audits:cancel", args=[audit.number])
    form = refused(client_for(kam), url, {"note": note, "version": "1"})
    assert message in errors(form)["note"][0]
    assert Audit.objects.get(pk=audit.pk).is_open


def test_cancel_says_what_happens_and_does_it(
    client_for: ClientFor, kam: User, audit: Audit
) -> None:
    url = reverse("audits:cancel", args=[audit.number])
    client = client_for(kam)
    assert "Das lässt sich nicht rückgängig machen." in client.get(url).content.decode()
    page = client.post(url, {"note": "Zutritt verweigert", "version": "1"}, follow=True)
    assert Audit.objects.get(pk=audit.pk).status == AuditStatus.CANCELLED
    assert "Zutritt verweigert" in page.content.decode()


# --- answering ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        (
            {"result": "", "note": "Protokoll fehlt."},
            "result",
            "Wählen Sie zuerst eine Antwort; die Notiz gehört zu ihr.",
        ),
        ({"result": "vielleicht", "note": ""}, "result", "keine gültige Auswahl"),
        ({"result": "met", "note": "x" * 4001}, "note", "höchstens 4000"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_answer_refuses_bad_input(
    client_for: ClientFor,
    auditor: User,
    audit: Audit,
    data: dict[str, str],
    field: str,
    message: str,
    htmx: bool,
) -> None:
    url = reverse("audits:question", args=[audit.number, "S1"])
    headers = {"HX-Request": "true"} if htmx else {}
    response = client_for(auditor).post(url, data, headers=headers)
    assert response.status_code == 422
    assert message in errors(response.context["form"])[field][0]
    assert "Nicht gespeichert" in response.content.decode()
    if not htmx:
        assert data["note"] in response.content.decode()
    assert not Answer.objects.exists()


# --- finishing ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("conclusion", "", REQUIRED),
        ("conclusion", "   ", REQUIRED),
        ("participants", "x" * 251, "höchstens 250"),
    ],
)
def test_finish_refuses_bad_input(
    client_for: ClientFor, qm: User, audit: Audit, field: str, value: str, message: str
) -> None:
    answer_all(audit)
    data = {"conclusion": "Gut.", "participants": "Bernd Brandt", "version": "1"}
    response = client_for(qm).post(
        reverse("audits:check", args=[audit.number]), data | {field: value}
    )
    assert response.status_code == 422
    assert message in errors(response.context["form"])[field][0]
    assert Audit.objects.get(pk=audit.pk).is_open


def test_finish_too_early_keeps_the_conclusion(
    client_for: ClientFor, qm: User, audit: Audit
) -> None:
    answer(audit, "S1")
    data = {"conclusion": "Zu früh geschrieben.", "participants": "", "version": "1"}
    form = refused(client_for(qm), reverse("audits:check", args=[audit.number]), data)
    assert errors(form)["__all__"] == [
        "Noch nicht jede Frage ist geprüft. Auch „nicht anwendbar“ ist eine Antwort."
    ]
    assert Audit.objects.get(pk=audit.pk).conclusion == ""


def test_finish_meanwhile_changed_is_a_conflict(
    client_for: ClientFor, qm: User, audit: Audit
) -> None:
    answer_all(audit)
    Audit.objects.update(version=2)
    data = {"conclusion": "Gut.", "participants": "", "version": "1"}
    response = client_for(qm).post(reverse("audits:check", args=[audit.number]), data)
    assert response.status_code == 409
    assert "Gut." in response.content.decode()
    assert Audit.objects.get(pk=audit.pk).is_open


# --- findings -------------------------------------------------------------------------------


@pytest.fixture
def finding_data(operativ: User) -> dict[str, Any]:
    return {
        "grade": Grade.MINOR.value,
        "statement": "Nicht nach Plan gereinigt.",
        "criterion": "LV Pos. 4.2",
        "place": "2. OG",
        "containment": "",
        "owner": str(operativ.pk),
        "due_on": "",
    }


def new_url(audit: Audit) -> str:
    return reverse("audits:finding_create", args=[audit.number])


@pytest.mark.parametrize(
    ("grade", "due_on"),
    [
        (Grade.MAJOR, dt.date(2026, 12, 7)),
        (Grade.IMPROVEMENT, dt.date(2027, 1, 22)),
        (Grade.STRENGTH, dt.date(2026, 11, 23)),
    ],
)
def test_finding_without_a_date_takes_the_term_of_its_grade(
    client_for: ClientFor,
    auditor: User,
    audit: Audit,
    finding_data: dict[str, Any],
    grade: Grade,
    due_on: dt.date,
) -> None:
    client_for(auditor).post(new_url(audit), finding_data | {"grade": grade.value})
    found = Finding.objects.get()
    assert (found.grade, found.due_on, found.original_due_on) == (grade, due_on, due_on)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("grade", "", REQUIRED),
        ("grade", "schlimm", "keine gültige Auswahl"),
        ("statement", "", REQUIRED),
        ("criterion", "", REQUIRED),
        ("criterion", "x" * 251, "höchstens 250"),
        ("place", "x" * 201, "höchstens 200"),
        ("containment", "x" * 251, "höchstens 250"),
        ("owner", "", REQUIRED),
        ("owner", "999", CHOICE),
        ("due_on", "übermorgen", ""),
        ("due_on", "30.02.2027", ""),
    ],
)
def test_finding_refuses_bad_input(
    client_for: ClientFor,
    qm: User,
    audit: Audit,
    finding_data: dict[str, Any],
    field: str,
    value: str,
    message: str,
) -> None:
    form = refused(client_for(qm), new_url(audit), finding_data | {field: value})
    assert list(errors(form)) == [field]
    assert message in errors(form)[field][0]
    assert not Finding.objects.exists()


def test_finding_due_in_the_past_needs_a_reason(
    client_for: ClientFor, qm: User, audit: Audit, finding_data: dict[str, Any]
) -> None:
    data = finding_data | {"due_on": "01.11.2026"}
    client = client_for(qm)
    response = client.post(new_url(audit), data)
    assert response.status_code == 422
    assert PAST in response.content.decode()
    assert not Finding.objects.exists()
    client.post(new_url(audit), data | {"warning_reason": "Schon vereinbart"})
    assert Finding.objects.get().due_on == dt.date(2026, 11, 1)


def test_external_auditor_chooses_owners_among_the_people_of_the_case(
    client_for: ClientFor,
    auditor: User,
    audit: Audit,
    kam: User,
    fremde: User,
    finding_data: dict[str, Any],
) -> None:
    client = client_for(auditor)
    offered = client.get(new_url(audit)).context["form"].fields["owner"].queryset
    assert kam in offered
    assert fremde not in offered
    assert not offered.filter(role=Role.EXTERNAL_AUDITOR).exists()
    form = refused(client, new_url(audit), finding_data | {"owner": str(fremde.pk)})
    assert CHOICE in errors(form)["owner"][0]


def change_data(finding: Finding, **changes: Any) -> dict[str, Any]:
    given = {
        "grade": finding.grade,
        "statement": finding.statement,
        "criterion": finding.criterion,
        "place": finding.place,
        "containment": finding.containment,
        "owner": str(finding.owner_id),
        "due_on": "16.12.2026",
        "note": "",
        "version": str(finding.version),
    }
    return given | changes


def change_url(finding: Finding) -> str:
    return reverse("audits:finding_edit", args=[finding.number])


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("due_on", "", "due_on"),
        ("due_on", "20.12.2026", "note"),
        ("statement", "", "statement"),
        ("note", "x" * 251, "note"),
    ],
)
def test_finding_edit_refuses_bad_input(
    client_for: ClientFor, qm: User, finding: Finding, field: str, value: str, where: str
) -> None:
    form = refused(client_for(qm), change_url(finding), change_data(finding, **{field: value}))
    assert where in errors(form)
    assert Finding.objects.get(pk=finding.pk).version == 1


def test_finding_edit_of_the_owner_needs_a_reason(
    client_for: ClientFor, qm: User, finding: Finding, kam: User
) -> None:
    data = change_data(finding, owner=str(kam.pk))
    form = refused(client_for(qm), change_url(finding), data)
    assert errors(form) == {
        "note": ["Nennen Sie den Grund für neue Verantwortung oder neuen Termin."]
    }
    client_for(qm).post(change_url(finding), data | {"note": "Zuständigkeit"})
    finding.refresh_from_db()
    assert finding.owner == kam
    assert finding.case.events.latest("pk").data["reason"] == "Zuständigkeit"


def test_finding_edit_of_the_wording_needs_none(
    client_for: ClientFor, qm: User, finding: Finding
) -> None:
    client_for(qm).post(change_url(finding), change_data(finding, place="Keller"))
    finding.refresh_from_db()
    assert finding.place == "Keller"


def test_finding_edit_in_a_locked_audit_leaves_the_wording(
    client_for: ClientFor, qm: User, finding: Finding
) -> None:
    Audit.objects.update(status=AuditStatus.FINISHED, done_on=dt.date(2026, 11, 20))
    client = client_for(qm)
    form = client.get(change_url(finding)).context["form"]
    assert set(form.fields) == {*MOVABLE, "note", "version"}
    data = change_data(finding, statement="Gefälscht", due_on="20.12.2026", note="Lieferzeit")
    client.post(change_url(finding), data)
    finding.refresh_from_db()
    assert finding.due_on == dt.date(2026, 12, 20)
    assert finding.statement != "Gefälscht"


def test_finding_edit_meanwhile_changed_shows_both(
    client_for: ClientFor, qm: User, finding: Finding
) -> None:
    client = client_for(qm)
    client.post(change_url(finding), change_data(finding, place="Keller"))
    response = client.post(change_url(finding), change_data(finding, place="Dach"))
    assert response.status_code == 409
    assert "Keller" in response.content.decode()
    assert "Tim Wolf" in response.content.decode()
    assert Finding.objects.get(pk=finding.pk).place == "Keller"


@pytest.mark.parametrize("step", ["finding_reopen", "finding_withdraw"])
@pytest.mark.parametrize(("note", "message"), [("", REQUIRED), ("x" * 251, "höchstens 250")])
def test_reopening_and_withdrawing_need_a_reason(
    client_for: ClientFor, qm: User, audit: Audit, step: str, note: str, message: str
) -> None:
    settled = {"status": FindingStatus.DONE, "done_on": dt.date(2026, 11, 20)}
    finding = FindingFactory(audit=audit, **(settled if step == "finding_reopen" else {}))
    url = reverse(f"audits:{step}", args=[finding.number])
    form = refused(client_for(qm), url, {"note": note, "version": "1"})
    assert message in errors(form)["note"][0]
    assert Finding.objects.get(pk=finding.pk).status == finding.status


def test_deactivated_people_are_not_offered(
    client_for: ClientFor, qm: User, audit: Audit, finding_data: dict[str, Any]
) -> None:
    gone = UserFactory(is_active=False)
    form = refused(client_for(qm), new_url(audit), finding_data | {"owner": str(gone.pk)})
    assert CHOICE in errors(form)["owner"][0]


def test_presets_come_from_the_answer(
    client_for: ClientFor, qm: User, audit: Audit, kam: User
) -> None:
    answer(audit, "P1", Result.NOT_MET, note="Protokoll von 2023.")
    form = client_for(qm).get(f"{new_url(audit)}?frage=P1").context["form"]
    assert form["grade"].value() == Grade.MAJOR
    assert form["statement"].value() == "Protokoll von 2023."
    assert form["criterion"].value() == "P1: Ist P1 in Ordnung?"
    assert form["owner"].value() == kam.pk


def test_day_of_containment_needs_the_action_and_has_come(
    client_for: ClientFor, qm: User, finding: Finding
) -> None:
    """The day stands for something that was done, and not for a plan."""
    data = change_data(finding, containment="", contained_on="24.11.2026", note="Vor Ort")
    form = client_for(qm).post(change_url(finding), data).context["form"]
    assert form.errors["containment"] == ["Nennen Sie die Sofortmaßnahme."]
    assert form.errors["contained_on"] == ["Das Datum liegt in der Zukunft."]
    data |= {"containment": "Flur gesperrt", "contained_on": "23.11.2026"}
    data |= {"client_severity": "severe", "version": str(finding.version)}
    assert client_for(qm).post(change_url(finding), data).status_code == 302
    finding.refresh_from_db()
    assert finding.contained_on == dt.date(2026, 11, 23)
    assert finding.get_client_severity_display() == "schwer"
