"""Forms of the KPIs: input to clean data, German messages, soft warnings."""

from winback.kpis.forms.agreements import BaselineForm, TargetForm
from winback.kpis.forms.month import Line, MonthForm
from winback.kpis.forms.picking import EndForm, KpiForm, PickForm
from winback.kpis.forms.values import CorrectionForm, MeasurementForm

__all__ = [
    "BaselineForm",
    "CorrectionForm",
    "EndForm",
    "KpiForm",
    "Line",
    "MeasurementForm",
    "MonthForm",
    "PickForm",
    "TargetForm",
]
