"""Buttons, statuses, lights, banners and what stands where there is nothing."""

from PySide6.QtWidgets import QPushButton

from mnclinic.domain.finding import Light, LightState
from mnclinic.domain.visit_life import VisitState
from mnclinic.ui.elements import (
    STATE_LOOK,
    TONE_SHAPES,
    Banner,
    Card,
    Chip,
    ChipLook,
    EmptyState,
    Fold,
    LightButton,
    LightsLine,
    OneLine,
    ProgressLine,
    Shape,
    button,
    flow,
    label,
)
from mnclinic.ui.tokens import Tone, Type

KINDS = (("primary", "plus"), ("", "printer"), ("quiet", "undo-2"), ("danger", "trash-2"))

BANNERS = {
    Tone.INFO: ("info", "This visit was entered more than a day after the treatment. It is a late entry."),
    Tone.SOON: ("clock", "This visit was changed elsewhere a moment ago. What you typed is still here."),
    Tone.STOP: ("octagon-x", "The cartridge lot NC-2291 expired on 31 Oct 2026. Use another lot."),
    Tone.COMPLETE: ("circle-check", "The backup of 17:47 was opened and checked: 312 patients, 904 visits."),
    Tone.WAITING: ("hourglass", "M. Lind, NP has the exam of this patient open since 10:42."),
    Tone.DIRECTOR: ("stamp", "14 visits wait for your review: 2 over a limit, 1 reaction, 11 drawn."),
    Tone.DRAFT: ("pen-line", "Nothing is signed yet. What is typed here is nobody's word."),
}


def button_card() -> Card:
    """Every kind of button, with and without a shape, ready and not."""
    card = Card("Buttons", "One primary act a page. Danger for what cannot be undone.")
    ready, off = flow(), flow()
    for kind, shape in KINDS:
        word = kind.capitalize() or "Usual"
        ready.addWidget(button(word, f"gallery.{kind or 'usual'}", kind=kind))
        ready.addWidget(
            button(f"{word} with a shape", f"gallery.{kind or 'usual'}.icon", kind=kind, shape=shape)
        )
        off.addWidget(_disabled(button(f"{word}, not now", f"gallery.{kind}.off", kind=kind, shape=shape)))
    card.body.addLayout(ready)
    card.body.addLayout(off)
    return card


def _disabled(made: QPushButton) -> QPushButton:
    made.setDisabled(True)
    return made


def status_card() -> Card:
    """Every state of a visit, and every tone with its own shape."""
    card = Card("Statuses", "A word, a shape and a colour with one meaning throughout.")
    states, tones = flow(), flow()
    for state in VisitState:
        states.addWidget(Chip(STATE_LOOK[state]))
    for tone, shape in TONE_SHAPES.items():
        tones.addWidget(Chip(ChipLook(tone.value.capitalize(), shape, tone)))
    card.body.addLayout(states)
    card.body.addLayout(tones)
    return card


def light_card() -> Card:
    """The six lights in each of their states, the line that stands for them on a low screen, a fold."""
    card = Card("Readiness", "The six lights are the gate itself. Each leads to what fixes it.")
    line = flow(is_even=True)
    states = list(LightState)
    for number, light in enumerate(Light):
        made = LightButton(light)
        made.setObjectName(f"gallery.{made.objectName()}")
        made.show_state(states[number % len(states)])
        line.addWidget(made)
    card.body.addLayout(line)
    for number, worst in enumerate(states):
        low = LightsLine()
        low.setObjectName(f"gallery.lights.{number}")
        low.show_states({light: worst if light is Light.HISTORY else LightState.PASSED for light in Light})
        card.add(low)
    folds = flow()
    for number, is_open in enumerate((False, True)):
        inside = label("What is folded away", Type.BODY, "muted")
        fold = Fold("More of it", f"gallery.fold.{number}", inside)
        fold.setChecked(is_open)
        folds.addWidget(fold)
        folds.addWidget(inside)
    card.body.addLayout(folds)
    return card


def banner_card() -> Card:
    """A banner of each tone; one of them with an act."""
    card = Card("Banners")
    for tone, (shape, words) in BANNERS.items():
        banner = Banner(tone, shape)
        if tone is Tone.SOON:
            banner.action_row.addWidget(button("Show what differs", "gallery.differs", kind="quiet"))
        banner.say(words)
        card.add(banner)
    return card


def word_card() -> Card:
    """Words in every tint, in one line and over several, and shapes alone."""
    card = Card("Words")
    for tint in ("", "muted", "faint", "accent", "stop"):
        words = f"Words in the tint {tint or 'of the text'}, over several lines where they have to wrap."
        card.add(label(words, Type.BODY, tint, wraps=True))
    one = OneLine(Type.STRONG)
    one.say("Castellanos de la Fuente y Etxeberría-Goikoetxea, María de los Ángeles Guadalupe " * 3)
    card.add(one)
    shapes = flow()
    for tone, shape in (*TONE_SHAPES.items(), (None, "calendar-days")):
        mark = Shape()
        mark.show_icon(shape, tone)
        shapes.addWidget(mark)
    card.body.addLayout(shapes)
    return card


def progress_card() -> Card:
    """A job of which nobody knows how long it is, one half done, and one that is over."""
    card = Card("Progress")
    waits, half, over = ProgressLine(), ProgressLine(), ProgressLine()
    half.show_share(1, 2)
    over.show_share(1, 1)
    for line, words in ((waits, "It goes on"), (half, "Half of it"), (over, "Done")):
        line.setAccessibleName(words)
        card.add(label(words, Type.SMALL, "muted"), line)
    return card


def empty_card() -> Card:
    """What will appear here, and the first thing to do."""
    card = Card()
    card.add(
        EmptyState(
            "calendar-days",
            "No visits today",
            "Open a patient and start a visit, or paste the day from another program.",
            button("New visit", "gallery.empty", kind="primary", shape="plus"),
        )
    )
    return card
