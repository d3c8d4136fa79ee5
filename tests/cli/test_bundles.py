"""`bundle make` and `bundle verify` from the prompt: keys, counts and statuses."""

import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLE_PASSWORDS
from tests.cli.running import EXAMPLES, Said, Shell

PERIOD = ("--from", "2026-11-01", "--to", "2026-11-30")


@pytest.fixture
def made(shell: Shell, example: Path, tmp_path: Path) -> Said:
    """A plain bundle of a signed and a deferred visit."""
    performer = shell.at(example, "reyes", EXAMPLE_PASSWORDS["reyes"])
    performer("visit", "record", EXAMPLES / "visit-3-isotretinoin.json")
    visit = performer("visit", "record", EXAMPLES / "visit-2-clean-prp.json").json["visit"]
    director = shell.at(example, "okafor", EXAMPLE_PASSWORDS["okafor"])
    director("sign", visit, "--approve")
    return director("bundle", "make", *PERIOD, "--out", tmp_path / "made.zip", "--plain")


def test_a_bundle_names_its_file_its_counts_and_the_fingerprint(made: Said, tmp_path: Path) -> None:
    assert made.status == 0
    assert {"file", "visits", "patients", "sha512", "fingerprint", "passphrase"} <= set(made.json)
    assert (made.json["visits"], made.json["patients"], made.json["passphrase"]) == (2, 2, None)
    assert made.json["file"] == str(tmp_path / "made.zip")


def test_a_bundle_is_valid_against_the_fingerprint_and_unchecked_without(shell: Shell, made: Said) -> None:
    trusted = shell.run("bundle", "verify", made.json["file"], "--trust", made.json["fingerprint"], "--json")
    assert (trusted.status, trusted.json["verdict"], trusted.json["findings"]) == (0, "VALID", [])
    unchecked = shell.run("bundle", "verify", made.json["file"], "--json")
    assert (unchecked.status, unchecked.json["verdict"]) == (3, "VALID (KEY NOT CHECKED)")


def test_a_fingerprint_may_be_given_for_each_director(shell: Shell, made: Said) -> None:
    words = ("bundle", "verify", made.json["file"], "--trust", "0" * 64, "--json")
    assert shell.run(*words).status == 1
    both = shell.run(*words, "--trust", made.json["fingerprint"])
    assert (both.status, both.json["verdict"]) == (0, "VALID")
    assert shell.run(*words, "--trust", "abc").status == 64


def test_a_key_that_was_revoked_is_told_beside_the_verdict(
    shell: Shell, example: Path, made: Said, tmp_path: Path
) -> None:
    director = shell.at(example, "okafor", EXAMPLE_PASSWORDS["okafor"])
    assert director("key", "revoke", "reyes", "--reason", "lost").status == 0
    later = director("bundle", "make", *PERIOD, "--out", tmp_path / "later.zip", "--plain").json["file"]
    said = shell.run("bundle", "verify", later, "--trust", made.json["fingerprint"], "--json")
    told = {note["where"]: note["what"] for note in said.json["notes"]}
    assert (said.status, said.json["findings"]) == (0, [])
    assert "(reason lost)" in told["data/keys/revocations.jsonl line 1"]
    spoken = shell.run("bundle", "verify", later)
    assert "  Note. data/keys/revocations.jsonl line 1: A signature key was revoked on " in spoken.out


def test_a_changed_byte_is_altered_and_its_member_named(shell: Shell, made: Said) -> None:
    path = Path(made.json["file"])
    with zipfile.ZipFile(path) as bundle:
        member = next(one for one in bundle.infolist() if one.filename.endswith("/r1.json"))
    data = bytearray(path.read_bytes())
    data[member.header_offset + 30 + len(member.filename) + 40] ^= 1
    path.write_bytes(data)
    said = shell.run("bundle", "verify", path, "--trust", made.json["fingerprint"], "--json")
    assert (said.status, said.json["verdict"]) == (1, "ALTERED")
    assert any(member.filename in finding["where"] for finding in said.json["findings"])


def test_an_encrypted_bundle_opens_with_its_passphrase_alone(
    shell: Shell, example: Path, made: Said, tmp_path: Path
) -> None:
    director = shell.at(example, "okafor", EXAMPLE_PASSWORDS["okafor"])
    sealed = director("bundle", "make", *PERIOD, "--out", tmp_path / "sealed.age")
    assert sealed.status == 0
    (tmp_path / "passphrase").write_text(sealed.json["passphrase"])
    words = ("bundle", "verify", sealed.json["file"], "--trust", made.json["fingerprint"], "--json")
    assert b"Sampleton" not in Path(sealed.json["file"]).read_bytes()
    opened = shell.run(*words, "--passphrase-file", tmp_path / "passphrase")
    assert (opened.status, opened.json["verdict"]) == (0, "VALID")


