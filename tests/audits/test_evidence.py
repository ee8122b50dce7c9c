"""Photos and files that prove answers and findings: kept once, seen by whoever sees the audit."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.models import User
from audits import services
from audits.enums import AuditStatus, Result, Verb
from audits.models import Audit, Evidence, Finding
from tests.audits.factories import AuditFactory, answer
from tests.conftest import ClientFor
from tests.documents.files import PDF, archive, photo_with_place, picture
from tests.statements import statements
from winback.cases.models import Case, CaseEvent
from winback.common import clock
from winback.documents.enums import DocumentKind
from winback.documents.models import Document
from winback.documents.rules import CheckedFile

HTMX = {"HX-Request": "true"}
PHOTO = CheckedFile("Typenschild.jpg", "image/jpeg", picture())

pytestmark = pytest.mark.usefixtures("today")


def card_url(audit: Audit, code: str = "S1") -> str:
    return reverse("audits:question", args=[audit.number, code])


def upload(data: bytes, name: str = "Foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def stored_bytes() -> bytes:
    """Of the only photo there is."""
    with Evidence.objects.get().document.current.file.open("rb") as stored:
        data: bytes = stored.read()
    return data


def photo_of(audit: Audit, actor: User, today: dt.date, **facts: Any) -> Evidence:
    question = audit.questions().get(code="S1")
    if not audit.answers.filter(question=question).exists():
        answer(audit, "S1")
    return services.add_photo(
        audit=audit, question=question, actor=actor, today=today, photo=PHOTO, **facts
    )


def test_photo_is_kept_with_its_answer(audit: Audit, auditor: User, today: dt.date) -> None:
    taken = photo_of(audit, auditor, today)
    assert (taken.audit, taken.taken_by, taken.taken_at) == (audit, auditor, clock.now())
    assert taken.document.kind == DocumentKind.PHOTO
    assert str(taken) == f"Foto {audit.number}, Frage S1"
    assert taken.is_picture


def test_photo_sent_twice_under_one_key_is_kept_once(
    audit: Audit, auditor: User, today: dt.date
) -> None:
    key = uuid.uuid4()
    first = photo_of(audit, auditor, today, key=key)
    assert photo_of(audit, auditor, today, key=key) == first
    assert Evidence.objects.count() == Document.objects.count() == 1
    photo_of(audit, auditor, today)
    assert Evidence.objects.count() == 2


@pytest.mark.parametrize(("minutes", "kept"), [(-90, -90), (0, 0), (90, 0)])
def test_moment_of_the_device_counts_unless_it_lies_in_the_future(
    audit: Audit, auditor: User, today: dt.date, minutes: int, kept: int
) -> None:
    now = clock.now()
    taken = photo_of(audit, auditor, today, taken_at=now + dt.timedelta(minutes=minutes))
    assert taken.taken_at == now + dt.timedelta(minutes=kept)


def test_photo_needs_an_answer_to_prove(audit: Audit, auditor: User, today: dt.date) -> None:
    question = audit.questions().get(code="S1")
    with pytest.raises(services.NotReady, match="zuerst eine Antwort") as refused:
        services.add_photo(audit=audit, question=question, actor=auditor, today=today, photo=PHOTO)
    assert refused.value.field == "photo"
    assert not Document.objects.exists()


def test_photo_of_a_locked_audit_is_refused(audit: Audit, qm: User, today: dt.date) -> None:
    answer(audit, "S1")
    Audit.objects.filter(pk=audit.pk).update(status=AuditStatus.FINISHED, done_on=today)
    with pytest.raises(services.AuditLocked):
        photo_of(audit, qm, today)


def test_file_of_a_finding_is_recorded_once(finding: Finding, operativ: User) -> None:
    key = uuid.uuid4()
    protocol = CheckedFile("Protokoll.pdf", "application/pdf", PDF)
    for _ in range(2):
        proof = services.add_evidence(
            finding=finding, actor=operativ, upload=protocol, title="Prüfprotokoll", key=key
        )
    assert (proof.audit, str(proof)) == (finding.audit, "Prüfprotokoll")
    assert proof.document.kind == DocumentKind.PROOF
    assert not proof.is_picture
    assert CaseEvent.objects.filter(verb=Verb.EVIDENCE_ADDED).count() == 1


def test_evidence_of_an_ended_case_is_refused(finding: Finding, operativ: User) -> None:
    finding.audit.case.status = "lost"
    with pytest.raises(services.NotReady, match="beendet"):
        services.add_evidence(finding=finding, actor=operativ, upload=PHOTO)


@pytest.mark.parametrize("both", [True, False])
def test_evidence_belongs_to_an_answer_or_a_finding(finding: Finding, both: bool) -> None:
    given = answer(finding.audit, "S1") if both else None
    document = Document.objects.create(title="Foto", kind=DocumentKind.PHOTO)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(
            answer=given,
            finding=finding if both else None,
            document=document,
            taken_at=timezone.now(),
            taken_by=finding.owner,
        )


def test_evidence_of_an_audit_is_that_of_answers_and_findings(
    audit: Audit, finding: Finding, auditor: User, today: dt.date
) -> None:
    photo = photo_of(audit, auditor, today)
    proof = services.add_evidence(finding=finding, actor=auditor, upload=PHOTO)
    photo_of(AuditFactory(status=AuditStatus.IN_PROGRESS), auditor, today)
    assert set(Evidence.objects.of_audit(audit)) == {photo, proof}
    assert str(proof) == f"Nachweis zu {finding.number}"


def test_card_takes_answer_and_photo_in_one_step(
    audit: Audit, client_for: ClientFor, auditor: User
) -> None:
    data = {"result": Result.MET, "note": "", "photo": upload(photo_with_place())}
    response = client_for(auditor).post(card_url(audit), data)
    assert response.headers["Location"] == card_url(audit, "S2")
    stored = stored_bytes()
    assert b"GEHEIM" not in stored
    assert not Image.open(io.BytesIO(stored)).getexif()


def test_large_photo_is_kept_no_larger_than_needed(
    audit: Audit, client_for: ClientFor, auditor: User
) -> None:
    data = {"result": Result.MET, "photo": upload(picture("PNG", (2400, 1200)), "Plan.png")}
    client_for(auditor).post(card_url(audit), data)
    version = Evidence.objects.get().document.current
    assert Image.open(io.BytesIO(stored_bytes())).size == (2000, 1000)
    assert (version.original_name, version.content_type) == ("Plan.jpg", "image/jpeg")


def test_photo_by_htmx_shows_its_thumbnail_and_a_new_key(
    audit: Audit, client_for: ClientFor, auditor: User
) -> None:
    key = uuid.uuid4()
    data = {"result": Result.MET, "photo": upload(picture()), "photo_key": key}
    response = client_for(auditor).post(card_url(audit), data, headers=HTMX)
    html = response.content.decode()
    assert Evidence.objects.get().key == key
    assert reverse("audits:preview", args=[audit.number, key]) in html
    assert f'value="{key}"' not in html
    assert "Fotos (1)" in html


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (PDF, "Foto.pdf", "kein Foto"),
        (b"<svg onload=alert(1)>", "Foto.svg", "nicht angenommen"),
        (b"GIF89a<script>", "Foto.jpg", "passt nicht"),
        (picture()[:40], "Foto.jpg", "beschädigt"),
        (archive({"a": b"b"}), "Foto.jpg", "passt nicht"),
    ],
    ids=["pdf", "svg", "script", "torn", "archive"],
)
def test_hostile_photo_is_refused_and_nothing_half_saved(
    audit: Audit, client_for: ClientFor, auditor: User, data: bytes, name: str, words: str
) -> None:
    sent = {"result": Result.PARTLY, "note": "Fleck", "photo": upload(data, name)}
    response = client_for(auditor).post(card_url(audit), sent)
    assert response.status_code == 422
    html = response.content.decode()
    assert words in html
    assert "Fleck" in html
    assert not Document.objects.exists()
    assert not audit.answers.exists()


def test_photo_without_an_answer_is_refused_at_its_field(
    audit: Audit, client_for: ClientFor, auditor: User
) -> None:
    response = client_for(auditor).post(card_url(audit), {"photo": upload(picture())})
    assert response.status_code == 422
    assert response.context["form"].errors["photo"]


def test_preview_is_a_small_picture_and_the_file_opens_sandboxed(
    audit: Audit, client_for: ClientFor, auditor: User, today: dt.date
) -> None:
    taken = photo_of(audit, auditor, today)
    client = client_for(auditor)
    shown = client.get(taken.get_absolute_url())
    small = client.get(reverse("audits:preview", args=[audit.number, taken.key]))
    for response in (shown, small):
        assert response.headers["Content-Type"] == "image/jpeg"
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert response.headers["Cache-Control"] == "no-store"
    assert max(Image.open(io.BytesIO(small.content)).size) <= 256


def test_file_without_a_picture_has_no_preview(
    finding: Finding, client_for: ClientFor, qm: User
) -> None:
    protocol = CheckedFile("Protokoll.pdf", "application/pdf", PDF)
    proof = services.add_evidence(finding=finding, actor=qm, upload=protocol)
    client = client_for(qm)
    url = reverse("audits:preview", args=[finding.audit.number, proof.key])
    assert client.get(url).status_code == 404
    assert client.get(proof.get_absolute_url()).status_code == 200


def test_evidence_of_another_audit_is_not_found(
    audit: Audit, case: Case, client_for: ClientFor, qm: User, auditor: User, today: dt.date
) -> None:
    other = AuditFactory(case=case, owner=qm, status=AuditStatus.IN_PROGRESS)
    hidden = photo_of(other, qm, today)
    own_address = reverse("audits:evidence", args=[audit.number, hidden.key])
    assert client_for(auditor).get(hidden.get_absolute_url()).status_code == 404
    assert client_for(auditor).get(own_address).status_code == 404
    assert client_for(qm).get(own_address).status_code == 404


def test_card_asks_the_same_for_one_and_three_photos(
    audit: Audit, client_for: ClientFor, auditor: User, today: dt.date
) -> None:
    client = client_for(auditor)
    photo_of(audit, auditor, today)
    before = statements(client, card_url(audit))
    for _ in range(2):
        photo_of(audit, auditor, today)
    after = statements(client, card_url(audit))
    assert len(before) == len(after) <= 12, after
