"""The pages that are seen: who looks at each, and the way there. Sheets over them are in `sheet_stops`."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from mnclinic.domain.amendment import AmendmentKind
from mnclinic.domain.pictures import PictureForm
from mnclinic.interchange.pictures.reading import Picture
from mnclinic.services.bring_photos import Brought
from mnclinic.services.bundle_pages import DRAWING
from mnclinic.services.demo.faces import drawn_face
from mnclinic.services.list_visits import Queue, VisitRow, review_queue, todays_visits
from mnclinic.ui.inspection.page import InspectionPage
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.photos.compare import CompareMode
from mnclinic.ui.protocols.page import ProtocolsPage
from mnclinic.ui.settings.page import SettingsPage
from mnclinic.ui.visits.page import VisitPage
from mnclinic.ui.visits.treatment import TreatmentStep
from tests.pictures.recalls import with_a_drill
from tests.pictures.sheet_stops import SHEET_STOPS
from tests.pictures.walk import (
    DESK,
    DIRECTOR,
    OWNER,
    PROVIDER,
    NothingThere,
    Stop,
    Walk,
    not_expected,
    open_chart,
    open_event,
    page,
    show_read_visit,
    visit_of_today,
)


def _step(name: str) -> Callable[[Walk], None]:
    def go(walk: Walk) -> None:
        shown = cast("VisitPage", walk.go("visit", visit_of_today(walk, "draft", "deferred")))
        shown.go(name)
        walk.settle()

    return go


def _all_contacts(walk: Walk) -> None:
    """Everything that is planned, made and given up, too."""
    shown = walk.go("follow-up")
    shown.everything.setChecked(True)
    walk.settle()


LINES_DOWN = 4

ANSWERS = {
    "screening.isotretinoin_stopped": "yes",
    "screening.isotretinoin_stopped.last_on": "2026-06-15",
    "screening.anticoagulant": "yes",
    "screening.active_acne": "yes",
    "screening.active_acne.areas": "cheek,chin",
    "lesions": "1",
    "lesions.0.area": "forehead",
    "lesions.0.item": "actinic_keratosis",
}


def _answered(walk: Walk) -> None:
    """The same questions with answers that speak against treating, and a lesion that was seen."""
    shown = cast("VisitPage", walk.go("visit", visit_of_today(walk, "draft", "deferred")))
    shown.editing.put(ANSWERS, "answers", "screening.active_acne")
    walk.settle()
    shown.lead_to("screening.active_acne")
    walk.settle()


def _unanswered(walk: Walk) -> None:
    cast("VisitPage", walk.workspace.stack.currentWidget()).editing.undo()
    walk.settle()


AREAS = {
    "lines": "4",
    "lines.0.area": "forehead",
    "lines.0.side": "midline",
    "lines.0.depth_mm": "0.75",
    "lines.0.passes": "4",
    "lines.0.carried": "depth_mm,passes",
    "lines.1.area": "cheek",
    "lines.1.side": "right",
    "lines.1.depth_mm": "2.75",
    "lines.1.passes": "99",
    "lines.1.endpoint": "pinpoint_bleeding",
    "lines.2.area": "cheek",
    "lines.2.side": "left",
    "lines.2.depth_mm": "1.25",
    "lines.2.passes": "4",
    "lines.2.endpoint": "pinpoint_bleeding",
    "lines.3.area": "periorbital",
    "lines.3.side": "both",
}


def _areas(walk: Walk) -> None:
    """The rows and the map: carried, over the limit, within it, and not yet whole."""
    _step("treatment")(walk)
    shown = cast("VisitPage", walk.workspace.stack.currentWidget())
    shown.editing.put(AREAS, "areas", "lines.1.depth_mm")
    walk.settle()
    shown.lead_to("lines.2.depth_mm")
    walk.settle()
    step = cast("TreatmentStep", shown.steps["treatment"])
    top = step.limit.mapTo(cast("QWidget", step.scroller.widget()), QPoint(0, 0)).y()
    step.scroller.verticalScrollBar().setValue(top)
    walk.settle()


def _visit_with_photographs(walk: Walk) -> VisitPage:
    """An open visit of today that names a photograph that was kept."""
    rows: list[VisitRow] = []
    walk.workspace._desk.ask(
        todays_visits,
        owner=walk.workspace,
        done=lambda today: rows.extend(today.visits),
        failed=not_expected,
    )
    walk.settle()
    for one in rows:
        if one.state in {"draft", "deferred"}:
            shown = cast("VisitPage", walk.go("visit", one.visit_id))
            if shown._view is not None and shown._view.photos.kept:
                return shown
    raise NothingThere


def _kept_photographs(walk: Walk) -> None:
    """The step of the photographs with one that was kept, and the outline of the last one over it."""
    shown = _visit_with_photographs(walk)
    shown.go("photos")
    shown._photos_step.outlines.setChecked(True)
    walk.settle()


def _two_brought() -> list[Brought]:
    """Of one the camera noted the moment, of the other it is asked."""
    return [
        Brought(Path(name), Picture(PictureForm.JPEG, 900, 1200, noted_at, face), face)
        for name, noted_at, face in (
            ("IMG_2041.jpg", datetime(2026, 11, 20, 9, 41, tzinfo=UTC), drawn_face(40)),
            ("P1000017.jpg", None, drawn_face(90, 40)),
        )
    ]


def _brought_photographs(walk: Walk) -> None:
    """Two that were dropped: of one the camera noted the moment, of the other it is asked."""
    shown = _visit_with_photographs(walk)
    shown.go("photos")
    step = shown._photos_step
    step.panel.show_pictures(_two_brought(), step._free(), None)
    walk.settle()
    top = step.panel.mapTo(cast("QWidget", step.scroller.widget()), QPoint(0, 0)).y()
    step.scroller.verticalScrollBar().setValue(top)
    walk.settle()


def _put_back(walk: Walk) -> None:
    cast("VisitPage", walk.workspace.stack.currentWidget())._photos_step.panel.empty()
    walk.settle()


def _photographs(mode: CompareMode) -> Callable[[Walk], None]:
    """Somebody's photographs, two of them held against each other."""

    def go(walk: Walk) -> None:
        view = _visit_with_photographs(walk)._view
        assert view is not None
        page = cast("PatientsPage", walk.go("patients", view.patient_ref))
        walk.settle()
        page._to_photos()
        walk.settle()
        page.photos.modes[mode].click()
        page.photos._show_pair()
        walk.settle()

    return go


