"""Forms of audits and findings: input to clean data, German messages, soft warnings."""

from audits.forms.aggregation import AggregateForm
from audits.forms.answers import AnswerForm, FinishForm, RecordForm, TransferForm
from audits.forms.audits import AuditForm, MandateForm, PlanForm
from audits.forms.disclosure import DisclosureForm
from audits.forms.findings import FindingEditForm, FindingForm, ResolveForm

__all__ = [
    "AggregateForm",
    "AnswerForm",
    "AuditForm",
    "DisclosureForm",
    "FindingEditForm",
    "FindingForm",
    "FinishForm",
    "MandateForm",
    "PlanForm",
    "RecordForm",
    "ResolveForm",
    "TransferForm",
]
