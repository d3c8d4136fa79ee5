"""Another database key: nothing is lost, the old key opens nothing new, no kill locks anybody out."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from mnclinic.errors import ClinicInUse, DatabaseDamaged, DiskFull, NotPermitted, WrongCredentials
from mnclinic.security.keyfile import PREVIOUS_KEY_FILE
from mnclinic.security.keyfile_on_disk import load_key_file, save_key_file
from mnclinic.security.slots import remove_user, unlock
from mnclinic.services import rotate_database_key as service
from mnclinic.services.notices import notices
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.record_visit import record_visit
from mnclinic.services.rotate_database_key import STEPS, rotate_database_key
from mnclinic.services.session import OpenClinic
from mnclinic.store import rotation
from mnclinic.store.engine import DATABASE_NAME, open_connection, salt_in_file
from mnclinic.store.folder_use import FolderUse
from mnclinic.store.rotation import NEW_NAME
from mnclinic.store.unit_of_work import UnitOfWork
from tests.services.clinic_builder import PASSWORDS, SmallClinic, add_person, document
from tests.services.reading import counts, problems_found
from tests.store.killing import killed, left_before_each_file_act
from tests.store.raw import with_database_key

RENAMED = STEPS.index("renamed")


def actions(clinic: SmallClinic, user: str = "owner") -> list[str]:
    """What the log says about the database key, in order."""
    with clinic.as_user(user).store.reading() as session:
        rows = session.execute(
            text("SELECT action FROM log_entry WHERE action LIKE 'database_key.%' ORDER BY seq")
        )
        return [action.partition(".")[2] for (action,) in rows]


def key_files_found(clinic: OpenClinic) -> int:
    """How often a log-in found a key file that was not the one the log named last."""
    with clinic.store.reading() as session:
        found = session.execute(text("SELECT count(*) FROM log_entry WHERE action = 'key_file.found'"))
        return int(found.scalar_one())


def told_of_older_copies(owner: OpenClinic) -> list[str]:
    """What Today says of an older key file that somebody put back."""
    return [one.sentence for one in notices(owner) if one.code == "key_file_put_back"]


def rows_held(clinic: SmallClinic) -> dict[str, int]:
    """Rows of everything that a rotation has no business with."""
    held = counts(clinic.as_user("owner"))
    return {table: count for table, count in held.items() if not table.startswith(("log_", "checkpoint"))}


def test_everything_is_there_under_the_new_key_and_work_goes_on(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    clinic.close()
    held, old_salt = rows_held(clinic), salt_in_file(clinic.folder / DATABASE_NAME)
    clinic.close()
    owner = clinic.as_user("owner")
    assert rotate_database_key(owner, "yearly").epoch == 2
    add_person(owner, "Afterwards")
    assert problems_found(owner) == []
    clinic.close()
    assert salt_in_file(clinic.folder / DATABASE_NAME) != old_salt
    add_person(clinic.as_user("desk"), "Later")
    assert rows_held(clinic) == held | {"patient": held["patient"] + 2}
    assert actions(clinic) == ["rotation_begun", "rotation_finished"]
    with clinic.signing("reyes") as (reyes, by):
        record_visit(
            reyes,
            document(patient={"last_name": "New", "first_name": "Key", "born_on": "1990-04-23"}),
            by,
            shown="window",
        )
    assert problems_found(clinic.as_user("okafor")) == []
    assert not (clinic.folder / NEW_NAME).exists()


def test_a_removed_persons_key_opens_the_old_copy_and_not_the_new_file(clinic: SmallClinic) -> None:
    taken = clinic.folder.parent / "taken"
    shutil.copytree(clinic.folder, taken)
    opened = unlock(load_key_file(taken).keyfile, "desk", PASSWORDS["desk"])
    key, salt = bytes(opened.database_key), opened.database_salt
    owner = clinic.as_user("owner")
    there = load_key_file(clinic.folder).keyfile
    save_key_file(
        clinic.folder,
        remove_user(there, opened.database_key, opened.user_id),
        retire_previous=True,
    )
    rotate_database_key(owner, "left")
    clinic.close()
    open_connection(taken / DATABASE_NAME, key, salt).close()
    for guess in (salt, salt_in_file(clinic.folder / DATABASE_NAME) or b""):
        with pytest.raises(DatabaseDamaged):
            open_connection(clinic.folder / DATABASE_NAME, key, guess)
    assert not load_key_file(clinic.folder).keyfile.is_vouched_for_by(key)
    for name in ("clinic.keys", PREVIOUS_KEY_FILE):
        assert opened.user_id.encode() not in (clinic.folder / name).read_bytes()


def test_log_ins_that_failed_before_are_in_the_log_although_they_were_sealed_to_the_old_key(
    clinic: SmallClinic,
) -> None:
    owner = clinic.as_user("owner")
    with pytest.raises(WrongCredentials):
        open_clinic(clinic.folder, "desk", "not the password", clock=clinic.clock)
    rotate_database_key(owner, "yearly")
    clinic.close()
    with clinic.as_user("owner").store.reading() as session:
        told = list(session.scalars(text("SELECT action FROM log_entry WHERE action LIKE 'login.f%'")))
    assert told == ["login.failed"]


def test_only_an_administrator_may(clinic: SmallClinic) -> None:
    before = (clinic.folder / "clinic.keys").read_bytes()
    for user in ("okafor", "lind", "reyes", "desk", "inspector"):
        with pytest.raises(NotPermitted):
            rotate_database_key(clinic.as_user(user), "no")
    assert (clinic.folder / "clinic.keys").read_bytes() == before


def test_nothing_is_begun_while_the_clinic_is_open_elsewhere(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    desk = clinic.as_user("desk")
    before = (clinic.folder / "clinic.keys").read_bytes()
    with pytest.raises(ClinicInUse, match=r"open in another window.*Nothing was changed"):
        rotate_database_key(owner, "too soon")
    assert (clinic.folder / "clinic.keys").read_bytes() == before
    add_person(desk)
    assert actions(clinic) == []
    with pytest.raises(ClinicInUse):
        FolderUse.exclusive(clinic.folder)


def test_somebody_who_has_the_database_open_past_the_lock_stops_it_too(clinic: SmallClinic) -> None:
    """Such as another program with the key, which asks nobody."""
    owner = clinic.as_user("owner")
    opened = unlock(load_key_file(clinic.folder).keyfile, "owner", PASSWORDS["owner"])
    stranger = open_connection(clinic.folder / DATABASE_NAME, opened.database_key, opened.database_salt)
    stranger.execute("SELECT count(*) FROM patient").fetchone()
    with pytest.raises(ClinicInUse, match="Nothing was changed"):
        rotate_database_key(owner, "busy")
    stranger.close()
    add_person(owner)
    assert rotate_database_key(owner, "free now").epoch == 2
    assert problems_found(owner) == []


@pytest.mark.parametrize("moment", STEPS)
def test_trouble_at_any_step_leaves_the_clinic_open_and_whole(clinic: SmallClinic, moment: str) -> None:
    class TroubleError(Exception):
        pass

    def step(done: str) -> None:
        if done == moment:
            raise TroubleError

    owner = clinic.as_user("owner")
    with pytest.raises(TroubleError):
        rotate_database_key(owner, "trouble", step=step)
    add_person(owner)
    assert problems_found(owner) == []
    assert not (clinic.folder / NEW_NAME).exists()
    clinic.close()
    owner = clinic.as_user("owner")
    assert told_of_older_copies(owner) == []
    # At "new key alone" the key file was written, and the trouble came before the entry that says so.
    assert key_files_found(owner) == (moment == "new key alone")
    rotate_database_key(owner, "again")
    clinic.close()
    assert problems_found(clinic.as_user("desk")) == []
    assert load_key_file(clinic.folder).keyfile.next is None


def test_a_disk_without_room_is_told_before_anything_is_written(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = clinic.as_user("owner")
    real = shutil.disk_usage(clinic.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: real._replace(free=100_000))
    with pytest.raises(DiskFull, match="Nothing was changed"):
        rotate_database_key(owner, "no room")
    monkeypatch.undo()
    assert not (clinic.folder / NEW_NAME).exists()
    add_person(owner)
    assert problems_found(owner) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE patient SET notes = 'x'",
        "DELETE FROM device",
        "INSERT INTO log_detail VALUES (999999, x'00')",
        "DROP TRIGGER log_entry_no_update",
        "DROP INDEX ix_visit_supply_lot",
    ],
)
def test_a_copy_that_is_not_the_same_is_never_used(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    clinic.close()
    owner = clinic.as_user("owner")
    real = rotation._export  # noqa: SLF001 - the step after which the copy goes wrong

    def export(original: object, path: Path, new: rotation.DatabaseKey) -> None:
        real(original, path, new)
        copy = open_connection(path, new.key, new.salt)
        copy.execute(statement)
        copy.close()

    monkeypatch.setattr(rotation, "_export", export)
    with pytest.raises(DatabaseDamaged, match="Nothing was changed"):
        rotate_database_key(owner, "a bad disk")
    monkeypatch.undo()
    assert problems_found(owner) == []
    assert load_key_file(clinic.folder).keyfile.epoch == 1


def rotating(clinic: SmallClinic) -> Callable[[Callable[[str], None]], None]:
    """A rotation for a process of its own, which first stores something that must not be lost."""

    def act(step: Callable[[str], None]) -> None:
        owner = open_clinic(clinic.folder, "owner", PASSWORDS["owner"], clock=clinic.clock)
        add_person(owner, "Acknowledged")
        rotate_database_key(owner, "killed", step=step)
        add_person(owner, "Last")
        owner.close()

    return act


def assert_openable(clinic: SmallClinic, patients: int) -> None:
    """Passwords open it, nothing is lost or called tampering, and it can be done again."""
    if (clinic.folder / PREVIOUS_KEY_FILE).exists():
        # A key file that is damaged besides must not lock anybody out either.
        spare = clinic.folder.parent / "spare"
        shutil.copytree(clinic.folder, spare)
        (spare / "clinic.keys").write_bytes(b"damaged")
        opened = open_clinic(spare, "reyes", PASSWORDS["reyes"], clock=clinic.clock)
        assert counts(opened)["patient"] >= patients
        opened.close()
    desk = clinic.as_user("desk")
    assert counts(desk)["patient"] >= patients
    assert problems_found(desk) == []
    assert not (clinic.folder / NEW_NAME).exists()
    assert desk.key_file.next is None
    clinic.close()
    owner = clinic.as_user("owner")
    assert told_of_older_copies(owner) == []
    rotate_database_key(owner, "again")
    assert problems_found(owner) == []


@pytest.mark.parametrize("moment", STEPS)
def test_a_kill_at_any_step_leaves_an_openable_pair(clinic: SmallClinic, moment: str) -> None:
    patients = counts(clinic.as_user("owner"))["patient"]
    clinic.close()
    killed(rotating(clinic), moment)
    assert_openable(clinic, patients + 1)
    ended = "rotation_finished" if STEPS.index(moment) >= RENAMED else "rotation_abandoned"
    begun = [] if moment == "alone" else ["rotation_begun"]
    # At "new key alone" the key file was written and the kill came before the entry that says so.
    settled = [ended] if moment in {"both keys", "renamed", "finished"} else []
    assert actions(clinic) == [*begun, *settled, "rotation_begun", "rotation_finished"]


def test_a_kill_before_any_file_is_touched_leaves_an_openable_pair(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    """Every opening, renaming and removing of a file that Python itself does, from the rotation's start."""
    patients = counts(clinic.as_user("owner"))["patient"]
    clinic.close()

    def act(begin: Callable[[], None]) -> None:
        owner = open_clinic(clinic.folder, "owner", PASSWORDS["owner"], clock=clinic.clock)
        begin()
        rotate_database_key(owner, "killed")

    left = left_before_each_file_act(act, clinic.folder, tmp_path / "left")
    for folder in left:
        desk = open_clinic(folder, "desk", PASSWORDS["desk"], clock=clinic.clock)
        assert problems_found(desk) == [], f"killed before file act {folder.name}"
        assert counts(desk)["patient"] == patients
        assert desk.key_file.next is None
        desk.close()
    assert len(left) > 10, "the hook saw what the rotation does"


