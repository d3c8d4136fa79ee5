"""A finding of the gate as commands print it."""

from typing import Any

from mnclinic.domain.finding import Finding, PassedBy

_WEIGHTS = {
    PassedBy.NOBODY: "NOBODY MAY PASS THIS",
    PassedBy.DIRECTOR: "the director decides",
    PassedBy.PERFORMER: "warning",
}


def found_json(one: Finding) -> dict[str, Any]:
    """One finding as an answer has it."""
    return {
        "code": one.code,
        "passed_by": one.passed_by.value,
        "message": one.message,
        "where": one.where,
    }


def finding_line(one: Finding) -> str:
    """One finding with who may pass such a thing."""
    return f"{_WEIGHTS[one.passed_by]}: {one.message}"