def _brought_to_a_person(walk: Walk) -> None:
    """Two that were dropped on somebody's photographs; of one it is not said yet what it shows."""
    _photographs(CompareMode.SIDE_BY_SIDE)(walk)
    made = cast("PatientsPage", walk.workspace.stack.currentWidget()).photos.bring_in
    made.panel.show_pictures(_two_brought(), made._offered(), None, said={})
    made.panel.rows[0].pose.setCurrentIndex(1)
    made.panel.keep.click()
    walk.settle()


def _person_has_them_out(walk: Walk) -> None:
    cast("PatientsPage", walk.workspace.stack.currentWidget()).photos.bring_in.panel.empty()
    walk.settle()


CARE = {
    "vitals.systolic_mmhg": "128",
    "vitals.diastolic_mmhg": "78",
    "vitals.pulse_per_min": "66",
    "vitals.temperature_f": "98.6",
    "vitals.taken_at": "09:05",
    "anaesthetic.product": "Lidocaine 4 % cream",
    "anaesthetic.strength_percent": "4",
    "anaesthetic.amount_g": "90",
    "anaesthetic.area_cm2": "400",
    "anaesthetic.applied_at": "09:10",
    "anaesthetic.removed_at": "09:40",
    "anaesthetic.wiped_off": "yes",
    "prp.kit_lot": "DEMO-K1",
    "prp.drawn_at": "09:12",
    "prp.drawn_by": "reyes",
    "prp.tubes": "2",
    "prp.drawn_ml": "18",
    "prp.tube_label.last_name": "Somebody",
    "prp.tube_label.first_name": "Else",
    "prp.tube_label.born_on": "1985-06-30",
    "spins": "1",
    "spins.0.rpm": "3861",
    "spins.0.radius_cm": "9.0",
    "spins.0.minutes": "8",
    "topicals": "1",
    "topicals.0.product": "hydrogel\nDEMO-G1",
    "topicals.0.amount_ml": "4",
    "topicals.0.used": "during",
}


def _cared_for(at: str) -> Callable[[Walk], None]:
    """The step beside the treated areas, filled in, and scrolled to a field."""

    def go(walk: Walk) -> None:
        shown = cast("VisitPage", walk.go("visit", visit_of_today(walk, "draft", "deferred")))
        shown.editing.put(CARE, "care", "vitals.systolic_mmhg")
        walk.settle()
        shown.lead_to(at)
        walk.settle()

    return go


def _amended_visit(walk: Walk) -> None:
    """A signed visit with an amendment that no director has seen."""
    found: list[Queue] = []
    walk.workspace._desk.ask(review_queue, owner=walk.workspace, done=found.append, failed=not_expected)
    walk.settle()
    if not found or not found[0].amendments:
        raise NothingThere
    # What was corrected shows most.
    chosen = max(found[0].amendments, key=lambda one: one.kind == AmendmentKind.CORRECTION)
    walk.go("visit", chosen.visit_id)


