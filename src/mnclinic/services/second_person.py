"""Whose hands a password went through, and who may therefore be a second person.

Whoever gave somebody a password can act as them, and through them give the next one. So a word counts as
a second person's only if no hand is behind both. Choosing a password of one's own afterwards changes
nothing about that: whoever gave the first one could have typed it. Accounts in one printed name are one
person. All of it is read from the log's entries, so that the check of the store comes to the same answer
as the act did.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from math import inf
from typing import Any

from mnclinic.domain.instants import read_instant
from mnclinic.security.roles import Role

STAFF_ADDED = "staff.added"
STAFF_LEFT = "staff.left"
PASSWORD_RESET = "account.password_reset"  # noqa: S105  the name of an act
PASSWORD_OWN = frozenset({"account.password_changed", "account.password_recovered"})
KEY_ENROLLED = "key.enrolled"
KEY_REVOKED = "key.revoked"
SECOND_FACTOR_SET = "account.second_factor_set"
SECOND_FACTOR_REMOVED = "account.second_factor_removed"
OPENING_MADE = "recovery_opening.made"
OPENING_CONFIRMED = "recovery_opening.confirmed"
OPENING_ACTS = frozenset({OPENING_MADE, OPENING_CONFIRMED})
KEY_FILE_ACTS = frozenset({"key_file.written", "key_file.found"})
ACTS = (
    *(STAFF_ADDED, STAFF_LEFT, PASSWORD_RESET, KEY_ENROLLED, KEY_REVOKED),
    *(SECOND_FACTOR_SET, SECOND_FACTOR_REMOVED),
    *sorted(PASSWORD_OWN | OPENING_ACTS | KEY_FILE_ACTS),
)
"""Every act that the rule reads."""

MADE_AT_SET_UP = "password_made_at_set_up"
"""The reason in the log where a person's first password was made by whoever set the clinic up."""
REPLACED = "replaced"

WAIT_ALONE = timedelta(days=3)
"""How long a director's key that nobody can confirm waits after the last password was given.

Whoever can give every password could otherwise become the director within minutes. Three days are long
enough for everybody, the director above all, to find their password changed or to read of it on Today;
meanwhile everything goes on but what only a director's signature lets through.
"""

SET_UP = "set-up"
"""Stands for whoever made the first passwords of a clinic: every administrator of the set-up is behind it."""
SHEET = "recovery sheet"
"""Stands for whoever holds the recovery sheet: every administrator there was is behind it, they make it."""
UNKNOWN = "unknown"
"""Stands for whoever gave a password whose entry a power cut took."""


@dataclass(frozen=True)
class KeyHolder:
    """Of a registered key: `signature`, `session` or `installation`, and the staff id of its holder."""

    purpose: str
    staff_id: str | None


