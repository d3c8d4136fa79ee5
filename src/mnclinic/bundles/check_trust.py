"""Was every director's key that decided something in here compared with paper?

The installation vouches for each new director's key, and an administrator can make it do so. So the chain to
the seal shows that the clinic took a key for its director's, and only the sheet in ink that it is hers.
"""

from collections.abc import Collection

from mnclinic.audit.keyregister import Key
from mnclinic.audit.signing import key_id
from mnclinic.bundles.check_keys import directors_vouched_from
from mnclinic.bundles.check_revocations import NOBODY_ELSE, directors_in_log, second_persons
from mnclinic.bundles.evidence import Evidence, LogLine


def check_trust(evidence: Evidence, trust: Collection[str] | None) -> None:
    """Name each director's key that counts here and that no chain of directors' vouches reaches."""
    vouched = directors_vouched_from(evidence.register, trust or ())
    if not vouched:
        return
    sealer = key_id(evidence.installation) if evidence.installation else ""
    counting = evidence.deciding | evidence.register.vouchers.get(sealer, frozenset())
    logged = directors_in_log(evidence)
    oldest = min((line.seq for key, line in logged if key.id in vouched), default=0)
    for key, line in logged:
        if key.id in counting and key.id not in vouched:
            sheet = "newer" if line.seq > oldest else "older"
            confirmed = _confirmed(evidence, key, line, is_first=line is logged[0][1])
            evidence.doubt(
                f"key {key.id}",
                f"The director's key {key.id} of {key.name} counts here, and no chain of directors' vouches "
                f"leads to it from a fingerprint that was given. It is registered since {line.day}, by "
                f"entry {line.seq} of the log. {confirmed} Compare it with the {sheet} fingerprint sheet, "
                "signed in ink, and verify with --trust of it as well.",
            )


def _confirmed(evidence: Evidence, key: Key, line: LogLine, *, is_first: bool) -> str:
    if seconds := second_persons(evidence, key):
        return f"Confirmed by a second person: {', '.join(seconds)}."
    if is_first:
        return "It is the first director's key of this clinic, so nobody else confirmed it."
    if line.fields["why"] == NOBODY_ELSE:
        return "The log says that nobody else could confirm it."
    return "Nobody else confirmed it."