def test_something_that_is_no_bundle_is_unreadable(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear inspector")
    said = shell.run("bundle", "verify", tmp_path / "letter.txt", "--json")
    assert (said.status, said.json["verdict"]) == (2, "UNREADABLE")


def test_the_front_desk_makes_no_bundle(shell: Shell, example: Path, tmp_path: Path) -> None:
    said = shell.at(example, "desk", EXAMPLE_PASSWORDS["desk"])(
        "bundle", "make", *PERIOD, "--out", tmp_path / "made.zip", "--plain"
    )
    assert said.status == 6
    assert not (tmp_path / "made.zip").exists()


# --- about one person, and against an older one -----------------------------------------------------------


def test_a_bundle_about_one_person_needs_no_days_and_says_how_many_entries_it_proves(
    shell: Shell, example: Path, made: Said, tmp_path: Path
) -> None:
    director = shell.at(example, "okafor", EXAMPLE_PASSWORDS["okafor"])
    one = director("bundle", "make", "--patient", "P-000001", "--out", tmp_path / "one.zip", "--plain")
    assert (one.status, one.json["visits"], one.json["patients"]) == (0, 1, 1)
    assert one.json["entries_about"] > 3
    said = shell.run("bundle", "verify", one.json["file"], "--trust", made.json["fingerprint"], "--json")
    assert (said.status, said.json["verdict"]) == (0, "VALID")
    assert any(
        f"The log has {one.json['entries_about']} entries about them" in note["what"]
        for note in said.json["notes"]
    )


def test_whoever_is_not_on_the_roster_and_a_clinic_without_days_are_wrong_use(
    shell: Shell, example: Path, made: Said, tmp_path: Path
) -> None:
    director = shell.at(example, "okafor", EXAMPLE_PASSWORDS["okafor"])
    for words in (("--patient", "P-999999"), ("--from", "2026-11-01"), ()):
        said = director("bundle", "make", *words, "--out", tmp_path / "none.zip", "--plain")
        assert (said.status, said.json["error"]["code"]) == (64, "invalid_input"), words
    assert not (tmp_path / "none.zip").exists()


def test_a_newer_bundle_is_held_against_the_older_one(
    shell: Shell, example: Path, made: Said, tmp_path: Path
) -> None:
    director = shell.at(example, "okafor", EXAMPLE_PASSWORDS["okafor"])
    later = director("bundle", "make", *PERIOD, "--out", tmp_path / "later.zip", "--plain").json["file"]
    one = director("bundle", "make", "--patient", "P-000001", "--out", tmp_path / "one.zip", "--plain")
    trust = ("--trust", made.json["fingerprint"], "--json")
    for newer in (later, one.json["file"]):
        said = shell.run("bundle", "verify", newer, "--older", made.json["file"], *trust)
        assert (said.status, said.json["verdict"]) == (0, "VALID")
        assert "is the beginning of this one's" in said.json["notes"][-1]["what"]
    turned = shell.run("bundle", "verify", made.json["file"], "--older", later, *trust)
    assert (turned.status, turned.json["verdict"]) == (4, "INCOMPLETE")
    missing = shell.run("bundle", "verify", later, "--older", tmp_path / "none.zip", *trust)
    assert missing.status == 64


def test_what_is_printed_about_a_plain_bundle_is_what_the_log_holds(
    shell: Shell, example: Path, made: Said, tmp_path: Path
) -> None:
    def director(*words: object) -> Said:
        names = ("--data-dir", example, "--user", "okafor", "--password-file", "-")
        return shell.run(*words, *names, typed=f"{EXAMPLE_PASSWORDS['okafor']}\n")

    refused = director("bundle", "make", *PERIOD, "--out", made.json["file"], "--plain")
    assert (refused.status, "log" in refused.out + refused.err) == (64, False)
    assert "there already" in refused.err
    nowhere = director("bundle", "make", *PERIOD, "--out", tmp_path / "nowhere" / "b.zip", "--plain")
    assert (nowhere.status, "log" in nowhere.out + nowhere.err) == (64, False)
    done = director("bundle", "make", "--patient", "P-000001", "--out", tmp_path / "one.zip", "--plain")
    assert done.status == 0
    assert f"{tmp_path / 'one.zip'}: 1 visit of one person, and all " in done.out
    assert "It is not encrypted, and the log says so." in done.out
    failed = director("bundle", "make", *PERIOD, "--out", tmp_path / ("b" * 300), "--plain")
    assert failed.status == 7
    assert "The log says already that this bundle was made" in failed.err


def test_no_command_overwrites_a_file_or_enters_what_it_cannot_write(
    shell: Shell, example: Path, tmp_path: Path
) -> None:
    director = shell.at(example, "okafor", EXAMPLE_PASSWORDS["okafor"])
    older = tmp_path / "older"
    older.write_bytes(b"older")
    for words in (
        ("today", "--close"),
        ("log", "--csv"),
        ("bundle", "make", *PERIOD, "--plain", "--out"),
        ("key", "enroll", "--out"),
    ):
        for out in (older, tmp_path, tmp_path / "nowhere" / "file"):
            said = director(*words, out)
            assert (said.status, said.json["error"]["code"]) == (64, "invalid_input"), words
    assert older.read_bytes() == b"older"
    actions = {one["action"] for one in director("log").json["entries"]}
    assert not actions & {"day.closed", "log.exported", "bundle.made", "key.replaced"}


def test_the_day_is_closed_from_the_prompt(shell: Shell, example: Path, tmp_path: Path) -> None:
    director = shell.at(example, "okafor", EXAMPLE_PASSWORDS["okafor"])
    said = director("today", "--close", tmp_path / "slip.pdf")
    assert said.status == 0
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")
    assert said.json["closed"]["log_size"] > 0
    assert director("check").json["verdict"] == "OK"
    assert director("today").json["closed"] is None
    other_day = director("today", "--close", tmp_path / "slip.pdf", "--day", "2026-11-01")
    assert other_day.status == 64
