"""What should be settled before a case ends: advice, not a lock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from winback.cases.enums import CLOSED, DutyKind, Status
from winback.cases.models import Case, Duty

#: A conflict on this level or above deserves the question of mediation.
MEDIATION_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that is missing: what, where to do it, for which results it matters."""

    text: str
    url: str
    results: tuple[str, ...]

    @property
    def when(self) -> str:
        """For which results it matters; empty where it matters for all."""
        if set(self.results) == set(CLOSED):
            return ""
        return ", ".join(str(Status(result).label) for result in self.results)


def advice(case: Case) -> list[Advice]:
    """Everything the closing gate would like to see first; three statements.

    A person may close the case all the same and says why.
    """
    return [*_missing_sheets(case), *_missing_rows(case)]


def _missing_sheets(case: Case) -> Iterator[Advice]:
    sheets = Case.objects.with_sheets().get(pk=case.pk)
    farewell = getattr(sheets, "farewell", None)
    if farewell is None or farewell.held_on is None:
        text = _("The farewell talk is not recorded.")
        yield Advice(text, _sheet(case, "abschied"), (Status.PARTED, Status.LOST))
    if getattr(sheets, "actualeffort", None) is None:
        text = _("The actual effort of the win-back is not recorded.")
        yield Advice(text, _sheet(case, "aufwand-tatsaechlich"), CLOSED)
    if getattr(sheets, "aftercare", None) is None:
        text = _("Nobody is named who keeps contact with the client.")
        yield Advice(text, _sheet(case, "nachbetreuung"), (Status.WON,))
    mediation = getattr(sheets, "mediation", None)
    asked = mediation is not None and bool(mediation.considered)
    if case.escalation_level >= MEDIATION_LEVEL and not asked:
        text = _("Mediation has not been considered.")
        yield Advice(text, _sheet(case, "mediation"), (Status.PARTED, Status.LOST))


def _missing_rows(case: Case) -> Iterator[Advice]:
    if not case.lessons.exists():
        url = reverse("cases:entry", args=[case.number, "lehre"])
        yield Advice(_("No lesson is proposed for templates and standards."), url, CLOSED)
    going = Duty.objects.filter(case=case).owed().exclude(kind=DutyKind.TENDER)
    for duty in going.select_related("case"):
        text = _("Still open: %(what)s.") % {"what": duty.title}
        yield Advice(text, duty.get_absolute_url(), CLOSED)


def _sheet(case: Case, key: str) -> str:
    return reverse("cases:sheet", args=[case.number, key])