def test_the_steps_are_told_in_their_order(clinic: SmallClinic) -> None:
    told: list[str] = []
    rotate_database_key(clinic.as_user("owner"), "order", step=told.append)
    assert tuple(told) == STEPS


def test_a_rotation_that_nobody_finished_is_cleared_away_only_while_nobody_has_the_clinic_open(
    clinic: SmallClinic,
) -> None:
    leftover = clinic.folder / NEW_NAME
    leftover.write_bytes(b"half a database")
    with FolderUse.shared(clinic.folder):
        assert rotation.settle_rotation(clinic.folder) is False
        assert leftover.exists()
    assert rotation.settle_rotation(clinic.folder) is True
    assert not leftover.exists()
    assert rotation.settle_rotation(clinic.folder) is False


def test_the_old_log_beside_the_database_stops_the_rename(clinic: SmallClinic) -> None:
    (clinic.folder / NEW_NAME).write_bytes(b"new")
    (clinic.folder / (DATABASE_NAME + "-wal")).write_bytes(b"old pages")
    before = salt_in_file(clinic.folder / DATABASE_NAME)
    with pytest.raises(ClinicInUse):
        rotation.put_in_place(clinic.folder)
    assert salt_in_file(clinic.folder / DATABASE_NAME) == before


def test_two_windows_that_end_one_rotation_do_it_once(clinic: SmallClinic) -> None:
    killed(rotating(clinic), "renamed")
    first, second = clinic.as_user("desk"), clinic.as_user("owner")
    assert service.settle_keys(first) is False
    assert service.settle_keys(second) is False
    assert actions(clinic) == ["rotation_begun", "rotation_finished"]


