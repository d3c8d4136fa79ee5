"""A place in the key file that nobody who works here holds is told, in the check and on Today."""

import uuid
from dataclasses import replace

from mnclinic.security.keyfile import KEY_FILE, KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.open_keys import NewUser
from mnclinic.security.slots import unlock
from mnclinic.security.slots_changing import add_user
from mnclinic.services.check_store import check_store
from mnclinic.services.key_changes import keep
from mnclinic.services.notices import notices
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.users.end_access import end_access
from tests.services.clinic_builder import PASSWORDS, SmallClinic

EVIL = "granite willow seventeen hats"


def _put(clinic: SmallClinic, changed: KeyFile) -> None:
    clinic.close()
    (clinic.folder / KEY_FILE).write_bytes(changed.canonical_bytes())


def _add_nobody(clinic: SmallClinic, *, signature: bool = False) -> None:
    key_file = load_key_file(clinic.folder).keyfile
    opened = unlock(key_file, "reyes", PASSWORDS["reyes"])
    nobody = NewUser("marlow", str(uuid.uuid4()), EVIL, signature=signature)
    changed, keys = add_user(key_file, opened, nobody)
    keys.forget()
    opened.forget()
    _put(clinic, changed)


def _of_key_file(clinic: SmallClinic) -> tuple[str, list[str]]:
    checked = check_store(clinic.as_user("inspector"))
    return checked.verdict, [one.what for one in checked.findings if one.where == "key file"]


def _told(clinic: SmallClinic, user: str) -> list[str]:
    return [one.sentence for one in notices(clinic.as_user(user)) if one.code == "key_file_place_of_nobody"]


def test_a_place_for_nobody_is_told_until_the_database_key_is_changed(clinic: SmallClinic) -> None:
    assert _of_key_file(clinic) == ("OK", [])
    _add_nobody(clinic)
    verdict, (said,) = _of_key_file(clinic)
    assert verdict == "EXPLAINED", "a power cut leaves it too"
    assert said.startswith("it has a place for marlow, whom the clinic does not know. A power cut while")
    (sentence,) = _told(clinic, "owner")
    assert "a place for marlow, and nobody of that name has access here" in sentence
    assert not _told(clinic, "desk"), "who cannot answer is not told"
    clinic.close()
    owner = clinic.as_user("owner")
    assert rotate_database_key(owner, "A place for nobody.").ended == ("marlow",)
    assert not _told(clinic, "owner")
    assert _of_key_file(clinic) == ("OK", [])


def test_a_place_for_nobody_with_a_key_to_sign_with_is_no_accident(clinic: SmallClinic) -> None:
    _add_nobody(clinic, signature=True)
    verdict, (said,) = _of_key_file(clinic)
    assert verdict == "ALTERED"
    assert said.endswith(
        "whom the clinic does not know, and it has a key to sign with, which no accident leaves"
    )


def test_a_place_for_nobody_that_the_log_says_was_written_is_no_accident(clinic: SmallClinic) -> None:
    """Somebody puts it there while logged in, and enters the key file as the program does."""
    owner = clinic.as_user("owner")
    opened = unlock(owner.key_file, "owner", PASSWORDS["owner"])
    changed, keys = add_user(
        owner.key_file, opened, NewUser("marlow", str(uuid.uuid4()), EVIL, signature=False)
    )
    keys.forget()
    opened.forget()
    with owner.work() as work:
        keep(owner, work, changed)
    verdict, (said,) = _of_key_file(clinic)
    assert verdict == "ALTERED"
    assert said.endswith("the log says of no key file that it was found so, as it does after an accident")


def test_a_signature_key_that_was_taken_out_of_the_key_file_is_told(clinic: SmallClinic) -> None:
    key_file = load_key_file(clinic.folder).keyfile
    opened = unlock(key_file, "reyes", PASSWORDS["reyes"])
    users = tuple(replace(one, signature=None) if one.user == "okafor" else one for one in key_file.users)
    changed = replace(key_file, users=users)
    _put(clinic, replace(changed, mac=changed.mac_under(bytes(opened.database_key))))
    opened.forget()
    verdict, (said,) = _of_key_file(clinic)
    assert verdict == "EXPLAINED"
    assert said.startswith("the signature key of okafor is in force and has no place in it")


def test_an_older_key_file_that_brings_somebody_back_who_left_is_told(clinic: SmallClinic) -> None:
    older = (clinic.folder / KEY_FILE).read_bytes()
    clinic.as_user("inspector")
    left = end_access(clinic.as_user("owner"), "desk", PASSWORDS["owner"], reason="Leaves.")
    assert left.key_not_changed is not None, "it is open in another window"
    clinic.close()
    (clinic.folder / KEY_FILE).write_bytes(older)
    verdict, (said,) = _of_key_file(clinic)
    assert verdict == "EXPLAINED"
    assert said.startswith("it has a place for desk, whose access ended, as an older copy of it has")
    assert any("a place for desk" in one for one in _told(clinic, "owner"))
