"""Entry on site: one question per card, saved at once by htmx and by the plain buttons."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from audits.enums import AuditStatus, Grade, Result
from audits.models import Answer, Audit
from tests.audits.factories import AuditFactory, FindingFactory, answer, answer_all
from tests.conftest import ClientFor
from winback.cases.models import Case

HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.usefixtures("today")


def card_url(audit: Audit, code: str) -> str:
    return reverse("audits:question", args=[audit.number, code])


def begin_url(audit: Audit) -> str:
    return reverse("audits:entry", args=[audit.number])


@pytest.mark.parametrize(
    ("answered", "code"), [((), "S1"), (("S1",), "S2"), (("S1", "P1"), "S2"), (("S2",), "S1")]
)
def test_entry_begins_at_the_first_open_question(
    client_for: ClientFor, auditor: User, audit: Audit, answered: tuple[str, ...], code: str
) -> None:
    for each in answered:
        answer(audit, each)
    response = client_for(auditor).get(begin_url(audit))
    assert response.headers["Location"] == card_url(audit, code)


def test_entry_of_a_complete_audit_leads_to_the_check(
    client_for: ClientFor, qm: User, audit: Audit
) -> None:
    answer_all(audit)
    response = client_for(qm).get(begin_url(audit))
    assert response.headers["Location"] == reverse("audits:check", args=[audit.number])


def test_card_shows_question_answer_progress_and_groups(
    client_for: ClientFor, auditor: User, audit: Audit
) -> None:
    answer(audit, "P1", Result.PARTLY, note="Protokoll von 2023.")
    response = client_for(auditor).get(card_url(audit, "P1"))
    html = response.content.decode()
    card = response.context["card"]
    assert "Ist P1 in Ordnung?" in html
    assert "Protokoll von 2023." in html
    assert "1 von 3 Fragen beantwortet" in html
    assert [choice.chosen for choice in card.choices] == [False, True, False, False]
    assert [choice.key for choice in card.choices] == ["1", "2", "3", "4"]
    assert [(chip.label, chip.current) for chip in card.groups] == [
        ("Gruppe 1 0/2", False),
        ("Gruppe 2 1/1", True),
    ]
    assert card.groups[0].url == card_url(audit, "S1")
    assert "Gespeichert 09:00" in html


def test_card_of_an_unknown_question_is_not_found(
    client_for: ClientFor, auditor: User, audit: Audit
) -> None:
    assert client_for(auditor).get(card_url(audit, "Z9")).status_code == 404


def test_card_has_no_case_header_and_opens_the_camera(
    client_for: ClientFor, auditor: User, audit: Audit
) -> None:
    html = client_for(auditor).get(card_url(audit, "S1")).content.decode()
    assert "casehead" not in html
    assert 'type="file" name="photo"' in html
    assert 'capture="environment"' in html


@pytest.mark.parametrize(
    ("code", "button", "lands"),
    [("S1", {}, "S2"), ("S2", {}, "P1"), ("P1", {"back": "1"}, "S2")],
)
def test_buttons_save_and_leaf(
    client_for: ClientFor,
    auditor: User,
    audit: Audit,
    code: str,
    button: dict[str, str],
    lands: str,
) -> None:
    data = {"result": "met", "note": "", **button}
    response = client_for(auditor).post(card_url(audit, code), data)
    assert response.headers["Location"] == card_url(audit, lands)
    given = Answer.objects.get()
    assert (given.question.code, given.result, given.answered_by) == (code, "met", auditor)


def test_buttons_lead_past_the_ends_to_audit_and_check(
    client_for: ClientFor, auditor: User, audit: Audit
) -> None:
    client = client_for(auditor)
    last = client.post(card_url(audit, "P1"), {"result": "na"})
    assert last.headers["Location"] == reverse("audits:check", args=[audit.number])
    first = client.post(card_url(audit, "S1"), {"back": "1"})
    assert first.headers["Location"] == audit.get_absolute_url()


def test_leafing_over_an_unanswered_question_saves_nothing(
    client_for: ClientFor, auditor: User, audit: Audit
) -> None:
    response = client_for(auditor).post(card_url(audit, "S1"), {"note": ""})
    assert response.headers["Location"] == card_url(audit, "S2")
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("code", "result", "grade"),
    [
        ("P1", "not_met", "Hauptabweichung"),
        ("S1", "not_met", "Nebenabweichung"),
        ("P1", "partly", "Beobachtung"),
        ("S1", "met", None),
        ("S1", "na", None),
    ],
)
def test_autosave_answers_with_progress_and_proposal(
    client_for: ClientFor, auditor: User, audit: Audit, code: str, result: str, grade: str | None
) -> None:
    data = {"result": result, "note": "Gesehen"}
    response = client_for(auditor).post(card_url(audit, code), data, headers=HTMX)
    html = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in html
    assert html.count('hx-swap-oob="true"') == 5
    assert "Gespeichert 09:00" in html
    assert "1 von 3 Fragen beantwortet" in html
    proposal = response.context["card"].proposal
    assert (proposal.grade if proposal else None) == grade
    assert Answer.objects.get().note == "Gesehen"


def test_autosave_of_nothing_says_so(client_for: ClientFor, auditor: User, audit: Audit) -> None:
    response = client_for(auditor).post(card_url(audit, "S1"), {"note": ""}, headers=HTMX)
    assert response.status_code == 200
    assert "Noch nicht geprüft" in response.content.decode()
    assert not Answer.objects.exists()


def test_card_lists_findings_of_its_question_only(
    client_for: ClientFor, auditor: User, audit: Audit
) -> None:
    mine = FindingFactory(audit=audit, question=audit.questions().get(code="S1"), grade=Grade.MAJOR)
    FindingFactory(audit=audit, question=audit.questions().get(code="S2"))
    FindingFactory(audit=audit, question=mine.question, status="withdrawn", withdrawn_reason="x")
    context: Any = client_for(auditor).get(card_url(audit, "S1")).context
    assert [row.number for row in context["findings"]] == [mine.number]


def test_answer_after_the_audit_was_locked_is_refused_and_kept(
    client_for: ClientFor, auditor: User, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A colleague finishes between the page's check and the save."""
    real = Audit.questions

    def locked_meanwhile(self: Audit) -> Any:
        Audit.objects.filter(pk=self.pk).update(status="finished", done_on="2026-11-23")
        return real(self)

    monkeypatch.setattr(Audit, "questions", locked_meanwhile)
    data = {"result": "not_met", "note": "Zu spät gesendet."}
    response = client_for(auditor).post(card_url(audit, "S1"), data)
    assert response.status_code == 422
    html = response.content.decode()
    assert "Das Audit ist gesperrt" in html
    assert "Zu spät gesendet." in html
    assert not Answer.objects.exists()


@pytest.mark.parametrize("status", [AuditStatus.FINISHED, AuditStatus.CANCELLED])
def test_entry_of_a_locked_audit_is_forbidden(
    client_for: ClientFor, qm: User, case: Case, status: str
) -> None:
    audit = AuditFactory(case=case, owner=qm, status=status)
    client = client_for(qm)
    assert client.get(begin_url(audit)).status_code == 403
    assert client.post(card_url(audit, "S1"), {"result": "met"}).status_code == 403
    assert not Answer.objects.exists()


def test_entry_is_for_lead_team_and_quality_managers(
    client_for: ClientFor, kam: User, fremde: User, audit: Audit
) -> None:
    assert client_for(kam).get(card_url(audit, "S1")).status_code == 403
    assert client_for(fremde).get(card_url(audit, "S1")).status_code == 404
