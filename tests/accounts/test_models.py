"""Facts about people and their absences, and what the database refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import translation

from accounts.enums import Role, Salutation
from accounts.models import Absence, User
from tests.factories import AbsenceFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 8, 5)


def test_names_in_their_four_forms() -> None:
    user = User(first_name="Aylin", last_name="Kaya", salutation=Salutation.MS)
    assert (str(user), user.short_name, user.initials) == ("Aylin Kaya", "A. Kaya", "AK")
    with translation.override("de"):
        assert user.formal_name == "Frau Kaya"


def test_formal_name_without_salutation_is_the_full_name() -> None:
    assert User(first_name="Kim", last_name="Odal").formal_name == "Kim Odal"


@pytest.mark.parametrize("typed", ["Aylin.Kaya@Provider.Example", "  aylin.kaya@provider.example "])
def test_natural_key_ignores_case_and_blanks(typed: str) -> None:
    user = UserFactory(email="aylin.kaya@provider.example")
    assert User.objects.get_by_natural_key(typed) == user


def test_natural_key_none_finds_nobody() -> None:
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key(None)


def test_email_in_upper_case_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="Aylin@provider.example")


def test_unknown_role_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(role="owner")


def test_external_administrator_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(role=Role.EXTERNAL_AUDITOR, is_administrator=True)


def test_external_administrator_is_named_at_its_field() -> None:
    user = User(email="a@x.example", role=Role.EXTERNAL_AUDITOR, is_administrator=True)
    with pytest.raises(ValidationError) as caught:
        user.clean()
    assert list(caught.value.message_dict) == ["is_administrator"]


def test_clean_lowers_the_email() -> None:
    user = User(email=" A.Kaya@Provider.Example ", role=Role.OPERATIONS)
    user.clean()
    assert user.email == "a.kaya@provider.example"


def test_role_facts(leitung: User, auditor: User, kam: User) -> None:
    assert leitung.is_management
    assert not kam.is_management
    assert auditor.is_external
    assert not kam.is_external


def test_people_are_sorted_as_germans_sort() -> None:
    names = ["Özgür", "Zander", "Oppel", "Äpfler", "Apfler"]
    for name in names:
        UserFactory(last_name=name)
    found = list(User.objects.values_list("last_name", flat=True))
    assert found[2:] == ["Oppel", "Özgür", "Zander"]
    assert set(found[:2]) == {"Äpfler", "Apfler"}


@pytest.mark.parametrize(
    "text", ["müller", "MULLER", "petra mül", "mül petra", "p.mueller@", "  Müller  "]
)
def test_matching_finds_words_in_any_order(text: str) -> None:
    user = UserFactory(first_name="Petra", last_name="Müller", email="p.mueller@provider.example")
    UserFactory(first_name="Jonas", last_name="Horn")
    assert list(User.objects.all().matching(text)) == [user]


def test_matching_nothing_keeps_all(kam: User, qm: User) -> None:
    assert set(User.objects.all().matching("  ")) == {kam, qm}


def test_active_staff_roles_and_administrators(
    kam: User, qm: User, auditor: User, admin_user: User
) -> None:
    gone = UserFactory(is_active=False, is_administrator=True)
    assert gone not in User.objects.active()
    assert set(User.objects.staff()) == {kam, qm, admin_user}
    assert set(User.objects.with_role(Role.QUALITY_MANAGER, Role.EXTERNAL_AUDITOR)) == {qm, auditor}
    assert list(User.objects.administrators()) == [admin_user]


@pytest.mark.parametrize(
    ("day", "is_away"),
    [("2026-08-02", False), ("2026-08-03", True), ("2026-08-14", True), ("2026-08-15", False)],
)
def test_absence_covers_both_ends(day: str, is_away: bool) -> None:
    absence = AbsenceFactory()
    today = dt.date.fromisoformat(day)
    assert absence.covers(today) is is_away
    standing_in = User.objects.answered_for_by(absence.deputy, today).exclude(pk=absence.deputy.pk)
    assert list(standing_in) == ([absence.user] if is_away else [])


def test_standing_in_names_a_colleague_once() -> None:
    absence = AbsenceFactory()
    AbsenceFactory(user=absence.user, deputy=absence.deputy)
    assert set(User.objects.answered_for_by(absence.deputy, TODAY)) == {
        absence.user,
        absence.deputy,
    }


@pytest.mark.parametrize(
    ("start", "end", "hits"),
    [
        ("2026-07-20", "2026-08-02", False),
        ("2026-07-20", "2026-08-03", True),
        ("2026-08-05", "2026-08-06", True),
        ("2026-07-01", "2026-09-01", True),
        ("2026-08-14", "2026-08-20", True),
        ("2026-08-15", "2026-08-20", False),
    ],
)
def test_overlapping_shares_at_least_one_day(start: str, end: str, hits: bool) -> None:
    AbsenceFactory()
    found = Absence.objects.overlapping(dt.date.fromisoformat(start), dt.date.fromisoformat(end))
    assert found.exists() is hits


def test_not_over_includes_the_last_day() -> None:
    absence = AbsenceFactory()
    assert list(Absence.objects.not_over(absence.ends_on)) == [absence]
    assert not Absence.objects.not_over(absence.ends_on + dt.timedelta(days=1)).exists()


def test_absence_is_visible_to_its_person_and_administrators(kam: User, admin_user: User) -> None:
    absence = AbsenceFactory(user=kam)
    assert list(Absence.objects.visible_to(kam)) == [absence]
    assert list(Absence.objects.visible_to(admin_user)) == [absence]
    assert not Absence.objects.visible_to(absence.deputy).exists()


def test_absence_ending_before_its_start_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AbsenceFactory(starts_on=TODAY, ends_on=TODAY - dt.timedelta(days=1))


def test_absence_with_oneself_as_deputy_is_refused_by_the_database(kam: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AbsenceFactory(user=kam, deputy=kam)


def test_absence_of_one_day_is_clean_and_backwards_is_not() -> None:
    Absence(starts_on=TODAY, ends_on=TODAY).clean()
    Absence(starts_on=TODAY).clean()
    with pytest.raises(ValidationError) as caught:
        Absence(starts_on=TODAY, ends_on=TODAY - dt.timedelta(days=1)).clean()
    assert list(caught.value.message_dict) == ["ends_on"]


def test_absence_reads_as_person_and_period() -> None:
    absence = AbsenceFactory(user__first_name="Aylin", user__last_name="Kaya")
    with translation.override("de"):
        assert str(absence) == "Aylin Kaya 03.08.–14.08.2026"


def test_deputy_cannot_be_deleted() -> None:
    absence = AbsenceFactory()
    with pytest.raises(ProtectedError):
        absence.deputy.delete()


def test_address_of_an_account(kam: User) -> None:
    assert kam.get_absolute_url() == f"/verwaltung/nutzer/{kam.pk}/"
