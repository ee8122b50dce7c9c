"""Forms of a case: input to clean data, German messages, soft warnings."""

from winback.cases.forms.deciding import DecisionForm, HealthForm
from winback.cases.forms.ending import CloseForm, ReasonForm, RestForm
from winback.cases.forms.entries import (
    CriterionForm,
    DutyForm,
    EscalationForm,
    HandoverForm,
    LessonDecisionForm,
    LessonForm,
    ResourceForm,
    SiteForm,
    StepForm,
    SuccessForm,
    TenderForm,
    ToldForm,
)
from winback.cases.forms.facts import CaseForm, NextStepForm, SituationForm
from winback.cases.forms.people import MemberForm

__all__ = [
    "CaseForm",
    "CloseForm",
    "CriterionForm",
    "DecisionForm",
    "DutyForm",
    "EscalationForm",
    "HandoverForm",
    "HealthForm",
    "LessonDecisionForm",
    "LessonForm",
    "MemberForm",
    "NextStepForm",
    "ReasonForm",
    "ResourceForm",
    "RestForm",
    "SiteForm",
    "SituationForm",
    "StepForm",
    "SuccessForm",
    "TenderForm",
    "ToldForm",
]