def _read_visit(walk: Walk) -> None:
    show_read_visit(walk)


def _section(name: str) -> Callable[[Walk], None]:
    def go(walk: Walk) -> None:
        shown = cast("SettingsPage", walk.go("settings", name))
        if shown.section() is None or name not in [way.name for way in shown._ways]:
            raise NothingThere
        walk.settle()

    return go


def _open_chart(walk: Walk) -> None:
    open_chart(walk)


def _list(name: str) -> Callable[[Walk], None]:
    """A page whose list has the keyboard, some lines down: where the text is large, the line is in sight."""

    def go(walk: Walk) -> None:
        table = walk.go(name).table
        if table.rows.rowCount() < LINES_DOWN:
            raise NothingThere
        table.setFocus(Qt.FocusReason.TabFocusReason)
        for _ in range(LINES_DOWN):
            QTest.keyClick(table, Qt.Key.Key_Down)
            walk.settle()

    return go


def _search(typed: str) -> Callable[[Walk], None]:
    """What the roster finds, or that it finds nobody."""

    def go(walk: Walk) -> None:
        shown = cast("PatientsPage", walk.go("patients"))
        shown.search.setText(typed)
        walk.rest()

    return go


def _search_is_over(walk: Walk) -> None:
    cast("PatientsPage", walk.workspace.stack.currentWidget()).search.clear()
    walk.rest()


def _making(walk: Walk) -> None:
    """A bundle under way, as the page shows it; none is made."""
    shown = cast("InspectionPage", walk.go("inspection"))
    shown.show_passphrase("amber-lantern-river-seven-willow-compass", "audit-2026-11-23.zip.age")
    shown.making.begin(shown.tr("Making the bundle"), shuts=shown.make)
    shown.making.watch(DRAWING, 412, 900)
    walk.settle()


def _making_is_over(walk: Walk) -> None:
    shown = cast("InspectionPage", walk.workspace.stack.currentWidget())
    shown.make.setEnabled(True)
    shown.making.end()
    shown.forget_made()
    walk.settle()


RULE_FORMS = (
    ("policy", "document"),
    ("policy", "anaesthetic"),
    ("policy", "roles"),
    ("policy", "order"),
    ("policy", "screening"),
    ("protocol", "areas"),
    ("protocol", "texts"),
    ("consent_text", "document"),
    ("consent_text", "sections"),
)


def _rules(walk: Walk, kind: str) -> ProtocolsPage:
    """The protocols, at the newest version of a policy or protocol."""
    shown = cast("ProtocolsPage", walk.go("protocols"))
    found = [number for number, one in enumerate(shown._documents) if one.kind == kind]
    if not found:
        raise NothingThere
    shown.table.selectRow(found[0])
    walk.settle()
    return shown


def _rule_changes(walk: Walk) -> None:
    shown = _rules(walk, "policy")
    if not shown.compare.isVisibleTo(shown):
        raise NothingThere
    shown.compare.click()
    walk.settle()


def _in_force(walk: Walk) -> None:
    _rules(walk, "policy")._look_at_day()
    walk.settle()


def _duties(walk: Walk) -> None:
    _rules(walk, "policy")._look_at_duties()
    walk.settle()


def _rule_form(kind: str, section: str) -> Callable[[Walk], None]:
    def go(walk: Walk) -> None:
        shown = _rules(walk, kind)
        shown._edit_asked()
        walk.settle()
        names = [one.name for one in shown.editor._sections]
        shown.editor.list.setCurrentRow(names.index(section))
        walk.settle()

    return go


def _leave_rules(walk: Walk) -> None:
    shown = cast("ProtocolsPage", walk.workspace.stack.currentWidget())
    if shown._is_comparing:
        shown.compare.click()
    shown._back()
    walk.settle()


def _event(walk: Walk) -> None:
    """The open event with the most to show."""
    open_event(walk)


def _recall(typed: str) -> Callable[[Walk], None]:
    """The box of a recall with what it found."""

    def go(walk: Walk) -> None:
        shown = walk.go("recall")
        shown.named.setText(typed or _device_in_use(walk))
        shown.go.click()
        walk.rest()

    return go


def _device_in_use(walk: Walk) -> str:
    """The registered device with which most of the demo's visits were done."""
    rows = walk.go("devices").devices.rows
    named = {str(rows.row_at(at).device) for at in range(rows.rowCount())}
    if "SP-01" not in named:
        raise NothingThere
    walk.go("recall")
    return "SP-01"


