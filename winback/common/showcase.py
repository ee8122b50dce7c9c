"""Sample data of the component page. German and invented: it shows looks, not the product."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from winback.common.charts import Bullet, Spark
from winback.common.fields import DateField, MoneyField
from winback.common.forms import Conflict, ConflictRow, WinbackForm

KINDS = [
    ("crit", "Kritisch"),
    ("warn", "Angespannt"),
    ("ok", "Auf Kurs"),
    ("open", "Offen"),
    ("run", "Läuft"),
    ("done", "Erledigt"),
    ("late", "Überfällig"),
    ("lock", "Gesperrt"),
    ("wait", "Wartet"),
    ("no", "Nicht erfüllt"),
    ("part", "Teilweise"),
    ("na", "Entfällt"),
    ("info", "Hinweis"),
    ("client", "Für Kunde sichtbar"),
]
COLOURS = [
    "surface",
    "canvas",
    "sunken",
    "selected",
    "ink",
    "action",
    "focus",
    "danger",
    "warning",
    "success",
    "info",
    "accent",
]


@dataclass(frozen=True, slots=True)
class Phase:
    """A step as the stepper shows it."""

    number: int
    label: str
    state: str
    state_label: str
    dates: str
    note: str = ""
    url: str = ""


PHASES = [
    Phase(1, "Analyse & Audit", "done", "Abgeschlossen", "31.08.–27.09.2026"),
    Phase(2, "Kommunikations-Reset", "done", "Abgeschlossen", "03.09.–11.10.2026"),
    Phase(3, "Sofortmaßnahmen", "now", "Läuft", "01.10.–04.12.2026", "4 von 7 erledigt"),
    Phase(4, "Strategische Neuausrichtung", "open", "Geplant", "ab 16.11.2026"),
    Phase(5, "Monitoring & Feedback", "open", "Geplant", "ab 01.12.2026"),
]
BULLET = Bullet(
    uid="sample-bullet",
    label="SLA-Erfüllung",
    actual=91.2,
    target=95,
    baseline=78,
    axis_max=100,
    ranges=(80, 90),
)
SPARK = Spark(
    uid="sample-spark",
    label="SLA-Erfüllung",
    values=[78, 76, 77, None, 82, 85, 84, 88, 91.2],
    baseline=78,
    target=95,
)
CONFLICT = Conflict(
    changed_by="Tim Wolf",
    changed_at="23.11.2026, 14:30 Uhr",
    rows=[
        ConflictRow("due_on", "Fällig am", "30.11.2026", "04.12.2026"),
        ConflictRow("owner", "Verantwortlich", "Ralf Ott", "Jonas Horn"),
    ],
)
LISTS = {
    "crumbs": [("Fälle", "#"), ("RG-2026-0042", "#"), ("Plan", "")],
    "tabs": [("Überblick", "#", True, ""), ("Ursachen", "#", False, 4), ("Audits", "#", False, 0)],
    "segments": [("Tabelle", "#", True), ("Zeitstrahl", "#", False)],
    "chips": [("Region: Süd", "#"), ("Ampel: Kritisch", "#")],
    "facts": [
        ("Vertragswert", "1.900.000 € p. a.", ""),
        ("Entscheider", "Hr. Brandt", "Leiter FM, telefonisch erreichbar"),
        ("Vertretung", "", ""),
    ],
    "numbers": [
        ("Pünktlich gehalten", "13", "von 16", "81 % der fälligen Zusagen", "#"),
        ("Gefährdeter Jahresumsatz", "4,1", "Mio. €", "ΔPP −0,6 Mio. €, besser", ""),
        ("Reaktion Aufzug", "–", "", "keine Daten, n = 3 zu klein", ""),
    ],
    "menu_items": [("Zusage erfassen", "#"), ("Beschwerde erfassen", "#")],
    "changes": ["18.11., 09:12 · R. Ott hat M-11 erledigt", "17.11., 15:40 · T. Wolf hat F-0314"],
    "labels": ["intern", "angeheftet"],
    "heads": ["Monat", "Ist", "Ziel"],
    "rows": [["09/2026", "88,0", "95,0"], ["10/2026", "91,2", "95,0"]],
}


class SampleForm(WinbackForm):
    """One field of each kind."""

    title = forms.CharField(label="Maßnahme", max_length=120)
    owner = forms.ChoiceField(
        label="Verantwortlich",
        choices=[("", "Bitte wählen"), ("1", "Ralf Ott"), ("2", "Jonas Horn")],
        help_text="Genau eine Person. Weitere tragen Sie als Mitwirkende ein.",
    )
    due_on = DateField(label="Fällig am", help_text="TT.MM.JJJJ, auch „heute“ oder „+14“")
    cost = MoneyField(label="Kosten", required=False, max_digits=12, decimal_places=2)
    note = forms.CharField(label="Beschreibung", required=False, widget=forms.Textarea)
    visible = forms.ChoiceField(
        label="Sichtbar für den Kunden",
        choices=[("no", "Nein, nur intern"), ("yes", "Ja, im Kundenplan zeigen")],
        widget=forms.RadioSelect,
        initial="no",
    )
    days = forms.MultipleChoiceField(
        label="Wochentage",
        required=False,
        choices=[("mo", "Montag"), ("we", "Mittwoch")],
        widget=forms.CheckboxSelectMultiple,
    )
    notify = forms.BooleanField(
        label="Kunden am selben Tag anrufen", help_text="Der Anruf wird protokolliert."
    )

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("cost"):
            self.warn("cost", "Über dem Kulanzbudget: Es sind noch 5.600,00 € frei.")


def doubted_form(prefix: str = "") -> SampleForm:
    """A form after a submit with errors and with an input that is merely unusual."""
    values = {"title": "Hygieneinspektion nachholen", "due_on": "31.11.2026", "cost": "6.250,00"}
    start = f"{prefix}-" if prefix else ""
    form = SampleForm({f"{start}{name}": value for name, value in values.items()}, prefix=prefix)
    form.is_valid()
    return form
