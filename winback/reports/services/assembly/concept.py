"""The facts of the norm and inspection-date concept: the plants at the sites of a case."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from winback.cases.models import Case
from winback.norms.models import Inspection, Norm
from winback.norms.rows.inspections import carried_out_by
from winback.reports.rules.concept import ConceptFacts, NormFacts, PlantFacts


def assemble_concept(case: Case, today: date) -> ConceptFacts:
    """Everything the document of a case says; needs ``with_header()``, one statement."""
    protocols = Count("records", filter=Q(records__protocol__isnull=False))
    running = Inspection.objects.open().at_sites_of(case)
    rows = running.select_related("site", "norm", "owner").annotate(protocols=protocols)
    plants = list(rows.order_by("site__name", "site", "due_on", "pk"))
    norms = {each.norm.pk: each.norm for each in plants if each.norm}
    return ConceptFacts(
        provider=settings.PROVIDER_NAME,
        today=today,
        case_number=case.number,
        client=case.client.name,
        plants=tuple(_plant(each, each.protocols) for each in plants),
        norms=tuple(_norm(each) for each in sorted(norms.values(), key=lambda n: n.sort_key)),
    )


def _plant(inspection: Inspection, protocols: int) -> PlantFacts:
    proofs = [_("protocol filed")] if protocols else []
    if inspection.qualification_proof_id:
        proofs.append(_("qualification filed"))
    return PlantFacts(
        site=inspection.site.name,
        plant=inspection.plant,
        task=inspection.task,
        basis=inspection.norm.code if inspection.norm else inspection.basis,
        months=inspection.interval_months,
        source=inspection.interval_source,
        duty=inspection.get_duty_holder_display(),
        owner=inspection.owner.full_name,
        executor=carried_out_by(inspection),
        qualification=inspection.qualification,
        due_on=inspection.due_on,
        last_done_on=inspection.last_done_on,
        last_result=inspection.get_last_result_display() if inspection.last_result else "",
        proofs=tuple(proofs),
    )


def _norm(norm: Norm) -> NormFacts:
    return NormFacts(
        code=norm.code,
        edition=norm.edition,
        title=norm.name,
        status=norm.get_status_display(),
        warning=norm.is_doubtful or norm.is_outdated,
    )
