"""Every sheet that opens over a page: who looks at it, the way there, and what it is called.

A test reads the sources for sheets that are missing here.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, cast

from PySide6.QtWidgets import QDialog, QPushButton

from mnclinic.domain.amendment import AmendmentKind
from mnclinic.domain.person_details import Standing
from mnclinic.services.break_glass import break_glass
from mnclinic.services.clinic_meetings import MeetingKind
from mnclinic.services.session import ClockSetBack
from mnclinic.ui.devices.sheets import AddLotSheet
from mnclinic.ui.events.entry_sheet import EventSheet, Heard
from mnclinic.ui.events.page import EventsPage
from mnclinic.ui.events.who_sheet import WhoSheet
from mnclinic.ui.follow_up.call_sheet import CallSheet
from mnclinic.ui.handover.sheet import HandoverSheet
from mnclinic.ui.language import language
from mnclinic.ui.patients.page import PatientsPage
from mnclinic.ui.settings.glass import GlassSheet
from mnclinic.ui.settings.page import SettingsPage
from mnclinic.ui.today.clock_sheet import clock_sheet
from mnclinic.ui.today.line_sheets import cancel_sheet, change_sheet, start_sheet
from mnclinic.ui.today.sheet_preview import SheetPreviewDialog
from mnclinic.ui.visits.consent import ConsentStep
from mnclinic.ui.visits.page import VisitPage
from tests.pictures.clinics import noon
from tests.pictures.recalls import with_a_drill
from tests.pictures.walk import (
    DESK,
    DIRECTOR,
    OWNER,
    PROVIDER,
    NothingThere,
    Stop,
    Walk,
    open_chart,
    open_event,
    show_read_visit,
    visit_of_today,
    visits_of_today,
)

PASTED = (
    "09:15\tTesterman, Ada\tmicroneedling_prp\tT. Reyes\tsala 3\n"
    "9.45\tUnknownova, Ann\tmicroneedling_prp\t\t\n"
    "25:70\tExample\tmanicure\t\t\n"
)
CLOCK = ClockSetBack(timedelta(hours=2), noon().now(), is_entered=False).sentence


def close_sheets(walk: Walk) -> None:
    """Close whatever stands over the page."""
    for dialog in walk.window.findChildren(QDialog):
        if isinstance(dialog, HandoverSheet):
            dialog.leave()
        dialog.close()
    walk.settle()


def _on_chart(act: Callable[[Any], None]) -> Callable[[Walk], None]:
    def go(walk: Walk) -> None:
        act(open_chart(walk).chart)
        walk.settle()

    return go


def _event_who(walk: Walk) -> None:
    """Whose an event is, with the people who answer."""
    page = cast(EventsPage, walk.go("events"))
    page.begin_event()
    walk.settle()
    for sheet in walk.window.findChildren(WhoSheet):
        if sheet.isVisible():
            sheet.search.setText("te")
    walk.rest()


def _event_entry(*, is_refused: bool = False) -> Callable[[Walk], None]:
    """The sheet of an event of somebody with visits; refused, with everything that can be wrong in it."""

    def go(walk: Walk) -> None:
        page = cast(EventsPage, walk.go("events"))
        page.entry.begin("P-000001")
        walk.settle()
        sheets = [one for one in walk.window.findChildren(EventSheet) if one.isVisible()]
        if not sheets:
            raise NothingThere
        if is_refused:
            sheet = sheets[0]
            sheet.kind.setCurrentIndex(sheet.kind.findData("other"))
            sheet.grade.setText("7")
            sheet.onset.setText("2031-01-01")
            sheet.told_by.clear()
            sheet.go.click()
            walk.settle()

    return go


def _event_act(act: str, *states: str) -> Callable[[Walk], None]:
    """What an act on an open event asks."""

    def go(walk: Walk) -> None:
        page = open_event(walk, *states)
        if act not in page.room.possible() or page.room.shown is None:
            raise NothingThere
        page.room.acts.open(act, page.room.shown.event)
        walk.settle()

    return go


def _end_history(walk: Walk) -> None:
    page = cast(PatientsPage, walk.go("patients", "P-000001"))
    end = page.findChild(QPushButton, "chart.history_end.0")
    if end is None:
        raise NothingThere
    end.click()
    walk.settle()


def _stand(standing: Standing, chart: Any) -> None:  # noqa: ANN401 - the page's own chart
    chart._stand(standing)


def _find(walk: Walk) -> None:
    walk.go("today")
    walk.workspace.find_anything()
    walk.settle()


def _find_answers(walk: Walk) -> None:
    _find(walk)
    box: Any = next(one for one in walk.window.findChildren(QDialog) if one.objectName() == "find_box")
    box.typed.setText("an")
    walk.rest()


def _keys(walk: Walk) -> None:
    walk.go("today")
    walk.workspace.show_keys()
    walk.settle()


def _add_patient(walk: Walk) -> None:
    cast(PatientsPage, walk.go("patients"))._add()
    walk.settle()


def _refused_patient(walk: Walk) -> None:
    """Every complaint of the form at once."""
    _add_patient(walk)
    sheet: Any = next(one for one in walk.window.findChildren(QDialog) if one.isVisible())
    sheet.add.click()
    walk.settle()


def _planned_line(walk: Walk) -> Any:  # noqa: ANN401 - the page's own line
    page: Any = walk.go("today")
    lines = [page.table.rows.row_at(at) for at in range(page.table.rows.rowCount())]
    planned = [one for one in lines if one is not None and one.planned is not None and one.visit_id is None]
    if not planned:
        raise NothingThere
    return page, max(planned, key=lambda one: len(one.patient))


def _cancel_planned(walk: Walk) -> None:
    page, line = _planned_line(walk)
    cancel_sheet(page, page.acts, line).open()
    walk.settle()


def _change_planned(walk: Walk) -> None:
    page, line = _planned_line(walk)
    change_sheet(page, page.acts, line, page._words).open()
    walk.settle()


def _start_planned(walk: Walk) -> None:
    page, line = _planned_line(walk)
    start_sheet(page, page._desk, page.acts, line, page._words).open()
    walk.settle()


def _day_sheet(text: str) -> Callable[[Walk], None]:
    def go(walk: Walk) -> None:
        page: Any = walk.go("today")
        SheetPreviewDialog(walk.window, page._desk, page._day, text).open()
        walk.settle()

    return go


def _clock(walk: Walk) -> None:
    page: Any = walk.go("today")
    clock_sheet(page, page._desk, CLOCK).open()
    walk.settle()


def _signs(walk: Walk) -> None:
    """The signature on a visit that is open and whole, as its performer."""
    for visit in visits_of_today(walk, "draft"):
        page = cast("VisitPage", walk.go("visit", visit))
        if page._can_sign():
            page._sign_asked()
            walk.settle()
            return
    raise NothingThere


def _voids(walk: Walk) -> None:
    page = cast("VisitPage", walk.go("visit", visit_of_today(walk, "draft", "deferred")))
    assert page._view is not None  # it was opened
    page._signing.void(page._view)
    walk.settle()


def _hands_over(walk: Walk) -> None:
    page = cast("VisitPage", walk.go("visit", visit_of_today(walk, "draft", "deferred")))
    step = cast("ConsentStep", page.go("consent"))
    # Also where the consent was taken: what is seen is the sheet.
    step.acts.hand_over(page._view, language(), step.people.people())  # type: ignore[arg-type]  # shown
    walk.settle()


def _decides(act: str) -> Callable[[Walk], None]:
    """A signature on a visit that is performed, as the director."""

    def go(walk: Walk) -> None:
        page = show_read_visit(walk)
        getattr(page._signing, act)(page._view)
        walk.settle()

    return go


def _amends(kind: AmendmentKind) -> Callable[[Walk], None]:
    """An amendment of a visit that is performed, as the director."""

    def go(walk: Walk) -> None:
        page = show_read_visit(walk)
        page._amend(kind)
        walk.settle()

    return go


def _releases(walk: Walk) -> None:
    page = cast("VisitPage", walk.go("visit", visit_of_today(walk, "deferred", "draft")))
    page._signing.release(page._view)  # type: ignore[arg-type]  # shown, so it has a view
    walk.settle()


def _orders(walk: Walk) -> None:
    page = cast("VisitPage", walk.go("visit", visit_of_today(walk, "deferred")))
    page._telephone.take(page._view)  # type: ignore[arg-type]  # shown, so it has a view
    walk.settle()


def _exam_paper(walk: Walk) -> None:
    page = cast("VisitPage", walk.go("visit", visit_of_today(walk, "draft", "deferred")))
    page._exam_step.ask_for_paper()
    walk.settle()


def _read_back(walk: Walk) -> None:
    page = cast("VisitPage", walk.go("visit", visit_of_today(walk, "draft", "deferred")))
    page._care_step.read_backs.ask(page._view)  # type: ignore[arg-type]  # shown, so it has a view
    walk.settle()


def _asks_for_paper(method: str) -> Callable[[Walk], None]:
    """What the papers of the first person who has one open."""

    def go(walk: Walk) -> None:
        section = _section(walk, "people")
        section.table.select(lambda one: one.user == "reyes")
        section.papers.table.selectRow(0)
        getattr(section.papers, method)()
        walk.settle()

    return go


def _protocol(walk: Walk) -> None:
    page: Any = walk.go("protocols")
    if page.table.current() is None:
        raise NothingThere
    page._approve_asked()
    walk.settle()


def _call(*, is_refused: bool = False) -> Callable[[Walk], None]:
    """One contact with its script; refused, with all that can be wrong in it."""

    def go(walk: Walk) -> None:
        page: Any = walk.go("follow-up")
        if page.table.current() is None:
            raise NothingThere
        page.table.opened.emit(page.table.current())
        walk.settle()
        if is_refused:
            for sheet in walk.window.findChildren(CallSheet):
                if sheet.isVisible():
                    sheet.go.click()
        walk.settle()

    return go


def _something_is_wrong(walk: Walk) -> None:
    page: Any = walk.go("follow-up")
    contact = page.table.current()
    if contact is None:
        raise NothingThere
    heard = Heard(contact.visit_id, "A rash on both cheeks", "follow_up")
    page._wrong.begin(contact.patient_ref, heard)
    walk.settle()


def _of_supplies(card: str, method: str) -> Callable[[Walk], None]:
    def go(walk: Walk) -> None:
        page: Any = walk.go("devices")
        walk.settle()
        asked = getattr(page, card)
        asked.table.selectRow(0)
        getattr(asked, method)()
        walk.settle()

    return go


def _of_recalls(method: str) -> Callable[[Walk], None]:
    """A sheet over the recalls, about the drill that is held there."""

    def go(walk: Walk) -> None:
        with_a_drill(walk)
        page: Any = walk.go("recalls")
        walk.rest()
        getattr(page, method)()
        walk.settle()

    return go


def _refused_scan(walk: Walk) -> None:
    _of_supplies("lot_card", "ask_add")(walk)
    for sheet in walk.window.findChildren(AddLotSheet):
        if sheet.isVisible():
            sheet.read_code("5901234123457")
    walk.settle()


def _authorises(walk: Walk) -> None:
    page: Any = walk.go("protocols")
    page._authorise_asked()
    walk.settle()


def _meets(walk: Walk) -> None:
    page: Any = walk.go("protocols")
    page._look_at_duties()
    walk.settle()
    page.duties._enter(MeetingKind.DIRECTOR_VISIT)
    walk.settle()


def _takes_meeting_back(walk: Walk) -> None:
    page: Any = walk.go("protocols")
    page._look_at_duties()
    walk.settle()
    page.duties._take_back(MeetingKind.DRILL, page._desk.clinic.clock.now().date())
    walk.settle()


def _section(walk: Walk, name: str) -> Any:  # noqa: ANN401 - each section is of its own kind
    page = cast("SettingsPage", walk.go("settings", name))
    walk.settle()
    return page.section()


def _asks(section: str, method: str, *, with_row: bool = False) -> Callable[[Walk], None]:
    """What a button of a section of the settings opens; `with_row` takes the first that has it."""

    def go(walk: Walk) -> None:
        made = _section(walk, section)
        if not with_row:
            getattr(made, method)()
        elif not _opened_from_a_row(walk, made, method):
            raise NothingThere
        walk.settle()

    return go


def _opened_from_a_row(walk: Walk, section: Any, method: str) -> bool:  # noqa: ANN401
    model = section.table.model()
    for at in range(model.rowCount()):
        section.table.setCurrentIndex(model.index(at, 0))
        walk.settle()
        getattr(section, method)()
        if any(one.isVisible() for one in walk.window.findChildren(QDialog)):
            return True
    return False


def _of_a_backup(method: str) -> Callable[[Walk], None]:
    def go(walk: Walk) -> None:
        section = _section(walk, "backups")
        if not section.table.model().rowCount():
            section._back_up()
            walk.settle()
        if not _opened_from_a_row(walk, section, method):
            raise NothingThere
        walk.settle()

    return go


def _glass(walk: Walk) -> None:
    _section(walk, "rights")
    GlassSheet(walk.window).open()
    walk.settle()


def _glass_is_broken(walk: Walk) -> None:
    """The strip at the head of every page while the glass is broken. It stays broken: the last stop."""
    walk.workspace._desk.act(
        lambda clinic: break_glass(clinic, "the telephone list was needed at once", 60),
        owner=walk.workspace,
        done=lambda _glass: None,
        # Broken already, in the mode before.
        failed=lambda _error: None,
    )
    walk.settle()
    walk.go("today")


def _sheet(name: str, user: str, way: Callable[[Walk], None], sheet: str) -> Stop:
    shows_people = name.startswith(("event", "find", "patient", "planned", "visit"))
    crowds = ("ordinary", "crowded") if shows_people else ("ordinary",)
    return Stop(f"sheet-{name}", user, way, close_sheets, sheet, crowds)


SHEET_STOPS = (
    _sheet("find", DIRECTOR, _find, "find_box"),
    _sheet("find-answers", DIRECTOR, _find_answers, "find_box"),
    _sheet("keys", DIRECTOR, _keys, "keys_sheet"),
    _sheet("patient-add", DIRECTOR, _add_patient, "NewPatientSheet"),
    _sheet("patient-add-refused", DIRECTOR, _refused_patient, "NewPatientSheet"),
    _sheet("patient-details", DIRECTOR, _on_chart(lambda c: c._change_details()), "DetailsSheet"),
    _sheet("patient-history", DIRECTOR, _on_chart(lambda c: c._add_history()), "HistorySheet"),
    _sheet("patient-history-end", DIRECTOR, _end_history, "EndHistorySheet"),
    _sheet("patient-merge", DIRECTOR, _on_chart(lambda c: c._merge()), "MergeSheet"),
    _sheet("patient-visit", DIRECTOR, _on_chart(lambda c: c._start()), "StartVisitSheet"),
    *(
        _sheet(
            f"patient-{standing.value}",
            DIRECTOR,
            _on_chart(partial(_stand, standing)),
            "StandingSheet",
        )
        for standing in Standing
    ),
    _sheet("event-who", DESK, _event_who, "WhoSheet"),
    _sheet("event-entry", DIRECTOR, _event_entry(), "EventSheet"),
    _sheet("event-entry-refused", DIRECTOR, _event_entry(is_refused=True), "EventSheet"),
    _sheet("event-told", DIRECTOR, _event_act("told", "tell"), "event_told"),
    _sheet("event-note", DIRECTOR, _event_act("note"), "event_note"),
    _sheet("event-reported", DIRECTOR, _event_act("reported"), "event_reported"),
    _sheet("event-close", DIRECTOR, _event_act("close", "follow"), "event_close"),
    _sheet("event-acknowledge", DIRECTOR, _event_act("acknowledge", "tell", "sign"), "sign_sheet"),
    _sheet("patient-hold", DIRECTOR, _on_chart(lambda c: c._hold()), "HoldSheet"),
    _sheet("planned-cancel", PROVIDER, _cancel_planned, "cancel_planned"),
    _sheet("planned-change", PROVIDER, _change_planned, "change_planned"),
    _sheet("planned-start", PROVIDER, _start_planned, "start_planned"),
    _sheet("day", PROVIDER, _day_sheet(""), "day_sheet"),
    _sheet("day-read", PROVIDER, _day_sheet(PASTED), "day_sheet"),
    _sheet("clock", PROVIDER, _clock, "clock"),
    _sheet("visit-sign", PROVIDER, _signs, "sign_sheet"),
    _sheet("visit-handover", PROVIDER, _hands_over, "handover"),
    _sheet("visit-void", PROVIDER, _voids, "void_sheet"),
    _sheet("visit-telephone-order", PROVIDER, _orders, "telephone_order"),
    _sheet("visit-read-back", PROVIDER, _read_back, "read_back"),
    _sheet("visit-exam-paper", PROVIDER, _exam_paper, "exam_paper"),
    _sheet("visit-approve", DIRECTOR, _decides("approve"), "sign_sheet"),
    _sheet("visit-return", DIRECTOR, _decides("send_back"), "sign_sheet"),
    *(
        _sheet(f"visit-amend-{kind.value.replace('_', '-')}", DIRECTOR, _amends(kind), "amend")
        for kind in AmendmentKind
    ),
    _sheet("visit-release", DIRECTOR, _releases, "sign_sheet"),
    _sheet("follow-up-call", DESK, _call(), "follow_up_call"),
    _sheet("follow-up-call-refused", DESK, _call(is_refused=True), "follow_up_call"),
    _sheet("follow-up-wrong", DESK, _something_is_wrong, "EventSheet"),
    _sheet("protocol", DIRECTOR, _protocol, "sign_sheet"),
    _sheet("protocol-authorise", DIRECTOR, _authorises, "authorise"),
    _sheet("clinic-meeting", DIRECTOR, _meets, "meeting"),
    _sheet("clinic-meeting-back", DIRECTOR, _takes_meeting_back, "meeting_back"),
    _sheet("lot-add", DIRECTOR, _of_supplies("lot_card", "ask_add"), "AddLotSheet"),
    _sheet("lot-add-refused", DIRECTOR, _refused_scan, "AddLotSheet"),
    _sheet("lot-quarantine", DIRECTOR, _of_supplies("lot_card", "ask_stop"), "change_lot"),
    _sheet("lot-recall", DIRECTOR, _of_supplies("lot_card", "ask_recall"), "open_recall"),
    _sheet("device-quarantine", DIRECTOR, _of_supplies("device_card", "ask_stop"), "change_device"),
    _sheet("device-service", DIRECTOR, _of_supplies("device_card", "ask_service"), "enter_service"),
    _sheet("lot-count", DIRECTOR, _of_supplies("lot_card", "ask_count"), "move_lot"),
    _sheet("recall-open", DIRECTOR, _of_recalls("ask_open"), "open_recall"),
    _sheet("recall-contact", DIRECTOR, _of_recalls("ask_contact"), "recall_contact"),
    _sheet("recall-print", DIRECTOR, _of_recalls("ask_print"), "print_recall"),
    _sheet("recall-close", DIRECTOR, _of_recalls("ask_close"), "sign_sheet"),
    _sheet("paper-print", DIRECTOR, _of_supplies("paper_card", "ask_print"), "print_papers"),
    _sheet("paper-return", DIRECTOR, _of_supplies("paper_card", "ask_return"), "return_paper"),
    _sheet("paper-spoil", DIRECTOR, _of_supplies("paper_card", "ask_spoil"), "spoil_paper"),
    _sheet("device-add", DIRECTOR, _of_supplies("device_card", "ask_add"), "DeviceSheet"),
    _sheet("device-correct", DIRECTOR, _of_supplies("device_card", "ask_correct"), "DeviceSheet"),
    _sheet("device-confirm", DIRECTOR, _of_supplies("device_card", "ask_confirm"), "confirm_device"),
    _sheet("account-password", DIRECTOR, _asks("account", "change_password"), "change_password"),
    _sheet("account-code", DIRECTOR, _asks("account", "make_code"), "make_code"),
    _sheet("account-key", DIRECTOR, _asks("account", "make_key"), "make_key"),
    _sheet("account-factor", DIRECTOR, _asks("account", "make_factor"), "set_factor"),
    _sheet("account-no-factor", DIRECTOR, _asks("account", "drop_factor"), "set_factor"),
    _sheet("people-add", OWNER, _asks("people", "ask_add"), "add_person"),
    _sheet("people-paper", OWNER, _asks_for_paper("ask_enter"), "enter_paper"),
    _sheet("people-end-paper", OWNER, _asks_for_paper("ask_end"), "end_paper"),
    _sheet("people-reset", OWNER, _asks("people", "ask_reset", with_row=True), "reset_person"),
    _sheet("people-extend", OWNER, _asks("people", "ask_extend", with_row=True), "extend_access"),
    _sheet("people-end", OWNER, _asks("people", "ask_end", with_row=True), "end_access"),
    _sheet("recovery-sheet", OWNER, _asks("recovery", "ask_sheet"), "make_sheet"),
    _sheet("recovery-revoke", OWNER, _asks("recovery", "ask_revoke", with_row=True), "revoke_key"),
    _sheet("recovery-fingerprint", OWNER, _asks("recovery", "ask_fingerprint"), "fingerprint"),
    _sheet("recovery-database", OWNER, _asks("recovery", "ask_rotate"), "rotate"),
    _sheet("recovery-device", OWNER, _asks("recovery", "ask_device"), "device"),
    _sheet("backups-drill", OWNER, _of_a_backup("ask_drill"), "drill"),
    _sheet("backups-sheet-drill", OWNER, _of_a_backup("ask_sheet_drill"), "sheet_drill"),
    _sheet("backups-older-check", OWNER, _of_a_backup("ask_older_check"), "older_check"),
    _sheet("glass", DESK, _glass, "glass_sheet"),
    Stop("today-glass", DESK, _glass_is_broken),
)
