"""A person's allergies, medicines and conditions: quick-picks, and which questions each of them raises. Pure.

A row that counts on the day of a visit is a yes to the items of the checklist that its quick-pick names,
until somebody has asked. What was typed in words alone raises no item; it is shown above the questions.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mnclinic.domain.screening import OnFile
from mnclinic.errors import Problem


class HistoryKind(StrEnum):
    """What a row is about."""

    ALLERGY = "allergy"
    MEDICINE = "medicine"
    CONDITION = "condition"


class HistorySource(StrEnum):
    """Who says so."""

    PATIENT = "patient"
    PRESCRIBER = "prescriber"
    RECORD = "record"
    SEEN = "seen"


KIND_WORDS = {
    HistoryKind.ALLERGY: "Allergy",
    HistoryKind.MEDICINE: "Medicine",
    HistoryKind.CONDITION: "Condition",
}
SOURCE_WORDS = {
    HistorySource.PATIENT: "Told by the patient",
    HistorySource.PRESCRIBER: "From the prescriber",
    HistorySource.RECORD: "From an earlier record",
    HistorySource.SEEN: "Seen by staff",
}
PICK_WORDS = {
    "lidocaine": "Lidocaine",
    "ester_anaesthetic": "Tetracaine, benzocaine or PABA",
    "prilocaine": "Prilocaine",
    "steel_nickel": "Stainless steel or nickel",
    "latex": "Latex",
    "chlorhexidine": "Chlorhexidine",
    "iodine": "Iodine or povidone",
    "penicillin": "Penicillin",
    "adhesive": "Adhesive tape",
    "isotretinoin": "Isotretinoin",
    "topical_retinoid": "Tretinoin, adapalene or retinol",
    "warfarin": "Warfarin",
    "doac": "Apixaban, rivaroxaban or dabigatran",
    "heparin": "Heparin",
    "antiplatelet": "Clopidogrel or another antiplatelet",
    "aspirin": "Aspirin",
    "nsaid": "Ibuprofen, naproxen or similar",
    "bleeding_supplement": "Fish oil, vitamin E, ginkgo or St John's wort",
    "steroid": "Steroid by mouth",
    "immunosuppressant": "Methotrexate or another immunosuppressant",
    "chemotherapy": "Chemotherapy",
    "antiarrhythmic": "Flecainide, mexiletine or disopyramide",
    "photosensitiser": "Doxycycline or another medicine that makes skin sensitive to light",
    "cold_sores": "Cold sores",
    "bleeding_disorder": "Bleeding or clotting disorder",
    "keloids": "Keloids or raised scars",
    "skin_disease": "Eczema, psoriasis or rosacea",
    "scleroderma": "Scleroderma or collagen disease",
    "autoimmune": "Lupus, rheumatoid arthritis or another autoimmune disease",
    "weak_immunity": "Weakened immune system",
    "diabetes": "Diabetes",
    "heart": "Heart condition",
    "pacemaker": "Pacemaker or another implanted device",
    "g6pd": "Methaemoglobinaemia or G6PD deficiency",
    "skin_cancer": "Skin cancer",
    "pregnancy": "Pregnancy or breast-feeding",
    "body_image": "Body dysmorphic disorder",
}


@dataclass(frozen=True)
class QuickPick:
    """One thing that is chosen instead of typed, and the items of the checklist that it is a yes to.

    `raises_ended` are items that it still is a yes to within a year after it ended.
    """

    code: str
    kind: HistoryKind
    raises: tuple[str, ...] = ()
    raises_ended: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """How a row that was chosen is called."""
        return PICK_WORDS[self.code]


_A, _M, _C = HistoryKind.ALLERGY, HistoryKind.MEDICINE, HistoryKind.CONDITION

QUICK_PICKS: tuple[QuickPick, ...] = (
    QuickPick("lidocaine", _A, ("anaesthetic_allergy",)),
    QuickPick("ester_anaesthetic", _A, ("anaesthetic_allergy",)),
    QuickPick("prilocaine", _A, ("anaesthetic_allergy",)),
    QuickPick("steel_nickel", _A, ("steel_allergy",)),
    *(QuickPick(code, _A) for code in ("latex", "chlorhexidine", "iodine", "penicillin", "adhesive")),
    QuickPick("isotretinoin", _M, ("isotretinoin_now",), ("isotretinoin_stopped",)),
    QuickPick("topical_retinoid", _M, ("topical_retinoid",)),
    QuickPick("warfarin", _M, ("anticoagulant",)),
    QuickPick("doac", _M, ("anticoagulant",)),
    QuickPick("heparin", _M, ("anticoagulant",)),
    QuickPick("antiplatelet", _M, ("anticoagulant",)),
    QuickPick("aspirin", _M, ("aspirin",)),
    QuickPick("nsaid", _M, ("nsaid",)),
    QuickPick("bleeding_supplement", _M, ("supplements_bleeding",)),
    QuickPick("steroid", _M, ("immunosuppression",)),
    QuickPick("immunosuppressant", _M, ("immunosuppression",)),
    QuickPick("chemotherapy", _M, ("chemotherapy",), ("chemotherapy",)),
    QuickPick("antiarrhythmic", _M, ("antiarrhythmic",)),
    QuickPick("photosensitiser", _M, ("photosensitising_medicine",)),
    QuickPick("cold_sores", _C, ("herpes_history",)),
    QuickPick("bleeding_disorder", _C, ("bleeding_disorder",)),
    QuickPick("keloids", _C, ("keloid",)),
    QuickPick("skin_disease", _C, ("eczema_psoriasis_rosacea",)),
    QuickPick("scleroderma", _C, ("scleroderma",)),
    QuickPick("autoimmune", _C, ("autoimmune",)),
    QuickPick("weak_immunity", _C, ("immunosuppression",)),
    QuickPick("diabetes", _C, ("diabetes",)),
    QuickPick("heart", _C, ("heart_condition",)),
    QuickPick("pacemaker", _C, ("heart_condition", "pacemaker_radiofrequency")),
    QuickPick("g6pd", _C, ("methaemoglobin",)),
    QuickPick("skin_cancer", _C, ("skin_cancer",)),
    QuickPick("pregnancy", _C, ("pregnancy",)),
    QuickPick("body_image", _C, ("suitability",)),
)
BY_CODE: Mapping[str, QuickPick] = {pick.code: pick for pick in QUICK_PICKS}

LONGEST_WORDS, LONGEST_NOTE = 200, 2000
ENDED_COUNTS = timedelta(days=366)
_SINCE = re.compile(r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_WHOLE_DAY = len("2024-05-31")


@dataclass(frozen=True)
class HistoryFact:
    """One row as the rules read it."""

    kind: HistoryKind
    code: str
    words: str
    since: str
    ended_on: date | None

    def counts_on(self, day: date) -> bool:
        """Whether it had not ended by that day. What ends on a day counts no more on it."""
        return self.ended_on is None or self.ended_on > day


def on_file(rows: Iterable[HistoryFact], day: date) -> tuple[OnFile, ...]:
    """The items of the checklist that a person's history is a yes to on the day of a visit."""
    held = []
    for row in rows:
        pick = BY_CODE.get(row.code)
        if pick is None:
            continue
        if row.counts_on(day):
            held += [OnFile(item, row.words, row.since) for item in pick.raises]
        elif row.ended_on is not None and day - row.ended_on <= ENDED_COUNTS:
            words = f"{row.words}, ended {row.ended_on.isoformat()}"
            held += [OnFile(item, words) for item in pick.raises_ended]
    return tuple(held)


