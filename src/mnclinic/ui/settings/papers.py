"""Licences, certificates, training and life support of the person that is current in the list of people."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from mnclinic.domain.credentials import CERTIFICATE, NOTICE_DAYS, TRAINING, PaperKind
from mnclinic.security.roles import Act
from mnclinic.services.credentials import KEPT
from mnclinic.services.session import OpenClinic
from mnclinic.services.users.staff_papers import NewPaper, PaperRow, end_paper, enter_paper
from mnclinic.ui.ask_sheet import OWN_PASSWORD, AskSheet, Entry, Kind, Watch
from mnclinic.ui.elements import LARGE_TEXT, Card, ChipLook, Column, RowTable, button, flow
from mnclinic.ui.language import spoken
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Tone
from mnclinic.ui.words import day_words

if TYPE_CHECKING:
    from mnclinic.ui.settings.section import Section

Job = Callable[[OpenClinic, Watch], PaperRow]

TABLE_HEIGHT = 176
RENEWED_DAYS = 730


def paper_look(paper: PaperRow) -> ChipLook:
    """How a paper stands, the most pressing first."""
    if paper.notice == 0 or not paper.is_valid:
        return ChipLook("Not valid today", "octagon-x", Tone.STOP if paper.notice == 0 else Tone.DRAFT)
    if paper.notice is None:
        return ChipLook("Valid", "circle-check", Tone.COMPLETE)
    if paper.notice == NOTICE_DAYS[-1]:
        return ChipLook("Ends within 7 days", "triangle-alert", Tone.STOP)
    if paper.notice == NOTICE_DAYS[1]:
        return ChipLook("Ends within 30 days", "hourglass", Tone.SOON)
    return ChipLook("Ends within 60 days", "hourglass", Tone.SOON)


def kind_words(paper: PaperRow) -> str:
    """What a paper is, as a person reads it."""
    match paper.what:
        case PaperKind.BLS:
            return spoken("Basic life support")
        case PaperKind.TRAINING:
            return spoken("Training: {name}").format(name=paper.kind.removeprefix(TRAINING))
        case PaperKind.CERTIFICATE:
            return spoken("Certificate: {name}").format(name=paper.kind.removeprefix(CERTIFICATE))
        case PaperKind.LICENCE:
            return spoken("Licence {kind}").format(kind=paper.kind)


COLUMNS = (
    Column("Paper", kind_words, 4),
    Column("Number", lambda one: one.number, 3),
    Column("Issued by", lambda one: one.issuer, 3),
    Column("Last day", lambda one: day_words(one.expires_on), 3),
    Column("State", lambda one: paper_look(one).word, 4, paper_look),
)
FEW_COLUMNS = (
    Column("Paper", lambda one: f"{kind_words(one)}, {day_words(one.expires_on)}", 6),
    Column("State", lambda one: paper_look(one).word, 6, paper_look),
)
"""Where the text is large; number and issuer stand on the sheet that ends it."""


class PapersCard(Card):
    """The papers of one person, and entering and ending one."""

    def __init__(self, section: "Section") -> None:
        """Make the card; `show_person` fills it."""
        super().__init__(
            self.tr("Licences and certificates"),
            self.tr(
                "What ended stops signing from the next day on; what was signed before stays. The person and "
                "the director are told 60, 30 and 7 days before."
            ),
        )
        self._section = section
        self._user, self._name = "", ""
        columns = FEW_COLUMNS if theme().text_scale >= LARGE_TEXT else COLUMNS
        self.table = RowTable("people.papers", columns, self.tr("Licences and certificates"))
        self.table.setFixedHeight(theme().px(TABLE_HEIGHT))
        self.table.chosen.connect(lambda _row: self._show_ways())
        self.add(self.table)
        self.enter = button(
            self.tr("Enter a licence or certificate …"),
            "people.paper",
            shape="file-text",
            pressed=self.ask_enter,
        )
        self.end = button(self.tr("End it …"), "people.end_paper", shape="circle-minus", pressed=self.ask_end)
        ways = QWidget()
        line = flow()
        ways.setLayout(line)
        line.addWidget(self.enter)
        line.addWidget(self.end)
        self.add(ways)

    def show_person(self, user: str, name: str, papers: Sequence[PaperRow]) -> None:
        """Show the papers of one person."""
        self._user, self._name = user, name
        self.table.show_rows(tuple(papers))
        self._show_ways()

    def _current(self) -> PaperRow | None:
        current: PaperRow | None = self.table.current()
        return current

    def _show_ways(self) -> None:
        may, can = self._section.may(Act.KEEP_PAPERS), self._section.can(Act.KEEP_PAPERS)
        for one in (self.enter, self.end):
            one.setVisible(may)
        current = self._current()
        self.enter.setEnabled(can and bool(self._user))
        self.end.setEnabled(can and current is not None and current.is_valid)

    def ask_enter(self) -> None:
        """Ask for a paper of this person; what is current is offered to be renewed."""
        today, current = self._section.desk.clinic.clock.now().date(), self._current()
        begins = max(today, current.expires_on + timedelta(days=1)) if current else today
        sheet = AskSheet(
            self.window(),
            name="enter_paper",
            title=self.tr("Licence or certificate of {name}").format(name=self._name),
            facts=[self.tr("Write down what stands on it. A renewed one is entered beside the old one.")],
            entries=[
                Entry(
                    "what",
                    self.tr("What it is"),
                    Kind.CHOICE,
                    options=(
                        (self.tr("Licence"), PaperKind.LICENCE.value),
                        (self.tr("Basic life support"), PaperKind.BLS.value),
                        (self.tr("Training"), PaperKind.TRAINING.value),
                        (self.tr("Certificate"), PaperKind.CERTIFICATE.value),
                    ),
                    value=(current.what if current else PaperKind.LICENCE).value,
                ),
                Entry(
                    "name",
                    self.tr("Kind of licence, or name of the training"),
                    help_text=self.tr("RN, NP, MD …; nothing for life support."),
                    is_optional=True,
                    value=_own_name(current),
                ),
                Entry("number", self.tr("Number")),
                Entry(
                    "issuer",
                    self.tr("Issued by"),
                    help_text=self.tr("Of a licence the state: TX."),
                    value=current.issuer if current else "",
                ),
                Entry("valid_from", self.tr("First day"), Kind.DAY, value=begins.isoformat()),
                Entry(
                    "expires_on",
                    self.tr("Last day"),
                    Kind.DAY,
                    value=(begins + timedelta(days=RENEWED_DAYS)).isoformat(),
                ),
            ],
            action=self.tr("Enter it"),
            no_way_back=KEPT,
        )
        user = self._user

        def act(values: Mapping[str, str]) -> None:
            def job(clinic: OpenClinic, watch: Watch) -> PaperRow:
                return enter_paper(clinic, user, paper_of(values), values[OWN_PASSWORD], watch=watch)

            self._do(sheet, self.tr("Entering the paper"), job, self.tr("Entered: {paper}."))

        sheet.confirmed.connect(act)
        open_named(sheet, "people.paper", user=user)

    def ask_end(self) -> None:
        """Ask from when on the current paper counts no more, and why."""
        current = self._current()
        if current is None:
            return
        today = self._section.desk.clinic.clock.now().date()
        named = f"{kind_words(current)} {current.number}"
        sheet = AskSheet(
            self.window(),
            name="end_paper",
            title=self.tr("End {paper}").format(paper=named),
            facts=[
                self.tr("{paper}, issued by {issuer}.").format(paper=named, issuer=current.issuer),
                self.tr("It counts to this day and no longer. What was signed before stays valid."),
            ],
            entries=[
                Entry("last_on", self.tr("Its last day"), Kind.DAY, value=today.isoformat()),
                Entry("reason", self.tr("Why?"), help_text=self.tr("It stands in the log.")),
            ],
            action=self.tr("End it"),
            kind="danger",
            no_way_back=KEPT,
        )
        user = self._user

        def act(values: Mapping[str, str]) -> None:
            def job(clinic: OpenClinic, watch: Watch) -> PaperRow:
                return end_paper(
                    clinic,
                    user,
                    current.number,
                    date.fromisoformat(values["last_on"]),
                    values[OWN_PASSWORD],
                    reason=values["reason"],
                    watch=watch,
                )

            self._do(sheet, self.tr("Ending the paper"), job, self.tr("Ended: {paper}."))

        sheet.confirmed.connect(act)
        open_named(sheet, "people.end_paper", user=user, number=current.number)

    def _do(self, sheet: AskSheet, words: str, job: Job, told: str) -> None:
        def done(paper: PaperRow) -> None:
            sheet.accept()
            self._section.say(told.format(paper=f"{kind_words(paper)} {paper.number}"))

        sheet.carry_out(self._section.desk, words, job, done)


def paper_of(values: Mapping[str, str]) -> NewPaper:
    """A paper from what was typed."""
    what = PaperKind(values["what"])
    issuer = values["issuer"].upper() if what is PaperKind.LICENCE else values["issuer"]
    return NewPaper(
        what=what,
        name=values["name"],
        number=values["number"],
        issuer=issuer,
        valid_from=date.fromisoformat(values["valid_from"]),
        expires_on=date.fromisoformat(values["expires_on"]),
    )


def _own_name(paper: PaperRow | None) -> str:
    if paper is None or paper.what is PaperKind.BLS:
        return ""
    return paper.kind.removeprefix(TRAINING).removeprefix(CERTIFICATE)
