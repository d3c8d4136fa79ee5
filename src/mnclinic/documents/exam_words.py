"""What a printed chart says of the exam, the order and orders by telephone beyond who and when."""

from collections.abc import Iterator, Mapping
from typing import Any

from mnclinic.documents.parts import Field
from mnclinic.documents.words import capital, instant_words, said, spoken
from mnclinic.domain.plain_codes import in_words

Json = Mapping[str, Any]
HASH_DIGITS = 16


def exam_fields(exam: Json) -> Iterator[Field]:
    """What the exam clears, how long the examiner lets it count, and who did it elsewhere."""
    if exam.get("services"):
        yield Field("Exam clears services", _listed(exam["services"]))
    if exam.get("areas"):
        yield Field("Exam clears areas", _listed(exam["areas"]))
    if exam.get("device_classes"):
        yield Field("Exam clears devices", _listed(exam["device_classes"]))
    if exam.get("valid_to"):
        yield Field("Exam counts to", said(exam["valid_to"]))
    outside = exam.get("outside")
    if outside:
        paper = outside.get("paper_sha256")
        yield Field(
            "Exam done elsewhere",
            f"{said(outside.get('name'))}, {said(outside.get('credential'))}, licence "
            f"{said(outside.get('licence'))} ({said(outside.get('licence_state'))}) to "
            f"{said(outside.get('licence_valid_to'))}; accepted on {said(outside.get('accepted_on'))}",
        )
        yield Field("Its paper", f"SHA-256 {paper[:HASH_DIGITS]}…" if paper else "not attached")


def order_fields(order: Json) -> Iterator[Field]:
    """The kind and the limits of the order."""
    if order.get("kind"):
        yield Field("Kind of order", capital(spoken(order["kind"])))
    if order.get("areas"):
        yield Field("Ordered areas", _listed(order["areas"]))
    if order.get("devices"):
        yield Field("Ordered devices", ", ".join(map(str, order["devices"])))
    if order.get("max_depth_mm"):
        yield Field("Ordered depth, at most", f"{order['max_depth_mm']} mm")
    if order.get("max_sessions"):
        yield Field("Ordered sessions", said(order["max_sessions"]))


def telephone_words(order: Json, names: Mapping[str, str]) -> str:
    """One order by telephone: two names, both moments, the exact words and what it let pass."""
    passes = ", ".join(in_words(str(one.get("code", ""))) for one in order.get("passes", ()))
    return (
        f"Ordered by {_person(order.get('director'), names)} at {instant_words(order.get('ordered_at'))}. "
        f"Taken by {_person(order.get('taken_by'), names)}, read back and confirmed at "
        f"{instant_words(order.get('read_back_at'))}. Lets pass: {passes}. Words: {said(order.get('words'))}"
    )


def _person(user: object, names: Mapping[str, str]) -> str:
    return names.get(str(user), said(user))


def _listed(codes: object) -> str:
    return ", ".join(in_words(str(one)) for one in codes) if isinstance(codes, list) else said(codes)
