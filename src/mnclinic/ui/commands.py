"""What the program can do, as lines of the box for everything.

The acts are the menu's own, so that no act can be in one and not in the other. Beside them stand the buttons
of the page that is shown, what other pages are asked for most, the sections of the settings and the looks.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from mnclinic.domain.names import fold
from mnclinic.security.roles import Act, Role
from mnclinic.ui.desk import Desk
from mnclinic.ui.keys import acts_within, line_of, native_keys
from mnclinic.ui.language import NAMES
from mnclinic.ui.looks import SYSTEM, TEXT_SCALES, looks_keeper
from mnclinic.ui.rail import FIND, FOOT, LOCK, RAIL

FEWEST_OF_OTHER_WORDS = 3
"""Letters after which other words for a command count: two begin too many of them."""


@dataclass(frozen=True)
class Command:
    """Something the program does: its words, its keys, the act, and other words that people look for it by.

    `is_offered` says whether it stands there before anything is typed, and `is_way` that it only leads
    somewhere: then it comes first, so that Enter alone undoes and prints nothing.
    """

    words: str
    keys: str
    shape: str
    act: Callable[[], Any]
    also: str = ""
    is_offered: bool = False
    is_way: bool = False


class Host(Protocol):
    """The window as far as commands need it."""

    def go(self, name: str, what: Any) -> None:
        """Bring a page to the front."""

    def current_page(self) -> QWidget:
        """The page that is in front."""


@dataclass(frozen=True)
class _Elsewhere:
    """What a page other than the one in front does: the page, what it is to show, and the button there."""

    words: str
    page: str
    what: str | None
    button: str
    shape: str
    act: Act
    also: str
    is_pressed: bool = False
    """Whether the button is pressed too; else the keyboard waits on it, because it does a thing at once."""


def commands_for(commands: Sequence[Command], typed: str) -> list[Command]:
    """Those that every typed word begins a word of: their own words first, then other words for them."""
    sought = fold(typed).split()
    if not sought:
        return sorted((one for one in commands if one.is_offered), key=lambda one: not one.is_way)
    own, other = [], []
    for one in commands:
        parts = fold(one.words).split()
        if _all_begin(sought, parts):
            own.append(one)
        elif len(max(sought, key=len)) >= FEWEST_OF_OTHER_WORDS and _all_begin(
            sought, (*parts, *fold(one.also).split())
        ):
            other.append(one)
    return [*own, *other]


def _all_begin(sought: Iterable[str], parts: Sequence[str]) -> bool:
    return all(any(part.startswith(word) for part in parts) for word in sought)


class Commands(QObject):
    """Gathers the commands of one moment, in the language that is spoken now."""

    def __init__(self, host: Host, desk: Desk, everywhere: Sequence[QAction]) -> None:
        """`everywhere` are the acts of the menu that work on every page."""
        super().__init__()
        self._host = host
        self._desk = desk
        self._everywhere = everywhere
        self._page = host.current_page()

    def all(self) -> tuple[Command, ...]:
        """Every command that the person may give here and now, each once."""
        found: dict[str, Command] = {}
        for one in (
            *self._acts(acts_within(self._page)),
            *self._acts(self._everywhere),
            *self._buttons(),
            *self._elsewhere(),
            *self._sections(),
            *self._looks(),
        ):
            found.setdefault(fold(one.words), one)
        return tuple(found.values())

    def _acts(self, acts: Iterable[QAction]) -> Iterable[Command]:
        shapes = {native_keys(one.shortcut): one.shape for one in (*RAIL, *FOOT, LOCK)}
        also = {
            native_keys("Ctrl+Z"): self.tr("undo take back revert mistake"),
            native_keys(LOCK.shortcut): self.tr("lock leave log out log off switch user exit"),
            native_keys("Ctrl+N"): self.tr("new patient person client register create"),
            native_keys("Ctrl+E"): self.tr("reaction complication side effect telephone call"),
            native_keys("Ctrl+P"): self.tr("print paper"),
            native_keys("Ctrl+1"): self.tr("home day schedule appointments"),
            native_keys("Ctrl+5"): self.tr(
                "policy rules limits consent texts standing orders in force off label"
            ),
            native_keys("Ctrl+7"): self.tr("options preferences"),
        }
        for act in acts:
            line = line_of(act)
            if act.shortcut().toString() == FIND.shortcut or not act.isEnabled() or not line.words:
                continue
            first = native_keys(act.shortcut().toString()) or line.keys
            yield Command(
                line.words,
                line.keys,
                shapes.get(first, "undo-2" if first == native_keys("Ctrl+Z") else "arrow-right"),
                partial(_trigger, act),
                also.get(first, ""),
                is_offered=True,
                is_way=first in shapes,
            )

    def _buttons(self) -> Iterable[Command]:
        """What can be pressed on the page. Of what stands there more than once nobody could say which."""
        shown = [
            one
            for one in self._page.findChildren(QPushButton)
            if one.isVisibleTo(self._page) and one.isEnabled() and not one.isCheckable()
        ]
        words = [_words_of(one) for one in shown]
        for button, said in zip(shown, words, strict=True):
            # "and 3 more" goes on with a sentence on the page, and means nothing away from it.
            if said and not said[0].islower() and words.count(said) == 1:
                keys = native_keys(button.shortcut().toString()) if not button.shortcut().isEmpty() else ""
                yield Command(said, keys, "arrow-right", partial(_press, button))
                yield from _of_menu(button, said)

    def _elsewhere(self) -> Iterable[Command]:
        for one in self._all_elsewhere():
            if self._desk.can(one.act):
                yield Command(one.words, "", one.shape, partial(self._go_and, one), one.also)

    def _all_elsewhere(self) -> tuple[_Elsewhere, ...]:
        return (
            _Elsewhere(
                self.tr("New patient"), "patients", None, "patients.new", "user-plus", Act.ADD_PATIENT,
                self.tr("add register create person client"), is_pressed=True,
            ),
            _Elsewhere(
                self.tr("Walk-in"), "today", None, "today.walk_in", "user-plus", Act.PLAN_VISIT,
                self.tr("unplanned without appointment arrive"), is_pressed=True,
            ),
            _Elsewhere(
                self.tr("New visit"), "today", None, "today.new_visit", "plus", Act.START_VISIT,
                self.tr("start treatment session appointment"), is_pressed=True,
            ),
            _Elsewhere(
                self.tr("Bring a list in …"), "today", None, "today.bring_list", "upload", Act.PLAN_VISIT,
                self.tr("import paste day sheet appointments"),
            ),
            _Elsewhere(
                self.tr("Close the day"), "today", None, "today.close_day", "circle-check", Act.CLOSE_DAY,
                self.tr("end finish evening"),
            ),
            _Elsewhere(
                self.tr("Sign what waits for the director"), "director", None, "", "stamp",
                Act.APPROVE_VISIT, self.tr("approve review queue return sign off"),
            ),
            _Elsewhere(
                self.tr("Adverse events that are open"), "events", None, "", "heart-pulse",
                Act.VIEW_PATIENT, self.tr("reaction complication side effect list clock director"),
            ),
            _Elsewhere(
                self.tr("Follow-up calls"), "follow-up", None, "", "calendar-days",
                Act.RECORD_FOLLOW_UP, self.tr("telephone call back aftercare script list"),
            ),
            _Elsewhere(
                self.tr("Make the bundle"), "inspection", None, "inspection.make", "archive",
                Act.MAKE_BUNDLE, self.tr("export audit evidence inspector download"),
            ),
            _Elsewhere(
                self.tr("Check the records now"), "inspection", None, "inspection.check", "shield-check",
                Act.CHECK_STORE, self.tr("verify tampering integrity prove"),
            ),
            _Elsewhere(
                self.tr("Recall and look-back"), "recall", None, "", "triangle-alert", Act.VIEW_SUPPLIES,
                self.tr("lot serial batch device trace touched withdrawn"),
            ),
            _Elsewhere(
                self.tr("Paper sheets for a day without the program"), "devices", "papers", "",
                "printer", Act.PRINT_DOCUMENT,
                self.tr("power cut outage down bring back return scan late entry"),
            ),
            _Elsewhere(
                self.tr("Recalls"), "recalls", None, "", "triangle-alert", Act.VIEW_SUPPLIES,
                self.tr("notice drill call list letters open close"),
            ),
            _Elsewhere(
                self.tr("Visits with adverse events"), "trace", None, "", "list-checks", Act.VIEW_SUPPLIES,
                self.tr("plot chart cluster complication back-trace count depth lot performer"),
            ),
            _Elsewhere(
                self.tr("Duties of the clinic"), "protocols", "duties", "", "list-checks", Act.VIEW_TODAY,
                self.tr("director visit drill meeting emergency retention keep records"),
            ),
            _Elsewhere(
                self.tr("Read the log"), "log", None, "", "history", Act.VIEW_LOG,
                self.tr("history audit trail who looked entries"),
            ),
            _Elsewhere(
                self.tr("Back up now"), "settings", "backups", "backups.now", "hard-drive", Act.MAKE_BACKUP,
                self.tr("backup copy save stick"),
            ),
        )  # fmt: skip

    def _go_and(self, one: _Elsewhere) -> None:
        """Bring its page to the front, and have the keyboard on the button or press it."""
        self._host.go(one.page, one.what)
        way = self._host.current_page().findChild(QPushButton, one.button) if one.button else None
        if way is None or not way.isVisible():
            return
        way.setFocus()
        if one.is_pressed:
            way.click()

    def _sections(self) -> Iterable[Command]:
        from mnclinic.ui.settings.ways import section_ways

        also = {
            "account": self.tr("password recovery code signature key own"),
            "people": self.tr("staff users accounts roles licences"),
            "recovery": self.tr("recovery sheet lost password"),
            "backups": self.tr("backup restore copy plan"),
            "lock": self.tr("idle time out minutes"),
            "looks": self.tr("colours theme dark light contrast text size language motion"),
            "rights": self.tr("permissions roles break glass"),
            "clinic": self.tr("fingerprint version about"),
        }
        for way in section_ways(Role(self._desk.person.role)):
            yield Command(
                self.tr("Settings: {section}").format(section=way.words),
                "",
                way.shape,
                partial(self._host.go, "settings", way.name),
                also.get(way.name, ""),
            )

    def _looks(self) -> Iterable[Command]:
        from mnclinic.ui.settings.looks import mode_words

        worn = looks_keeper().looks
        theme_words = self.tr("theme look mode appearance night")
        for words, mode in mode_words():
            if mode != worn.mode:
                shape = {SYSTEM: "monitor"}.get(mode, "moon" if mode.endswith("dark") else "sun")
                said = self.tr("Colours: {choice}").format(choice=words)
                yield Command(said, "", shape, partial(looks_keeper().wear, mode=mode), theme_words)
        for scale in TEXT_SCALES:
            if scale != worn.text_scale:
                said = self.tr("Size of text: {percent} %").format(percent=round(scale * 100))
                act = partial(looks_keeper().wear, text_scale=scale)
                yield Command(said, "", "ruler", act, self.tr("font zoom larger smaller letters"))
        spoken_names = {"en": self.tr("language English"), "es": self.tr("language Spanish")}
        for code, words in NAMES.items():
            if code != worn.language:
                said = self.tr("Language: {language}").format(language=words)
                act = partial(looks_keeper().wear, language=code)
                yield Command(said, "", "settings", act, spoken_names.get(code, ""))


def _words_of(button: QPushButton) -> str:
    return button.text().replace("&&", "\0").replace("&", "").replace("\0", "&").strip()


def _of_menu(button: QPushButton, said: str) -> Iterable[Command]:
    """What stands in the menu of a button, with the button's words: "10 minutes" alone says nothing."""
    menu: QMenu | None = button.menu()
    for act in menu.actions() if menu is not None else ():
        if act.isVisible() and act.isEnabled() and act.text():
            yield Command(f"{said}: {line_of(act).words}", "", "arrow-right", partial(_trigger, act))


def _trigger(act: QAction) -> None:
    if shiboken6.isValid(act):
        act.trigger()


def _press(button: QPushButton) -> None:
    if shiboken6.isValid(button) and button.isVisible():
        button.click()
