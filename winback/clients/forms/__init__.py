"""Input to clean data, one module per thing."""

from winback.clients.forms.consents import (
    ConsentForm,
    ObjectionForm,
    ProofForm,
    WithdrawalForm,
)
from winback.clients.forms.dormancy import LookForm, LookPlanForm
from winback.clients.forms.messages import DiscardForm, MessageForm, SentForm
from winback.clients.forms.records import ClientForm, ContactForm, EraseForm, SiteForm

__all__ = [
    "ClientForm",
    "ConsentForm",
    "ContactForm",
    "DiscardForm",
    "EraseForm",
    "LookForm",
    "LookPlanForm",
    "MessageForm",
    "ObjectionForm",
    "ProofForm",
    "SentForm",
    "SiteForm",
    "WithdrawalForm",
]
