"""The gate through which a finding closes, and whose work a check judges."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from audits.enums import FindingStatus
from audits.models import Finding
from winback.causes.models import CauseEvidence
from winback.common.claims import RuleBroken
from winback.plans.enums import Lack, MeasureStatus
from winback.plans.models import EffectivenessCheck, Measure
from winback.plans.rules import Answered


class GateClosed(RuleBroken):
    """Something the closing of the finding asks for is missing; the message names it."""


def answered(finding: Finding) -> Answered:
    """What has been done about the finding; one statement."""
    measures = Measure.objects.filter(finding=OuterRef("pk")).exclude(status=MeasureStatus.DROPPED)
    flags = Finding.objects.annotate(
        caused=Exists(CauseEvidence.objects.filter(finding=OuterRef("pk"))),
        planned=Exists(measures),
        left=Exists(measures.open()),
    )
    has_cause, has_measure, is_left = flags.values_list("caused", "planned", "left").get(
        pk=finding.pk
    )
    return Answered(
        asks_proof=finding.is_nonconformity,
        is_resolved=bool(finding.resolution),
        has_cause=has_cause,
        has_measure=has_measure,
        is_done=finding.done_on is not None and not is_left,
        is_proved=finding.status == FindingStatus.EFFECTIVE,
    )


def doers(thing: Finding | Measure) -> set[int]:
    """Keys of those whose work is judged: the owner, and of a finding whoever acts on it."""
    if isinstance(thing, Measure):
        return {thing.owner_id}
    acting = Measure.objects.filter(finding=thing).exclude(status=MeasureStatus.DROPPED)
    return {thing.owner_id, *acting.order_by().values_list("owner", flat=True)}


def open_check(thing: Finding | Measure) -> EffectivenessCheck | None:
    """The check that is not judged yet, with what its pages show."""
    found: EffectivenessCheck | None = thing.checks.filter(done_on__isnull=True).with_row().first()
    return found


def must_lack_nothing(finding: Finding) -> None:
    """Raises GateClosed where something but the proof is missing."""
    lacks = [each for each in answered(finding).lacks if each != Lack.PROOF]
    if lacks:
        names = ", ".join(str(each.label) for each in lacks)
        raise GateClosed(
            _("The finding cannot be closed yet. It lacks: %(names)s.") % {"names": names}
        )
