"""What people type about themselves and what administrators type about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Absence, Region, SavedView, User
from winback.common import obligations
from winback.common.forms import WinbackForm, WinbackModelForm, limit

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

# Long enough for any passphrase, short enough that hashing it is no attack.
_LONGEST_PASSWORD = 256


def _password(
    label: _StrOrPromise, autocomplete: str, help_text: _StrOrPromise = ""
) -> forms.CharField:
    """A password field: never trimmed, never sent back to the browser."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=_LONGEST_PASSWORD,
        widget=forms.PasswordInput({"autocomplete": autocomplete}),
        help_text=help_text,
    )


class SignInForm(WinbackForm):
    """Says nothing about the account: the view answers every failure with the same words."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput({"autocomplete": "username", "autofocus": True}),
    )
    password = _password(_("Password"), "current-password")
    stay = forms.BooleanField(label=_("Stay signed in for 12 hours"), required=False)

    def clean_email(self) -> str:
        return User.normalize_username(self.cleaned_data["email"])


class PasswordForm(WinbackForm):
    """One's own new password. Whoever just typed a start password is not asked for it again."""

    current = _password(_("Current password"), "current-password")
    new = _password(
        _("New password"),
        "new-password",
        _("At least 12 characters; a sentence is easier to remember than a riddle."),
    )
    repeated = _password(_("New password, once more"), "new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if user.must_change_password:
            del self.fields["current"]

    def clean_current(self) -> str:
        password: str = self.cleaned_data["current"]
        if not self.user.check_password(password):
            raise ValidationError(_("This is not your current password."), code="wrong")
        return password

    def clean_new(self) -> str:
        password: str = self.cleaned_data["new"]
        validate_password(password, self.user)
        if self.user.check_password(password):
            raise ValidationError(_("Choose another password than the current one."), code="same")
        return password

    def clean(self) -> None:
        new, repeated = self.cleaned_data.get("new"), self.cleaned_data.get("repeated")
        if new and repeated and new != repeated:
            self.add_error("repeated", _("The two new passwords differ."))


class ProfileForm(WinbackModelForm):
    """One's own choices: language, appearance, mails, keys."""

    muted_kinds = forms.MultipleChoiceField(
        label=_("No reminder mail about"),
        help_text=_("What you tick still appears in the product, but not in the daily mail."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta(WinbackModelForm.Meta):
        model = User
        fields = ["language", "theme", "roomy", "digest", "muted_kinds", "shortcuts"]
        help_texts = {
            "digest": _("One mail with everything that is due; none when nothing is due."),
            "roomy": _("48 instead of 40 pixels: calmer to read, easier to hit."),
            "shortcuts": _("Single keys such as “f” for the filter; “?” shows them all."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.key, kind.label) for kind in obligations.kinds()]
        if choices:
            self.fields["muted_kinds"].choices = choices  # type: ignore[attr-defined]  # django-stubs type every field as Field
        else:
            del self.fields["muted_kinds"]


class AbsenceForm(WinbackModelForm):
    """From when until when somebody is away, and who stands in."""

    class Meta(WinbackModelForm.Meta):
        model = Absence
        fields = ["starts_on", "ends_on", "deputy"]
        labels = {
            "starts_on": pgettext_lazy("absence", "First day away"),
            "ends_on": pgettext_lazy("absence", "Last day away"),
        }
        help_texts = {
            "deputy": _("Sees the work meanwhile and gets the reminders too."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "deputy", User.objects.staff().exclude(pk=user.pk))


class UserForm(WinbackModelForm):
    """Who somebody is and what they may do."""

    class Meta(WinbackModelForm.Meta):
        model = User
        fields = [
            "salutation",
            "first_name",
            "last_name",
            "email",
            "role",
            "is_administrator",
            "language",
        ]
        help_texts = {
            "email": _("The person signs in with it and gets reminders there."),
            "role": _("What the person sees and does in every case."),
            "is_administrator": _("May manage users and reference data, in addition to the role."),
        }
        error_messages = {"email": {"unique": _("Another account uses this e-mail address.")}}

    def clean_email(self) -> str:
        return User.normalize_username(self.cleaned_data["email"])


class RegionForm(WinbackModelForm):
    """A region, what it is part of and who belongs to it."""

    class Meta(WinbackModelForm.Meta):
        model = Region
        fields = ["name", "parent", "members"]
        widgets = {"members": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, region: Region | None, **kwargs: Any) -> None:
        super().__init__(*args, instance=region, **kwargs)
        places = Region.objects.all()
        limit(self, "parent", places.outside(region) if region else places)
        limit(self, "members", User.objects.staff())


class RegionConfirmForm(WinbackModelForm):
    """A deliberate step about a region; carries nothing but its version."""

    class Meta(WinbackModelForm.Meta):
        model = Region
        fields: list[str] = []


class ConfirmForm(WinbackModelForm):
    """A deliberate step about one account; carries nothing but its version."""

    class Meta(WinbackModelForm.Meta):
        model = User
        fields: list[str] = []


class DeactivateForm(ConfirmForm):
    """Asks for a new owner when the person owes something."""

    new_owner = forms.ModelChoiceField(
        label=_("Who takes over"),
        queryset=User.objects.none(),
        help_text=_("Becomes the owner of everything listed above."),
    )

    def __init__(self, *args: Any, is_owing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_owing:
            limit(self, "new_owner", User.objects.staff().exclude(pk=self.instance.pk))
        else:
            del self.fields["new_owner"]

    @property
    def taker(self) -> User | None:
        """Who takes over; None when nothing is owed."""
        return self.cleaned_data.get("new_owner")


class SavedViewForm(WinbackModelForm):
    """How a saved view is called and who sees it."""

    class Meta(WinbackModelForm.Meta):
        model = SavedView
        fields = ["name", "shared"]
        help_texts = {
            "shared": _("Colleagues find it above their list, filled with what they may see."),
        }
