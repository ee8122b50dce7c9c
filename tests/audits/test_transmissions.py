"""What a device sends later: once per key, the answer entered last counts, the other one stays."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from audits import rules, services
from audits.enums import AuditStatus, Result
from audits.models import Answer, Audit, Evidence, Transmission
from tests.audits.factories import answer
from tests.conftest import ClientFor
from tests.documents.files import picture
from winback.common import clock
from winback.documents.rules import CheckedFile

pytestmark = pytest.mark.usefixtures("today")


def minutes(count: float) -> dt.timedelta:
    return dt.timedelta(minutes=count)


def sent(person: User, ago: float = 0, *, skew: float = 0, key: uuid.UUID | None = None) -> Any:
    """Entered ``ago`` minutes before it is sent, on a device whose clock is ``skew`` ahead."""
    shown = clock.now() + minutes(skew)
    return services.Sent(key or uuid.uuid4(), person.pk, shown - minutes(ago), shown)


def receive(
    audit: Audit, person: User, sending: Any, result: str = Result.PARTLY, note: str = "Unterwegs"
) -> Transmission:
    return services.receive_answer(
        audit=audit,
        question=audit.questions().get(code="S1"),
        actor=person,
        today=dt.date(2026, 11, 23),
        sent=sending,
        result=result,
        note=note,
    )


def standing() -> tuple[str, str]:
    given = Answer.objects.get()
    return given.result, given.note


NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("entered", "sending", "expected"),
    [
        (minutes(-90), minutes(0), minutes(-90)),
        (minutes(600), minutes(630), minutes(-30)),
        (minutes(-9000), minutes(-8990), minutes(-10)),
        (minutes(5), minutes(0), minutes(0)),
        (dt.timedelta(days=-400), minutes(0), -rules.OLDEST),
    ],
    ids=["right clock", "clock ahead", "clock behind", "clock set back", "absurd age"],
)
def test_moment_is_the_age_by_the_clock_of_the_device(
    entered: dt.timedelta, sending: dt.timedelta, expected: dt.timedelta
) -> None:
    assert rules.entered(NOON + entered, NOON + sending, NOON) == NOON + expected


def test_moment_of_the_widest_dates_does_not_overflow() -> None:
    first = dt.datetime.min.replace(tzinfo=dt.UTC)
    last = dt.datetime.max.replace(tzinfo=dt.UTC)
    assert rules.entered(first, last, NOON) == NOON - rules.OLDEST


def test_first_answer_counts_with_its_own_moment(audit: Audit, auditor: User) -> None:
    received = receive(audit, auditor, sent(auditor, ago=90))
    given = Answer.objects.get()
    assert (given.result, given.note, given.answered_by) == ("partly", "Unterwegs", auditor)
    assert given.answered_at == received.moment == clock.now() - minutes(90)
    assert received.received_at == clock.now()
    assert str(received) == f"{given.pk}: partly"
    assert given.history.get().history_user == auditor


def test_first_answer_starts_a_planned_audit(audit: Audit, auditor: User) -> None:
    Audit.objects.update(status=AuditStatus.PLANNED, started_on=None)
    audit.refresh_from_db()
    receive(audit, auditor, sent(auditor))
    audit.refresh_from_db()
    assert audit.status == AuditStatus.IN_PROGRESS


def test_same_key_again_changes_nothing(audit: Audit, auditor: User) -> None:
    sending = sent(auditor, ago=10)
    first = receive(audit, auditor, sending)
    receive(audit, auditor, sent(auditor), Result.MET, note="Nachgebessert")
    again = receive(audit, auditor, sending)
    assert again == first
    assert standing() == ("met", "Nachgebessert")
    assert Answer.history.count() == Transmission.objects.count() == 2


def test_same_key_is_known_even_after_the_lock(audit: Audit, auditor: User) -> None:
    """The answer arrived, its receipt did not: the device need not complain."""
    sending = sent(auditor)
    first = receive(audit, auditor, sending)
    Audit.objects.update(status=AuditStatus.FINISHED, done_on="2026-11-23")
    audit.refresh_from_db()
    assert receive(audit, auditor, sending) == first


@pytest.mark.parametrize("skew", [-720, -1, 0, 1, 720])
def test_answer_entered_later_counts_whatever_the_clock_of_the_device(
    audit: Audit, auditor: User, skew: float
) -> None:
    stood = answer(audit, "S1", note="Im Büro")
    Answer.objects.update(answered_at=clock.now() - minutes(30))
    assert receive(audit, auditor, sent(auditor, ago=29, skew=skew)).counted
    assert standing() == ("partly", "Unterwegs")
    assert stood.history.last().note == "Im Büro"


@pytest.mark.parametrize("skew", [-720, 0, 720])
def test_answer_entered_earlier_stays_beside_the_one_that_counts(
    audit: Audit, qm: User, auditor: User, skew: float
) -> None:
    answer(audit, "S1", note="Im Büro")
    Answer.objects.update(answered_at=clock.now() - minutes(30))
    received = receive(audit, auditor, sent(auditor, ago=31, skew=skew))
    assert not received.counted
    assert standing() == ("met", "Im Büro")
    kept = Transmission.objects.get()
    assert (kept.result, kept.note, kept.entered_by) == ("partly", "Unterwegs", auditor)
    assert Answer.history.count() == 1


def test_two_people_without_connection_the_later_one_counts_in_any_order(
    audit: Audit, qm: User, auditor: User
) -> None:
    receive(audit, qm, sent(qm, ago=20), Result.NOT_MET, "Zuletzt")
    assert not receive(audit, auditor, sent(auditor, ago=40)).counted
    assert standing() == ("not_met", "Zuletzt")
    assert receive(audit, auditor, sent(auditor, ago=10), note="Noch später").counted
    assert standing() == ("partly", "Noch später")


def test_order_on_one_device_does_not_depend_on_the_way_through_the_net(
    audit: Audit, auditor: User
) -> None:
    """The first one took a minute to arrive, the second one, entered after it, none."""
    shown = clock.now()
    slow = services.Sent(uuid.uuid4(), auditor.pk, shown - minutes(2), shown - minutes(2))
    quick = services.Sent(uuid.uuid4(), auditor.pk, shown - minutes(1), shown)
    receive(audit, auditor, slow, note="Erst")
    assert receive(audit, auditor, quick, note="Dann").counted
    assert standing() == ("partly", "Dann")
    late = services.Sent(uuid.uuid4(), auditor.pk, shown - minutes(1.5), shown)
    assert not receive(audit, auditor, late, note="Dazwischen").counted
    assert standing() == ("partly", "Dann")


def test_entry_of_somebody_else_is_refused(audit: Audit, qm: User, auditor: User) -> None:
    with pytest.raises(services.OtherPerson, match="jemand anderes"):
        receive(audit, qm, sent(auditor))
    assert not Transmission.objects.exists()


@pytest.mark.parametrize("status", [AuditStatus.FINISHED, AuditStatus.CANCELLED])
def test_entry_for_a_locked_audit_is_refused(audit: Audit, auditor: User, status: str) -> None:
    done_on = "2026-11-23" if status == AuditStatus.FINISHED else None
    Audit.objects.update(status=status, done_on=done_on)
    audit.refresh_from_db()
    with pytest.raises(services.AuditLocked):
        receive(audit, auditor, sent(auditor))
    assert not Answer.objects.exists()


def photo(audit: Audit, person: User, sending: Any) -> Evidence:
    return services.receive_photo(
        audit=audit,
        question=audit.questions().get(code="S1"),
        actor=person,
        today=dt.date(2026, 11, 23),
        sent=sending,
        photo=CheckedFile("Foto.jpg", "image/jpeg", picture()),
    )


def test_photo_arrives_once_with_its_own_moment(audit: Audit, auditor: User) -> None:
    answer(audit, "S1")
    sending = sent(auditor, ago=45, skew=720)
    first = photo(audit, auditor, sending)
    assert first.taken_at == clock.now() - minutes(45)
    Audit.objects.update(status=AuditStatus.FINISHED, done_on="2026-11-23")
    audit.refresh_from_db()
    assert photo(audit, auditor, sending) == first
    with pytest.raises(services.AuditLocked):
        photo(audit, auditor, sent(auditor))


def test_photo_of_somebody_else_is_refused(audit: Audit, qm: User, auditor: User) -> None:
    answer(audit, "S1")
    with pytest.raises(services.OtherPerson):
        photo(audit, qm, sent(auditor))
    assert not Evidence.objects.exists()


def test_late_answer_is_shown_on_its_card_and_on_no_other(
    client_for: ClientFor, audit: Audit, auditor: User
) -> None:
    answer(audit, "S1")
    receive(audit, auditor, sent(auditor, ago=45), Result.NOT_MET, "Tür klemmt.")
    receive(audit, auditor, sent(auditor, ago=50), Result.PARTLY, "")
    client = client_for(auditor)
    shown = client.get(reverse("audits:question", args=[audit.number, "S1"]))
    assert shown.context["late"] == [
        "teilweise erfüllt (23.11.2026, 08:10\xa0Uhr, H. Seidel)",
        "nicht erfüllt: Tür klemmt. (23.11.2026, 08:15\xa0Uhr, H. Seidel)",
    ]
    assert "Kam zu spät an und zählt nicht" in shown.content.decode()
    other = client.get(reverse("audits:question", args=[audit.number, "S2"]))
    assert other.context["late"] == []
