"""Second step: who works here, each with a log-in, a first password and a licence."""

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QGridLayout, QLineEdit, QWidget

from mnclinic.errors import InvalidInput, Problem
from mnclinic.security.look_alikes import are_alike
from mnclinic.security.passwords import passwords_of_several
from mnclinic.services.read_documents import check_document
from mnclinic.services.user_names import why_not_that_name
from mnclinic.ui.elements import (
    Card,
    Field,
    StillChoice,
    StillDay,
    button,
    flow,
    label,
    row,
)
from mnclinic.ui.elements.layout import bring_into_view
from mnclinic.ui.language import spoken
from mnclinic.ui.password_field import Names, PasswordField
from mnclinic.ui.setup.step import Step, told
from mnclinic.ui.tokens import Space, Type

CREDENTIALS = ("MD", "DO", "NP", "PA", "RN", "LVN", "LPN", "EST")
SIGNING = frozenset({"director", "provider"})
LICENCE_YEARS = 2


class PeopleStep(Step):
    """The director, an administrator, and whoever else works here."""

    def __init__(self, clinic_name: Callable[[], str], state: Callable[[], str], today: date) -> None:
        """Make the step; the clinic's name and state are asked for when they are needed."""
        super().__init__(
            self.tr("People"),
            self.tr(
                "Everybody has a log-in of their own and types their own password here, or you hand over the "
                "keyboard. You can add more people later."
            ),
        )
        self._clinic_name, self._state, self._today = clinic_name, state, today
        self.cards: list[PersonCard] = []
        self._added: PersonCard | None = None
        self.longer.connect(self._show_added)
        self._add_card("director", self.tr("Medical director"), can_go=False)
        self._add_card(
            "administrator",
            self.tr("Administrator"),
            self.tr(
                "Looks after people, backups and keys, often the owner. Where the medical director does it "
                "too, she has this second log-in for it, with another password: no administrator can sign."
            ),
            can_go=False,
        )
        more = flow()
        more.addWidget(
            button(
                self.tr("Add a provider"),
                "setup.people.add_provider",
                shape="user-plus",
                pressed=lambda: self._more("provider"),
            )
        )
        more.addWidget(
            button(
                self.tr("Add someone for the front desk"),
                "setup.people.add_front_desk",
                shape="user-plus",
                pressed=lambda: self._more("front_desk"),
            )
        )
        self.body.addLayout(more)
        self.body.addStretch(1)

    def entered(self) -> None:
        """Begin with the director; a licence's state follows the clinic's."""
        for card in self.cards:
            card.offer_state(self._state())
        self.cards[0].name.setFocus()

    def answers(self) -> list[dict[str, Any]]:
        """The staff, in the form of a file of answers."""
        return [card.answers() for card in self.cards]

    def passwords(self) -> dict[str, str]:
        """What each typed as a password, by user."""
        return {card.user.text().strip(): card.password.text() for card in self.cards}

    def given(self) -> frozenset[str]:
        """Users whose password somebody else typed for them."""
        return frozenset(card.user.text().strip() for card in self.cards if card.is_given.isChecked())

    def password_of_director(self) -> str:
        """What the director typed."""
        return self.cards[0].password.text()

    @property
    def holds_passwords(self) -> bool:
        """Whether anybody typed a password."""
        return any(card.password.text() for card in self.cards)

    def forget(self) -> None:
        """Clear every password."""
        for card in self.cards:
            card.password.clear()

    def check(self) -> bool:
        """Show what is wrong beside each field."""
        problems: tuple[Problem, ...] = ()
        try:
            check_document("clinic", {"clinic": {"name": "x"}, "staff": self.answers()})
        except InvalidInput as error:
            problems = error.problems
        users = [card.user.text().strip() for card in self.cards]
        of_several = passwords_of_several(card.password.text() for card in self.cards)
        wrong = [
            found
            for place, card in enumerate(self.cards)
            if (found := card.show_problems(problems, f"staff[{place}]", users, of_several)) is not None
        ]
        if wrong:
            self.say(self.tr("Please correct what is marked below."))
            self.bring_into_view(wrong[0])
        else:
            self.say("")
        return not wrong

    def go_on_from(self, before: "PeopleStep") -> None:
        """Hold the same people as the step before it was made anew, each with what was typed."""
        for card in before.cards[len(self.cards) :]:
            self._more(card.role)
        for mine, theirs in zip(self.cards, before.cards, strict=True):
            mine.go_on_from(theirs)

    def names(self) -> Names:
        """Words that no password may be made of."""
        people = [text for card in self.cards for text in (card.user.text(), card.name.text())]
        return Names(self._clinic_name(), [text for text in people if text])

    def _show_added(self) -> None:
        """The page became longer: whoever was added last is in sight as long as nobody went elsewhere."""
        card = self._added
        if card is not None and card.window().focusWidget() is card.name:
            bring_into_view(card, card.rect())

    def _more(self, role: str) -> None:
        title = self.tr("Provider") if role == "provider" else self.tr("Front desk")
        card = self._add_card(role, title)
        card.offer_state(self._state())
        card.name.setFocus()
        # It has no place on the page before that is laid out anew; the toolkit scrolls to the top.
        self._added = card

    def _add_card(self, role: str, title: str, words: str = "", *, can_go: bool = True) -> "PersonCard":
        card = PersonCard(role, title, words, len(self.cards), self.names, self._today, can_go=can_go)
        card.unwanted.connect(lambda: self._take_away(card))
        self.cards.append(card)
        # Before the row of buttons and the stretch that follow the cards.
        self.body.insertWidget(len(self.cards) - 1, card)
        return card

    def _take_away(self, card: "PersonCard") -> None:
        self.cards.remove(card)
        self._added = None
        card.password.clear()
        self.body.removeWidget(card)
        card.hide()
        card.deleteLater()
        self.cards[-1].name.setFocus()


