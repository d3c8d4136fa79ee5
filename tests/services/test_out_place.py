"""Where a file may go is asked before anything is entered; what is entered by then is told when it fails."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mnclinic.errors import DatabaseDamaged, DiskFull, FolderNotWritable, InvalidInput, StoreUnavailable
from mnclinic.services.close_day import close_day
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.out_place import refuse_place, told_what_is_entered
from mnclinic.services.print_documents import print_aftercare, print_chart, print_fingerprint_sheet
from mnclinic.services.print_receipt import print_receipt
from mnclinic.services.read_log import export_log
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic
from tests.services.clinic_builder import MONDAY, SmallClinic, document
from tests.services.reading import actions_since, log_size

DAY = MONDAY.date()
NO_DISK_HOLDS = "n" * 300 + ".pdf"


def _bundle(clinic: OpenClinic, out: Path, *, patient: str | None = None) -> object:
    day: date | None = DAY if patient is None else None
    return make_bundle(clinic, MakeBundle(day, day, out, plain=True, patient=patient))


ACTS: dict[str, Callable[[OpenClinic, str, Path], object]] = {
    "close the day": lambda clinic, _, out: close_day(clinic, out),
    "print a chart": print_chart,
    "print receipt": lambda clinic, visit, out: print_receipt(clinic, visit, "en", out),
    "print aftercare": lambda clinic, visit, out: print_aftercare(clinic, visit, "en", out),
    "print the fingerprint": lambda clinic, _, out: print_fingerprint_sheet(clinic, out),
    "make a bundle": lambda clinic, _, out: _bundle(clinic, out),
    "make a bundle of one person": lambda clinic, _, out: _bundle(clinic, out, patient="P-000001"),
    "write the log": lambda clinic, _, out: export_log(clinic, LogFilter(), out),
}


@pytest.fixture
def recorded(clinic: SmallClinic) -> tuple[OpenClinic, str]:
    """The director's open clinic and a visit in it."""
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window").visit_id
    return clinic.as_user("okafor"), visit


@pytest.mark.parametrize("act", ACTS)
def test_where_no_file_can_be_nothing_is_entered(
    recorded: tuple[OpenClinic, str], tmp_path: Path, act: str
) -> None:
    clinic, visit = recorded
    before = log_size(clinic)
    (tmp_path / "folder").mkdir()
    for out in (tmp_path / "nowhere" / "page.pdf", tmp_path / "folder"):
        with pytest.raises(InvalidInput, match=r"Nothing was changed\. Name "):
            ACTS[act](clinic, visit, out)
    assert log_size(clinic) == before
    assert list((tmp_path / "folder").iterdir()) == []


@pytest.mark.parametrize("act", sorted(ACTS.keys() - {"write the log"}))
def test_a_disk_that_refuses_the_file_is_told_with_what_is_entered(
    recorded: tuple[OpenClinic, str], tmp_path: Path, act: str
) -> None:
    clinic, visit = recorded
    before = log_size(clinic)
    with pytest.raises(StoreUnavailable) as told:
        ACTS[act](clinic, visit, tmp_path / NO_DISK_HOLDS)
    assert actions_since(clinic, before) != []
    assert "Nothing half-written was left. " in told.value.sentence
    assert "the log says" in told.value.sentence.lower()
    assert told.value.sentence.count("again") == 1
    assert list(tmp_path.glob("n*")) == []


def test_a_recipient_that_is_none_is_refused_before_the_bundle_is_entered(
    recorded: tuple[OpenClinic, str], tmp_path: Path
) -> None:
    clinic, _ = recorded
    before = log_size(clinic)
    with pytest.raises(InvalidInput, match="not an age public key"):
        make_bundle(clinic, MakeBundle(DAY, DAY, tmp_path / "b.age", recipient="age1nonsense"))
    assert log_size(clinic) == before


def test_an_older_file_stays_unless_somebody_was_asked(tmp_path: Path) -> None:
    out = tmp_path / "page.pdf"
    out.write_bytes(b"older")
    refuse_place(out, overwrites=True)
    with pytest.raises(InvalidInput, match="there already") as told:
        refuse_place(out, overwrites=False, where="csv")
    assert [one.where for one in told.value.problems] == ["csv"]


@pytest.mark.parametrize("kind", [DiskFull, FolderNotWritable, StoreUnavailable, DatabaseDamaged])
def test_the_sentence_keeps_the_kind_of_trouble_and_claims_nothing_that_is_not_so(
    kind: type[StoreUnavailable],
) -> None:
    said = "Page 8 cannot be read." if kind is DatabaseDamaged else "Nothing else was changed."
    with pytest.raises(kind) as told, told_what_is_entered("It is entered.", "Print it again."):
        raise kind(said)
    assert type(told.value) is kind
    assert told.value.sentence.endswith("It is entered. Print it again.")
    assert (said in told.value.sentence) == (kind is DatabaseDamaged)
