"""Forms of contracts and what hangs on them: input to clean data, German messages."""

from winback.contracts.forms.agreements import AmendmentForm, BreachForm, ClientObligationForm
from winback.contracts.forms.contract import ContractForm
from winback.contracts.forms.deadline import DeadlineForm, PreviewForm
from winback.contracts.forms.line import LineForm
from winback.contracts.forms.steps import DoneForm, EndForm, HandOverForm

__all__ = [
    "AmendmentForm",
    "BreachForm",
    "ClientObligationForm",
    "ContractForm",
    "DeadlineForm",
    "DoneForm",
    "EndForm",
    "HandOverForm",
    "LineForm",
    "PreviewForm",
]
