"""One factory per model; what a test does not name is plausible and invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
from django.contrib.auth.hashers import make_password

from accounts.enums import Role
from accounts.models import Absence, User

PASSWORD = "Regen-auf-Kupferdach-7"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """An active key account manager whose password is ``PASSWORD``."""

    class Meta:
        model = User

    first_name = "Aylin"
    last_name = factory.Sequence(lambda n: f"Kaya{n or ''}")
    email = factory.LazyAttributeSequence(
        lambda user, n: f"{user.first_name}.{user.last_name}.{n}@provider.example".lower()
    )
    role = Role.KEY_ACCOUNT_MANAGER
    password = factory.LazyFunction(lambda: make_password(PASSWORD))

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        user = model_class(*args, **kwargs)
        user.fill_keys()
        user.save()
        return user


class AbsenceFactory(factory.django.DjangoModelFactory[Absence]):
    """The first two weeks of August 2026, with a deputy."""

    class Meta:
        model = Absence

    user = factory.SubFactory(UserFactory)
    deputy = factory.SubFactory(UserFactory, first_name="Jonas", last_name="Horn")
    starts_on = dt.date(2026, 8, 3)
    ends_on = dt.date(2026, 8, 14)
