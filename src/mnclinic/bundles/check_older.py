"""Is the log of an older bundle the beginning of this one's? If not, the clinic showed two histories."""

from mnclinic.audit.signing import key_id
from mnclinic.bundles.evidence import LOG, Evidence

OLDER = "older bundle"


def check_older(evidence: Evidence, older: Evidence) -> None:
    """Hold the log of a bundle against one that somebody received before.

    A bundle of a period holds every entry, so nothing stays open. One about a person proves it for the
    checkpoints of the bundles that were made before it, and for no others.
    """
    before, now = older.checkpoint, evidence.checkpoint
    if older.altered or before is None:
        evidence.miss(OLDER, "The older bundle does not hold by itself, so nothing can be told from it.")
        return
    if now is None:
        return
    if before.vault != now.vault:
        evidence.say(OLDER, "The older bundle is of another clinic.")
        return
    if key_id(older.installation) not in evidence.register.keys:
        evidence.say(OLDER, "The older bundle is sealed with a key that is not in this one's register.")
    if before.size > now.size:
        evidence.say(
            OLDER,
            f"The log had {before.size} entries in the older bundle and has {now.size} here: the last ones "
            "are missing, unless the two bundles were given in the wrong order.",
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
