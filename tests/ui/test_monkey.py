"""Whatever is pressed, clicked, typed or pasted, the window stays whole."""

from PySide6.QtWidgets import QApplication

from mnclinic.services.demo.build import DemoBuilt
from mnclinic.ui.theme import apply_theme
from tests.ui.monkey import run_monkey

EVENTS = 700
MOST_GROWN_MIB = 300


def test_random_events_raise_nothing_and_leave_no_page_sheet_or_thread_behind(
    demo: DemoBuilt, qapp: QApplication
) -> None:
    apply_theme(qapp, "light")
    found = run_monkey(demo.folder, user="okafor", seed=11, events=EVENTS)
    assert found.troubles == []
    assert found.widgets[1] <= found.widgets[0], found.left
    assert found.threads[1] <= found.threads[0]
    assert found.memory_mib[1] - found.memory_mib[0] < MOST_GROWN_MIB
