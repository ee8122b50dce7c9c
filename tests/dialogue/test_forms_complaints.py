"""Forms of a complaint and its steps: each refusal in German."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from tests.clients.factories import ContactFactory, SiteFactory
from tests.dialogue.factories import (
    ComplaintFactory,
)
from tests.dialogue.refusals import (
    BEFORE_RECEIPT,
    FUTURE,
    PAST,
    REQUIRED,
    SAME,
    no_choice,
    refusals,
    too_long,
)
from winback.cases.models import Case
from winback.dialogue import forms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

COMPLAINT = {
    "received_on": "20.11.2026", "channel": "phone", "what": "Sanitär", "severity": "medium",
    "due_on": "24.11.2026",
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"what": ""}, "what", REQUIRED),
        ({"what": "x" * 251}, "what", too_long(250, 251)),
        ({"received_on": "24.11.2026"}, "received_on", FUTURE),
        ({"received_on": ""}, "received_on", REQUIRED),
        ({"received_at": "25:00"}, "received_at", "Bitte eine gültige Uhrzeit eingeben."),
        ({"due_on": "19.11.2026"}, "due_on", BEFORE_RECEIPT),
        ({"due_on": ""}, "due_on", REQUIRED),
        ({"channel": ""}, "channel", REQUIRED),
        ({"severity": "egal"}, "severity", no_choice("egal")),
        ({"is_safety": "on"}, "immediate_action", "Geben Sie an, was sofort getan wird."),
        ({"statement": "x" * 4001}, "statement", too_long(4000, 4001)),
        ({"remedy_sought": "x" * 251}, "remedy_sought", too_long(250, 251)),
        ({"site": "99999"}, "site", no_choice("99999")),
        ({"contact": "99999"}, "contact", no_choice("99999")),
        ({"owner": ""}, "owner", REQUIRED),
    ],
)
def test_complaint_refuses(
    case: Case, kam: User, wrong: dict[str, str], field: str, message: str
) -> None:
    form = forms.ComplaintForm({"owner": str(kam.pk)} | COMPLAINT | wrong, case=case)
    assert refusals(form) == {field: [message]}


def test_complaint_refuses_an_owner_who_is_the_deputy(case: Case, kam: User) -> None:
    people = {"owner": str(kam.pk), "deputy": str(kam.pk)}
    assert refusals(forms.ComplaintForm(COMPLAINT | people, case=case)) == {"deputy": [SAME]}


def test_complaint_offers_sites_and_people_of_its_client_only(case: Case, kam: User) -> None:
    site, contact = SiteFactory(client=case.client), ContactFactory(client=case.client)
    SiteFactory()
    ContactFactory()
    form = forms.ComplaintForm(case=case)
    assert form.fields["site"].rows == {str(site.pk): site}  # type: ignore[attr-defined]  # a RowField
    assert form.fields["contact"].rows == {str(contact.pk): contact}  # type: ignore[attr-defined]  # a RowField


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"core": "real"}, {"core_reason": ["Ein Urteil braucht eine Begründung."]}),
        ({"core": "tactical"}, {"core_reason": ["Ein Urteil braucht eine Begründung."]}),
        ({"core": "weder"}, {"core": [no_choice("weder")]}),
        ({"core": "real", "core_reason": "x" * 2001}, {"core_reason": [too_long(2000, 2001)]}),
    ],
    ids=["real", "tactical", "neither", "too long"],
)
def test_core_refuses(case: Case, data: dict[str, str], expected: dict[str, list[str]]) -> None:
    form = forms.CoreForm({"version": "1"} | data, case=case, row=ComplaintFactory(case=case))
    found = refusals(form)
    assert {name: found[name] for name in expected} == expected


def test_core_may_go_back_to_not_judged(case: Case) -> None:
    form = forms.CoreForm(
        {"version": "1", "core": "unclear"}, case=case, row=ComplaintFactory(case=case)
    )
    assert form.is_valid()


ANSWER = {"text": "Zweimal täglich bis Freitag.", "on": "23.11.2026", "ask_on": "30.11.2026"}
CLOSE = {"done_on": "23.11.2026", "content": "yes"}
REOPEN = {"due_on": "25.11.2026", "reason_text": "Wieder nicht gereinigt"}
ACKNOWLEDGE = {"on": "23.11.2026"}


@pytest.mark.parametrize(
    ("form_class", "data", "wrong", "field", "message"),
    [
        (forms.AcknowledgeForm, ACKNOWLEDGE, {"on": ""}, "on", REQUIRED),
        (forms.AcknowledgeForm, ACKNOWLEDGE, {"on": "24.11.2026"}, "on", FUTURE),
        (forms.AcknowledgeForm, ACKNOWLEDGE, {"on": "19.11.2026"}, "on", BEFORE_RECEIPT),
        (
            forms.AcknowledgeForm, ACKNOWLEDGE, {"at": "früh"}, "at",
            "Bitte eine gültige Uhrzeit eingeben.",
        ),
        (forms.AnswerForm, ANSWER, {"text": " "}, "text", REQUIRED),
        (forms.AnswerForm, ANSWER, {"text": "x" * 4001}, "text", too_long(4000, 4001)),
        (forms.AnswerForm, ANSWER, {"on": "19.11.2026"}, "on", BEFORE_RECEIPT),
        (forms.AnswerForm, ANSWER, {"on": "24.11.2026"}, "on", FUTURE),
        (forms.AnswerForm, ANSWER, {"ask_on": ""}, "ask_on", REQUIRED),
        (forms.AnswerForm, ANSWER, {"ask_on": "19.11.2026"}, "ask_on", BEFORE_RECEIPT),
        (forms.CloseForm, CLOSE, {"done_on": "24.11.2026"}, "done_on", FUTURE),
        (forms.CloseForm, CLOSE, {"done_on": "19.11.2026"}, "done_on", BEFORE_RECEIPT),
        (forms.CloseForm, CLOSE, {"content": ""}, "content", REQUIRED),
        (forms.CloseForm, CLOSE, {"content": "fast"}, "content", no_choice("fast")),
        (
            forms.CloseForm, CLOSE, {"content": "no"}, "closing_note",
            "Geben Sie an, warum sie dennoch abgeschlossen wird.",
        ),
        (
            forms.CloseForm, CLOSE, {"closing_note": "x" * 251}, "closing_note",
            too_long(250, 251),
        ),
        (forms.ReopenForm, REOPEN, {"due_on": "22.11.2026"}, "due_on", PAST),
        (forms.ReopenForm, REOPEN, {"due_on": ""}, "due_on", REQUIRED),
        (forms.ReopenForm, REOPEN, {"reason_text": ""}, "reason_text", REQUIRED),
        (
            forms.ReopenForm, REOPEN, {"reason_text": "x" * 251}, "reason_text",
            too_long(250, 251),
        ),
    ],
)  # fmt: skip
def test_step_of_a_complaint_refuses(
    case: Case,
    form_class: type[Any],
    data: dict[str, str],
    wrong: dict[str, str],
    field: str,
    message: str,
) -> None:
    row = ComplaintFactory(case=case)
    assert form_class({"version": "1"} | data, row=row).is_valid()
    assert refusals(form_class({"version": "1"} | data | wrong, row=row)) == {field: [message]}


@pytest.mark.parametrize(("answer", "content"), [("yes", True), ("no", False)])
def test_closing_reads_the_answer_as_a_fact(case: Case, answer: str, content: bool) -> None:
    data = CLOSE | {"version": "1", "content": answer, "closing_note": "Frau Heller, am Telefon"}
    form = forms.CloseForm(data, row=ComplaintFactory(case=case))
    assert form.is_valid()
    assert form.cleaned_data["content"] is content


def test_complaint_may_be_reopened_for_today(case: Case) -> None:
    row = ComplaintFactory(case=case)
    form = forms.ReopenForm(REOPEN | {"version": "1", "due_on": "heute"}, row=row)
    assert form.is_valid()
    assert form.cleaned_data["due_on"] == dt.date(2026, 11, 23)
