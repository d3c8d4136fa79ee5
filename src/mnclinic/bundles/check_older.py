"""Is the log of an older bundle the beginning of this one's? If not, the clinic showed two histories."""

from mnclinic.audit.note import Checkpoint
from mnclinic.audit.signing import key_id
from mnclinic.bundles.evidence import LOG, Evidence

OLDER = "older bundle"


def check_older(evidence: Evidence, older: Evidence) -> None:
    """Hold the log of a bundle against one that somebody received before.

    A bundle of a period holds every entry, so nothing stays open. One about a person proves it for the
    checkpoints of the bundles that were made before it, and for no others. What a mistaken file says, of
    another clinic or in the wrong order, is nothing against this bundle.
    """
    before, now = older.checkpoint, evidence.checkpoint
    if older.altered or before is None:
        evidence.miss(OLDER, "The older bundle does not hold by itself, so nothing can be told from it.")
        return
    if now is None:
        return
    if before.vault != now.vault:
        evidence.mistake(
            OLDER,
            "What was given as the older bundle is of another clinic, so it says nothing about this one. "
            "Give an older bundle of this clinic, or check this one without it.",
        )
        return
    if before.size > now.size and evidence.scope["made_at"] <= older.scope["made_at"]:
        _tell_wrong_order(evidence, older, now, before.size)
        return
    if key_id(older.installation) not in evidence.register.keys:
        evidence.say(OLDER, "The older bundle is sealed with a key that is not in this one's register.")
    if before.size > now.size:
        evidence.say(
            OLDER,
            f"The log had {before.size} entries in the older bundle and has {now.size} here, although this "
            "bundle says that it was made later: the last ones are missing.",
        )
        return
    same, other = _common(evidence, older, before.size)
    root = evidence.root_at(before.size)
    if other is not None:
        evidence.say(
            f"{LOG} entry {other}",
            "The older bundle has another entry at this place: the clinic showed two histories.",
        )
    elif root is None:
        evidence.miss(
            OLDER,
            f"This bundle does not hold the proof that its log goes on from the older one's {before.size} "
            f"entries. The {same} entries that both hold are the same. A bundle of a period can tell.",
        )
    elif root != before.root:
        evidence.say(
            OLDER,
            f"The log of the older bundle's {before.size} entries is not the beginning of this one: the "
            "clinic showed two histories.",
        )
    else:
        evidence.note(
            OLDER,
            f"The older bundle's log of {before.size} entries is the beginning of this one's {now.size}.",
        )


def _tell_wrong_order(evidence: Evidence, older: Evidence, now: Checkpoint, size: int) -> None:
    """The other bundle was not made before this one and its log is longer: does it hold this one's head?"""
    _, other = _common(evidence, older, now.size)
    root = older.root_at(now.size)
    if other is not None:
        evidence.say(
            f"{LOG} entry {other}",
            "The older bundle has another entry at this place: the clinic showed two histories.",
        )
    elif root is not None and root != now.root:
        evidence.say(
            OLDER,
            f"The log of this bundle's {now.size} entries is not the beginning of the other one: the clinic "
            "showed two histories.",
        )
    else:
        evidence.miss(
            OLDER,
            f"What was given as the older bundle was not made before this one, and its log has {size} "
            f"entries where this one has {now.size}: the two were given in the wrong order. Give them "
            "the other way round. If you received this one later all the same, the last entries are missing "
            "here.",
        )


def _common(evidence: Evidence, older: Evidence, size: int) -> tuple[int, int | None]:
    """How many entries both hold alike, and the number of the first that differs."""
    same = 0
    # Whoever holds fewer is asked: a checkpoint's size alone may be any number.
    for seq in min((one.entries_held(size) for one in (evidence, older)), key=len):
        mine, theirs = evidence.leaf_of(seq), older.leaf_of(seq)
        if mine is not None and theirs is not None:
            if mine != theirs:
                return same, seq
            same += 1
    return same, None