@dataclass
class Hands:
    """What the log says about who came, who gave whom a password, and who chose their own.

    Positions are numbers of entries; 0 is the set-up as a whole.
    """

    roles: Mapping[str, str]
    """Role by staff id."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Printed name by staff id, folded: the same name is the same person."""
    arrived: dict[str, int] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    given: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    """By staff id: when a password was given, and by whom; oldest first."""
    given_at: dict[str, datetime] = field(default_factory=dict)
    """By staff id: when the newest of these passwords was given."""
    thinned_at: datetime | None = None
    """When somebody last was given another password or left: since then there may be fewer second people."""
    not_chosen: set[str] = field(default_factory=set)
    """Those whose password is still the one that somebody else made."""
    not_chosen_before: dict[str, frozenset[str]] = field(default_factory=dict)
    """By staff id of an administrator whom the sheet made: whose password was not their own then."""
    signature_keys: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    opened: dict[str, str] = field(default_factory=dict)
    """By the id of an opening with the sheet, the administrator whom it made."""
    let_in: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    """By staff id of an administrator whom the sheet made: when somebody confirmed that, and who."""
    is_by_first_rule: bool = False
    """Whether hands count as they first did: neither the set-up's nor the sheet's, nor those of one name."""
    lost: dict[str, int] = field(default_factory=dict)
    """By key id: when it was ended as lost, stolen or left behind. Not when another replaced it."""
    with_factor: set[str] = field(default_factory=set)
    """Those who sign with a key file besides the password."""
    without_factor_at: dict[str, datetime] = field(default_factory=dict)
    """By staff id: when such a key of theirs last ended without it, by password, by code or by a leader."""
    without_factor_by: dict[str, str | None] = field(default_factory=dict)
    """By staff id: who ended it, by staff id."""

    def behind(self, person: str) -> frozenset[str]:
        """The person, and everybody who could act as them: who gave the password, who gave theirs before."""
        reached: dict[str, float] = {}
        waiting: list[tuple[str, float]] = [(person, inf)]
        while waiting:
            one, before = waiting.pop()
            if reached.get(one, -1) >= before:
                continue
            reached[one] = before
            if not self.is_by_first_rule:
                same = (*self.same_person(one), *self._holders(one, before))
                waiting += [(other, before) for other in same]
                waiting += [(other, at) for at, other in self.let_in.get(one, ()) if at < before]
            earlier = [row for row in self.given.get(one, ()) if row[0] < before]
            if earlier and not (self.is_by_first_rule and earlier[-1][1] == SET_UP):
                at, giver = earlier[-1]
                waiting.append((giver, at))
        return frozenset(reached)

    def by_first_rule(self) -> "Hands":
        """The same as a clinic counted them before more was known of hands.

        What was confirmed then was honestly done, and nobody can tell it from what was done so since.
        """
        return replace(self, is_by_first_rule=True)

    def same_person(self, one: str) -> Iterator[str]:
        """Other accounts in the same printed name."""
        name = self.names.get(one)
        return (other for other, theirs in self.names.items() if name and theirs == name and other != one)

    def _holders(self, one: str, before: float) -> Iterator[str]:
        """The administrators for whom a hand without a name stands. Who left may have kept what it takes."""
        if one in {SET_UP, SHEET, UNKNOWN}:
            last = {SET_UP: 0, SHEET: before - 1, UNKNOWN: inf}[one]
            for staff, role in self.roles.items():
                if role == Role.ADMINISTRATOR and self.arrived.get(staff, inf) <= last:
                    yield staff

    def staff(self) -> frozenset[str]:
        """Who works here. An inspector does not."""
        return frozenset(
            one for one in self.arrived if one not in self.left and self.roles.get(one) != Role.INSPECTOR
        )

    def lost_at(self, director: str) -> int:
        """Until when one had to be here to confirm a director's next key: she had hers, or lost it."""
        keys = self.signature_keys.get(director)
        if not keys:
            return self.arrived.get(director, 0)
        enrolled_at, newest = keys[-1]
        return self.lost.get(newest, enrolled_at)


def hands_of(
    entries: Iterable[Mapping[str, Any]],
    keys: Mapping[str, KeyHolder],
    roles: Mapping[str, str],
    names: Mapping[str, str],
) -> Hands:
    """What these entries say. They are the log's own, oldest first; others than of `ACTS` say nothing."""
    hands = Hands(roles, names)
    is_set_up = True
    for entry in entries:
        action, why = entry["action"], (entry["why"] or "").split(",")
        if action in KEY_FILE_ACTS:
            is_set_up = False
        if entry["obj"] is None:
            continue
        thing, actor = entry["obj"]["id"], entry["actor"]["uid"]
        seq = 0 if is_set_up else int(entry["seq"])
        if action == STAFF_ADDED:
            _added(hands, entry, seq, why, is_set_up=is_set_up)
        elif action == STAFF_LEFT:
            hands.left.add(thing)
            hands.thinned_at = _instant(entry)
        elif action == PASSWORD_RESET:
            hands.given.setdefault(thing, []).append((seq, actor or UNKNOWN))
            hands.given_at[thing] = hands.thinned_at = _instant(entry)
            hands.not_chosen.add(thing)
        elif action in PASSWORD_OWN:
            hands.not_chosen.discard(thing)
        elif action == KEY_ENROLLED:
            _enrolled(hands, seq, entry, keys.get(thing), is_found="found" in why)
        elif action in OPENING_ACTS:
            _opened(hands, entry, seq)
        elif action == KEY_REVOKED and REPLACED not in why:
            hands.lost[thing] = seq
        _of_key_files(hands, entry, keys.get(thing))
    return hands


