"""Ctrl+C at whichever moment of a change of the database key leaves it done or taken back, never half."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING

import pytest

from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.services import rotate_database_key as service
from mnclinic.services.check_store import check_store
from mnclinic.services.notices import notices
from mnclinic.store.engine import DATABASE_NAME
from tests.services.clinic_builder import SmallClinic

if TYPE_CHECKING:
    from _typeshed import TraceFunction


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Ctrl+C reaches the tests also where they were started in the background, which turns it off."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class AtLine:
    """Presses Ctrl+C before the nth line that the change itself runs. `is_past` where it has fewer."""

    def __init__(self, line: int) -> None:
        self._left = line
        self.is_past = True

    def __call__(self, frame: FrameType, _event: str, _given: object) -> "TraceFunction | None":
        is_of_change = frame.f_code.co_filename == service.__file__
        return self._line if is_of_change and frame.f_code.co_name == "_replace" else None

    def _line(self, _frame: FrameType, event: str, _given: object) -> "TraceFunction":
        if event == "line":
            self._left -= 1
            if self._left == 0:
                self.is_past = False
                signal.raise_signal(signal.SIGINT)
        return self._line


def pressed_at(clinic: SmallClinic, line: int) -> bool:
    """Change the key of this clinic, interrupted before this line; whether there is such a line."""
    owner, at = clinic.as_user("owner"), AtLine(line)
    before = sys.gettrace()
    sys.settrace(at)
    try:
        service.rotate_database_key(owner, "yearly")
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(before)
        clinic.close()
    return not at.is_past


def test_at_whichever_line_it_is_pressed_the_key_is_the_old_one_or_the_new_and_the_log_says_which(
    clinic: SmallClinic,
) -> None:
    line, epochs = 0, [1]
    while True:
        line += 1
        was_pressed = pressed_at(clinic, line)
        assert not (clinic.folder / f"{DATABASE_NAME}.new").exists(), line
        epochs.append(load_key_file(clinic.folder).keyfile.epoch)
        owner = clinic.as_user("owner")
        assert "key_file_put_back" not in {one.code for one in notices(owner)}, line
        if not was_pressed:
            break
        clinic.close()
    assert epochs[-1] == epochs[-2] + 1, "nobody pressed it the last time"
    assert line > 10
    said = check_store(clinic.as_user("owner"))
    assert said.verdict == "OK", said


def pressed_while_asked(_step: str, _done: int, _of: int) -> bool:
    """A watch that lets the work go on, and during whose first question somebody presses Ctrl+C."""
    signal.raise_signal(signal.SIGINT)
    return True


def test_pressed_while_the_copy_is_written_it_stops_the_change(clinic: SmallClinic) -> None:
    with pytest.raises(KeyboardInterrupt):
        service.rotate_database_key(clinic.as_user("owner"), "yearly", watch=pressed_while_asked)
    assert load_key_file(clinic.folder).keyfile.epoch == 1
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_where_it_is_turned_off_it_stops_nothing(clinic: SmallClinic) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    owner = clinic.as_user("owner")
    try:
        changed = service.rotate_database_key(owner, "yearly", watch=pressed_while_asked)
    except KeyboardInterrupt:
        pytest.fail("it was heard")
    assert changed.epoch == 2
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


@pytest.mark.parametrize(
    "heard_by", [signal.SIG_IGN, signal.default_int_handler], ids=["nobody", "the program"]
)
def test_the_window_changes_the_key_on_its_own_thread(
    clinic: SmallClinic, heard_by: Callable[[int, FrameType | None], object] | signal.Handlers
) -> None:
    signal.signal(signal.SIGINT, heard_by)
    ended = list[object]()

    def change() -> None:
        try:
            ended.append(service.rotate_database_key(clinic.as_user("owner"), "yearly").epoch)
        except Exception as trouble:
            ended.append(trouble)

    thread = threading.Thread(target=change)
    thread.start()
    thread.join()
    assert ended == [2]
    assert signal.getsignal(signal.SIGINT) is heard_by
