"""People: who may log in, what each still lacks, and adding, resetting and ending."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from mnclinic.domain.instants import now_here
from mnclinic.security.passphrases import make_passphrase
from mnclinic.security.roles import Act
from mnclinic.services.access_time import access_of_days
from mnclinic.services.credentials import KEPT
from mnclinic.services.prove_copies import Proving
from mnclinic.services.rotate_database_key import IN_PLACE
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import NewLicence, NewPerson
from mnclinic.services.users.add_user import UserAdded, add_user
from mnclinic.services.users.end_access import ENDING, AccessEnded, end_access
from mnclinic.services.users.extend_access import AccessExtended, extend_access
from mnclinic.services.users.list_users import UserRow, list_users
from mnclinic.services.users.reset_user import UserReset, reset_user
from mnclinic.services.users.staff_papers import PaperRow, staff_papers
from mnclinic.ui.ask_sheet import OWN_PASSWORD, AskSheet, Entry, Kind, Watch
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Card,
    ChipLook,
    Column,
    RowTable,
    button,
    facts_grid,
    flow,
    label,
)
from mnclinic.ui.language import spoken
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.log.ways import history_button
from mnclinic.ui.password_field import Names
from mnclinic.ui.settings.copies import TROUBLED, words_of_copies
from mnclinic.ui.settings.papers import PapersCard
from mnclinic.ui.settings.section import Section
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Tone, Type
from mnclinic.ui.words import day_words, folded_key, instant_words, plain

TABLE_HEIGHT = 312
INSPECTOR_DAYS = 7
LICENCE_DAYS = 365
SIGNING = frozenset({"provider", "director"})


def state_look(person: UserRow) -> ChipLook:
    """How it stands with a person's log-in, the most pressing first."""
    if not person.is_active:
        return ChipLook("Left", "circle-minus", Tone.DRAFT)
    if person.why_no_log_in == "time_over":
        return ChipLook("Time is over", "hourglass", Tone.SOON)
    if person.why_no_log_in == "not_begun":
        return ChipLook("Not yet", "hourglass", Tone.DRAFT)
    if not person.can_log_in:
        return ChipLook("Cannot log in", "octagon-x", Tone.STOP)
    if person.has_password_of_set_up:
        return ChipLook("First password still", "key-round", Tone.SOON)
    if person.is_temporary:
        return ChipLook("Must choose a password", "key-round", Tone.SOON)
    if person.role in SIGNING and not person.can_sign:
        return ChipLook("No signature key", "fingerprint", Tone.SOON)
    if not person.has_recovery_code:
        return ChipLook("No recovery code", "file-text", Tone.SOON)
    return ChipLook("Ready", "circle-check", Tone.COMPLETE)


def last_day(person: UserRow) -> date | None:
    """The last day of a person's access; it ends with that day."""
    until = person.access_until
    return (until - timedelta(seconds=1)).date() if until is not None else None


COLUMNS = (
    Column("Name", lambda one: f"{one.name}, {one.credential}".rstrip(", "), 5),
    Column("User", lambda one: one.user, 3),
    Column("Role", lambda one: plain(one.role), 3),
    Column("Last day", lambda one: day_words(last_day(one)), 3),
    Column("State", lambda one: state_look(one).word, 5, state_look),
)
FEW_COLUMNS = (COLUMNS[0], Column("State", lambda one: state_look(one).word, 6, state_look))
"""Where the text is large; the rest stands below the list, of the person that is current."""


