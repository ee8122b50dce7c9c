"""Forms of causes: input to clean data."""

from winback.causes.forms.chain import WhysForm
from winback.causes.forms.naming import CauseForm
from winback.causes.forms.steps import ClientConfirmForm, EvidenceForm, StepForm

__all__ = ["CauseForm", "ClientConfirmForm", "EvidenceForm", "StepForm", "WhysForm"]
