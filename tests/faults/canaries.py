"""Canary words and secrets, searched in everything that the program leaves: files, and a process's memory.

64 invented words are typed into every field that takes words; beside them the database key, the passwords,
the private keys and the recovery codes are looked for, in every form in which they could lie about.
"""

import base64
import os
import random
import re
import signal
import string
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from mnclinic.errors import WrongCredentials
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.recovery_code import read_personal_code
from mnclinic.security.slot_locks import Way, known_slot, open_login
from mnclinic.security.slots import open_signature_key, unlock
from mnclinic.services.add_patient import NewPatient, add_patient
from mnclinic.services.attachments import NewAttachment, keep_attachment
from mnclinic.services.back_up import back_up
from mnclinic.services.change_medical_history import NewHistory, add_medical_history, end_medical_history
from mnclinic.services.import_patients import import_patients
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.photos import NewPhoto, keep_photo
from mnclinic.services.record_visit import record_visit
from mnclinic.services.restore_clinic import restore_clinic
from mnclinic.services.restore_drill import restore_drill
from mnclinic.services.review_visit import approve_visit, return_visit
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.set_up_clinic import set_up_clinic
from mnclinic.services.start_visit import start_visit
from mnclinic.services.void_visit import void_visit
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from tests.faults.figures import Figures
from tests.faults.processes import Pipe, answer_of, fork
from tests.faults.team import Team, team
from tests.interchange.pictures.making import encoded, noted
from tests.services.clinic_builder import DEVICE, MONDAY, PASSWORDS, document, request
from tests.services.events import note_down
from tests.services.photographing import choose

WORDS = 64
WORD_LETTERS = 8
MARK = "qzvxwkj"
"""How each word begins and, backwards, ends: what begins alike is searched at once. In small letters, so that
a folded name is found too."""
EMPTY_PAGE = bytes(4096)
START_BYTES = 6
FEW = 3
CHUNK_BYTES = 16 * 1024 * 1024

Forms = dict[bytes, str]
"""Every byte string that is looked for, and which secret in which form it is."""


