"""Every act has words, and the words tell who did what, to what, and why."""

from pathlib import Path
from typing import Any

import pytest

from mnclinic.domain.log_topic import Topic
from mnclinic.services.log_sentences import (
    PHRASES,
    TOPIC_WORDS,
    Names,
    actions_of,
    sentence_of,
    topic_of,
)
from tests.services.act_names import act_names

NAMES = Names(
    staff={"u7": "T. Reyes, RN", "u1": "G. Lind, NP"},
    patients={"p1": "Ada Testerman (P-000001)"},
    visits={"v1": "V-000417"},
    keys={"k1": "the signature key of G. Lind, NP"},
    approvers={("protocol:face", 2): "Dr I. Okafor"},
)


def entry(action: str, **changes: object) -> dict[str, Any]:
    values: dict[str, Any] = {
        "action": action,
        "actor": {"uid": "u7", "role": "provider", "key": "k"},
        "subj": None,
        "obj": None,
        "cat": [],
        "why": None,
        "out": 0,
        "clk": "ok",
        "tz": "+00:00",
    }
    return values | changes


def named(kind: str, object_id: str, revision: int = 1) -> dict[str, object]:
    return {"t": kind, "id": object_id, "rev": revision, "h": "00"}


def test_every_act_in_the_sources_has_a_sentence() -> None:
    found = act_names()
    assert found.unknown == (), "an act whose name cannot be read from the sources"
    assert found.actions >= {"login", "visit.signed", "visit.returned", "protocol.approved", "glass.broken"}
    assert found.actions - PHRASES.keys() == set(), "acts without a sentence in services/log_sentences.py"


def test_an_act_that_nobody_wrote_a_sentence_for_is_found_however_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "use.py").write_text(
        "from mnclinic.store.log_writer import Act as Entered\n"
        "LATER = 'a.constant'\n"
        "def one(work):\n"
        "    work.log.record(Entered('a.literal', 'C'))\n"
        "    work.log.record(Entered(LATER, 'C'))\n"
        "    what = 'a.branch' if work else 'an.other_branch'\n"
        "    _enter(work, what)\n"
        "def _enter(work, action):\n"
        "    _more(action=action)\n"
        "def _more(action):\n"
        "    return Entered(action, 'C')\n"
        "def hidden(row):\n"
        "    return Entered(row.name, 'C')\n",
        encoding="utf-8",
    )
    found = act_names(tmp_path)
    assert found.actions == {"a.literal", "a.constant", "a.branch", "an.other_branch"}
    assert found.unknown == ("use.py: row.name",)


@pytest.mark.parametrize("action", PHRASES)
def test_every_sentence_can_be_made_with_and_without_what_it_names(action: str) -> None:
    whole = entry(action, subj="p1", obj=named("visit", "v1"), cat=["treatment"], why="late_entry")
    detail = {key: "something" for key in PHRASES[action].told}
    for fields, told in ((whole, detail), (entry(action, actor={"uid": None}), None), (whole, None)):
        said = sentence_of(fields, told, NAMES)
        assert said[0].isupper()
        assert "{" not in said
        assert "None" not in said


def test_every_kind_has_words_and_every_act_is_of_one_kind() -> None:
    assert set(TOPIC_WORDS) == set(Topic)
    assert sorted(action for topic in Topic for action in actions_of(topic)) == sorted(PHRASES)
    assert topic_of("visit.viewed") is Topic.VIEW
    assert topic_of("something.newer") is None


