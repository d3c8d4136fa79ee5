"""What looking at one signed thing found, as the words that stand in every list and print."""

from enum import StrEnum


class Standing(StrEnum):
    """What the check of one shown entry or signature found. From the best down to the worst."""

    HOLDS = "holds"
    NOT_CHECKED = "not checked (older format)"
    ALTERED = "not what was entered"
    LINK_BROKEN = "link does not hold"
    SIGNATURE_BROKEN = "signature does not hold"

    @property
    def is_broken(self) -> bool:
        """Whether it says that something was changed, and not only that it could not be looked at."""
        return self not in {Standing.HOLDS, Standing.NOT_CHECKED}


def worst_of(standings: "list[Standing]") -> Standing:
    """The worst of these; `HOLDS` of none."""
    return max(standings, key=list(Standing).index, default=Standing.HOLDS)
