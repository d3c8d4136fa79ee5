"""The six lights of an open visit, for whoever reads it and does not fill it in."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout

from mnclinic.domain.finding import Light, LightState
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.elements import LIGHT_LOOK, Card, Chip, ChipLook, label
from mnclinic.ui.language import spoken
from mnclinic.ui.today.looks import light_sentence
from mnclinic.ui.tokens import Space, Type

translate = QCoreApplication.translate


def lights_card(view: VisitView, wanted: Light | None) -> Card:
    """How each light stands, what it lacks and who mends it; the one that was `wanted` comes first."""
    states = {light: view.verdict.light(light) for light in Light}
    is_ready = all(state is LightState.PASSED for state in states.values())
    card = Card(translate("VisitReading", "Readiness"), "" if is_ready else _who_mends(view))
    card.subtitle.setObjectName("visit.read.who_mends")
    lines = QGridLayout()
    lines.setHorizontalSpacing(Space.MEDIUM)
    lines.setVerticalSpacing(Space.SMALL)
    lines.setColumnStretch(1, 1)
    for at, light in enumerate(sorted(Light, key=lambda one: one is not wanted)):
        look = LIGHT_LOOK[states[light]]
        lines.addWidget(Chip(ChipLook(spoken(look.word), look.shape, look.tone)), at, 0)
        style = Type.STRONG if light is wanted else Type.BODY
        words = label(light_sentence(light, states[light]), style, wraps=True)
        words.setObjectName(f"visit.read.light.{light.value}")
        lines.addWidget(words, at, 1)
    card.body.addLayout(lines)
    return card


def _who_mends(view: VisitView) -> str:
    performer = view.document.get("performer", "")
    name = next((one.words for one in view.performers if one.code == performer), "")
    if name:
        return translate(
            "VisitReading",
            "{name} or another provider or the director fills in what is missing, under their own log-in.",
        ).format(name=name)
    return translate(
        "VisitReading", "A provider or the director fills in what is missing, under their own log-in."
    )
