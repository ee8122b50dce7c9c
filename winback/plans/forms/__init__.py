"""Forms of a plan and its measures: input to clean data, German messages, soft warnings."""

from winback.plans.forms.base import NOTE_LENGTH, choice_of
from winback.plans.forms.checks import CheckPlanForm, JudgeForm
from winback.plans.forms.measure import MeasureForm
from winback.plans.forms.plan import PassForm, PlanForm, PreviewForm, ResumeForm
from winback.plans.forms.results import COMMITMENT, MEASURE, ResultsForm
from winback.plans.forms.steps import (
    CompleteForm,
    MoveForm,
    ReasonForm,
    ReassignForm,
    StatusForm,
)

__all__ = [
    "COMMITMENT",
    "MEASURE",
    "NOTE_LENGTH",
    "CheckPlanForm",
    "CompleteForm",
    "JudgeForm",
    "MeasureForm",
    "MoveForm",
    "PassForm",
    "PlanForm",
    "PreviewForm",
    "ReasonForm",
    "ReassignForm",
    "ResultsForm",
    "ResumeForm",
    "StatusForm",
    "choice_of",
]
