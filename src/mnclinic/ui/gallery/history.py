"""What happened: a timeline, steps, and plots."""

from mnclinic.ui.elements import BarPlot, Card, LinePlot, PlotPoint, Stepper, Timeline, TimelineEntry
from mnclinic.ui.tokens import Tone

ENTRIES = (
    TimelineEntry(
        "23 Nov 2026, 10:58 -06:00",
        "Returned by Dr I. Okafor",
        "Which endpoint was seen on the left cheek?",
        Tone.SOON,
        "corner-up-left",
        action="Answer",
        key="V-000904",
        group="November 2026",
    ),
    TimelineEntry(
        "23 Nov 2026, 10:42 -06:00",
        "Visit performed and signed by T. Reyes, RN",
        "6 areas, deepest 1.50 mm",
        Tone.WAITING,
        group="November 2026",
    ),
    TimelineEntry(
        "2 Oct 2026, 09:15 -05:00",
        "Good faith exam approved by G. Lind, NP",
        tone=Tone.COMPLETE,
        shape="stethoscope",
        group="October 2026",
    ),
    TimelineEntry("1 Oct 2026, 16:02 -05:00", "Added to the roster", shape="user-plus", group="October 2026"),
)


def timeline_card() -> Card:
    """A history with groups, tones and an act."""
    card = Card("Timeline")
    card.add(Timeline("gallery.timeline", "Everything about this patient", ENTRIES))
    return card


def stepper_card() -> Card:
    """The steps of something long: done, now, to come."""
    card = Card("Steps")
    steps = Stepper("Set up", "Six steps", ["Clinic", "People", "Documents", "This PC", "Make it"])
    steps.show_step(2)
    card.add(steps)
    card.body.addStretch(1)
    return card


def plot_cards() -> list[Card]:
    """A line with a limit, and bars."""
    line = Card("Deepest setting of each visit")
    line.add(
        LinePlot(
            "Deepest setting of each visit",
            [
                PlotPoint("May", 0.75),
                PlotPoint("Jun", 1.0),
                PlotPoint("Aug", 1.25),
                PlotPoint("Sep", 1.25),
                PlotPoint("Nov", 1.6, Tone.STOP),
            ],
            "mm",
            limit=1.5,
            limit_words="never above 1.50 mm",
            decimals=2,
        )
    )
    line.body.addStretch(1)
    bars = Card("Visits of the week")
    bars.add(
        BarPlot(
            "Visits of the week",
            [
                PlotPoint("Mon", 12),
                PlotPoint("Tue", 9),
                PlotPoint("Wed", 14),
                PlotPoint("Thu", 0),
                PlotPoint("Fri", 11, Tone.SOON),
            ],
            "",
        )
    )
    bars.body.addStretch(1)
    return [line, bars]
