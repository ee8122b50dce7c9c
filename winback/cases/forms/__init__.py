"""Forms of a case: input to clean data, German messages, soft warnings."""

from winback.cases.forms.deciding import DecisionForm, HealthForm
from winback.cases.forms.ending import CloseForm, ReasonForm, RestForm
from winback.cases.forms.facts import CaseForm, NextStepForm, SituationForm
from winback.cases.forms.people import MemberForm

__all__ = [
    "CaseForm",
    "CloseForm",
    "DecisionForm",
    "HealthForm",
    "MemberForm",
    "NextStepForm",
    "ReasonForm",
    "RestForm",
    "SituationForm",
]
