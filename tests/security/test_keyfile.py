import json
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import product
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from mnclinic.errors import (
    ClinicError,
    ClinicExists,
    ClinicInUse,
    DiskFull,
    FolderNotWritable,
    KeyFileDamaged,
    KeyFileMissing,
    NewerFormat,
    StoreUnavailable,
)
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.security.keyfile import KEY_FILE, PREVIOUS_KEY_FILE, KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file, save_key_file
from mnclinic.security.keyfile_parsing import parse_key_file
from mnclinic.security.slots import (
    CreatedKeys,
    NewUser,
    Unlocked,
    add_user,
    change_password,
    create_keys,
    unlock,
)
from tests.security.builders import (
    MORA,
    PASSWORDS,
    REYES,
    VAULT,
    document_of,
    made_clinic,
    with_right_checksum,
)

Forgery = Callable[[dict[str, Any]], object]


@pytest.fixture
def next_generation(keyfile: KeyFile) -> KeyFile:
    return change_password(keyfile, "okafor", PASSWORDS["okafor"], "another long row of words")


# --- the form ----------------------------------------------------------------------------------------


def test_a_key_file_reads_back_as_written(keyfile: KeyFile) -> None:
    data = keyfile.canonical_bytes()
    assert parse_key_file(data) == keyfile
    assert parse_key_file(data).canonical_bytes() == data


def test_the_file_names_its_form_and_holds_no_secret(keyfile: KeyFile, created: CreatedKeys) -> None:
    data = keyfile.canonical_bytes()
    assert json.loads(data)["format"] == "mnclinic.keys/2"
    assert created.database_key.hex().encode() not in data
    for password in PASSWORDS.values():
        assert password.encode() not in data


def test_every_changed_byte_is_damage_and_never_a_wrong_password() -> None:
    small, _ = create_keys(
        VAULT, [NewUser("okafor", MORA, "x", signature=False)], cost=FLOOR_COST, recovery=False
    )
    data = small.canonical_bytes()
    for place, bit in product(range(len(data)), range(8)):
        changed = data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]
        with pytest.raises(KeyFileDamaged, match="not about your password"):
            parse_key_file(changed)


def test_every_cut_off_or_lengthened_file_is_damage(keyfile: KeyFile) -> None:
    data = keyfile.canonical_bytes()
    for length in [*range(0, len(data), 37), len(data) - 1]:
        with pytest.raises(KeyFileDamaged):
            parse_key_file(data[:length])
    for more in (b"\n", b" ", b"\0", b"{}"):
        with pytest.raises(KeyFileDamaged):
            parse_key_file(data + more)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b'{"checksum":1}',
        b"\xff\xfe",
        b"[" * 500_000,
        b'{"epoch":1.5}',
        b'{"epoch":NaN}',
        b'{"epoch":' + b"9" * 5000 + b"}",
        b'{"vault":"\\ud800"}',
        b" " * (1024 * 1024) + b"{}",
    ],
)
def test_nonsense_is_damage(data: bytes) -> None:
    with pytest.raises(KeyFileDamaged):
        parse_key_file(data)


def test_a_file_over_the_size_cap_is_not_even_parsed(
    keyfile: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "mnclinic.security.keyfile_parsing.SIZE_MAX_BYTES", len(keyfile.canonical_bytes()) - 1
    )
    with pytest.raises(KeyFileDamaged):
        parse_key_file(keyfile.canonical_bytes())


def _deeper(path: str, value: object) -> Forgery:
    """Sets one place of the document, such as `users.0.wraps.0.kdf.lanes`."""

    def forge(document: dict[str, Any]) -> None:
        *way, last = path.split(".")
        here: Any = document
        for step in way:
            here = here[int(step)] if step.isdigit() else here[step]
        here[last] = value

    return forge