def problems_of_row(
    kind: str, code: str, words: str, since: str, source: str, *, today: date
) -> list[Problem]:
    """Everything that is wrong with a row that somebody wants to add."""
    problems = []
    if kind not in set(HistoryKind):
        problems.append(Problem("kind", "Choose allergy, medicine or condition."))
    pick = BY_CODE.get(code)
    if code and (pick is None or pick.kind != kind):
        problems.append(Problem("code", "There is no such quick-pick of this kind. Choose one, or write it."))
    if not words:
        problems.append(Problem("words", "Say what it is."))
    elif len(words) > LONGEST_WORDS:
        problems.append(Problem("words", f"At most {LONGEST_WORDS} characters."))
    if source not in set(HistorySource):
        problems.append(Problem("source", "Choose who says so."))
    problems += _problems_of_since(since, today)
    return problems


def _problems_of_since(since: str, today: date) -> list[Problem]:
    if not since:
        return []
    said = (
        "Write a year, a month or a day: 2024, 2024-05 or 2024-05-31. Leave it empty where it is not known."
    )
    if _SINCE.fullmatch(since) is None:
        return [Problem("since", said)]
    if len(since) == _WHOLE_DAY:
        try:
            date.fromisoformat(since)
        except ValueError:
            return [Problem("since", said)]
    if since > today.isoformat()[: len(since)]:
        return [Problem("since", "This lies in the future.")]
    return []
