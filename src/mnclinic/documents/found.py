"""A finding of the gate as it is printed: what became of it, the words, the reason, and who may pass it."""

from mnclinic.documents.parts import CONTENT, CONTENT_WIDTH, GAP
from mnclinic.documents.sheet import BODY, LABEL, MARK_WIDTH, SMALL, STRONG, Cell, Mark, Sheet
from mnclinic.documents.typeface import set_lines
from mnclinic.documents.visit_words import Json
from mnclinic.documents.words import capital, said, spoken

_OUTCOMES = {
    "refused": ("Refused", Mark.STOP),
    "warned": ("Warning, unanswered", Mark.OPEN),
    "flagged": ("Flagged", Mark.NOTED),
    "telephoned": ("By telephone, unsigned", Mark.OPEN),
    "released": ("Released by director", Mark.PASSED),
    "authorised": ("Authorised on file", Mark.PASSED),
    "reason_given": ("Warning, with reason", Mark.NOTED),
}
_ORDER = tuple(_OUTCOMES)
_PASSED_BY = {
    "nobody": "Nobody may pass this.",
    "director": "Only the director may pass this.",
    "performer": "The performer may pass this with a reason.",
}
_OF_A_CORRECTION = {
    "nobody": "Beyond what anybody may pass",
    "director": "The director's to pass",
    "performer": "Warning",
}


def rank(finding: Json) -> int:
    """Where it stands among others, gravest first."""
    outcome = finding.get("outcome")
    return _ORDER.index(outcome) if outcome in _ORDER else 0


def finding_row(sheet: Sheet, finding: Json) -> None:
    """A finding that the record holds."""
    outcome = finding.get("outcome", "")
    words, mark = _OUTCOMES.get(outcome, (capital(spoken(outcome)), Mark.OPEN))
    asks = _PASSED_BY.get(finding.get("passed_by", ""), "") if outcome in {"refused", "warned"} else ""
    _row(sheet, finding, words, mark, asks)


def found_of_correction(sheet: Sheet, finding: Json) -> None:
    """What the gate says of a corrected value. It refused nothing: what happened is on record."""
    passed_by = str(finding.get("passed_by", ""))
    mark = Mark.STOP if passed_by == "nobody" else Mark.NOTED
    _row(sheet, finding, _OF_A_CORRECTION.get(passed_by, "Found"), mark, "")


def _row(sheet: Sheet, finding: Json, words: str, mark: Mark, asks: str) -> None:
    left = 116.0
    room = CONTENT_WIDTH - left - GAP
    lines = set_lines(said(finding.get("message")), BODY, room)
    if finding.get("reason"):
        lines += set_lines(f"Reason: {finding['reason']}", STRONG, room)
    if asks:
        lines += set_lines(asks, SMALL, room)
    earliest_on = finding.get("earliest_on")
    if earliest_on and str(earliest_on) not in str(finding.get("message")):
        lines += set_lines(f"The clinic's window ends on {earliest_on}.", SMALL, room)
    about = " · ".join(spoken(one) for one in (finding.get("light"), finding.get("code")) if one)
    sheet.row(
        [
            Cell(
                CONTENT,
                set_lines(words, STRONG, left - MARK_WIDTH) + set_lines(about, LABEL, left - MARK_WIDTH),
                mark=mark,
            ),
            Cell(CONTENT + left + GAP, lines),
        ]
    )
    sheet.space(3)