class PeopleSection(Section):
    """The list, and the person that is current in full."""

    def __init__(self, desk: Desk) -> None:
        """Make the section."""
        super().__init__(desk)
        self._people: tuple[UserRow, ...] = ()
        self._papers: tuple[PaperRow, ...] = ()
        card = Card(
            self.tr("People"),
            self.tr("Whoever left stays in the list: what they signed stays valid. Names are never reused."),
        )
        is_large = theme().text_scale >= LARGE_TEXT
        self.table = RowTable("people.table", FEW_COLUMNS if is_large else COLUMNS, self.tr("People"))
        self.table.setFixedHeight(theme().px(TABLE_HEIGHT))
        self.table.chosen.connect(self._chosen)
        card.add(self.table)
        self.add = button(
            self.tr("Add a person …"), "people.add", kind="primary", shape="user-plus", pressed=self.ask_add
        )
        self.reset = button(
            self.tr("Reset the password …"), "people.reset", shape="key-round", pressed=self.ask_reset
        )
        self.extend = button(
            self.tr("More time …"), "people.extend", shape="calendar-days", pressed=self.ask_extend
        )
        self.end = button(self.tr("End access …"), "people.end", shape="log-out", pressed=self.ask_end)
        line = flow()
        for one in (self.add, self.reset, self.extend, self.end):
            line.addWidget(one)
        line.addWidget(history_button(desk, "people.history", self._way_to_history))
        card.body.addLayout(line)
        self.body.addWidget(card)
        self._side = Card()
        self._name = label("", Type.HEADING, wraps=True)
        self._side.add(self._name)
        self._facts = facts_grid([])
        self._side.add(self._facts)
        self.body.addWidget(self._side)
        self.papers = PapersCard(self)
        self.body.addWidget(self.papers)
        self.body.addStretch(1)

    def _way_to_history(self) -> str | None:
        person = self._current()
        return f"person:{person.user}" if person is not None else None

    def refresh(self) -> None:
        """Look at the people anew."""
        self.add.setEnabled(self.can(Act.ADD_STAFF))
        self.look_up(lambda clinic: (list_users(clinic), staff_papers(clinic)), lambda got: self._show(*got))

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open a sheet about people again (see `lock.place.Opens`)."""
        if kind == "people.add":
            self.open_where(self.add, self.ask_add)
        elif self.table.select(lambda one: one.user == about.get("user")):
            for name, way, ask in (
                ("people.reset", self.reset, self.ask_reset),
                ("people.extend", self.extend, self.ask_extend),
                ("people.end", self.end, self.ask_end),
                ("people.paper", self.papers.enter, self.papers.ask_enter),
                ("people.end_paper", self.papers.end, self.papers.ask_end),
            ):
                if name == kind:
                    self.open_where(way, ask)

    def ask_add(self) -> None:
        """Ask for a new person."""
        today = self.desk.clinic.clock.now().date()
        first = make_passphrase()
        sheet = AskSheet(
            self.window(),
            name="add_person",
            title=self.tr("Add a person"),
            facts=[
                self.tr(
                    "They log in with the first password below and choose their own at once. A provider then "
                    "makes the signature key, so that you never knew what opens it."
                )
            ],
            entries=[
                Entry("name", self.tr("Name, as printed")),
                Entry("user", self.tr("User name for the log-in")),
                Entry(
                    "role",
                    self.tr("Role"),
                    Kind.CHOICE,
                    options=tuple(
                        (plain(role), role)
                        for role in ("provider", "front_desk", "inspector", "administrator", "director")
                    ),
                    value="provider",
                ),
                Entry(
                    "credential",
                    self.tr("Credential, if any"),
                    help_text="RN, NP, PA, MD …",
                    is_optional=True,
                ),
                Entry("depth_ceiling_mm", self.tr("Own depth ceiling in mm, if any"), is_optional=True),
                Entry("licence", self.tr("Licence number, if any"), is_optional=True),
                Entry("licence_state", self.tr("State of the licence"), is_optional=True),
                Entry(
                    "licence_until",
                    self.tr("Last day of the licence"),
                    Kind.DAY,
                    value=(today + timedelta(days=LICENCE_DAYS)).isoformat(),
                ),
                Entry(
                    "until",
                    self.tr("An inspector's last day of access"),
                    Kind.DAY,
                    self.tr("For an inspector alone."),
                    value=(today + timedelta(days=INSPECTOR_DAYS)).isoformat(),
                ),
                Entry(
                    "password",
                    self.tr("First password"),
                    Kind.NEW_PASSWORD,
                    self.tr("Made up for you; another will do. Tell it to the person, and to nobody else."),
                    value=first,
                ),
            ],
            action=self.tr("Add the person"),
            no_way_back=KEPT,
            names=lambda: self._names(sheet.value("user"), sheet.value("name")),
        )

        def act(values: Mapping[str, str]) -> None:
            def job(clinic: OpenClinic, watch: Watch) -> UserAdded:
                person = person_of(values, clinic, today)
                return add_user(clinic, person, values[OWN_PASSWORD], watch=watch)

            def done(added: UserAdded) -> None:
                sheet.accept()
                self.say(
                    self.tr("{user} may log in now and chooses a password of their own then.").format(
                        user=added.user
                    )
                )

            sheet.carry_out(self.desk, self.tr("Adding the person"), job, done)

        sheet.confirmed.connect(act)
        open_named(sheet, "people.add")

    def ask_reset(self) -> None:
        """Ask for a temporary password for the current person."""
        person = self._current()
        if person is None:
            return
        sheet = AskSheet(
            self.window(),
            name="reset_person",
            title=self.tr("Reset the password of {name}").format(name=person.name),
            facts=[
                self.tr("They log in with the temporary password below and choose their own at once."),
                *(
                    [
                        self.tr(
                            "Their signature key is revoked as lost and they make a new one. What it signed "
                            "stays valid. If they still have their recovery card, they can use that instead "
                            "and keep the key."
                        )
                    ]
                    if person.can_sign
                    else []
                ),
            ],
            entries=[
                Entry("reason", self.tr("Why?"), help_text=self.tr("It stands in the log.")),
                Entry("password", self.tr("Temporary password"), Kind.NEW_PASSWORD, value=make_passphrase()),
            ],
            action=self.tr("Reset it"),
            kind="danger",
            no_way_back=KEPT,
            names=self._names,
        )

        def act(values: Mapping[str, str]) -> None:
            def done(reset: UserReset) -> None:
                sheet.accept()
                self.say(self.tr("{user} logs in with the temporary password now.").format(user=reset.user))

            sheet.carry_out(
                self.desk,
                self.tr("Resetting the password"),
                lambda clinic, watch: reset_user(
                    clinic,
                    person.user,
                    values["password"],
                    values[OWN_PASSWORD],
                    reason=values["reason"],
                    watch=watch,
                ),
                done,
            )

        sheet.confirmed.connect(act)
        open_named(sheet, "people.reset", user=person.user)

    def _names(self, *more: str) -> Names:
        """What no password of anybody here is built from, with the names of whoever is being added."""
        known = (name for one in self._people if one.is_active for name in (one.user, one.name))
        return Names(self.desk.facts.name, [*known, *more])

    def ask_extend(self) -> None:
        """Ask for a later last day of the current person's access."""
        person = self._current()
        last = last_day(person) if person is not None else None
        if person is None or last is None:
            return
        today = self.desk.clinic.clock.now().date()
        sheet = AskSheet(
            self.window(),
            name="extend_access",
            title=self.tr("More time for {name}").format(name=person.name),
            facts=[
                self.tr("The last day is {day}. The password stays as it is.").format(day=day_words(last)),
                self.tr("A window in which the time ran out has to be locked and opened again."),
            ],
            entries=[
                Entry(
                    "until",
                    self.tr("New last day of access"),
                    Kind.DAY,
                    value=(max(today, last) + timedelta(days=INSPECTOR_DAYS)).isoformat(),
                ),
                Entry("reason", self.tr("Why?"), help_text=self.tr("It stands in the log.")),
            ],
            action=self.tr("Give more time"),
            no_way_back=KEPT,
        )

        def act(values: Mapping[str, str]) -> None:
            def job(clinic: OpenClinic, watch: Watch) -> AccessExtended:
                _, until = access_of_days(None, date.fromisoformat(values["until"]), now_here(clinic.clock))
                if until is None:
                    raise AssertionError("a day has an end")
                return extend_access(
                    clinic, person.user, until, values[OWN_PASSWORD], reason=values["reason"], watch=watch
                )

            def done(extended: AccessExtended) -> None:
                sheet.accept()
                self.say(
                    self.tr("{user} may log in until the end of {day}.").format(
                        user=extended.user, day=day_words(date.fromisoformat(values["until"]))
                    )
                )

            sheet.carry_out(self.desk, self.tr("Giving more time"), job, done)

        sheet.confirmed.connect(act)
        open_named(sheet, "people.extend", user=person.user)

    def ask_end(self) -> None:
        """Ask whether the current person's access is to end, listing what will happen."""
        person = self._current()
        if person is None:
            return
        performers = tuple(
            (f"{one.name}, {one.credential}", one.user)
            for one in self._people
            if one.is_active and one.role in SIGNING and one.user != person.user
        )
        is_last_director = person.role == "director" and not any(
            one.is_active and one.role == "director" and one.user != person.user for one in self._people
        )
        sheet = AskSheet(
            self.window(),
            name="end_access",
            title=self.tr("End the access of {name}").format(name=person.name),
            facts=[
                self.tr(
                    "1. They cannot log in any more, and a window that they have open locks at its next act."
                ),
                self.tr("2. Their open drafts go to whoever is chosen below."),
                self.tr("3. Their keys end. What they signed stays valid."),
                self.tr(
                    "4. Backups that nobody has proven yet are proven, and the database key is changed, so "
                    "that a copy they may have opens nothing new. It waits when another window is open, and "
                    "Today reminds of it."
                ),
                *([self._without_a_director()] if is_last_director else []),
            ],
            entries=[
                Entry("reason", self.tr("Why?"), help_text=self.tr("It stands in the log.")),
                *(
                    [
                        Entry(
                            "hand_over_to",
                            self.tr("Open drafts go to"),
                            Kind.CHOICE,
                            options=((self.tr("nobody: there are none"), ""), *performers),
                            is_optional=True,
                        )
                    ]
                    if person.role in SIGNING
                    else []
                ),
            ],
            action=self.tr("End the access"),
            kind="danger",
            no_way_back=IN_PLACE,
            later=(ENDING, self.tr("Stop the change of the key")),
        )

        def act(values: Mapping[str, str]) -> None:
            proved: list[Proving] = []

            def job(clinic: OpenClinic, watch: Watch) -> AccessEnded:
                proved.append(Proving(clinic, values[OWN_PASSWORD], watch))
                return end_access(
                    clinic,
                    person.user,
                    values[OWN_PASSWORD],
                    reason=values["reason"],
                    hand_over_to=values.get("hand_over_to") or None,
                    leaves_no_director=is_last_director,
                    before_key_change=proved[-1],
                    watch=watch,
                )

            def done(ended: AccessEnded) -> None:
                sheet.accept()
                words = self.tr("{user} cannot log in any more.").format(user=ended.user)
                if ended.handed_over:
                    words += " " + self.tr("Handed over: {visits}.").format(
                        visits=", ".join(ended.handed_over)
                    )
                if ended.wait_for_director:
                    words += " " + self.tr(
                        "Treated by {user} and not signed: {visits}. They stay in that name; the medical "
                        "director decides about them."
                    ).format(user=ended.user, visits=", ".join(ended.wait_for_director))
                if ended.left_open:
                    words += " " + self.tr(
                        "Open, and nobody else performs visits here: {visits}. Put another performer there "
                        "once there is one, or void them."
                    ).format(visits=", ".join(ended.left_open))
                if ended.plans_left_open:
                    words += " " + self.tr("Planned visits that are nobody's now: {count}.").format(
                        count=ended.plans_left_open
                    )
                told = words_of_copies(proved[-1].copies)
                if ended.key_not_changed:
                    told = "\n".join(filter(None, (spoken(ended.key_not_changed), told)))
                    self.say(f"{words}\n{told}", Tone.SOON, "key-round")
                    return
                words += " " + self.tr("The database key was changed.")
                self.say("\n".join(filter(None, (words, told))), *(TROUBLED if told else ()))

            sheet.carry_out(self.desk, self.tr("Ending the access"), job, done)

        sheet.confirmed.connect(act)
        open_named(sheet, "people.end", user=person.user)

    def _without_a_director(self) -> str:
        return self.tr(
            "5. No medical director is left then: no visit can be approved or released, and no policy or "
            "protocol put in force. Add the next one first, unless this is meant."
        )

    def _current(self) -> UserRow | None:
        current: UserRow | None = self.table.current()
        return current

    def _show(self, people: tuple[UserRow, ...], papers: tuple[PaperRow, ...]) -> None:
        before = self._current()
        self._people, self._papers = people, papers
        self.table.show_rows(people)
        # Else the first one were current, and the button pressed last would be about somebody else.
        if before is not None:
            self.table.select(lambda one: one.user == before.user)

    def _chosen(self, person: UserRow | None) -> None:
        self._side.setVisible(person is not None)
        self._show_papers(person)
        is_other = person is not None and person.is_active and person.user != self.desk.person.user
        self.add.setVisible(self.may(Act.ADD_STAFF))
        self.reset.setVisible(self.may(Act.RESET_PASSWORD))
        self.end.setVisible(self.may(Act.END_ACCESS))
        self.reset.setEnabled(is_other and self.can(Act.RESET_PASSWORD))
        self.end.setEnabled(is_other and self.can(Act.END_ACCESS))
        self.extend.setVisible(self.may(Act.ADD_STAFF))
        self.extend.setEnabled(
            person is not None
            and person.is_active
            and person.access_until is not None
            and self.can(Act.ADD_STAFF)
        )
        if person is None:
            return
        self._name.setText(f"{person.name}, {person.credential}".rstrip(", "))
        old = self._facts
        self._facts = facts_grid(self._about(person))
        self._side.body.replaceWidget(old, self._facts)
        old.hide()
        old.deleteLater()

    def _show_papers(self, person: UserRow | None) -> None:
        works_here = person is not None and person.is_active
        self.papers.setVisible(works_here)
        if person is not None and works_here:
            mine = [one for one in self._papers if one.user == person.user]
            self.papers.show_person(person.user, person.name, mine)

    def _about(self, person: UserRow) -> list[tuple[str, str]]:
        yes, no = self.tr("yes"), self.tr("no")
        facts = [
            (self.tr("Log-in"), f"{person.user} ({plain(person.role)})"),
            (self.tr("State"), spoken(state_look(person).word)),
        ]
        if person.access_from is not None or person.access_until is not None:
            begins = person.access_from
            facts += [
                (self.tr("Access from"), instant_words(begins)),
                (self.tr("Last day of access"), day_words(last_day(person))),
            ]
        if not person.is_active:
            left = person.left_at
            return [*facts, (self.tr("Left"), instant_words(left))]
        if person.role in SIGNING:
            facts += [
                (self.tr("Signature key"), folded_key(person.signature_key) or self.tr("none")),
                (self.tr("Second factor"), yes if person.has_second_factor else no),
            ]
        return [
            *facts,
            (self.tr("Recovery code made"), yes if person.has_recovery_code else no),
            (self.tr("Bound to this PC's keyring"), yes if person.is_device_bound else no),
        ]


def person_of(values: Mapping[str, str], clinic: OpenClinic, today: date) -> NewPerson:
    """A new person from what was typed."""
    now = now_here(clinic.clock)
    is_inspector = values["role"] == "inspector"
    access_from, access_until = access_of_days(
        today if is_inspector else None, date.fromisoformat(values["until"]) if is_inspector else None, now
    )
    licences: tuple[NewLicence, ...] = ()
    if values["licence"]:
        licences = (
            NewLicence(
                kind=values["credential"] or "-",
                number=values["licence"],
                state=values["licence_state"].upper(),
                valid_from=today,
                expires_on=date.fromisoformat(values["licence_until"]),
            ),
        )
    return NewPerson(
        user=values["user"],
        name=values["name"],
        role=values["role"],
        credential=values["credential"],
        password=values["password"],
        depth_ceiling_mm=values["depth_ceiling_mm"].replace(",", ".") or None,
        licences=licences,
        access_from=access_from,
        access_until=access_until,
    )
