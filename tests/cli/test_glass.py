"""`user break-glass` and where the queue shows it."""

import pytest

from tests.cli.running import Shell
from tests.services.clinic_builder import SmallClinic

REASON = "Ada Testerman fainted, nobody else is here."


def test_a_glass_is_broken_shown_on_top_of_the_queue_and_seen(shell: Shell, clinic: SmallClinic) -> None:
    desk, okafor = shell.as_user(clinic, "desk"), shell.as_user(clinic, "okafor")
    assert desk("queue").status == 6
    broken = desk("user", "break-glass", "--reason", REASON, "--minutes", 30)
    assert broken.status == 0, broken.err
    glass = broken.json["glass"]
    # The log-in of the next command finds it still broken.
    assert [one["glass"] for one in desk("queue").json["glasses"]] == [glass]
    (told,) = okafor("queue").json["glasses"]
    assert (told["name"], told["role"], told["reason"]) == ("R. Frontley", "front_desk", REASON)
    assert desk("user", "break-glass", "--seen", glass).status == 6
    seen = okafor("user", "break-glass", "--seen", glass)
    assert (seen.status, seen.json["seen"]) == (0, True)
    assert okafor("queue").json["glasses"] == []
    again = okafor("user", "break-glass", "--seen", glass)
    assert (again.status, again.json["error"]["code"]) == (5, "refused")


def test_a_glass_is_given_back_by_a_command(shell: Shell, clinic: SmallClinic) -> None:
    desk, okafor = shell.as_user(clinic, "desk"), shell.as_user(clinic, "okafor")
    glass = desk("user", "break-glass", "--reason", REASON, "--minutes", 30).json["glass"]
    given = desk("user", "break-glass", "--give-back")
    assert (given.status, given.json["glass"], given.json["seen"]) == (0, glass, False), given.err
    assert desk("queue").status == 6
    (told,) = okafor("queue").json["glasses"]
    assert (told["is_open"], told["was_given_back"]) == (False, True)
    again = desk("user", "break-glass", "--give-back")
    assert (again.status, again.json["glass"]) == (5, None)
    assert desk("user", "break-glass", "--give-back", "--seen", glass).status == 64


@pytest.mark.parametrize(
    ("user", "words", "status"),
    [
        ("desk", ("--reason", "help"), 64),
        ("desk", ("--reason", REASON, "--minutes", 3), 64),
        ("desk", (), 64),
        ("lind", ("--reason", REASON), 6),
        ("okafor", ("--seen", "nonsense"), 64),
    ],
)
def test_a_glass_that_cannot_be_broken_ends_in_the_right_status_with_its_own_keys(
    shell: Shell, clinic: SmallClinic, user: str, words: tuple[object, ...], status: int
) -> None:
    said = shell.as_user(clinic, user)("user", "break-glass", *words)
    assert said.status == status
    assert (said.json["glass"], said.json["until"]) == (None, None)
    assert said.message


def test_people_read_the_broken_glass_before_the_queue(shell: Shell, clinic: SmallClinic) -> None:
    shell.as_user(clinic, "desk")("user", "break-glass", "--reason", REASON)
    said = shell.run(
        "queue",
        "--data-dir",
        clinic.folder,
        "--user",
        "okafor",
        "--password-file",
        "-",
        typed="amber lantern seven rivers\n",
    )
    first, second = said.out.splitlines()[:2]
    assert first.startswith("R. Frontley broke the glass 2026-11-23 18:")
    assert REASON in first
    assert second == "0 visits wait for sign-off; 0 are deferred"
