"""Signing and amending in any order: what was signed stands there byte for byte, and the check holds it."""

import json
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from mnclinic.domain.amendment import AmendmentKind, Correction, json_text
from mnclinic.errors import ActionRefused, ClinicError, InvalidInput
from mnclinic.services.amend_visit import NewAmendment, amend_visit
from mnclinic.services.file_rightly import file_rightly
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import approve_visit, return_visit
from mnclinic.services.see_amendment import see_amendment
from mnclinic.services.session import OpenClinic, Signer
from mnclinic.services.show_visit import show_visit
from mnclinic.services.standing import Standing
from mnclinic.services.typed_correction import as_it_stands
from tests.services.amending import of_kind
from tests.services.clinic_builder import SmallClinic, add_person, document, small_clinic
from tests.services.reading import log_size, problems_found

SIGNED = {
    "visit_revision": "visit_id, revision, record, sha256",
    "visit_signature": "id, visit_id, revision, meaning, signer, record, signature",
    "visit_amendment": "visit_id, position, kind, revision, path, new_value, signer, record, signature",
    "amendment_seen": "visit_id, position, seen_by, seen_at",
    "treatment_line": "visit_id, revision, position, area, side, depth_um, passes, endpoint",
}
"""What was signed, by table: columns that nothing ever changes."""
NAMES = ("Firstson", "Secondson", "Thirdson", "Fourthson")
DEPTHS = ("0.50", "0.75", "1.00", "1.25", "15", "0", "-1", "one")
OTHER_KINDS = tuple(kind for kind in AmendmentKind if kind is not AmendmentKind.CORRECTION)
RIGHT_DEPTHS = frozenset(DEPTHS[:4])


class Hand(NamedTuple):
    """Somebody logged in with the signature key open."""

    clinic: OpenClinic
    by: Signer


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    """The small clinic, closed, to be copied for each run."""
    made = small_clinic(tmp_path_factory.mktemp("signed") / "clinic")
    add_person(made.as_user("desk"), "Rightson")
    made.close()
    return made