def _trace(factor: str) -> Callable[[Walk], None]:
    """Counts of visits with events by one factor."""

    def go(walk: Walk) -> None:
        walk.go("trace", factor)
        walk.rest()

    return go


def _recalls(walk: Walk) -> None:
    """Recalls with the list of the newest one; the crowded and the ordinary clinic hold a drill."""
    with_a_drill(walk)
    walk.go("recalls")
    walk.rest()


def _touched(walk: Walk) -> None:
    """What touched the first person whom a lot touched."""
    _recall("")(walk)
    walk.go("recall").reverse.click()
    walk.rest()


STEPS = ("identity", "screening", "exam", "consent", "care", "treatment", "photos", "sign")
SECTIONS = ("account", "people", "recovery", "backups", "lock", "looks", "rights", "clinic")

STOPS = (
    Stop("today", PROVIDER, page("today")),
    *(Stop(f"visit-{name}", PROVIDER, _step(name)) for name in STEPS),
    Stop("visit-care-numbed", PROVIDER, _cared_for("anaesthetic.amount_g"), _unanswered),
    Stop("visit-care-prp", PROVIDER, _cared_for("spins.0.rpm"), _unanswered),
    Stop("visit-care-confirmed", PROVIDER, _cared_for("topicals.0.amount_ml"), _unanswered),
    Stop("visit-photos-kept", PROVIDER, _kept_photographs),
    Stop("visit-photos-brought", PROVIDER, _brought_photographs, _put_back),
    *(
        Stop(f"photographs-{mode.value.replace('_', '-')}", PROVIDER, _photographs(mode))
        for mode in CompareMode
    ),
    Stop("photographs-brought", PROVIDER, _brought_to_a_person, _person_has_them_out),
    Stop("visit-screening-answered", PROVIDER, _answered, _unanswered),
    Stop("visit-treatment-areas", PROVIDER, _areas, _unanswered, crowds=("ordinary",)),
    Stop("today-director", DIRECTOR, page("today")),
    Stop("patients", DIRECTOR, page("patients")),
    *(Stop(f"{name}-line", DIRECTOR, _list(name)) for name in ("today", "patients", "protocols")),
    Stop("patients-nobody", DIRECTOR, _search("zzzqqq"), _search_is_over),
    Stop("patient", DIRECTOR, _open_chart),
    Stop("visit-read", DIRECTOR, _read_visit),
    Stop("visit-amended", DIRECTOR, _amended_visit),
    Stop("director", DIRECTOR, page("director")),
    Stop("events", DIRECTOR, page("events")),
    Stop("event", DIRECTOR, _event),
    Stop("follow-up", DESK, page("follow-up")),
    Stop("follow-up-all", DESK, _all_contacts),
    Stop("devices", DIRECTOR, page("devices")),
    Stop("recall", DIRECTOR, page("recall")),
    Stop("recall-found", DIRECTOR, _recall("")),
    Stop("recall-days", DIRECTOR, _recall("2020-01-01..2099-12-31"), crowds=("ordinary", "crowded")),
    Stop("recall-touched", DIRECTOR, _touched),
    Stop("recalls", DIRECTOR, _recalls),
    *(Stop(f"trace-{one}", DIRECTOR, _trace(one)) for one in ("depth_band", "lot", "area")),
    Stop("recall-nobody", DIRECTOR, _recall("LOT-ZZZ-000"), crowds=("ordinary",)),
    Stop("protocols", DIRECTOR, page("protocols")),
    Stop("protocols-changes", DIRECTOR, _rule_changes, _leave_rules),
    Stop("protocols-in-force", DIRECTOR, _in_force, _leave_rules),
    Stop("protocols-duties", DIRECTOR, _duties, _leave_rules),
    *(
        Stop(f"protocols-{kind}-{name}", DIRECTOR, _rule_form(kind, name), _leave_rules)
        for kind, name in RULE_FORMS
    ),
    Stop("inspection", DIRECTOR, page("inspection")),
    Stop("inspection-making", DIRECTOR, _making, _making_is_over),
    Stop("log", DIRECTOR, page("log")),
    *(Stop(f"settings-{name}", OWNER, _section(name)) for name in SECTIONS),
    *SHEET_STOPS,
)

BEFORE_LOG_IN = (
    "login",
    "login-forgot",
    "welcome",
    "bring-back",
    "setup-finish",
    "first-password",
    *(f"setup-{name}" for name in ("clinic", "people", "documents", "place", "make")),
    "login-resumed",
)
NAMES = (*BEFORE_LOG_IN, *(stop.name for stop in STOPS), "gallery")