class PersonCard(Card):
    """One person: name, log-in, credential, licence and first password."""

    unwanted = Signal()
    """The person is not to be added after all."""

    def __init__(  # noqa: PLR0917 - made in one place
        self,
        role: str,
        title: str,
        words: str,
        number: int,
        names: Callable[[], Names],
        today: date,
        *,
        can_go: bool,
    ) -> None:
        """Make the card; `number` makes its object names."""
        super().__init__(title, words)
        self.role = role
        where = f"setup.person.{number}"
        self.name = _line(f"{where}.name", 120)
        self.user = _line(f"{where}.user", 64)
        self._may_suggest = True
        self.name.textEdited.connect(self._suggest)
        self.user.textEdited.connect(self._chosen)
        self._fields = {
            "name": Field(self.tr("Name, as printed"), self.name),
            "user": Field(self.tr("User name for the log-in"), self.user),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(Space.MEDIUM)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._fields["name"], 0, 0)
        grid.addWidget(self._fields["user"], 0, 1)
        self.credential = StillChoice()
        self.ceiling = _line(f"{where}.ceiling", 5)
        self.licence = _line(f"{where}.licence", 40)
        self.licence_state = _line(f"{where}.licence_state", 2)
        self.valid_from = _day(f"{where}.valid_from", today)
        self.expires_on = _day(f"{where}.expires_on", today.replace(year=today.year + LICENCE_YEARS, day=1))
        if role in SIGNING:
            self._add_licence(grid, where)
        self.password = PasswordField(self.tr("Password"), f"{where}.password", names=names)
        grid.addWidget(self.password, 5, 0, 1, 2)
        self.body.addLayout(grid)
        self.is_given = QCheckBox(self.tr("They are not here: I made this password for them"))
        self.is_given.setObjectName(f"{where}.is_given")
        self.is_given.setVisible(can_go)
        self._given_words = label(
            self.tr("Today asks them to choose their own; the keys that you could have kept end then."),
            Type.SMALL,
            "muted",
            wraps=True,
        )
        self._given_words.hide()
        self.is_given.toggled.connect(self._given_words.setVisible)
        self.body.addWidget(self.is_given)
        self.body.addWidget(self._given_words)
        if can_go:
            line = row()
            line.addStretch(1)
            line.addWidget(
                button(
                    self.tr("Do not add this person"),
                    f"{where}.remove",
                    kind="quiet",
                    shape="x",
                    pressed=self.unwanted.emit,
                )
            )
            self.body.addLayout(line)

    def _add_licence(self, grid: QGridLayout, where: str) -> None:
        self.credential.setObjectName(f"{where}.credential")
        self.credential.setEditable(True)
        self.credential.addItems(list(CREDENTIALS))
        self.credential.setCurrentText("MD" if self.role == "director" else "RN")
        self._fields |= {
            "credential": Field(self.tr("Credential"), self.credential),
            "licences[0].number": Field(
                self.tr("Licence number"),
                self.licence,
                self.tr("Without a licence in force this person cannot treat or sign."),
            ),
            "licences[0].state": Field(self.tr("State of the licence"), self.licence_state),
            "licences[0].valid_from": Field(self.tr("Valid from"), self.valid_from),
            "licences[0].expires_on": Field(self.tr("Last day of validity"), self.expires_on),
        }
        if self.role == "provider":
            self._fields["depth_ceiling_mm"] = Field(
                self.tr("Own depth ceiling in mm, if any"), self.ceiling, self.tr("For example 2.00.")
            )
            grid.addWidget(self._fields["depth_ceiling_mm"], 1, 1)
        grid.addWidget(self._fields["credential"], 1, 0)
        grid.addWidget(self._fields["licences[0].number"], 2, 0)
        grid.addWidget(self._fields["licences[0].state"], 2, 1)
        grid.addWidget(self._fields["licences[0].valid_from"], 3, 0)
        grid.addWidget(self._fields["licences[0].expires_on"], 3, 1)

    def offer_state(self, state: str) -> None:
        """Put the clinic's state where a licence's state was not written yet."""
        if not self.licence_state.text():
            self.licence_state.setText(state)

    def answers(self) -> dict[str, Any]:
        """The person, in the form of a file of answers."""
        person: dict[str, Any] = {
            "user": self.user.text().strip(),
            "name": self.name.text().strip(),
            "role": self.role,
        }
        if self.role not in SIGNING:
            return person
        credential = self.credential.currentText().strip()
        person["credential"] = credential
        if ceiling := self.ceiling.text().strip().replace(",", "."):
            person["depth_ceiling_mm"] = ceiling
        if number := self.licence.text().strip():
            person["licences"] = [
                {
                    "kind": credential or "-",
                    "number": number,
                    "state": self.licence_state.text().strip().upper(),
                    "valid_from": self.valid_from.date().toString("yyyy-MM-dd"),
                    "expires_on": self.expires_on.date().toString("yyyy-MM-dd"),
                }
            ]
        return person

    def _why_not_that_name(self, users: list[str]) -> str:
        own = self.user.text().strip()
        if (why_not := why_not_that_name(own)) is not None:
            return spoken(why_not)
        if users.count(own) > 1:
            return self.tr("Another person here has this user name. Choose another one.")
        if sum(are_alike(user, own) for user in users) > 1:
            return self.tr("This looks like another person's user name here. Choose another one.")
        return ""

    def show_problems(
        self, problems: tuple[Problem, ...], where: str, users: list[str], of_several: frozenset[str]
    ) -> QWidget | None:
        """Show what is wrong; the first control with a problem, or None.

        `users` are everybody's here, `of_several` the passwords of more than one: each has their own of both.
        """
        first: QWidget | None = None
        for path, field in self._fields.items():
            what = told(problems, f"{where}.{path}")
            if path == "user":
                what = self._why_not_that_name(users) or what
            if path == "name" and what:
                what = self.tr("Give the person's full name.")
            if path == "credential" and what:
                what = self.tr("A provider or director needs a credential, such as RN or MD.")
            if path == "depth_ceiling_mm" and what:
                what = self.tr("Write millimetres, more than 0 and at most 5.00, for example 2.00.")
            if path == "licences[0].expires_on" and self.expires_on.date() < self.valid_from.date():
                what = self.tr("This day lies before the first day of validity.")
            field.show_problem(what)
            if what and first is None:
                first = field.control
        is_right = self.password.check()
        if is_right and self.password.text() in of_several:
            is_right = False
            self.password.show_problem(
                self.tr("Another person here has this password. Each has their own, which nobody else knows.")
            )
        if not is_right and first is None:
            first = self.password.edit
        return first

    def go_on_from(self, before: "PersonCard") -> None:
        """Hold what was typed about the same person; its number, and so its names, may be another."""
        for mine, theirs in (
            (self.name, before.name),
            (self.user, before.user),
            (self.ceiling, before.ceiling),
            (self.licence, before.licence),
            (self.licence_state, before.licence_state),
            (self.password.edit, before.password.edit),
        ):
            mine.setText(theirs.text())
        self.credential.setCurrentText(before.credential.currentText())
        self.valid_from.setDate(before.valid_from.date())
        self.expires_on.setDate(before.expires_on.date())
        self.is_given.setChecked(before.is_given.isChecked())
        self._may_suggest = before.may_suggest

    @property
    def may_suggest(self) -> bool:
        """Whether nobody typed a user name yet, so that one is made of the name."""
        return self._may_suggest

    def _suggest(self, name: str) -> None:
        if self._may_suggest:
            self.user.setText(user_name_from(name))

    def _chosen(self, text: str) -> None:
        self._may_suggest = not text


def user_name_from(name: str) -> str:
    """A user name made of the last word of a name: "Dr I. Okafor" becomes okafor."""
    apart = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    words = ["".join(one for one in word if one.isalnum()).lstrip("0123456789") for word in apart.split()]
    return next((word for word in reversed(words) if word), "")[:32]


def _line(name: str, longest: int) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setMaxLength(longest)
    return made


def _day(name: str, day: date) -> QDateEdit:
    made = StillDay(QDate(day.year, day.month, day.day))
    made.setObjectName(name)
    made.setDisplayFormat("yyyy-MM-dd")
    made.setCalendarPopup(True)
    return made