class Signing(RuleBasedStateMachine):
    """People who sign, decide and amend; somebody with the program's connection who tries to change it."""

    template: SmallClinic
    kinds: ClassVar[set[AmendmentKind]] = set()
    """What was signed in any run."""

    @initialize()
    def begin(self) -> None:
        """A copy of the clinic, with the two who sign logged in."""
        self.held = ExitStack()
        folder = Path(self.held.enter_context(TemporaryDirectory())) / "clinic"
        shutil.copytree(self.template.folder, folder)
        self.clinic = replace(self.template, folder=folder, opened=[])
        self.reyes = Hand(*self.held.enter_context(self.clinic.signing("reyes")))
        self.okafor = Hand(*self.held.enter_context(self.clinic.signing("okafor")))
        self.visits: list[str] = []
        self.seen: set[tuple[Any, ...]] = set()
        self.sign_a_visit()

    def teardown(self) -> None:
        """Whatever was done, the whole store holds, and each amendment stands as it was signed."""
        if not hasattr(self, "held"):
            return
        try:
            assert problems_found(self.okafor.clinic) == []
            for visit in self.visits:
                view = show_visit(self.okafor.clinic, visit, opened=False)
                assert {one.standing for one in view.amendments} <= {Standing.HOLDS}
                as_it_stands(view.document, view.amendments, view.revision)
        finally:
            self.clinic.close()
            self.held.close()

    def _one(self, at: int) -> str | None:
        return self.visits[at % len(self.visits)] if self.visits else None

    @rule()
    def sign_a_visit(self) -> None:
        """The performer signs another visit."""
        if len(self.visits) < len(NAMES):
            patient = {"last_name": NAMES[len(self.visits)], "first_name": "Ada", "born_on": "1990-04-23"}
            clinic, by = self.reyes
            done = record_visit(clinic, document(patient=patient), by, shown="window")
            self.visits.append(done.visit_id)

    @rule(at=st.integers(0, 3), sends_back=st.booleans())
    def decide(self, at: int, sends_back: bool) -> None:
        """The director approves a visit, or sends it back and it is answered."""
        visit, (clinic, by) = self._one(at), self.okafor
        if visit is None:
            return
        try:
            if sends_back:
                return_visit(clinic, visit, None, by, "How long was it red?", shown="window")
                answered = show_visit(self.reyes.clinic, visit, opened=False)
                changed = answered.document | {"visit": visit, "note": f"Answer {answered.revision}."}
                record_visit(self.reyes.clinic, changed, self.reyes.by, shown="window")
            else:
                approve_visit(clinic, visit, None, by, shown="window")
        except ActionRefused:
            return

    @rule(at=st.integers(0, 3), kind=st.sampled_from(OTHER_KINDS), is_director=st.booleans())
    def amend(self, at: int, kind: AmendmentKind, is_director: bool) -> None:
        """Each kind but a correction, which has its own rule."""
        if (visit := self._one(at)) is not None:
            self._signed(visit, of_kind(kind, "P-000001" if at % 2 else ""), is_director)

    @rule(at=st.integers(0, 3), depth=st.sampled_from(DEPTHS), is_director=st.booleans())
    def correct(self, at: int, depth: str, is_director: bool) -> None:
        """A depth is corrected to another, or refused as the field itself refuses it."""
        visit = self._one(at)
        if visit is None:
            return
        view = show_visit(self.okafor.clinic, visit, opened=False)
        old = as_it_stands(view.document, view.amendments, view.revision)["lines"][0]["depth_mm"]
        wanted = Correction("lines[0].depth_mm", json_text(old), json_text(depth))
        new = NewAmendment(AmendmentKind.CORRECTION, reason="A slip.", correction=wanted)
        is_signed = self._signed(visit, new, is_director)
        assert is_signed == (depth in RIGHT_DEPTHS and depth != old)

    def _signed(self, visit: str, new: NewAmendment, is_director: bool) -> bool:
        clinic, by = self.okafor if is_director else self.reyes
        before = log_size(clinic)
        try:
            done = amend_visit(clinic, visit, new, by, shown="window")
        except (InvalidInput, ActionRefused):
            assert log_size(clinic) == before
            return False
        self.kinds.add(new.kind)
        assert log_size(clinic) - before == 1 + bool(new.right_patient)
        assert show_visit(clinic, visit, opened=False).amendments[-1].sha256 == done.sha256
        return True

    @rule(at=st.integers(0, 3), position=st.integers(1, 3))
    def see(self, at: int, position: int) -> None:
        """The director marks one as seen."""
        self._tried(at, lambda visit: see_amendment(self.okafor.clinic, visit, position))

    @rule(at=st.integers(0, 3))
    def begin_for_the_right_patient(self, at: int) -> None:
        """A draft is begun from a misfiled visit."""
        self._tried(at, lambda visit: file_rightly(self.reyes.clinic, visit))

    def _tried(self, at: int, act: Callable[[str], object]) -> None:
        if (visit := self._one(at)) is not None:
            try:
                act(visit)
            except ClinicError:
                return

    @rule(table=st.sampled_from(sorted(SIGNED)), deletes=st.booleans())
    def change_it_in_the_database(self, table: str, deletes: bool) -> None:
        """The database itself refuses, through the program's own connection."""
        words = f"DELETE FROM {table}" if deletes else f"UPDATE {table} SET visit_id = visit_id"  # noqa: S608
        with self.reyes.clinic.store.engine.connect() as connection:
            count = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
            if count:
                with pytest.raises(IntegrityError, match="keeps what was written"):
                    connection.execute(text(words))

    @invariant()
    def what_was_signed_stands_as_it_was_signed(self) -> None:
        """Each row that was ever there is there, byte for byte."""
        if not hasattr(self, "held"):
            return
        with self.reyes.clinic.store.engine.connect() as connection:
            now = {
                (table, *row)
                for table, columns in SIGNED.items()
                for row in connection.execute(text(f"SELECT {columns} FROM {table}"))  # noqa: S608
            }
        assert self.seen - now == set()
        self.seen = now


def test_what_was_signed_never_changes_whatever_is_signed_after_it(template: SmallClinic) -> None:
    """Few and long runs, each step a commit on a real encrypted store; all four kinds are signed in them."""
    Signing.template = template
    case = Signing.TestCase
    case.settings = settings(
        max_examples=8,
        stateful_step_count=25,
        # To make a failing run shorter would take many more of them.
        phases=[Phase.generate],
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    Signing.kinds.clear()
    case("runTest").runTest()
    assert Signing.kinds == set(AmendmentKind), (
        "runs in which one of the four is never signed prove nothing of it"
    )


def test_the_record_says_no_word_of_its_amendments(template: SmallClinic, tmp_path: Path) -> None:
    """The frozen bytes are those of before: an amendment is beside them and never in them."""
    shutil.copytree(template.folder, tmp_path / "clinic")
    clinic = replace(template, folder=tmp_path / "clinic", opened=[])
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window").visit_id
        before = show_visit(reyes, visit, opened=False)
        for kind in AmendmentKind:
            amend_visit(reyes, visit, of_kind(kind), by, shown="window")
        after = show_visit(reyes, visit, opened=False)
    assert (after.document, after.record_sha256) == (before.document, before.record_sha256)
    assert json.dumps(after.document) == json.dumps(before.document)
    clinic.close()
