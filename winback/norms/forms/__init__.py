"""Forms of the room."""

from winback.norms.forms.inspections import InspectionForm, ProposalForm
from winback.norms.forms.norms import NormForm
from winback.norms.forms.steps import EndForm, FollowUpForm, HandOverForm, MoveForm, RecordForm

__all__ = [
    "EndForm",
    "FollowUpForm",
    "HandOverForm",
    "InspectionForm",
    "MoveForm",
    "NormForm",
    "ProposalForm",
    "RecordForm",
]
