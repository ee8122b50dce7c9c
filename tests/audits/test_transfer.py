"""Where devices send what was entered without a connection: bad input, locked, foreign, twice."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audits.enums import AuditStatus
from audits.models import Answer, Audit, Evidence, Transmission
from tests.audits.factories import answer
from tests.conftest import ClientFor
from tests.documents.files import PDF, archive, photo_with_place, picture
from tests.statements import statements
from winback.common import clock
from winback.documents.models import Document

pytestmark = pytest.mark.usefixtures("today")


def url(audit: Audit) -> str:
    return reverse("audits:transfer", args=[audit.number])


def entry(user: User, **changes: Any) -> dict[str, Any]:
    """An answer to S1, ten minutes old."""
    now = clock.now()
    return {
        "key": str(uuid.uuid4()),
        "person": user.pk,
        "code": "S1",
        "entered_at": (now - dt.timedelta(minutes=10)).isoformat(),
        "sent_at": now.isoformat().replace("+00:00", "Z"),
        "result": "not_met",
        "note": "Ohne Netz im Keller.",
    } | changes


def photo(person: User, data: bytes | None = None, **changes: Any) -> dict[str, Any]:
    upload = SimpleUploadedFile("Foto.jpg", picture() if data is None else data)
    return entry(person, result="", note="", photo=upload, **changes)


def refused(response: Any, status: int, word: str) -> bool:
    assert response.status_code == status
    assert word in response.json()["message"], response.json()
    return not Answer.objects.exists() and not Transmission.objects.exists()


def test_device_learns_who_is_signed_in_and_every_card(
    client_for: ClientFor, auditor: User, audit: Audit
) -> None:
    answer(audit, "S2")
    told = client_for(auditor).get(url(audit)).json()
    assert told["person"] == auditor.pk
    assert [(card["code"], card["group"], card["answered"]) for card in told["cards"]] == [
        ("S1", "Gruppe 1", False),
        ("S2", "Gruppe 1", True),
        ("P1", "Gruppe 2", False),
    ]
    assert told["cards"][2]["url"] == reverse("audits:question", args=[audit.number, "P1"])


def test_token_of_the_device_opens_the_door_to_its_entries(auditor: User, audit: Audit) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(auditor)
    assert client.post(url(audit), entry(auditor)).status_code == 403
    token = client.get(url(audit)).json()["token"]
    response = client.post(url(audit), entry(auditor), headers={"X-CSRFToken": token})
    assert response.json() == {"counted": True}


def test_answer_arrives_once_however_often_it_is_sent(
    client_for: ClientFor, auditor: User, audit: Audit
) -> None:
    client, same = client_for(auditor), entry(auditor)
    for _ in range(3):
        assert client.post(url(audit), same).json() == {"counted": True}
    given = Answer.objects.get()
    assert (given.result, given.note) == ("not_met", "Ohne Netz im Keller.")
    assert given.answered_at == clock.now() - dt.timedelta(minutes=10)
    assert Answer.history.count() == Transmission.objects.count() == 1


def test_answer_that_came_too_late_is_kept_and_says_so(
    client_for: ClientFor, auditor: User, audit: Audit
) -> None:
    answer(audit, "S1")
    response = client_for(auditor).post(url(audit), entry(auditor))
    assert response.json() == {"counted": False}
    assert Answer.objects.get().result == "met"
    assert Transmission.objects.get().note == "Ohne Netz im Keller."


def test_photo_arrives_once_without_its_place(
    client_for: ClientFor, auditor: User, audit: Audit
) -> None:
    answer(audit, "S1")
    client, key = client_for(auditor), str(uuid.uuid4())
    for _ in range(2):
        sending = photo(auditor, photo_with_place(), key=key)
        assert client.post(url(audit), sending).status_code == 200
    kept = Evidence.objects.get()
    assert str(kept.key) == key
    assert Document.objects.count() == 1
    with kept.document.current.file.open("rb") as stored:
        assert b"Exif" not in stored.read()


def test_photo_before_its_answer_is_refused(
    client_for: ClientFor, auditor: User, audit: Audit
) -> None:
    response = client_for(auditor).post(url(audit), photo(auditor))
    assert refused(response, 409, "zuerst eine Antwort")


@pytest.mark.parametrize(
    "data",
    [PDF, archive({"a.txt": b"x"}), b"<svg onload=alert(1)>", b"GIF89a;<script>", picture()[:200]],
    ids=["pdf", "archive", "svg", "polyglot", "torn"],
)
def test_hostile_photo_is_refused_and_nothing_stored(
    client_for: ClientFor, auditor: User, audit: Audit, data: bytes
) -> None:
    answer(audit, "S1")
    response = client_for(auditor).post(url(audit), photo(auditor, data))
    assert response.status_code == 422
    assert response.json()["message"]
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"key": "17"},
        {"key": ""},
        {"person": "ich"},
        {"code": ""},
        {"code": "S1" * 10},
        {"entered_at": "gestern"},
        {"entered_at": ""},
        {"sent_at": "2026-13-40T25:61:00Z"},
        {"result": "vielleicht"},
        {"result": "", "note": ""},
        {"result": "", "note": "Nur eine Notiz"},
        {"note": "x" * 4001},
    ],
    ids=str,
)
def test_bad_input_is_named_and_nothing_is_stored(
    client_for: ClientFor, auditor: User, audit: Audit, change: dict[str, str]
) -> None:
    response = client_for(auditor).post(url(audit), entry(auditor, **change))
    assert refused(response, 422, " ")


def test_question_of_another_checklist_is_refused(
    client_for: ClientFor, auditor: User, audit: Audit
) -> None:
    response = client_for(auditor).post(url(audit), entry(auditor, code="Z9"))
    assert refused(response, 409, "nicht gefragt")


def test_entry_of_the_person_before_on_the_device_is_refused(
    client_for: ClientFor, qm: User, auditor: User, audit: Audit
) -> None:
    response = client_for(qm).post(url(audit), entry(auditor))
    assert refused(response, 409, "jemand anderes")


@pytest.mark.parametrize("status", [AuditStatus.FINISHED, AuditStatus.CANCELLED])
def test_audit_locked_meanwhile_refuses_and_offers_no_cards(
    client_for: ClientFor, auditor: User, audit: Audit, status: str
) -> None:
    done_on = "2026-11-23" if status == AuditStatus.FINISHED else None
    Audit.objects.update(status=status, done_on=done_on)
    client = client_for(auditor)
    assert refused(client.post(url(audit), entry(auditor)), 409, "Das Audit ist gesperrt")
    assert client.get(url(audit)).json()["cards"] == []


def test_foreign_audit_is_not_found_and_a_spectator_forbidden(
    client_for: ClientFor, fremde: User, kam: User, audit: Audit
) -> None:
    for person, status in ((fremde, 404), (kam, 403)):
        client = client_for(person)
        assert client.post(url(audit), entry(person)).status_code == status
        assert client.get(url(audit)).status_code == status
    assert not Answer.objects.exists()


def test_signed_out_device_is_sent_to_sign_in(audit: Audit, auditor: User) -> None:
    response = Client().post(url(audit), entry(auditor))
    assert response.status_code == 302
    assert reverse("accounts:sign_in") in response.headers["Location"]


def test_worker_is_script_and_lives_below_the_entry_pages(
    client_for: ClientFor, auditor: User, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = reverse("audits:worker", args=[audit.number])
    assert address.startswith(reverse("audits:entry", args=[audit.number]))
    client = client_for(auditor)
    response = client.get(address)
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert b"addEventListener" in response.content
    monkeypatch.setattr(finders, "find", lambda path: None)
    assert client.get(address).status_code == 404


def test_transfer_stays_within_its_budget(
    client_for: ClientFor, auditor: User, audit: Audit
) -> None:
    client = client_for(auditor)
    first = statements(client, url(audit), entry(auditor))
    second = statements(client, url(audit), entry(auditor, note="Noch einmal"))
    assert len(first) <= 10
    assert len(second) <= 12
    assert len(statements(client, url(audit))) <= 8
    assert json.loads(client.get(url(audit)).content)["cards"][0]["answered"]
