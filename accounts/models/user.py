"""People who sign in."""

from __future__ import annotations

from datetime import date
from typing import Self, cast

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import DigestRhythm, Role, Salutation, Theme
from accounts.models.absence import Absence
from winback.common.models import Searchable, Versioned
from winback.common.textsearch import normalise


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def staff(self) -> Self:
        """People of the provider: everybody but external auditors."""
        return self.active().exclude(role=Role.EXTERNAL_AUDITOR)

    def with_role(self, *roles: Role) -> Self:
        return self.active().filter(role__in=roles)

    def administrators(self) -> Self:
        return self.active().filter(is_administrator=True)

    def matching(self, text: str) -> Self:
        """Name or e-mail address contains every word of ``text``, umlauts and case folded."""
        found = self
        for word in normalise(text).split():
            found = found.filter(search_key__contains=word)
        return found

    def answered_for_by(self, user: User, today: date) -> Self:
        """The user, and the colleagues absent today whose deputy the user is."""
        away = Absence.objects.filter(deputy=user, starts_on__lte=today, ends_on__gte=today)
        return self.filter(Q(pk=user.pk) | Q(pk__in=away.values("user")))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # built at run time
    def get_by_natural_key(self, username: str | None) -> User:
        """Sign-in ignores the case in which the address is typed."""
        return cast("User", self.get(email=User.normalize_username(username or "")))


class User(Versioned, Searchable, AbstractBaseUser):
    """A person of the provider, or an external auditor. Signs in by e-mail address.

    Never deleted while something names them: deactivated instead.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    salutation = models.CharField(
        _("salutation"), max_length=10, choices=Salutation.choices, default=Salutation.NONE
    )
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    is_administrator = models.BooleanField(_("administrator"), default=False)
    is_active = models.BooleanField(pgettext_lazy("user", "active"), default=True)
    must_change_password = models.BooleanField(default=False, editable=False)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="de"
    )
    theme = models.CharField(
        pgettext_lazy("appearance", "colours"),
        max_length=5,
        choices=Theme.choices,
        default=Theme.AUTO,
    )
    digest = models.CharField(
        _("reminder mail"), max_length=10, choices=DigestRhythm.choices, default=DigestRhythm.DAILY
    )
    muted_kinds = models.JSONField(_("kinds without a reminder mail"), default=list, blank=True)
    shortcuts = models.BooleanField(_("single-key shortcuts"), default=True)
    roomy = models.BooleanField(_("higher rows in tables"), default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name", "role"]
    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="user_email_is_lower_case"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="user_role_is_known"),
            models.CheckConstraint(
                condition=~Q(role=Role.EXTERNAL_AUDITOR, is_administrator=True),
                name="user_administrator_is_internal",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("accounts:user_detail", args=[self.pk])

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """The e-mail address as it is stored and compared: trimmed, in lower case."""
        return super().normalize_username(username.strip()).lower()

    def clean(self) -> None:
        """Names the field of a contradiction, which the database constraint could not."""
        super().clean()
        if self.is_external and self.is_administrator:
            raise ValidationError(
                {"is_administrator": _("An external auditor cannot be an administrator.")}
            )

    def sort_source(self) -> str:
        return f"{self.last_name} {self.first_name}"

    def search_source(self) -> str:
        return f"{self.first_name} {self.last_name} {self.email}"

    @staticmethod
    def named(first_name: str, last_name: str) -> str:
        """The name as it is written everywhere."""
        return f"{first_name} {last_name}"

    @property
    def full_name(self) -> str:
        return self.named(self.first_name, self.last_name)

    @property
    def short_name(self) -> str:
        """As in tables: ``A. Kaya``."""
        return f"{self.first_name[:1]}. {self.last_name}"

    @property
    def formal_name(self) -> str:
        """As in a greeting: ``Frau Kaya``; the full name where no salutation is known."""
        if self.salutation == Salutation.NONE:
            return self.full_name
        return f"{self.get_salutation_display()} {self.last_name}"

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    @property
    def is_management(self) -> bool:
        return self.role == Role.MANAGEMENT

    @property
    def is_external(self) -> bool:
        return self.role == Role.EXTERNAL_AUDITOR
