"""From which entry of a log on no program can have written that still had the first rules about people.

What such a program let through was honestly done and is explained. Whoever writes into the log now would
like that leniency for themselves, and can say any version in an entry of their own. They cannot put one in
front of what others have signed: so the rules of today count behind the first entry that says, of the making
of the clinic or of an upgrade, that the data have a form which only newer programs open.

Whoever makes a rule stricter that a check asks gives it a form here and asks `newer_rules_from` of that; what
lies before is held to the rule as it was. `tests/services/test_what_programs_once_took.py` has that in words.
"""

import json
import re
from operator import attrgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import LogDetail, LogEntry

FIRST_FORM_OF_TODAYS_RULES = "0004"
"""Programs that make or open data in this form judge second people by whose hands passwords went through."""

FIRST_FORM_WITH_ACCOUNTS = "0014"
"""Programs that make or open data in this form give each adverse event an account and a clock, demos too."""

_FORM = re.compile(r"data form (\d{4})")


def newer_rules_from(session: Session, form_of_rules: str = FIRST_FORM_OF_TODAYS_RULES) -> int | None:
    """The number of that entry, by the form that brought the rules.

    None where none says so, as in a clinic of before that was never upgraded.
    """
    rows = session.execute(
        select(LogEntry.seq, LogEntry.action, LogDetail.detail)
        .join(LogDetail, LogDetail.seq == LogEntry.seq)
        .where(LogEntry.action.in_(("clinic.created", "clinic.upgraded")))
    )
    for row in sorted(rows, key=attrgetter("seq")):
        said = json.loads(row.detail)
        if row.action == "clinic.created":
            form = str(said.get("data_form", ""))
        else:
            match = _FORM.search(str(said.get("after", "")))
            form = "" if match is None else match[1]
        if form >= form_of_rules:
            return int(row.seq)
    return None


def is_by_todays_rules(session: Session, seq: int) -> bool:
    """Whether no program with the first rules can have written an entry."""
    begins = newer_rules_from(session)
    return begins is not None and seq > begins
