"""The power goes between the key file and the database while somebody's keys are made anew."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mnclinic.errors import WrongCredentials
from mnclinic.security.keyfile import KEY_FILE, PREVIOUS_KEY_FILE
from mnclinic.security.keyfile_on_disk import load_key_file, load_previous_key_file, save_key_file
from mnclinic.services.check_store import check_store
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.keys.second_factor import set_second_factor
from mnclinic.services.notices import notices
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.session import OpenClinic, signer
from mnclinic.services.users.choose_password import choose_password, recover_password
from mnclinic.services.users.reset_user import reset_user
from tests.services.clinic_builder import PASSWORDS, SmallClinic, known_clinic
from tests.services.reading import actions_since, log_size, problems_found

OWN = "cobalt orchard nine lanterns"
SIGNERS = ("okafor", "reyes")

Change = Callable[[OpenClinic, str, Path], object]

CHANGES: dict[str, Change] = {
    "another password": lambda clinic, user, _: choose_password(
        clinic, PASSWORDS[user], OWN, may_be_known=True
    ),
    "a key file": lambda clinic, user, desk: set_second_factor(clinic, PASSWORDS[user], desk / "own.key"),
    "a recovery code": lambda clinic, user, desk: make_recovery_code(
        clinic, PASSWORDS[user], desk / "card.pdf", may_be_known=True
    ),
}


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = known_clinic(tmp_path / "clinic")
    yield made
    made.let_go()


@contextmanager
def killed(monkeypatch: pytest.MonkeyPatch, *, after: str) -> Iterator[None]:
    """Killed after the named call, with nobody left to put anything back."""
    saved: list[Path] = []

    def saving(folder: Path, key_file: object, **how: bool) -> None:
        if saved:
            raise SystemExit
        saved.append(folder)
        save_key_file(folder, key_file, **how)  # type: ignore[arg-type]  # handed on as it came
        if after == "the key file":
            raise SystemExit

    with monkeypatch.context() as cut:
        cut.setattr("mnclinic.services.key_changes.save_key_file", saving)
        with pytest.raises(SystemExit):
            yield


def entered(clinic: SmallClinic, user: str, password: str) -> OpenClinic:
    opened = open_clinic(clinic.folder, user, password, clock=clinic.clock)
    clinic.opened.append(opened)
    return opened


def assert_signs(own: OpenClinic, password: str) -> None:
    with signer(own, password) as by:
        assert by.key.key_id == own.person.signature_key
    assert problems_found(own) == []
    assert check_store(own).verdict == "OK"


def assert_signs_and_nothing_is_said(clinic: SmallClinic, own: OpenClinic, password: str) -> None:
    assert_signs(own, password)
    told = notices(clinic.as_user("owner"))
    assert [one for one in told if "missing" in one.sentence and "entry" in one.sentence] == []
    assert "key_file_put_back" not in {one.code for one in told}, "what was taken back is no older copy"


@pytest.mark.parametrize("user", SIGNERS)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_the_register_never_knew_is_taken_back_and_the_person_signs_as_before(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, change: Change, user: str
) -> None:
    own = clinic.as_user(user)
    was = (clinic.folder / KEY_FILE).read_bytes()
    key, size = own.person.signature_key, log_size(own)
    with killed(monkeypatch, after="the key file"):
        change(own, user, tmp_path)
    assert (clinic.folder / KEY_FILE).read_bytes() != was
    again = entered(clinic, user, PASSWORDS[user])
    assert (clinic.folder / KEY_FILE).read_bytes() == was
    assert (clinic.folder / PREVIOUS_KEY_FILE).read_bytes() == was
    assert again.person.signature_key == key
    assert actions_since(again, size) == ["key_file.found", "key_file.found", "login"]
    assert_signs_and_nothing_is_said(clinic, again, PASSWORDS[user])
    with pytest.raises(WrongCredentials):
        entered(clinic, user, OWN)


def test_the_new_password_opens_nothing_and_says_what_to_do(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    okafor = clinic.as_user("okafor")
    with killed(monkeypatch, after="the key file"):
        choose_password(okafor, PASSWORDS["okafor"], OWN, may_be_known=True)
    with pytest.raises(WrongCredentials, match="password that you had before"):
        entered(clinic, "okafor", OWN)
    assert_signs_and_nothing_is_said(
        clinic, entered(clinic, "okafor", PASSWORDS["okafor"]), PASSWORDS["okafor"]
    )


def test_somebody_elses_log_in_takes_it_back_too(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    okafor = clinic.as_user("okafor")
    with killed(monkeypatch, after="the key file"):
        choose_password(okafor, PASSWORDS["okafor"], OWN, may_be_known=True)
    entered(clinic, "desk", PASSWORDS["desk"])
    with signer(okafor, PASSWORDS["okafor"]):
        """The window that was open goes on as well."""
    choose_password(okafor, PASSWORDS["okafor"], OWN, may_be_known=True)
    assert_signs_and_nothing_is_said(clinic, entered(clinic, "okafor", OWN), OWN)


@pytest.mark.parametrize("user", SIGNERS)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_window_that_was_open_signs_on_without_a_new_log_in(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, change: Change, user: str
) -> None:
    """What was killed was another process, such as a command beside it."""
    window, command = clinic.as_user(user), clinic.as_user(user)
    was, size = (clinic.folder / KEY_FILE).read_bytes(), log_size(window)
    with killed(monkeypatch, after="the key file"):
        change(command, user, tmp_path)
    assert_signs_and_nothing_is_said(clinic, window, PASSWORDS[user])
    assert (clinic.folder / KEY_FILE).read_bytes() == was
    assert actions_since(window, size)[:2] == ["key_file.found", "key_file.found"]


def test_a_stored_change_stands_and_the_password_of_before_ends_at_the_next_log_in(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    okafor = clinic.as_user("okafor")
    with killed(monkeypatch, after="the commit"):
        choose_password(okafor, PASSWORDS["okafor"], OWN, may_be_known=True)
    newest = (clinic.folder / KEY_FILE).read_bytes()
    assert (clinic.folder / PREVIOUS_KEY_FILE).read_bytes() != newest
    with pytest.raises(WrongCredentials, match="not right"):
        entered(clinic, "okafor", PASSWORDS["okafor"])
    again = entered(clinic, "okafor", OWN)
    assert (clinic.folder / KEY_FILE).read_bytes() == newest
    assert (clinic.folder / PREVIOUS_KEY_FILE).read_bytes() == newest
    with signer(again, OWN):
        """With the key that was made anew."""
    assert problems_found(again) == []


def test_a_whole_change_leaves_no_generation_that_opens_with_the_password_of_before(
    clinic: SmallClinic,
) -> None:
    choose_password(clinic.as_user("okafor"), PASSWORDS["okafor"], OWN, may_be_known=True)
    newest = load_key_file(clinic.folder).keyfile
    assert load_previous_key_file(clinic.folder) == newest


def test_a_recovery_code_whose_use_was_stopped_opens_again(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    reyes = clinic.as_user("reyes")
    code = "-".join(make_recovery_code(reyes, PASSWORDS["reyes"], tmp_path / "card.pdf").groups)
    reyes.close()
    with killed(monkeypatch, after="the key file"):
        recover_password(clinic.folder, "reyes", code, OWN, clock=clinic.clock, may_be_known=True)
    again = recover_password(clinic.folder, "reyes", code, OWN, clock=clinic.clock, may_be_known=True)
    clinic.opened.append(again)
    with signer(again, OWN):
        """With the key that was made anew."""


def test_a_reset_that_was_stopped_leaves_the_person_their_own_password(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = clinic.as_user("owner")
    with killed(monkeypatch, after="the key file"):
        reset_user(owner, "reyes", OWN, PASSWORDS["owner"], reason="Forgotten.")
    assert_signs_and_nothing_is_said(clinic, entered(clinic, "reyes", PASSWORDS["reyes"]), PASSWORDS["reyes"])


def test_a_newer_key_file_put_back_beside_an_older_one_that_was_found_meanwhile_is_no_half_change(
    clinic: SmallClinic,
) -> None:
    """As whoever lost the key file is advised to do: first the backup's, then a newer copy that turned up."""
    names = [clinic.folder / name for name in (KEY_FILE, PREVIOUS_KEY_FILE)]
    older = names[0].read_bytes()
    choose_password(clinic.as_user("okafor"), PASSWORDS["okafor"], OWN, may_be_known=True)
    newer = names[0].read_bytes()
    clinic.close()
    for path in names:
        path.write_bytes(older)
    entered(clinic, "desk", PASSWORDS["desk"]).close()
    names[0].write_bytes(newer)
    assert_signs(entered(clinic, "okafor", OWN), OWN)
    assert names[0].read_bytes() == newer
    told = {one.code: one.sentence for one in notices(clinic.as_user("owner"))}
    # Whoever puts it back to hide what was opened with the older one leaves the same.
    assert "Okafor" not in told["key_file_put_back"], "her password of before opens nothing here any more"


def test_a_half_change_that_is_put_back_beside_a_newer_generation_is_taken_back_too(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    okafor = clinic.as_user("okafor")
    with killed(monkeypatch, after="the key file"):
        choose_password(okafor, PASSWORDS["okafor"], OWN, may_be_known=True)
    half = (clinic.folder / KEY_FILE).read_bytes()
    owner = entered(clinic, "owner", PASSWORDS["owner"])
    for given in ("temporary fern harvest moon", "temporary plum horizon kite"):
        reset_user(owner, "desk", given, PASSWORDS["owner"], reason="Forgotten.")
    stands = (clinic.folder / KEY_FILE).read_bytes()
    clinic.close()
    (clinic.folder / PREVIOUS_KEY_FILE).write_bytes(stands)
    (clinic.folder / KEY_FILE).write_bytes(half)
    again = entered(clinic, "okafor", PASSWORDS["okafor"])
    assert (clinic.folder / KEY_FILE).read_bytes() == stands
    assert_signs_and_nothing_is_said(clinic, again, PASSWORDS["okafor"])