class Canaries:
    """Hands out the words one by one; all of them have to be used."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self.words = [
            MARK + "".join(chance.choice(string.ascii_lowercase) for _ in range(WORD_LETTERS)) + MARK[::-1]
            for _ in range(WORDS)
        ]
        self._left = list(self.words)

    def word(self) -> str:
        """A word that was not used yet."""
        return self._left.pop()

    def rest(self) -> str:
        """All that are left, in one text."""
        left, self._left = self._left, []
        return " ".join(left)


def forms_of_text(name: str, text: str) -> Forms:
    """A text in UTF-8 and UTF-16, as it is, reversed, in hexadecimal and in base64."""
    forms: Forms = {}
    for coding in ("utf-8", "utf-16-le", "utf-16-be"):
        forms |= forms_of_bytes(f"{name} in {coding}", text.encode(coding))
    return forms


def forms_of_bytes(name: str, secret: bytes) -> Forms:
    """Bytes as they are, reversed, in hexadecimal and in base64 at each of the three alignments."""
    forms = {
        secret: name,
        secret[::-1]: f"{name}, reversed",
        secret.hex().encode(): f"{name}, hex",
        secret.hex().upper().encode(): f"{name}, HEX",
    }
    for skipped in range(3):
        # Only whole groups of three bytes look the same whatever stands around them.
        inner = secret[skipped : skipped + (len(secret) - skipped) // 3 * 3]
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            forms[encode(inner)] = f"{name}, base64 at {skipped}"
    return {form: words for form, words in forms.items() if len(form) >= 10}


def _one_of(starts: Sequence[bytes]) -> bytes:
    """A pattern for any of the starts, which are equally long. It branches byte by byte, half by half."""
    if len(starts) == 1:
        return re.escape(starts[0])
    by_first: dict[bytes, list[bytes]] = {}
    for start in starts:
        by_first.setdefault(start[:1], []).append(start[1:])
    return _either([(first, re.escape(first) + _one_of(rest)) for first, rest in by_first.items()])


def _either(branches: Sequence[tuple[bytes, bytes]]) -> bytes:
    if len(branches) <= FEW:
        return b"(?:" + b"|".join(branch for _, branch in branches) + b")"
    middle = len(branches) // 2
    first_half = b"".join(re.escape(first) for first, _ in branches[:middle])
    return (
        b"(?:(?=["
        + first_half
        + b"])"
        + _either(branches[:middle])
        + b"|"
        + _either(branches[middle:])
        + b")"
    )


def _any_of(starts: Sequence[bytes]) -> bytes:
    """The same as a list of first bytes, so that the engine passes quickly over all others."""
    by_first: dict[bytes, list[bytes]] = {}
    for start in starts:
        by_first.setdefault(start[:1], []).append(start[1:])
    branches = (re.escape(first) + _one_of(rest) for first, rest in by_first.items())
    return b"(?:" + b"|".join(branches) + b")"


def _place_of_start(form: bytes) -> int:
    """Where a form is first looked for: behind its leading zeros, of which all memory is full."""
    zeros = len(form) - len(form.lstrip(b"\0"))
    return min(zeros, len(form) - START_BYTES)


class Scanner:
    """Finds any of many byte strings in a long one."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._longest = max(map(len, forms))
        self._by_start: dict[bytes, list[tuple[int, bytes]]] = {}
        for form in forms:
            at = _place_of_start(form)
            self._by_start.setdefault(form[at : at + START_BYTES], []).append((at, form))
        self._starts = re.compile(_any_of(sorted(self._by_start)), re.DOTALL)

    def hits(self, data: bytes) -> set[str]:
        """What of them stands in the data."""
        if EMPTY_PAGE in data:
            # Most of a spare file or of a process's memory is empty, and nothing is looked for there.
            pages = (data[at : at + len(EMPTY_PAGE)] for at in range(0, len(data), len(EMPTY_PAGE)))
            data = b"".join(page for page in pages if page != EMPTY_PAGE)
        return {
            self._forms[form]
            for start, found in self._starts_in(data)
            for before, form in self._by_start[found]
            if start >= before and data.startswith(form, start - before)
        }

    def _starts_in(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Each place where a start stands, inside of another one too."""
        found = self._starts.search(data)
        while found is not None:
            yield found.start(), found[0]
            found = self._starts.search(data, found.start() + 1)

    def hits_in_files(self, folders: Iterable[Path]) -> Iterator[str]:
        """What stands in any file below the folders, or in a file's name."""
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                for hit in self.hits(os.fsencode(path.relative_to(folder))):
                    yield f"{hit}, in the name of {path}"
                if path.is_file() and not path.is_symlink():
                    for hit in self.hits(path.read_bytes()):
                        yield f"{hit}, in {path}"

    def hits_in_memory(self, pid: int) -> set[str]:
        """What stands in a process's memory. Linux only."""
        return set().union(*self.hits_by_region(pid))

    def hits_by_region(self, pid: int) -> Iterator[set[str]]:
        """The same, one region of the memory after another, for who need not see all."""
        regions = Path(f"/proc/{pid}/maps").read_text().splitlines()
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            for line in regions:
                span, rights, *_ = line.split()
                if "r" not in rights or line.endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                    continue
                if "w" not in rights and "/" in line:
                    # What cannot be written still is as its file is.
                    continue
                start, end = (int(part, 16) for part in span.split("-"))
                yield self._in_region(memory, start, end)

    def _in_region(self, memory: Any, start: int, end: int) -> set[str]:
        found: set[str] = set()
        at, kept = start, b""
        while at < end:
            try:
                memory.seek(at)
                data = memory.read(min(CHUNK_BYTES, end - at))
            except (OSError, ValueError, OverflowError):
                # A page that the system does not hand out holds nothing of ours.
                break
            if not data:
                break
            found |= self.hits(kept + data)
            kept = data[-self._longest :]
            at += len(data)
        return found


@dataclass
class Secrets:
    """What must never lie about, in all its forms."""

    forms: Forms = field(default_factory=dict)

    def text(self, name: str, text: str) -> None:
        """Look for a text."""
        self.forms |= forms_of_text(name, text)

    def raw(self, name: str, secret: bytes) -> None:
        """Look for bytes."""
        self.forms |= forms_of_bytes(name, bytes(secret))


def secrets_of(people: Team, canaries: Sequence[str], sheet: Sequence[str], more: "MoreSecrets") -> Secrets:
    """Everything to look for in a clinic: words, passwords, codes and keys. The people have it open."""
    folder, passwords = people.folder, PASSWORDS
    secrets = Secrets()
    for number, word in enumerate(canaries):
        secrets.text(f"canary {number}", word)
    for user, password in passwords.items():
        secrets.text(f"the password of {user}", password)
    secrets.text("the recovery sheet's code", "-".join(sheet))
    secrets.text("the recovery sheet's code", "".join(sheet))
    for user, groups in more.codes.items():
        secrets.text(f"the recovery code of {user}", "-".join(groups))
        secrets.text(f"the recovery code of {user}", "".join(groups))
        secrets.raw(f"the recovery code of {user}", bytes(read_personal_code("-".join(groups))))
    if more.wrong_password:
        secrets.text("a wrong password", more.wrong_password)
    for before in more.database_keys:
        secrets.raw("the database key of before", before)
    secrets.raw("the installation key", _private_bytes(people.as_user("owner").installation_key))
    key_file = load_key_file(folder).keyfile
    for user, password in passwords.items():
        way = Way(password=password)
        with open_login(key_file, known_slot(key_file, user, way), way) as opened:
            secrets.raw(f"the vault key of {user}", bytes(opened.vault_private))
        unlocked = unlock(key_file, user, password)
        secrets.raw("the database key", bytes(unlocked.database_key))
        secrets.raw(f"the session key of {user}", _private_bytes(unlocked.session))
        if any(slot.user == user and slot.signature is not None for slot in key_file.users):
            with open_signature_key(key_file, user, password) as key:
                secrets.raw(f"the signature key of {user}", _private_bytes(key))
        unlocked.forget()
    return secrets


@dataclass
class MoreSecrets:
    """What came and went during a day."""

    codes: dict[str, Sequence[str]] = field(default_factory=dict)
    wrong_password: str = ""
    database_keys: list[bytes] = field(default_factory=list)


def _private_bytes(key: Any) -> bytes:
    """The 32 bytes of an open Ed25519 key, wherever its class keeps them."""
    private = key._private
    return bytes(private.private_bytes_raw())


def a_whole_day(folder: Path, asked_for: Path, canaries: Canaries, team: Team) -> tuple[str, ...]:
    """Set a clinic up and work a day in it, a canary in every field; returns the recovery sheet's groups.

    Files that a person asks for go to `asked_for`. The people stay logged in.
    """
    word = canaries.word
    plain = request()
    people = tuple(
        replace(
            one,
            name=f"{one.name} {word()}",
            licences=tuple(replace(licence, number=f"L-{word()}") for licence in one.licences),
        )
        for one in plain.people
    )
    device = DEVICE | {"model": word(), "maker": word(), "serial": word(), "clearance": word()}
    lots = tuple({**lot, "name": word()} for lot in plain.lots)
    ready = set_up_clinic(
        replace(plain, name=f"{word()} Studio", people=people, devices=(device,), lots=lots),
        folder,
        clock=team.clock,
        cost=FLOOR_COST,
    )
    desk, nurse, director, owner = (team.as_user(user) for user in ("desk", "reyes", "okafor", "owner"))
    typed = NewPatient(
        last_name=word(),
        first_name=word(),
        born_on="1990-04-23",
        sex=word(),
        phone=word(),
        email=f"{word()}@{word()}.example",
        address=f"{word()} Street, {word()}",
        allergies=word(),
        notes=word(),
    )
    patient = add_patient(desk, typed)
    number = {"record_number": patient.record_number}
    known = NewHistory("allergy", words=word(), note=word())
    entry = add_medical_history(desk, patient.ref, known).history_id
    end_medical_history(desk, patient.ref, entry, ended_on=MONDAY.date(), reason=word())
    scan = b"%PDF-1.7\n" + word().encode() * 3 + b"\n%%EOF"
    keep_attachment(desk, patient.ref, NewAttachment("consent", word(), scan, MONDAY.date(), word()))
    choose(nurse, patient.ref, "chart")
    picture = encoded("JPEG", exif=noted(word()))
    keep_photo(nurse, patient.ref, NewPhoto(word(), "before", picture, MONDAY, taken_because=word()))
    withdraw_consent(desk, patient.ref, NewWithdrawal(withdrawn_by=word(), note=word()))
    _visits(team, nurse, director, patient.ref, number, canaries)
    roster = asked_for / "roster.csv"
    roster.write_text(
        "Last name,First name,Date of birth,Phone,Email,Address,Notes\n"
        f"{word()},{word()},1984-02-01,{word()},{word()}@x.example,{word()} Lane,{canaries.rest()}\n",
        encoding="utf-8",
    )
    import_patients(owner, roster, date_order=None, dry_run=False)
    make_bundle(director, MakeBundle(MONDAY.date(), MONDAY.date(), asked_for / "day.age"))
    return ready.recovery_groups


def the_days_end(team: Team, scratch: Path, asked_for: Path) -> MoreSecrets:
    """A recovery code, a wrong password, a backup, a drill, a restoration, another database key, a backup.

    Backups lie in `scratch/backups`, the clinic that was brought back in `scratch/restored`.
    """
    more = MoreSecrets(wrong_password="harbor candle twelve stoves")
    for user in ("reyes", "okafor"):
        made = make_recovery_code(team.as_user(user), PASSWORDS[user], asked_for / f"{user}.pdf")
        more.codes[user] = made.groups
    with suppress(WrongCredentials):
        open_clinic(team.folder, "lind", more.wrong_password, clock=team.clock)
    team.leave_alone("owner")
    owner, password = team.as_user("owner"), PASSWORDS["owner"]
    backup = scratch / "backups" / back_up(owner, scratch / "backups").backup.name
    restore_drill(
        backup, asked_for / "drill.pdf", user="owner", password=password, clock=team.clock, live=owner
    )
    restore_clinic(backup, scratch / "restored", user="owner", password=password, clock=team.clock)
    unlocked = unlock(load_key_file(team.folder).keyfile, "owner", password)
    more.database_keys.append(bytes(unlocked.database_key))
    unlocked.forget()
    rotate_database_key(owner, "The day's end.")
    back_up(owner, scratch / "backups")
    return more


def _visits(
    team: Team, nurse: OpenClinic, director: OpenClinic, ref: str, number: dict[str, str], canaries: Canaries
) -> None:
    word = canaries.word
    whole = document(patient=number, note=word(), aftercare_sheet=word())
    whole["exam"] = {**whole["exam"], "note": word()}
    whole["order"] = {**whole["order"], "note": word()}
    whole["screening"] = [{**one, "note": word()} for one in whole["screening"]]
    whole["lines"] = [{**one, "note": word()} for one in whole["lines"]]
    # The code of a label is read, so a word stands in it as what is besides the item: (240).
    code = f"(10){whole['cartridge']['lot']}(240){word()}"
    whole["cartridge"] = {**whole["cartridge"], "udi": code, "serial": word()}
    whole["topicals"] = [{"name": "hydrogel", "lot": word(), "expires_on": "2027-05-31"}]
    whole["reasons"] = [{"code": "topical_not_registered", "reason": "Opened before it was entered."}]
    by, chief = team.signer("reyes"), team.signer("okafor")
    first = record_visit(nurse, whole, by, shown="command")
    note_down(nurse, first.visit_id, event=word(), grade=1, noted_on=date(2026, 11, 23), note=word())
    return_visit(director, first.visit_id, None, chief, f"Why {word()}?", shown="command")
    second = record_visit(nurse, document(patient={**_somebody(word)}), by, shown="command")
    approve_visit(director, second.visit_id, None, chief, shown="command")
    draft = start_visit(nurse, ref, service="microneedling_face", performer="reyes")
    saved = save_visit(nurse, draft, 1, document(patient=number, note=word(), lines=[]))
    void_visit(nurse, draft, saved.edition, f"Opened for {word()}.")


def _somebody(word: Any) -> dict[str, str]:
    return {
        "last_name": word(),
        "first_name": word(),
        "born_on": "1991-05-06",
        "sex": word(),
        "phone": word(),
        "email": f"{word()}@x.example",
    }


# --- the measurement --------------------------------------------------------------------------

PLACES = {"HOME": "home", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "share"}
FOUND = "hits"


def scan_day(scratch: Path, *, seed: int) -> Figures:
    """Work a day with canaries in every field, then look everywhere: at work, after a kill, and closed."""
    figures = Figures()
    places = [scratch / name for name in ("clinic", "restored", "backups", "temporary", *PLACES.values())]
    asked_for = scratch / "asked-for"
    for place in (*places[2:], asked_for):
        place.mkdir(parents=True)
    child = fork(partial(_day, scratch, asked_for, seed))
    told = next(child.lines())
    if "died" in told:
        child.end()
        raise RuntimeError(told["died"])
    secrets = forms_from(told["forms"])
    scanner = Scanner(secrets)
    figures.counts["canary words"] = told["words"]
    figures.counts["byte strings looked for"] = len(secrets)
    for moment in ("at work", "after a kill"):
        _note(figures, scanner, places, moment)
        child.kill()
    child.end()
    answer_of(partial(_look_in, scratch / "clinic"))
    _note(figures, scanner, places, "closed")
    return figures


def _note(figures: Figures, scanner: Scanner, places: Sequence[Path], moment: str) -> None:
    figures.counts["files looked at"] += sum(
        1 for place in places for path in place.rglob("*") if path.is_file()
    )
    for hit in scanner.hits_in_files(places):
        figures.find(FOUND, f"{moment}: {hit}")


def forms_from(told: Mapping[str, str]) -> Forms:
    """The forms that a child sent in hexadecimal."""
    return {bytes.fromhex(form): name for form, name in told.items()}


def _day(scratch: Path, asked_for: Path, seed: int, pipe: Pipe) -> None:
    for name, place in PLACES.items():
        os.environ[name] = str(scratch / place)
    os.environ["TMPDIR"] = str(scratch / "temporary")
    tempfile.tempdir = None
    canaries, people = Canaries(seed), team(scratch / "clinic")
    sheet = a_whole_day(scratch / "clinic", asked_for, canaries, people)
    more = the_days_end(people, scratch, asked_for)
    for user in ("desk", "reyes", "okafor"):
        people.as_user(user)
    secrets = secrets_of(people, canaries.words, sheet, more)
    forms = {form.hex(): name for form, name in secrets.forms.items()}
    pipe.send({"words": len(canaries.words), "forms": forms})
    # Logged in until it is killed.
    signal.pause()


def _look_in(folder: Path) -> None:
    people = team(folder, minutes=60)
    people.as_user("okafor")
    people.close()