def _of_key_files(hands: Hands, entry: Mapping[str, Any], key: KeyHolder | None) -> None:
    """Who signs with a key file, and who ended a key that takes one without it."""
    action, thing, actor = entry["action"], entry["obj"]["id"], entry["actor"]["uid"]
    is_end = action == KEY_REVOKED
    holder = key.staff_id if is_end and key is not None and key.purpose == "signature" else None
    if action == SECOND_FACTOR_SET:
        hands.with_factor.add(thing)
    elif action == SECOND_FACTOR_REMOVED:
        hands.with_factor.discard(thing)
    elif holder is not None and holder in hands.with_factor and not _is_renewed(hands, holder, thing, actor):
        hands.with_factor.discard(holder)
        hands.without_factor_at[holder] = _instant(entry)
        hands.without_factor_by[holder] = actor


def _is_renewed(hands: Hands, holder: str, key: str, actor: str | None) -> bool:
    """Whether their next key was there when this one ended: renewing takes the key file and enters it first.

    The reason that an entry gives says nothing about it: whoever ends a key chooses that.
    """
    keys = hands.signature_keys.get(holder, [])
    return actor == holder and bool(keys) and keys[-1][1] != key


def _added(hands: Hands, entry: Mapping[str, Any], seq: int, why: list[str], *, is_set_up: bool) -> None:
    thing, actor = entry["obj"]["id"], entry["actor"]["uid"]
    is_given = why_is_given(why)
    hands.arrived[thing] = seq
    if not is_set_up or is_given:
        hands.given[thing] = [(seq, SET_UP if is_set_up else actor or SHEET)]
    if not is_set_up:
        hands.given_at[thing] = _instant(entry)
        if actor is None:
            hands.not_chosen_before[thing] = frozenset(hands.not_chosen)
    if is_given if is_set_up else actor is not None:
        hands.not_chosen.add(thing)


def _opened(hands: Hands, entry: Mapping[str, Any], seq: int) -> None:
    """Whoever is logged in can write that the sheet was used, and confirm it: so they are behind it too."""
    if entry["action"] == OPENING_MADE:
        made = [one for one, rows in hands.given.items() if rows[0][1] == SHEET]
        if made:
            # The newest: it is entered right before.
            hands.opened[entry["obj"]["id"]] = max(made, key=lambda one: hands.arrived[one])
    elif (administrator := hands.opened.get(entry["obj"]["id"])) is not None:
        hands.let_in.setdefault(administrator, []).append((seq, entry["actor"]["uid"]))


def why_is_given(why: Iterable[str]) -> bool:
    """Whether an entry's reasons say that set-up made the password."""
    return MADE_AT_SET_UP in why


def _instant(entry: Mapping[str, Any]) -> datetime:
    # What no clock shows delays nobody for ever; a check names that entry.
    return read_instant(entry["ts"]) or datetime.min.replace(tzinfo=UTC)


def _enrolled(
    hands: Hands, seq: int, entry: Mapping[str, Any], holder: KeyHolder | None, *, is_found: bool
) -> None:
    if holder is None or holder.staff_id is None:
        return
    if holder.purpose == "signature":
        hands.signature_keys.setdefault(holder.staff_id, []).append((seq, entry["obj"]["id"]))
    elif is_found:
        hands.given.setdefault(holder.staff_id, []).append((seq, UNKNOWN))
        hands.given_at[holder.staff_id] = hands.thinned_at = _instant(entry)
        hands.not_chosen.add(holder.staff_id)


