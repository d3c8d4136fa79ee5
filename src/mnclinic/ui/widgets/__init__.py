"""What pages are built from. Import from here: `from mnclinic.ui.widgets import Button, Card, Page`.

A page takes frozen values in `show_…` methods and hands requests out as signals; it decides nothing.
Looks come from `ui/tokens.py` alone. `gallery.py` shows every component in every state.

Page and structure
    Page            base of a page: header, banner, body; `go("visit", visit_id=…)`, `toast("Saved")`
    PageHeader      title, subtitle, actions at the right; part of every Page
    Card            white panel with a heading; add to `.body`
    SectionTitle    heading inside a card or a page
    Scroller        a part that scrolls up and down; add to `.body`
    Rule            hairline
    clear_layout    empties a layout before it is filled anew

Words and acts
    Text            every piece of text: plain, wraps without being cut (`wrap=True`), `tint="muted"`
    Button          "primary" once a page, "secondary", "quiet", "danger"; icon by Lucide name
    IconButton      square, quiet, icon alone; its label is tooltip and spoken name
    PaintedButton   base of buttons with a look of their own: Enter and Space work, screen readers know them

Statuses
    Status          word + tone + shape; `visit_status(state)` says a visit's state the one way
    StatusChip      a status as a pill
    ReadinessLights the six lights, in a line or as cards; `light_clicked(name)`

Lists
    DataTable       table over frozen rows: `Column`s as data, chips and lights, Enter opens
    SearchField     search box, at most one question in 120 ms; `search_changed(text)`
    EmptyState      icon, sentence, first action
    Timeline        what happened, newest first: `Entry`s
    KeyValueList    name beside value, one fact a line
    FactGrid        figures side by side

Forms
    Form            fields by key; `show_problems({key: sentence})` shows all at once
    FieldRow        label, control, help, unit, problem; for a field outside a Form
    PasswordField   hidden letters, show button, Caps Lock hint
    SignaturePad    strokes of whole numbers 0 to 10000 in a 3 : 1 box; also shows them read-only
    Stepper         the steps of a visit down the left: `Step`s with a `StepState`

Telling
    Banner          info, warn, stop, success, director, demo; wraps; action and cross if wanted
    Toast           a short word of success, with Undo; `page.toast(…)`
    ConfirmSheet    before signing, exporting, recalls and keys, and nothing else
    PasswordPrompt  signing: who, what, meaning, password
    NoticeSheet     one thing to read before going on
    BusyOverlay     over a widget while it waits; progress and Cancel
    Spinner         a small turning arc

Trouble is shown by `ui.failures.show_failure(error, page, form=…)`, never by hand.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mnclinic.ui.widgets.banner import Banner, DemoStrip
    from mnclinic.ui.widgets.busy import BusyOverlay, Spinner
    from mnclinic.ui.widgets.buttons import Button, IconButton, PaintedButton
    from mnclinic.ui.widgets.empty_state import EmptyState
    from mnclinic.ui.widgets.facts import FactGrid, KeyValueList
    from mnclinic.ui.widgets.forms import FieldRow, Form
    from mnclinic.ui.widgets.lights import Lights, ReadinessLights
    from mnclinic.ui.widgets.page import Page
    from mnclinic.ui.widgets.password_field import PasswordField
    from mnclinic.ui.widgets.search_field import SearchField
    from mnclinic.ui.widgets.sheets import ConfirmSheet, NoticeSheet, PasswordPrompt, Sheet, close_sheets
    from mnclinic.ui.widgets.signature_pad import SignaturePad
    from mnclinic.ui.widgets.status import Status, StatusChip, visit_status
    from mnclinic.ui.widgets.stepper import Step, Stepper, StepState
    from mnclinic.ui.widgets.surfaces import Card, PageHeader, Rule, Scroller, SectionTitle, clear_layout
    from mnclinic.ui.widgets.table import ROW_ROLE, Column, DataTable, RowsModel
    from mnclinic.ui.widgets.text import Text
    from mnclinic.ui.widgets.timeline import Entry, Timeline
    from mnclinic.ui.widgets.toast import Toast

__all__ = [
    "ROW_ROLE",
    "Banner",
    "BusyOverlay",
    "Button",
    "Card",
    "Column",
    "ConfirmSheet",
    "DataTable",
    "DemoStrip",
    "EmptyState",
    "Entry",
    "FactGrid",
    "FieldRow",
    "Form",
    "IconButton",
    "KeyValueList",
    "Lights",
    "NoticeSheet",
    "Page",
    "PageHeader",
    "PaintedButton",
    "PasswordField",
    "PasswordPrompt",
    "ReadinessLights",
    "RowsModel",
    "Rule",
    "Scroller",
    "SearchField",
    "SectionTitle",
    "Sheet",
    "SignaturePad",
    "Spinner",
    "Status",
    "StatusChip",
    "Step",
    "StepState",
    "Stepper",
    "Text",
    "Timeline",
    "Toast",
    "clear_layout",
    "close_sheets",
    "visit_status",
]

_HOMES = {
    "banner": ("Banner", "DemoStrip"),
    "busy": ("BusyOverlay", "Spinner"),
    "buttons": ("Button", "IconButton", "PaintedButton"),
    "empty_state": ("EmptyState",),
    "facts": ("FactGrid", "KeyValueList"),
    "forms": ("FieldRow", "Form"),
    "lights": ("Lights", "ReadinessLights"),
    "page": ("Page",),
    "password_field": ("PasswordField",),
    "search_field": ("SearchField",),
    "sheets": ("ConfirmSheet", "NoticeSheet", "PasswordPrompt", "Sheet", "close_sheets"),
    "signature_pad": ("SignaturePad",),
    "status": ("Status", "StatusChip", "visit_status"),
    "stepper": ("Step", "StepState", "Stepper"),
    "surfaces": ("Card", "PageHeader", "Rule", "Scroller", "SectionTitle", "clear_layout"),
    "table": ("Column", "DataTable", "ROW_ROLE", "RowsModel"),
    "text": ("Text",),
    "timeline": ("Entry", "Timeline"),
    "toast": ("Toast",),
}


def __getattr__(name: str) -> Any:
    """Import a component at its first use: the log-in must not wait for tables and timelines."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
