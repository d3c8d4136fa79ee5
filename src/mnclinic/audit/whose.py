"""Whose each record is by the log: an entry's subject is what people are found by, so it hides nobody.

Whoever asks which entries are about somebody, and every bundle of one person, goes by the subject. An entry
that names a record of somebody's and says nobody, or somebody else, would be left out there.
"""

THEMSELVES = frozenset({"patient", "removed_patient"})
"""Kinds of objects that are called by the person's own reference."""
OF_SOMEBODY = THEMSELVES | {
    *("visit", "signature", "warnings_passed", "visit_view", "visit_print"),
    *("consent_print", "precare_print", "aftercare_print", "receipt_print"),
    *("adverse_event", "event_step", "event_print", "follow_up_contact", "planned_visit"),
    "medical_history",
    *("attachment", "attachment_view", "photo", "photo_view", "consent_withdrawal"),
    *("amendment", "amendment_seen", "recall_contact"),
}
"""Kinds of objects whose every entry is about one person, under the reference that their row has for ever."""


class WhoseOfLog:
    """Whose each record is by the first entry that names it, as a log is read through once."""

    def __init__(self) -> None:
        """Begin before the first entry."""
        self.first: dict[str, str] = {}
        """By the record's id, the person's reference."""
        self._same: dict[str, str] = {}
        """One text for each person, not one for each entry: visits come by the hundred thousand."""

    def is_of(self, kind: str | None, named: str | None, subject: str | None) -> bool:
        """Whether an entry that names an object of `OF_SOMEBODY` says whose it is; asked twice, the same."""
        if named is None or subject is None:
            return False
        if kind in THEMSELVES:
            return named == subject
        first = self.first.get(named)
        if first is None:
            first = self.first[named] = self._same.setdefault(subject, subject)
        return first == subject
