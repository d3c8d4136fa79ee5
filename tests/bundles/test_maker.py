"""Whoever made a bundle entered what it claims and sealed each file; no other log-in can do it for them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.signing import Sign
from mnclinic.bundles.container import write_container
from mnclinic.bundles.content import MAKER_SEAL, OF_OTHERS, OUTSIDE, BundleContent
from mnclinic.bundles.evidence import MADE_AFTER_THE_END
from mnclinic.bundles.write import bundle_members
from mnclinic.services import session
from mnclinic.services.make_bundle import BundleMade, MakeBundle, make_bundle
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.users.choose_password import choose_password
from tests.bundles.test_scans import members_of
from tests.bundles.test_solo import told_by_all
from tests.services.clinic_builder import PASSWORDS, SmallClinic, document, small_clinic

Members = dict[str, bytes]
Spoil = Callable[[Members], Members]
SCOPE = "data/scope.json"
FIRST, LAST = date(2026, 11, 21), date(2026, 11, 30)


@dataclass
class Made:
    """A clinic of two visits, with its bundle of the period and the one about a person."""

    clinic: SmallClinic
    owner: OpenClinic
    period: BundleMade
    person: BundleMade

    def resealed(self, members: Members, sign: Sign | None) -> bytes:
        """What whoever is logged in makes of other payload; `sign` is how they seal as its maker."""
        payload = {name: data for name, data in members.items() if name.startswith("data/")}
        content = BundleContent(payload, (("X", "y"),), "Test", False, self.period.fingerprint, 0, 0)
        key = self.owner.installation_key
        return write_container(bundle_members(content, public=key.public, sign=key.sign, sign_as_maker=sign))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("maker")
    clinic = small_clinic(folder / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        for name in ("Testerman", "Sampleton"):
            patient = {"last_name": name, "first_name": "Ada", "born_on": "1990-04-23"}
            record_visit(reyes, document(patient=patient), by, shown="command")
        earlier = {"last_name": "Beforeman", "first_name": "Ada", "born_on": "1990-04-23"}
        record_visit(
            reyes, document(patient=earlier, started_at="2026-11-20T09:00:00-06:00"), by, shown="command"
        )
    owner = clinic.as_user("owner")
    asked = MakeBundle(None, None, folder / "one.zip", plain=True, patient="P-000001")
    person = make_bundle(owner, asked)
    period = make_bundle(owner, MakeBundle(FIRST, LAST, folder / "audit.zip", plain=True))
    yield Made(clinic, owner, period, person)
    clinic.close()


@pytest.mark.parametrize("which", ["period", "person"])
def test_the_maker_of_a_bundle_is_told_by_all(made: Made, tmp_path: Path, which: str) -> None:
    one: BundleMade = getattr(made, which)
    told = told_by_all(one.file.read_bytes(), tmp_path, one.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    notes = [note["what"] for note in told["notes"]]
    assert f"{made.owner.person.name} made this bundle and sealed every file in it." in notes


def _says(**other: object) -> Spoil:
    def spoil(members: Members) -> Members:
        return members | {SCOPE: canonical_bytes(json.loads(members[SCOPE]) | other)}

    return spoil


def _says_of_making(**other: object) -> Spoil:
    def spoil(members: Members) -> Members:
        made = json.loads(members[SCOPE])["made"]
        return _says(made=made | other)(members)

    return spoil


def _says_in_detail(**other: object) -> Spoil:
    def spoil(members: Members) -> Members:
        scope = json.loads(members[SCOPE])
        made = scope["made"] | {"detail": scope["made"]["detail"] | other}
        return _says(**{key: one for key, one in other.items() if key in scope}, made=made)(members)

    return spoil


NOT_THE_ENTRY = "is not the one by which this bundle was made."


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_says(clinic="Another Clinic LLC"), "gives another clinic than stands here."),
        (_says(made_at="2020-01-01T00:00:00.000Z"), "gives another made_at than stands here."),
        (_says(program="9.9"), "gives another program than stands here."),
        (_says(made_by="Somebody Else"), "gives another made_by than stands here."),
        (_says(is_demo=True), "gives another is_demo than stands here."),
        (_says(to="2026-11-29"), "gives another to than stands here."),
        (_says_of_making(entry=1), NOT_THE_ENTRY),
        (_says_of_making(staff="cccccccc-0000-4000-8000-000000000001"), NOT_THE_ENTRY),
        (_says_of_making(key="0" * 64), "Whoever made this bundle has no such key in the register."),
        (_says_in_detail(clinic="Another Clinic LLC"), "What stands here of the making is not what"),
        (_says_in_detail(encrypted=True), "What stands here of the making is not what"),
    ],
)
def test_a_claim_that_its_maker_never_entered_is_told_by_all(
    made: Made, tmp_path: Path, spoil: Spoil, words: str
) -> None:
    """Even where the maker themselves seals it."""
    other = made.resealed(spoil(members_of(made.period.file)), made.owner.session_key.sign)
    told = told_by_all(other, tmp_path, made.period.fingerprint)
    assert told["verdict"] == "ALTERED"
    assert any(words in one["what"] for one in told["findings"]), told["findings"]


def test_a_making_whose_entry_is_not_there_is_incomplete_for_all(made: Made, tmp_path: Path) -> None:
    other = made.resealed(
        _says_of_making(entry=2**40)(members_of(made.period.file)), made.owner.session_key.sign
    )
    told = told_by_all(other, tmp_path, made.period.fingerprint)
    assert told["verdict"] == "INCOMPLETE"
    assert "by which this bundle was made, is not in the bundle." in told["findings"][0]["what"]


def test_one_person_s_bundle_is_not_made_by_the_entry_of_a_period_s_for_all(
    made: Made, tmp_path: Path
) -> None:
    scope = json.loads(members_of(made.person.file)[SCOPE])["made"]
    other = made.resealed(_says(made=scope)(members_of(made.period.file)), made.owner.session_key.sign)
    told = told_by_all(other, tmp_path, made.period.fingerprint)
    assert told["verdict"] == "ALTERED"
    assert any(NOT_THE_ENTRY in one["what"] for one in told["findings"])


def _pages_swapped(members: Members) -> Members:
    one, other = sorted(name for name in members if name.endswith(".pdf"))[:2]
    return members | {one: members[other], other: members[one]}


def _less_withheld(members: Members) -> Members:
    """No count of what only the clinic knows."""
    told = json.loads(members[SCOPE])["withheld"]
    return _says(withheld=[one for one in told if one["what"] in {OUTSIDE, OF_OTHERS}])(members)


@pytest.mark.parametrize("spoil", [_pages_swapped, _less_withheld], ids=["pages", "withheld"])
@pytest.mark.parametrize("sealed_by", ["desk", "nobody", "its maker before"])
def test_files_that_another_log_in_puts_in_are_told_by_all(
    made: Made, tmp_path: Path, spoil: Spoil, sealed_by: str
) -> None:
    members = members_of(made.period.file)
    signs: dict[str, Sign | None] = {
        "desk": made.clinic.as_user("desk").session_key.sign,
        "nobody": None,
        "its maker before": lambda _: members[MAKER_SEAL],
    }
    told = told_by_all(made.resealed(spoil(members), signs[sealed_by]), tmp_path, made.period.fingerprint)
    assert told["verdict"] == "ALTERED"
    assert [one["where"] for one in told["findings"]] == [MAKER_SEAL]


def test_a_bundle_that_its_maker_made_after_their_key_had_ended_is_told_by_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a program that lets a log-in go on whose keys were made anew elsewhere."""
    clinic = small_clinic(tmp_path / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="command")
    goes_on = clinic.as_user("owner")
    anew = "harvest violin eleven clouds"
    choose_password(clinic.as_user("owner"), PASSWORDS["owner"], anew, may_be_known=True)
    monkeypatch.setattr(session, "refuse_ended", lambda *_: None)
    one = make_bundle(goes_on, MakeBundle(FIRST, LAST, tmp_path / "audit.zip", plain=True))
    told = told_by_all(one.file.read_bytes(), tmp_path, one.fingerprint)
    clinic.close()
    assert told["verdict"] == "ALTERED"
    assert {"where": SCOPE, "what": MADE_AFTER_THE_END} in told["findings"], told["findings"]


@pytest.mark.parametrize(("which", "what"), [("person", OUTSIDE), ("person", OF_OTHERS), ("period", OUTSIDE)])
@pytest.mark.parametrize("count", [None, 3], ids=["not told", "told wrongly"])
def test_what_is_withheld_and_counted_otherwise_in_the_log_is_told_by_all(
    made: Made, tmp_path: Path, which: str, what: str, count: int | None
) -> None:
    one: BundleMade = getattr(made, which)
    members = members_of(one.file)
    others = [told for told in json.loads(members[SCOPE])["withheld"] if told["what"] != what]
    said = [] if count is None else [{"what": what, "count": count}]
    other = made.resealed(_says(withheld=[*others, *said])(members), made.owner.session_key.sign)
    told = told_by_all(other, tmp_path, one.fingerprint)
    is_so = count is None and what == OUTSIDE and which == "person"
    finding = f"The count of {what} is not the one that the log gives."
    assert [one["what"] for one in told["findings"]] == ([] if is_so else [finding])
    assert told["verdict"] == ("VALID" if is_so else "INCOMPLETE")
