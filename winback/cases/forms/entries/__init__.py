"""Entries that a case has many of: steps, tenders, successes, lessons."""

from winback.cases.forms.entries.entry import EntryForm
from winback.cases.forms.entries.handover import HandoverForm, ToldForm
from winback.cases.forms.entries.learning import (
    LessonDecisionForm,
    LessonForm,
    ResourceForm,
    SuccessForm,
)
from winback.cases.forms.entries.steps import DutyForm, EscalationForm, SiteForm, StepForm
from winback.cases.forms.entries.tender import CriterionForm, TenderForm

__all__ = [
    "CriterionForm",
    "DutyForm",
    "EntryForm",
    "EscalationForm",
    "HandoverForm",
    "LessonDecisionForm",
    "LessonForm",
    "ResourceForm",
    "SiteForm",
    "StepForm",
    "SuccessForm",
    "TenderForm",
    "ToldForm",
]