def test_a_folder_taken_meanwhile_closes_the_clinic_without_another_word_in_it(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The moment between holding the folder alone and sharing it again, in which somebody else took it."""
    owner = clinic.as_user("owner")
    commits_after: list[str] = []

    def taken(_folder: Path) -> FolderUse:
        commit = UnitOfWork.commit

        def told(work: UnitOfWork, *, checkpoint: bool = False) -> None:
            commits_after.append("written")
            commit(work, checkpoint=checkpoint)

        monkeypatch.setattr(UnitOfWork, "commit", told)
        raise ClinicInUse("taken")

    monkeypatch.setattr(FolderUse, "shared", taken)
    with pytest.raises(ClinicInUse, match="closed here"):
        rotate_database_key(owner, "yearly")
    assert commits_after == []
    with pytest.raises(ClinicInUse), owner.work():
        pass
    monkeypatch.undo()
    assert problems_found(clinic.as_user("desk")) == []


def test_rows_that_break_the_rules_of_their_table_are_not_put_down_to_the_disk(clinic: SmallClinic) -> None:
    columns = "vault, name, is_demo, created_at, installation_key, installation_private, is_solo"
    with with_database_key(clinic) as connection:
        connection.execute(text("PRAGMA ignore_check_constraints = on"))
        connection.execute(
            text(f"INSERT INTO clinic (id, {columns}) SELECT 2, {columns} FROM clinic WHERE id = 1")  # noqa: S608
        )
    owner = clinic.as_user("owner")
    with pytest.raises(DatabaseDamaged, match=r"rows that mnclinic never writes.*mnclinic check"):
        rotate_database_key(owner, "yearly")
    assert salt_in_file(clinic.folder / DATABASE_NAME) == owner.key_file.database_salt
    assert told_of_older_copies(owner) == []


def test_a_row_that_lacks_what_its_table_asks_for_is_not_put_down_to_the_disk(clinic: SmallClinic) -> None:
    clinic.close()
    with with_database_key(clinic) as connection:
        words = str(connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'staff'").scalar())
        word_the_staff_table(connection, words.replace(" NOT NULL", ""))
    with with_database_key(clinic) as connection:
        connection.exec_driver_sql("UPDATE staff SET credential = NULL WHERE user = 'desk'")
        word_the_staff_table(connection, words)
    owner = clinic.as_user("owner")
    with pytest.raises(DatabaseDamaged, match=r"rows that mnclinic never writes.*mnclinic check"):
        rotate_database_key(owner, "yearly")


def word_the_staff_table(connection: Connection, words: str) -> None:
    """Give the table other words; the next connection goes by them."""
    connection.exec_driver_sql("PRAGMA writable_schema = on")
    connection.exec_driver_sql("UPDATE sqlite_master SET sql = ? WHERE name = 'staff'", (words,))
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar() or 0
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