@pytest.mark.parametrize(
    "forge",
    [
        _deeper("users.0.wraps.0.kdf.memory_kib", 1024 * 1024 + 1),
        _deeper("users.0.wraps.0.kdf.memory_kib", 4096),
        _deeper("users.0.wraps.0.kdf.memory_kib", "65536"),
        _deeper("users.0.wraps.0.kdf.iterations", 11),
        _deeper("users.0.wraps.0.kdf.iterations", True),
        _deeper("users.0.wraps.0.kdf.lanes", 17),
        _deeper("users.0.wraps.0.kdf.id", "pbkdf2"),
        _deeper("users.0.signature.wraps.0.kdf.memory_kib", 2**40),
        _deeper("kdf.iterations", 10**9),
        _deeper("kdf.memory_kib", 8),
    ],
)
def test_absurd_password_costs_are_refused_before_they_are_run(
    keyfile: KeyFile, forge: Forgery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> bytearray:
        raise AssertionError("a derivation was run")

    monkeypatch.setattr("mnclinic.security.slot_locks.derive", never)
    document = document_of(keyfile)
    forge(document)
    with pytest.raises(KeyFileDamaged, match="kdf"):
        unlock(parse_key_file(with_right_checksum(document)), "lind", PASSWORDS["lind"])


@pytest.mark.parametrize(
    ("forge", "place"),
    [
        (_deeper("motto", "per aspera"), "the whole file"),
        (_deeper("users.0.role", "administrator"), "users[0]"),
        (_deeper("users.0.wraps.0.hint", "harbour"), "users[0].wraps[0]"),
        (_deeper("users.0.wraps.0.kdf.pepper", "00"), "users[0].wraps[0].kdf"),
        (_deeper("users.1.signature.owner", "lind"), "users[1].signature"),
        (_deeper("database.key", "00" * 32), "database"),
        (_deeper("recovery.public", "AB" * 32), "recovery.public"),
        (_deeper("recovery.public", "ab" * 31), "recovery.public"),
        (_deeper("recovery.public", "ab" * 33), "recovery.public"),
        (_deeper("recovery.database_key.epoch", 2), "recovery.database_key.epoch"),
        (_deeper("users.0.database_key.epoch", True), "users[0].database_key.epoch"),
        (_deeper("users.0.wraps.0.by", "nothing"), "users[0].wraps[0].by"),
        (_deeper("users.0.wraps.0.epoch", True), "users[0].wraps[0].epoch"),
        (_deeper("users.0.wraps", []), "users[0].wraps"),
        (_deeper("users.0.user", " lind"), "users[0].user"),
        (_deeper("users.0.user", "REYES"), "users: the same one twice"),
        (_deeper("users.0.user_id", REYES), "users: the same one twice"),
        (_deeper("users.0.user_id", "someone"), "users[0].user_id"),
        (_deeper("users", []), "users"),
        (_deeper("users", {}), "users"),
        (_deeper("vault", "{0b7f1c2e-5d7a-4c59-9f5e-3f1f0c1d2e3a}"), "vault"),
        (_deeper("generation", 0), "generation"),
        (_deeper("generation", True), "generation"),
        (_deeper("epoch", 2), "users[0].database_key.epoch"),
        (_deeper("mac", ""), "mac"),
        (_deeper("format", "mnclinic.keys/0"), "format"),
        (_deeper("format", "mnclinic.bundle/1"), "format"),
        (_deeper("format", None), "format"),
        (lambda document: document.pop("recovery"), "the whole file"),
        (lambda document: document["users"][0].pop("signature"), "users[0]"),
        (
            lambda document: document["users"][0]["wraps"].append(document["users"][0]["wraps"][0]),
            "users[0].wraps",
        ),
    ],
)
def test_a_file_of_another_shape_is_refused_and_the_place_named(
    keyfile: KeyFile, forge: Forgery, place: str
) -> None:
    document = document_of(keyfile)
    forge(document)
    with pytest.raises(KeyFileDamaged, match="not one that this program writes") as caught:
        parse_key_file(with_right_checksum(document))
    assert f"“{place}”" in caught.value.sentence


def test_another_spelling_of_the_same_value_is_refused(keyfile: KeyFile) -> None:
    with pytest.raises(KeyFileDamaged, match="not one that this program writes"):
        parse_key_file(json.dumps(document_of(keyfile)).encode())


def test_a_newer_form_is_refused_with_both_forms_named(keyfile: KeyFile) -> None:
    document = document_of(keyfile)
    document.update(format="mnclinic.keys/3", ways={"new": True})
    with pytest.raises(NewerFormat, match=r"mnclinic\.keys/3.*mnclinic\.keys/2"):
        parse_key_file(with_right_checksum(document))


def test_a_damaged_form_number_is_damage_and_not_a_newer_form(keyfile: KeyFile) -> None:
    data = keyfile.canonical_bytes().replace(b"mnclinic.keys/2", b"mnclinic.keys/3")
    with pytest.raises(KeyFileDamaged):
        parse_key_file(data)


def test_login_names_are_found_in_any_case(keyfile: KeyFile) -> None:
    slot = keyfile.slot_of(" Lind ")
    assert slot is not None
    assert slot.user == "lind"
    assert keyfile.slot_of("linda") is None


# --- the folder --------------------------------------------------------------------------------------


def test_saving_keeps_the_generation_before(
    tmp_path: Path, keyfile: KeyFile, next_generation: KeyFile
) -> None:
    save_key_file(tmp_path, keyfile)
    assert not (tmp_path / PREVIOUS_KEY_FILE).exists()
    save_key_file(tmp_path, next_generation)
    assert load_key_file(tmp_path).keyfile == next_generation
    assert parse_key_file((tmp_path / PREVIOUS_KEY_FILE).read_bytes()) == keyfile
    assert sorted(path.name for path in tmp_path.iterdir()) == [KEY_FILE, PREVIOUS_KEY_FILE]


def test_only_the_owner_may_read_the_file(tmp_path: Path, keyfile: KeyFile) -> None:
    save_key_file(tmp_path, keyfile)
    if os.name == "posix":
        assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_retiring_the_previous_generation_leaves_no_old_password(
    tmp_path: Path, keyfile: KeyFile, next_generation: KeyFile
) -> None:
    save_key_file(tmp_path, keyfile)
    save_key_file(tmp_path, next_generation, retire_previous=True)
    for name in (KEY_FILE, PREVIOUS_KEY_FILE):
        assert parse_key_file((tmp_path / name).read_bytes()) == next_generation


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(KeyFileMissing, match=r"clinic\.keys is not in the clinic's folder"):
        load_key_file(tmp_path)
    with pytest.raises(KeyFileMissing):
        load_key_file(tmp_path / "nowhere")


@pytest.mark.parametrize("trouble", ["missing", "damaged", "empty", "a folder"])
def test_the_previous_generation_opens_and_the_caller_is_told(
    tmp_path: Path, keyfile: KeyFile, next_generation: KeyFile, trouble: str
) -> None:
    save_key_file(tmp_path, keyfile)
    save_key_file(tmp_path, next_generation)
    assert load_key_file(tmp_path).warning is None
    _spoil(tmp_path / KEY_FILE, trouble)
    loaded = load_key_file(tmp_path)
    assert loaded.keyfile == keyfile
    assert loaded.from_previous
    assert loaded.warning is not None
    assert PREVIOUS_KEY_FILE in loaded.warning
    if trouble != "a folder":
        save_key_file(tmp_path, loaded.keyfile)
        assert load_key_file(tmp_path).warning is None


def _spoil(path: Path, trouble: str) -> None:
    data = path.read_bytes()
    path.unlink()
    if trouble == "damaged":
        path.write_bytes(data[:-1])
    elif trouble == "empty":
        path.touch()
    elif trouble == "a folder":
        path.mkdir()


def test_a_damaged_previous_generation_is_never_used(
    tmp_path: Path, keyfile: KeyFile, next_generation: KeyFile
) -> None:
    save_key_file(tmp_path, keyfile)
    save_key_file(tmp_path, next_generation)
    _spoil(tmp_path / PREVIOUS_KEY_FILE, "damaged")
    assert not load_key_file(tmp_path).from_previous
    (tmp_path / KEY_FILE).unlink()
    with pytest.raises(KeyFileDamaged, match=r"clinic\.keys\.prev is damaged"):
        load_key_file(tmp_path)
    (tmp_path / KEY_FILE).write_bytes(b"{}")
    with pytest.raises(KeyFileDamaged, match=r"clinic\.keys is damaged"):
        load_key_file(tmp_path)


def test_a_newer_file_is_never_passed_over_for_an_older_copy(
    tmp_path: Path, keyfile: KeyFile, next_generation: KeyFile
) -> None:
    save_key_file(tmp_path, keyfile)
    save_key_file(tmp_path, next_generation)
    document = document_of(next_generation)
    document["format"] = "mnclinic.keys/3"
    newer = with_right_checksum(document)
    (tmp_path / KEY_FILE).write_bytes(newer)
    with pytest.raises(NewerFormat):
        load_key_file(tmp_path)
    with pytest.raises(NewerFormat):
        save_key_file(tmp_path, next_generation)
    assert (tmp_path / KEY_FILE).read_bytes() == newer


def test_a_damaged_file_never_becomes_the_previous_one(
    tmp_path: Path, keyfile: KeyFile, next_generation: KeyFile
) -> None:
    save_key_file(tmp_path, keyfile)
    save_key_file(tmp_path, next_generation)
    _spoil(tmp_path / KEY_FILE, "damaged")
    save_key_file(tmp_path, load_key_file(tmp_path).keyfile)
    assert parse_key_file((tmp_path / PREVIOUS_KEY_FILE).read_bytes()) == keyfile


def test_set_up_never_overwrites_a_clinic(tmp_path: Path, keyfile: KeyFile) -> None:
    other, _ = made_clinic(recovery=False)
    save_key_file(tmp_path, keyfile)
    before = (tmp_path / KEY_FILE).read_bytes()
    with pytest.raises(ClinicExists):
        save_key_file(tmp_path, other)
    assert (tmp_path / KEY_FILE).read_bytes() == before
    for trouble in ("damaged", "missing"):
        (tmp_path / PREVIOUS_KEY_FILE).write_bytes(before)
        (tmp_path / KEY_FILE).write_bytes(before)
        _spoil(tmp_path / KEY_FILE, trouble)
        with pytest.raises(ClinicExists):
            save_key_file(tmp_path, other)
        assert (tmp_path / PREVIOUS_KEY_FILE).read_bytes() == before


def test_a_change_made_elsewhere_is_not_overwritten(
    tmp_path: Path, keyfile: KeyFile, next_generation: KeyFile
) -> None:
    save_key_file(tmp_path, keyfile)
    ours = load_key_file(tmp_path).keyfile
    theirs = load_key_file(tmp_path).keyfile
    save_key_file(tmp_path, _renamed(theirs, "theirs"))
    with pytest.raises(ClinicInUse, match="changed by another window"):
        save_key_file(tmp_path, _renamed(ours, "ours"))
    assert load_key_file(tmp_path).keyfile.users[0].user == "theirs"


def test_several_changes_may_be_saved_as_one(tmp_path: Path, keyfile: KeyFile, created: CreatedKeys) -> None:
    save_key_file(tmp_path, keyfile)
    loaded = load_key_file(tmp_path).keyfile
    opened = unlock(loaded, "okafor", PASSWORDS["okafor"])
    once, _ = add_user(loaded, opened, NewUser("mora", MORA, "p", signature=False))
    twice = change_password(once, "mora", "p", "q")
    save_key_file(tmp_path, twice)
    assert load_key_file(tmp_path).keyfile == twice
    save_key_file(tmp_path, twice)
    assert parse_key_file((tmp_path / PREVIOUS_KEY_FILE).read_bytes()) == keyfile


def _renamed(keyfile: KeyFile, user: str) -> KeyFile:
    """A next generation without the cost of a derivation; its keyed check is of no interest here."""
    slot = replace(keyfile.users[0], user=user)
    return replace(
        keyfile,
        generation=keyfile.generation + 1,
        users=(slot, *keyfile.users[1:]),
        lineage=(*keyfile.lineage, keyfile.checksum),
    )


# --- crashes and disks -------------------------------------------------------------------------------


class _Killed(BaseException):
    """The process ends here: no clean-up runs that catches ordinary trouble."""


def is_look_at_file(path: object, flags: object = os.O_WRONLY, *_: object) -> bool:
    """Whether these are what `os.open` is given to read a file, and not to write one or sync a folder."""
    to_read = isinstance(flags, int) and not flags & (os.O_WRONLY | os.O_RDWR)
    return to_read and isinstance(path, Path) and not path.is_dir()


class _Disk:
    """Counts the calls that reach the disk, and fails the Nth one (or every one from it on)."""

    CALLS = ("open", "fsync", "replace", "unlink")

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen = 0
        self.fails_at = 0
        self.trouble: BaseException = OSError()
        self.for_ever = False
        for name in self.CALLS:
            monkeypatch.setattr(os, name, self._watched(getattr(os, name)))

    def _watched(self, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            if is_look_at_file(*args):
                return real(*args, **options)
            self.seen += 1
            if self.seen == self.fails_at or (self.for_ever and 0 < self.fails_at < self.seen):
                raise self.trouble
            return real(*args, **options)

        return call

    def fail(self, at: int, trouble: BaseException, *, for_ever: bool = False) -> None:
        self.seen, self.fails_at, self.trouble, self.for_ever = 0, at, trouble, for_ever


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> _Disk:
    return _Disk(monkeypatch)


@pytest.mark.parametrize("retire_previous", [False, True])
def test_a_kill_at_any_step_leaves_one_whole_generation(
    tmp_path: Path, keyfile: KeyFile, disk: _Disk, *, retire_previous: bool
) -> None:
    save_key_file(tmp_path, keyfile)
    old = load_key_file(tmp_path).keyfile
    new = _renamed(old, "mora")
    for step in range(1, 100):
        disk.fail(step, _Killed())
        try:
            save_key_file(tmp_path, new, retire_previous=retire_previous)
        except _Killed:
            pass
        else:
            assert step > 8
            break
        disk.fail(0, _Killed())
        loaded = load_key_file(tmp_path)
        assert not loaded.from_previous
        assert loaded.keyfile in (old, new)
        if loaded.keyfile == new:
            old, new = loaded.keyfile, _renamed(loaded.keyfile, f"mora{step}")
    disk.fail(0, _Killed())
    assert load_key_file(tmp_path).keyfile == new
    assert sorted(path.name for path in tmp_path.iterdir()) == [KEY_FILE, PREVIOUS_KEY_FILE]


@pytest.mark.parametrize("retire_previous", [False, True])
@pytest.mark.parametrize("for_ever", [False, True])
@pytest.mark.parametrize(
    ("code", "kind"),
    [(28, DiskFull), (13, FolderNotWritable), (30, FolderNotWritable), (5, StoreUnavailable)],
)
def test_a_failing_disk_is_a_true_sentence_at_any_step(
    tmp_path: Path,
    keyfile: KeyFile,
    disk: _Disk,
    *,
    code: int,
    kind: type[ClinicError],
    for_ever: bool,
    retire_previous: bool,
) -> None:
    save_key_file(tmp_path, keyfile)
    old = load_key_file(tmp_path).keyfile
    new = _renamed(old, "mora")
    for step in range(1, 100):
        disk.fail(step, OSError(code, "planted"), for_ever=for_ever)
        trouble = _trouble_of_saving(tmp_path, new, retire_previous=retire_previous)
        disk.fail(0, OSError())
        found = load_key_file(tmp_path).keyfile
        if trouble is None:
            assert found == new
            assert step > 8
            return
        assert for_ever or not list(tmp_path.glob("*.new"))
        if found == old:
            assert isinstance(trouble, kind)
            assert "The keys are as they were." in trouble.sentence
        else:
            assert found == new
            assert "The keys were changed, but" in trouble.sentence
            old, new = found, _renamed(found, f"mora{step}")
    pytest.fail("it never came through")


def _trouble_of_saving(folder: Path, keyfile: KeyFile, *, retire_previous: bool) -> StoreUnavailable | None:
    try:
        save_key_file(folder, keyfile, retire_previous=retire_previous)
    except StoreUnavailable as trouble:
        return trouble
    return None


def test_bytes_reach_the_disk_before_the_name_that_promises_them(
    tmp_path: Path, keyfile: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_key_file(tmp_path, keyfile)
    seen: list[str] = []
    fsync, rename = os.fsync, os.replace

    def watched_fsync(descriptor: int) -> None:
        seen.append("fsync folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "fsync file")
        fsync(descriptor)

    def watched_rename(source: Path, target: Path) -> None:
        seen.append(f"rename to {target.name}")
        rename(source, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "replace", watched_rename)
    save_key_file(tmp_path, _renamed(load_key_file(tmp_path).keyfile, "mora"))
    folder = ["fsync folder"] if os.name == "posix" else []
    assert seen == [
        *["fsync file", "fsync file"],
        *[f"rename to {PREVIOUS_KEY_FILE}", *folder],
        *[f"rename to {KEY_FILE}", *folder],
    ]


def test_leftovers_of_a_crash_do_no_harm(tmp_path: Path, keyfile: KeyFile, next_generation: KeyFile) -> None:
    save_key_file(tmp_path, keyfile)
    for name in (KEY_FILE, PREVIOUS_KEY_FILE):
        (tmp_path / f"{name}.new").write_bytes(b"half a fi")
    assert load_key_file(tmp_path).keyfile == keyfile
    save_key_file(tmp_path, next_generation)
    assert load_key_file(tmp_path).keyfile == next_generation
    assert sorted(path.name for path in tmp_path.iterdir()) == [KEY_FILE, PREVIOUS_KEY_FILE]


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows that test accounts lack")
def test_a_planted_link_is_not_written_through(tmp_path: Path, keyfile: KeyFile) -> None:
    target = tmp_path / "precious"
    target.write_bytes(b"precious")
    folder = tmp_path / "clinic"
    folder.mkdir()
    (folder / f"{KEY_FILE}.new").symlink_to(target)
    save_key_file(folder, keyfile)
    assert target.read_bytes() == b"precious"


def test_an_unreadable_file_is_neither_missing_nor_damaged(
    tmp_path: Path, keyfile: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_key_file(tmp_path, keyfile)

    def refuse(*_: object) -> object:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StoreUnavailable, match="may not be read by this computer account") as caught:
        load_key_file(tmp_path)
    assert not isinstance(caught.value, KeyFileMissing | KeyFileDamaged)


def test_nothing_secret_is_printed(keyfile: KeyFile, created: CreatedKeys) -> None:
    opened: Unlocked = unlock(keyfile, "lind", PASSWORDS["lind"])
    shown = "\n".join(
        map(
            repr,
            [
                keyfile,
                created,
                *created.users,
                opened,
                opened.session,
                NewUser("a", MORA, "hush", signature=True),
            ],
        )
    )
    assert created.database_key.hex() not in shown
    assert repr(bytes(created.database_key)) not in shown
    assert repr(created.database_key) not in shown
    assert "hush" not in shown
    for group in created.recovery_groups or ():
        assert group not in shown


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders.")
def test_a_pipe_that_took_the_place_of_the_key_file_after_a_look_at_it_is_not_read(
    tmp_path: Path, keyfile: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_key_file(tmp_path, keyfile)
    whole = (tmp_path / KEY_FILE).stat()
    data = (tmp_path / KEY_FILE).read_bytes()
    (tmp_path / KEY_FILE).unlink()
    os.mkfifo(tmp_path / KEY_FILE)
    monkeypatch.setattr(Path, "stat", lambda *_given, **_named: whole)

    def write() -> None:
        with suppress(OSError):
            (tmp_path / KEY_FILE).write_bytes(data)

    writer = Thread(target=write)
    writer.start()
    try:
        with pytest.raises(KeyFileDamaged):
            load_key_file(tmp_path)
    finally:
        # Whoever writes and was never met, or comes only now, goes on.
        held = os.open(tmp_path / KEY_FILE, os.O_RDWR | os.O_NONBLOCK)
        writer.join()
        os.close(held)
