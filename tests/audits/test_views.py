"""Pages of audits and findings: what they show, to whom, and where their steps lead."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audits.enums import AuditKind, AuditStatus, FindingStatus, Grade, Result
from audits.models import Audit, Finding
from audits.rows import finding_actions, finding_facts
from tests.audits.factories import (
    AuditFactory,
    AuditTemplateFactory,
    FindingFactory,
    answer,
    answer_all,
    template_version,
)
from tests.cases.factories import active_case
from tests.conftest import ClientFor
from winback.cases.enums import Function
from winback.cases.models import Case, CaseMember

DAY = dt.date(2026, 11, 23)

pytestmark = pytest.mark.usefixtures("today")


def numbers(client: Client, url: str) -> list[str]:
    return [row.number for row in client.get(url).context["rows"]]


def records(client: Client, url: str) -> list[list[str]]:
    body = client.get(url).content.decode()
    assert body.startswith("\ufeff")
    return list(csv.reader(io.StringIO(body.removeprefix("\ufeff")), delimiter=";"))


# --- the list of audits ---------------------------------------------------------------------

AUDITS = "/audits/"


@pytest.fixture
def audits(case: Case, qm: User, auditor: User) -> dict[str, Audit]:
    """One audit per status; the external one is led by ``auditor``."""
    external = template_version(
        AuditTemplateFactory(key="external_audit", kind="external_audit", name_de="Extern")
    )
    internal = template_version()
    return {
        "planned": AuditFactory(
            case=case, owner=auditor, version_used=external, kind=AuditKind.EXTERNAL
        ),
        "running": AuditFactory(
            case=case,
            owner=qm,
            status=AuditStatus.IN_PROGRESS,
            version_used=internal,
            due_on=DAY - dt.timedelta(3),
        ),
        "finished": AuditFactory(
            case=case,
            owner=qm,
            status=AuditStatus.FINISHED,
            score=72,
            version_used=internal,
            due_on=DAY - dt.timedelta(30),
        ),
        "cancelled": AuditFactory(
            case=case, owner=qm, status=AuditStatus.CANCELLED, version_used=internal
        ),
        "foreign": AuditFactory(case=active_case(is_confidential=True)),
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["planned", "running"]),
        ("?ansicht=quatsch", ["planned", "running"]),
        ("?ansicht=meine", ["cancelled", "running", "finished"]),
        ("?ansicht=abgeschlossen", ["finished"]),
        ("?ansicht=alle", ["cancelled", "planned", "running", "finished"]),
        ("?ansicht=alle&status=cancelled", ["cancelled"]),
        ("?ansicht=alle&status=quatsch", ["cancelled", "planned", "running", "finished"]),
        ("?ansicht=alle&art=external_audit", ["planned"]),
        ("?ansicht=alle&q=a-0003", ["finished"]),
        ("?ansicht=alle&q=NORHAGEN&sort=audit", ["planned", "running", "finished", "cancelled"]),
        ("?ansicht=alle&q=gibtesnicht", []),
        ("?ansicht=alle&sort=-audit", ["cancelled", "finished", "running", "planned"]),
        ("?ansicht=alle&sort=termin", ["finished", "running", "cancelled", "planned"]),
        ("?ansicht=alle&sort=-ergebnis", ["finished", "cancelled", "running", "planned"]),
        ("?ansicht=alle&sort=quatsch", ["cancelled", "planned", "running", "finished"]),
        ("?ansicht=alle&seite=999", ["cancelled", "planned", "running", "finished"]),
    ],
)
def test_audit_list_is_what_its_address_says(
    client_for: ClientFor, qm: User, audits: dict[str, Audit], query: str, expected: list[str]
) -> None:
    found = numbers(client_for(qm), AUDITS + query)
    assert found == [audits[name].number for name in expected]


def test_external_auditor_lists_own_audits_only(
    client_for: ClientFor, auditor: User, audits: dict[str, Audit]
) -> None:
    url = f"{AUDITS}?ansicht=alle"
    assert numbers(client_for(auditor), url) == [audits["planned"].number]


def test_audit_rows_show_score_verdict_and_lateness(
    client_for: ClientFor, qm: User, audits: dict[str, Audit]
) -> None:
    rows = {row.number: row for row in client_for(qm).get(f"{AUDITS}?ansicht=alle").context["rows"]}
    finished, running = rows[audits["finished"].number], rows[audits["running"].number]
    assert (finished.score, finished.verdict) == ("72,0\u202f%", "nicht bestanden")
    assert (running.score, running.verdict, running.late) == ("–", "", True)
    assert running.progress == "0 von 3"
    assert not finished.late


def test_audit_list_answers_htmx_with_the_results_alone(
    client_for: ClientFor, qm: User, audits: dict[str, Audit]
) -> None:
    html = client_for(qm).get(AUDITS, headers={"HX-Request": "true"}).content.decode()
    assert audits["running"].number in html
    assert "<html" not in html


def test_empty_lists_say_what_belongs_there(client_for: ClientFor, qm: User) -> None:
    client = client_for(qm)
    assert "Audits werden auf der Seite eines Falls geplant." in client.get(AUDITS).content.decode()
    filtered = client.get(f"{AUDITS}?q=nichts").content.decode()
    assert "Kein Audit passt zu diesen Filtern." in filtered
    html = client.get("/feststellungen/").content.decode()
    assert "Feststellungen entstehen während eines Audits." in html
    filtered = client.get("/feststellungen/?grad=major").content.decode()
    assert "Keine Feststellung passt zu diesen Filtern." in filtered


def test_audit_export_is_the_query_as_csv(
    client_for: ClientFor, qm: User, audits: dict[str, Audit]
) -> None:
    head, *lines = records(client_for(qm), "/audits/export.csv?ansicht=abgeschlossen")
    assert head[:4] == ["Audit", "Auditvorlage", "Kunde", "Objekt"]
    assert [line[0] for line in lines] == [audits["finished"].number]
    assert lines[0][8:10] == ["72,00", "nicht bestanden"]


# --- the list of findings -------------------------------------------------------------------

FINDINGS = "/feststellungen/"


@pytest.fixture
def findings(audit: Audit, operativ: User, qm: User) -> dict[str, Finding]:
    old = AuditFactory(
        case=audit.case, status=AuditStatus.FINISHED, started_on=DAY - dt.timedelta(40)
    )
    return {
        "major": FindingFactory(
            audit=audit, owner=operativ, grade=Grade.MAJOR, due_on=DAY - dt.timedelta(2)
        ),
        "minor": FindingFactory(audit=audit, owner=qm, status=FindingStatus.IN_PROGRESS),
        "old": FindingFactory(
            audit=old, owner=operativ, grade=Grade.OBSERVATION, due_on=DAY + dt.timedelta(1)
        ),
        "done": FindingFactory(audit=audit, status=FindingStatus.DONE, done_on=DAY, due_on=DAY),
        "strength": FindingFactory(audit=audit, grade=Grade.STRENGTH, due_on=DAY),
        "foreign": FindingFactory(
            audit=AuditFactory(
                case=active_case(is_confidential=True), status=AuditStatus.IN_PROGRESS
            )
        ),
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["major", "old", "minor"]),
        ("?ansicht=ueberfaellig", ["major"]),
        ("?ansicht=meine", ["minor"]),
        ("?ansicht=alle", ["major", "strength", "done", "old", "minor"]),
        ("?grad=major", ["major"]),
        ("?status=in_progress", ["minor"]),
        ("?ansicht=alle&status=done", ["done"]),
        ("?alter=30", ["old"]),
        ("?ansicht=alle&grad=strength&alter=30", []),
        ("?q=f-0002", ["minor"]),
        ("?q=norhagen&sort=nummer", ["major", "minor", "old"]),
        ("?q=anderer", []),
        ("?ansicht=alle&sort=grad", ["major", "done", "minor", "old", "strength"]),
        ("?sort=-faellig", ["minor", "old", "major"]),
        ("?grad=quatsch&sort=quatsch", ["major", "old", "minor"]),
    ],
)
def test_finding_list_is_what_its_address_says(
    client_for: ClientFor, qm: User, findings: dict[str, Finding], query: str, expected: list[str]
) -> None:
    found = numbers(client_for(qm), FINDINGS + query)
    assert found == [findings[name].number for name in expected]


def test_thirty_days_are_not_more_than_thirty(
    client_for: ClientFor, qm: User, findings: dict[str, Finding]
) -> None:
    Audit.objects.update(started_on=DAY - dt.timedelta(30))
    assert numbers(client_for(qm), f"{FINDINGS}?alter=30") == []


def test_finding_rows_show_lateness_and_a_strength_owes_nothing(
    client_for: ClientFor, qm: User, findings: dict[str, Finding]
) -> None:
    rows = {
        row.number: row for row in client_for(qm).get(f"{FINDINGS}?ansicht=alle").context["rows"]
    }
    major, strength = rows[findings["major"].number], rows[findings["strength"].number]
    assert (major.late, major.due, major.days) == (True, "21.11.2026", "2 Tage überfällig")
    assert (strength.owner, strength.due, strength.status) == ("–", "–", "erfasst")
    assert rows[findings["done"].number].days == ""


def test_external_auditor_lists_findings_of_own_audits_only(
    client_for: ClientFor, auditor: User, findings: dict[str, Finding]
) -> None:
    found = numbers(client_for(auditor), FINDINGS)
    assert found == [findings["major"].number, findings["minor"].number]


def test_finding_export_is_the_query_as_csv(
    client_for: ClientFor, qm: User, findings: dict[str, Finding]
) -> None:
    Finding.objects.filter(pk=findings["major"].pk).update(statement='=HYPERLINK("x")')
    head, line = records(client_for(qm), f"{FINDINGS}export.csv?grad=major")
    assert head[0] == "Feststellung"
    assert line[0] == findings["major"].number
    assert line[2] == '\'=HYPERLINK("x")'


# --- the case's tab -------------------------------------------------------------------------


def test_case_tab_lists_audits_and_findings_of_this_case(
    client_for: ClientFor, kam: User, finding: Finding
) -> None:
    FindingFactory(audit=AuditFactory(case=active_case(), status=AuditStatus.IN_PROGRESS))
    response = client_for(kam).get(reverse("audits:case_list", args=[finding.case.number]))
    assert [row.number for row in response.context["audits"]] == [finding.audit.number]
    assert [row.number for row in response.context["findings"]] == [finding.number]
    html = response.content.decode()
    assert reverse("audits:plan", args=[finding.case.number]) in html


def test_case_tab_without_an_audit_asks_for_one(
    client_for: ClientFor, kam: User, operativ: User, case: Case
) -> None:
    url = reverse("audits:case_list", args=[case.number])
    assert "Noch ist keines geplant." in client_for(kam).get(url).content.decode()
    assert not client_for(operativ).get(url).context["may_plan"]


# --- the audit's page -----------------------------------------------------------------------


def test_audit_page_shows_answers_findings_and_the_next_step(
    client_for: ClientFor, qm: User, audit: Audit
) -> None:
    answer(audit, "S1", Result.PARTLY, note="Drei von zwölf Räumen.")
    found = FindingFactory(audit=audit, question=audit.questions().get(code="S1"))
    response = client_for(qm).get(audit.get_absolute_url())
    html = response.content.decode()
    assert "Drei von zwölf Räumen." in html
    assert found.number in html
    assert response.context["head"].progress == "1 von 3"
    assert response.context["head"].primary[0] == "Audit fortsetzen"
    first, second = response.context["groups"]
    assert (first.name, first.done, second.done) == ("Gruppe 1", "1/2", "0/1")


@pytest.mark.parametrize(
    ("answered", "primary"),
    [(0, "Audit beginnen"), (1, "Audit fortsetzen"), (3, "Prüfen und abschließen")],
)
def test_audit_page_offers_the_next_sensible_step(
    client_for: ClientFor, qm: User, audit: Audit, answered: int, primary: str
) -> None:
    for code in ("S1", "S2", "P1")[:answered]:
        answer(audit, code)
    head = client_for(qm).get(audit.get_absolute_url()).context["head"]
    assert head.primary[0] == primary


def test_finished_audit_shows_result_and_conclusion_and_offers_nothing(
    client_for: ClientFor, qm: User, case: Case
) -> None:
    audit = AuditFactory(
        case=case, owner=qm, status=AuditStatus.FINISHED, score=91, conclusion="Gut geführt."
    )
    response = client_for(qm).get(audit.get_absolute_url())
    head = response.context["head"]
    assert (head.score, head.verdict, head.primary) == ("91,0\u202f%", "bestanden", None)
    assert "Gut geführt." in response.content.decode()


def test_external_auditor_sees_the_audit_but_no_way_into_the_case(
    client_for: ClientFor, auditor: User, audit: Audit, case: Case
) -> None:
    Case.objects.filter(pk=case.pk).update(
        next_step="Geheimes Angebot", next_step_on=DAY, situation="Vertraulich"
    )
    html = client_for(auditor).get(audit.get_absolute_url()).content.decode()
    assert case.client.name in html
    assert case.get_absolute_url() not in html
    assert "Geheimes Angebot" not in html
    assert client_for(auditor).get(case.get_absolute_url()).status_code == 404


# --- the check page -------------------------------------------------------------------------


def test_check_page_leads_to_every_open_point(
    client_for: ClientFor, qm: User, audit: Audit
) -> None:
    answer(audit, "S1", Result.NOT_MET)
    response = client_for(qm).get(reverse("audits:check", args=[audit.number]))
    html = response.content.decode()
    for code in ("S1", "S2", "P1"):
        assert reverse("audits:question", args=[audit.number, code]) in html
    points = response.context["points"]
    assert [len(points.unjustified), len(points.unanswered)] == [1, 2]
    assert (points.score, points.verdict) == ("0,0\u202f%", "nicht bestanden")
    assert "Das Audit kann noch nicht abgeschlossen werden." in html


def test_check_page_with_a_major_says_not_passed_at_full_score(
    client_for: ClientFor, qm: User, audit: Audit
) -> None:
    answer_all(audit)
    FindingFactory(audit=audit, grade=Grade.MAJOR)
    response = client_for(qm).get(reverse("audits:check", args=[audit.number]))
    points = response.context["points"]
    assert (points.score, points.verdict) == ("100,0\u202f%", "nicht bestanden")
    assert "Jede Hauptabweichung heißt nicht bestanden" in response.content.decode()


def test_check_page_with_nothing_applicable_has_no_verdict(
    client_for: ClientFor, qm: User, audit: Audit
) -> None:
    answer_all(audit, Result.NOT_APPLICABLE)
    points = client_for(qm).get(reverse("audits:check", args=[audit.number])).context["points"]
    assert (points.ready, points.score, points.verdict) == (True, "–", "")


def test_finishing_leads_to_the_locked_audit(client_for: ClientFor, qm: User, audit: Audit) -> None:
    answer_all(audit)
    url = reverse("audits:check", args=[audit.number])
    client = client_for(qm)
    data = {"conclusion": "Im Kern in Ordnung.", "participants": "", "version": "1"}
    page = client.post(url, data, follow=True)
    assert "Das Audit ist abgeschlossen und gesperrt." in page.content.decode()
    assert page.context["head"].score == "100,0\u202f%"
    assert client.post(url, data).headers["Location"] == audit.get_absolute_url()


# --- recording findings ---------------------------------------------------------------------


def finding_data(owner: User, **changes: Any) -> dict[str, Any]:
    given = {
        "grade": "minor",
        "statement": "Nicht nach Plan gereinigt.",
        "criterion": "LV Pos. 4.2",
        "owner": str(owner.pk),
        "due_on": "",
    }
    return given | changes


def test_finding_of_a_question_leads_back_to_its_card(
    client_for: ClientFor, auditor: User, audit: Audit, operativ: User
) -> None:
    url = reverse("audits:finding_create", args=[audit.number])
    response = client_for(auditor).post(f"{url}?frage=P1", finding_data(operativ))
    assert response.headers["Location"] == reverse("audits:question", args=[audit.number, "P1"])
    question = Finding.objects.get().question
    assert question is not None
    assert question.code == "P1"


def test_free_finding_leads_back_to_the_audit(
    client_for: ClientFor, auditor: User, audit: Audit, operativ: User
) -> None:
    url = reverse("audits:finding_create", args=[audit.number])
    response = client_for(auditor).post(url, finding_data(operativ))
    assert response.headers["Location"] == audit.get_absolute_url()
    assert Finding.objects.get().question is None


def test_finding_form_comes_alone_for_htmx_and_goes_by_header(
    client_for: ClientFor, auditor: User, audit: Audit, operativ: User
) -> None:
    url = f"{reverse('audits:finding_create', args=[audit.number])}?frage=P1"
    client, headers = client_for(auditor), {"HX-Request": "true"}
    html = client.get(url, headers=headers).content.decode()
    assert 'id="finding"' in html
    assert "<html" not in html
    done = client.post(url, finding_data(operativ), headers=headers)
    assert done.headers["HX-Redirect"] == reverse("audits:question", args=[audit.number, "P1"])


def test_finding_of_an_unknown_question_is_not_found(
    client_for: ClientFor, auditor: User, audit: Audit
) -> None:
    url = reverse("audits:finding_create", args=[audit.number])
    assert client_for(auditor).get(f"{url}?frage=Z9").status_code == 404


def test_finding_presets_the_site_management_as_owner(
    client_for: ClientFor, qm: User, audit: Audit, kollegin: User
) -> None:
    CaseMember.objects.create(
        case=audit.case, user=kollegin, function=Function.OPERATIONS_LEAD, joined_on=DAY
    )
    url = reverse("audits:finding_create", args=[audit.number])
    form = client_for(qm).get(url).context["form"]
    assert form["owner"].value() == kollegin.pk
    assert form["grade"].value() is None


# --- steps of a finding ---------------------------------------------------------------------


def step(finding: Finding, name: str) -> str:
    return reverse(f"audits:finding_{name}", args=[finding.number])


def test_done_goes_back_to_where_the_button_stood(
    client_for: ClientFor, operativ: User, finding: Finding
) -> None:
    response = client_for(operativ).post(step(finding, "done"), {"next": "/faelle/"})
    assert response.headers["Location"] == "/faelle/"
    finding.refresh_from_db()
    assert (finding.status, finding.done_on) == (FindingStatus.DONE, DAY)


@pytest.mark.parametrize("target", ["", "irgendwo", "https://boese.example/", "//boese.example"])
def test_done_never_leads_to_another_host(
    client_for: ClientFor, operativ: User, finding: Finding, target: str
) -> None:
    response = client_for(operativ).post(step(finding, "done"), {"next": target})
    assert response.headers["Location"] == finding.get_absolute_url()


def test_done_twice_is_no_error(client_for: ClientFor, operativ: User, finding: Finding) -> None:
    client = client_for(operativ)
    for _ in range(2):
        assert client.post(step(finding, "done")).status_code == 302
    assert finding.case.events.count() == 1


def test_start_puts_it_in_progress(client_for: ClientFor, operativ: User, finding: Finding) -> None:
    client_for(operativ).post(step(finding, "start"))
    finding.refresh_from_db()
    assert finding.status == FindingStatus.IN_PROGRESS


def test_step_that_cannot_be_taken_says_why(client_for: ClientFor, qm: User, audit: Audit) -> None:
    withdrawn = FindingFactory(audit=audit, status="withdrawn", withdrawn_reason="Unbegründet")
    page = client_for(qm).post(step(withdrawn, "done"), {"next": "/audits/"}, follow=True)
    assert "Die Feststellung ist „Zurückgezogen“." in page.content.decode()


def test_steps_take_only_a_post(client_for: ClientFor, qm: User, finding: Finding) -> None:
    client = client_for(qm)
    assert client.get(step(finding, "done")).status_code == 405
    assert client.get(step(finding, "start")).status_code == 405


def test_withdraw_and_reopen_by_form(client_for: ClientFor, qm: User, finding: Finding) -> None:
    client = client_for(qm)
    assert client.get(step(finding, "withdraw")).status_code == 200
    client.post(step(finding, "withdraw"), {"note": "Anderes Haus", "version": "1"})
    finding.refresh_from_db()
    assert finding.withdrawn_reason == "Anderes Haus"
    client.post(step(finding, "reopen"), {"note": "Doch dieses", "version": "2"})
    finding.refresh_from_db()
    assert finding.status == FindingStatus.OPEN


def test_withdraw_meanwhile_changed_is_a_conflict(
    client_for: ClientFor, qm: User, finding: Finding
) -> None:
    Finding.objects.update(version=2)
    response = client_for(qm).post(step(finding, "withdraw"), {"note": "Alt", "version": "1"})
    assert response.status_code == 409
    finding.refresh_from_db()
    assert finding.status == FindingStatus.OPEN


def test_actions_are_those_the_user_may_take(
    finding: Finding, qm: User, operativ: User, kam: User
) -> None:
    def keys(user: User) -> list[str]:
        return [action.key for action in finding_actions(user, finding)]

    assert keys(qm) == ["done", "resolve", "start", "edit", "withdraw"]
    assert keys(operativ) == ["done", "resolve", "start"]
    assert keys(kam) == []
    finding.status = FindingStatus.DONE
    assert keys(qm) == ["resolve", "reopen"]


def test_facts_name_the_question_and_a_moved_date(audit: Audit) -> None:
    finding = FindingFactory(
        audit=audit,
        question=audit.questions().get(code="P1"),
        original_due_on=DAY,
        due_on=DAY + dt.timedelta(4),
    )
    facts = finding_facts(Finding.objects.with_audit().get(pk=finding.pk), DAY)
    assert (facts.question, facts.original) == ("P1 Ist P1 in Ordnung?", "23.11.2026")
    assert (facts.due, facts.due_note, facts.done) == ("Fr., 27.11.2026", "in 4 Tagen", "")


def test_facts_of_a_free_unmoved_strength_are_short(audit: Audit) -> None:
    finding = FindingFactory(audit=audit, grade=Grade.STRENGTH)
    facts = finding_facts(finding, DAY)
    assert (facts.question, facts.original, facts.due, facts.owner) == ("", "", "–", "–")
