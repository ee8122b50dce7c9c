"""Pages of facts: at most ten fields each, none of them required for its own sake."""

from winback.cases.forms.sheets.background import LossForm, RelationshipForm
from winback.cases.forms.sheets.owed import AftercareForm, OwedForm, PlanBForm, TeamLoadForm
from winback.cases.forms.sheets.sheet import SheetForm, shorten
from winback.cases.forms.sheets.talks import ApproachForm, FarewellForm, MediationForm
from winback.cases.forms.sheets.value import (
    ActualEffortForm,
    AssessmentForm,
    PlannedEffortForm,
    ValueForm,
)

__all__ = [
    "ActualEffortForm",
    "AftercareForm",
    "ApproachForm",
    "AssessmentForm",
    "FarewellForm",
    "LossForm",
    "MediationForm",
    "OwedForm",
    "PlanBForm",
    "PlannedEffortForm",
    "RelationshipForm",
    "SheetForm",
    "TeamLoadForm",
    "ValueForm",
    "shorten",
]