def may_confirm(hands: Hands, director: str) -> frozenset[str]:
    """Who may be the second person for a new signature key of this director: staff ids.

    Not an inspector, who does not work here. Not somebody who came after the key was lost or, where she
    has one, made. Nobody who did not choose their own password, and nobody behind whom there is a hand
    that is also behind the director: whoever gave her the password that she has, whoever they gave one.
    """
    behind, lost_at = hands.behind(director), hands.lost_at(director)
    return frozenset(
        one
        for one in hands.staff()
        if hands.arrived[one] <= lost_at
        and one not in hands.not_chosen
        and UNKNOWN not in hands.behind(one)
        and not hands.behind(one) & behind
    )


def alone_from(hands: Hands, director: str) -> datetime | None:
    """From when a director may make a signature key that nobody confirms, where nobody can.

    None where no other hand is behind her: then she does it at once, because nobody else could be her.
    """
    if hands.behind(director) == {director, *hands.same_person(director)}:
        return None
    last = [at for at in (hands.given_at.get(director), hands.thinned_at) if at is not None]
    # Without any, her password is still the one of the set-up, which nobody gave her lately.
    return max(last) + WAIT_ALONE if last else None


def waits_until(hands: Hands, director: str) -> datetime | None:
    """Until when a director's signature key waits that nobody confirms, where nobody can; None: not at all.

    As `alone_from`, and three days after the key that took a key file was ended without that, by her or by a
    leader: whoever knows her password could then make the next one. The check tells such a key apart by other
    entries.
    """
    later = [at for at in (alone_from(hands, director),) if at is not None]
    if director in hands.without_factor_at:
        later.append(hands.without_factor_at[director] + WAIT_ALONE)
    return max(later, default=None)


def independent_of(hands: Hands, administrator: str) -> Iterator[str]:
    """Staff behind whom there is no hand that is also behind this one, such as a new administrator."""
    behind = hands.behind(administrator)
    return (one for one in hands.staff() if not hands.behind(one) & behind)


def still_asked(hands: Hands, administrator: str) -> frozenset[str]:
    """Whose word is asked for where nobody is independent of an administrator made with the sheet: staff ids.

    Whoever made the first passwords of a clinic is behind all of them for ever, so in a clinic set up from
    a file nobody is ever independent. A word that is at least not the sheet-holder's own is better than
    theirs: of nobody who is an administrator, by another account too, nor has a password that was given
    since, nor had not chosen one before: whoever holds the first passwords could choose one in another's
    name today. Of these, those to whom nobody gave a password after the set-up, where there are any. Empty
    where there is nobody like that: then anybody's word has to do, so that a reset of whoever alone might
    give it, and cannot, leaves nobody locked out. The check does not ask for it, because entries of before
    the rule cannot be told from others.
    """
    since, own = hands.arrived.get(administrator, 0), {administrator, *hands.same_person(administrator)}
    not_chosen = hands.not_chosen | hands.not_chosen_before.get(administrator, frozenset())

    def is_other(one: str) -> bool:
        behind, accounts = hands.behind(one), (one, *hands.same_person(one))
        return (
            all(hands.roles.get(account) != Role.ADMINISTRATOR for account in accounts)
            and one not in not_chosen
            and UNKNOWN not in behind
            and not behind & own
            and all(at < since for at, _ in hands.given.get(one, ()))
        )

    others = frozenset(one for one in hands.staff() if is_other(one))
    first = frozenset(one for one in others if all(at == 0 for at, _ in hands.given.get(one, ())))
    return first or others


def may_confirm_loss(hands: Hands, actor: str) -> frozenset[str]:
    """Who may be the second person where log entries are declared lost, beside the one who acts: staff ids.

    As for a director's key: nobody who did not choose their own password, and nobody behind whom there is
    a hand that is also behind the one who acts. When they came plays no part.
    """
    return could_confirm_loss(hands, actor) - hands.not_chosen


def could_confirm_loss(hands: Hands, actor: str) -> frozenset[str]:
    """The same, with those who need only choose a password of their own first."""
    return frozenset(one for one in independent_of(hands, actor) if UNKNOWN not in hands.behind(one))