@pytest.mark.parametrize(
    ("fields", "detail", "said"),
    [
        (
            entry("visit.viewed", subj="p1", obj=named("visit_view", "v1"), cat=["history", "photo"]),
            {},
            "T. Reyes, RN opened visit V-000417 of Ada Testerman (P-000001): history, photos",
        ),
        (
            entry("visit.viewed", subj="p2", cat=["treatment"], why="break_glass"),
            {},
            "T. Reyes, RN opened a visit of somebody who is not on the roster any more: treatment "
            "(with the glass broken)",
        ),
        (
            entry("photo.kept", subj="p1", obj=named("photo", "f1")),
            {"view": "Face from the front", "when": "follow_up"},
            "T. Reyes, RN kept a photograph of Ada Testerman (P-000001): "
            "Face from the front, at a later visit",
        ),
        (
            entry("visit.voided", subj="p1", obj=named("visit", "v1")),
            {"reason": "Opened twice."},
            "T. Reyes, RN voided visit V-000417 of Ada Testerman (P-000001): Opened twice.",
        ),
        (
            entry("visit.voided", subj="p1", obj=named("visit", "v1")),
            None,
            "T. Reyes, RN voided visit V-000417 of Ada Testerman (P-000001): its detail is missing",
        ),
        (
            entry("protocol.approved", obj=named("approval", "protocol:face", 2)),
            {},
            "T. Reyes, RN put the protocol face v2 in force, approved by Dr I. Okafor",
        ),
        (entry("lot.added", obj=named("lot", "prp_kit:K-1")), {}, "T. Reyes, RN added the lot K-1 (prp kit)"),
        (
            entry("key.revoked", obj=named("key_revocation", "k1"), why="lost"),
            {},
            "T. Reyes, RN ended the signature key of G. Lind, NP (lost)",
        ),
        (
            entry("login.failed", actor={"uid": None}, obj=named("account", "u1"), why="wrong_password"),
            {"at": "10:42"},
            "A log-in as G. Lind, NP failed: typed at 10:42 (wrong password)",
        ),
        (
            entry("login.failed", actor={"uid": None}, why="unknown_user"),
            {},
            "A log-in as an unknown user failed (nobody has that user name)",
        ),
        (
            entry("log.viewed", subj="p1"),
            {"question": "who_looked"},
            "T. Reyes, RN read the log: about Ada Testerman (P-000001), who looked at this chart",
        ),
        (
            entry("log.exported"),
            {"from": "2026-11-01", "person": "u1", "kind": "sign", "object": "visit:v1", "rows": 3},
            "T. Reyes, RN exported entries of the log: from 2026-11-01, acts of G. Lind, NP, "
            "kind: signed or decided, history of visit V-000417, 3 of them",
        ),
        (
            entry("setting.changed", obj=named("setting", "backup_plan")),
            {
                "name": "backup_plan",
                "before": None,
                "after": {"folder": None, "at_close": True, "keep": {"daily": 7}},
            },
            "T. Reyes, RN changed the setting backup plan: now: folder none; at close yes; keep daily 7",
        ),
        (
            entry("login.failed", actor={"uid": None}, why="unknown_user", tz="-06:00"),
            {"at": "2026-11-23T15:04:05.000Z"},
            "A log-in as an unknown user failed: typed at 2026-11-23 09:04:05 (nobody has that user name)",
        ),
        (
            entry("day.closed", obj=named("day", "2026-11-26")),
            {"performed": 2, "still_open": 10},
            "T. Reyes, RN closed the day 2026-11-26: 2 performed, 10 still open",
        ),
        (
            entry("bundle.made", subj="p1"),
            {"from": "2026-11-01", "to": "2026-11-30", "visits": 1, "encrypted": False},
            "T. Reyes, RN made an audit bundle: about Ada Testerman (P-000001), from 2026-11-01, "
            "to 2026-11-30, 1 visit, plain, not encrypted",
        ),
        (
            entry("bundle.made"),
            {"from": "2026-11-01", "to": "2026-11-30", "visits": 2, "encrypted": True},
            "T. Reyes, RN made an audit bundle: from 2026-11-01, to 2026-11-30, 2 visits",
        ),
        (
            entry("staff.left", obj=named("staff", "u1")),
            {"reason": "Moved away."},
            "T. Reyes, RN ended the access of G. Lind, NP: Moved away.",
        ),
        (
            entry("visit.warnings_passed", subj="p1", obj=named("warnings_passed", "v1")),
            {"findings": [{"reason": "Only on the arms."}], "codes": ["topical_retinoid"]},
            "T. Reyes, RN passed warnings on visit V-000417 of Ada Testerman (P-000001) with a reason: "
            "Only on the arms. (topical retinoid)",
        ),
        (
            entry("visit.deferred", subj="p1", obj=named("visit", "v1"), why="pregnancy"),
            {"findings": []},
            "T. Reyes, RN deferred visit V-000417 of Ada Testerman (P-000001): the gate refused it "
            "(pregnancy)",
        ),
        (
            entry("login", clk="back", out=8),
            {},
            "T. Reyes, RN logged in (it did not succeed, the computer's clock had been set back)",
        ),
        (
            entry("wing.flapped", actor={"uid": "u9"}),
            {},
            "Somebody who is not on the staff did something that this version of mnclinic has no words for "
            "(wing.flapped)",
        ),
    ],
)
def test_a_sentence_says_who_did_what_to_what_and_why(
    fields: dict[str, Any], detail: dict[str, Any] | None, said: str
) -> None:
    assert sentence_of(fields, detail, NAMES) == said
