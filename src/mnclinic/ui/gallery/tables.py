"""Tables and facts."""

from dataclasses import dataclass

from mnclinic.domain.visit_life import VisitState
from mnclinic.ui.elements import STATE_LOOK, Card, Column, RowTable, facts_grid
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size

ROWS_SHOWN = 6


@dataclass(frozen=True)
class _Visit:
    patient: str
    state: VisitState


VISITS = tuple(
    _Visit(name, state)
    for name, state in zip(
        (
            "Okafor, Adaeze",
            "Nguyễn, Thị Minh",
            "Andersson-O’Brien, Siobhán",
            "Castellanos de la Fuente y Etxeberría, María José",
            "Haddad, Leila",
            "Bauer, Jonas",
            "Ito, Haruka",
            "عبد الرحمن, عائشة",
        ),
        VisitState,
        strict=False,
    )
)

COLUMNS = (
    Column("Patient", lambda visit: visit.patient, 3),
    Column("State", lambda visit: STATE_LOOK[visit.state].word, 3, lambda visit: STATE_LOOK[visit.state]),
)

FACTS = (
    ("Phone", "555-0147"),
    ("Skin type", "V, assessed 2 Oct 2026"),
    ("Last visit", "12 Sep 2026, 42 days ago: longer than the 28 days that the protocol asks for"),
    ("E-mail", ""),
    ("Fingerprint", "7f3b821f51fb5c70 e0a1b2c3d4e5f607 18293a4b5c6d7e8f 90a1b2c3d4e5f607"),
)


def table_cards() -> list[Card]:
    """A table that reaches its card's edges, and facts beside it."""
    listed = Card("Visits")
    table = RowTable("gallery.visits", COLUMNS, "Visits")
    table.setMinimumHeight(theme().px(ROWS_SHOWN * Size.ROW))
    table.show_rows(VISITS)
    listed.hold_table(table)
    facts = Card("Okafor, Adaeze", "Born 14 Mar 1991 · age 35 · P-000231")
    facts.add(facts_grid(FACTS))
    facts.body.addStretch(1)
    return [listed, facts]
