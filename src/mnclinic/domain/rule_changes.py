"""What changed between two versions of a policy, protocol or text, in words, and which way it goes.

Pure: two documents in, changes out, in the order of the document. Both forms of a document are read.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from mnclinic.domain.policy_parameters import (
    GROUP_WORDS,
    PARAMETERS,
    Stricter,
    compared,
    direction,
    figure_of,
)
from mnclinic.domain.policy_roles import SUPERVISION

Json = Mapping[str, Any]

UNKNOWN = "not known"
NO_LIMIT = "no limit"


@dataclass(frozen=True)
class Change:
    """One thing that differs. `old` and `new` are as people read them, "" where it was not there.

    `direction` is "stricter", "looser" or, where it cannot be told, "". `path` is its place in the document.
    """

    path: str
    group: str
    words: str
    old: str
    new: str
    direction: str


def rule_changes(kind: str, old: Json, new: Json) -> tuple[Change, ...]:
    """Everything that differs between two documents of a kind: "policy", "protocol" or "consent_text"."""
    compare = {"policy": _policy, "protocol": _protocol, "consent_text": _text}[kind]
    return tuple(compare(old, new))


HEAD = (
    ("name", "Name"),
    ("state", "State"),
    ("effective_on", "In force from"),
    ("review_by", "To be looked at again by"),
    ("notice", "Notice"),
)


def _policy(old: Json, new: Json) -> Iterator[Change]:
    yield from _plain(HEAD, "Document", old, new)
    for parameter in PARAMETERS:
        before, after = figure_of(old, parameter), figure_of(new, parameter)
        before_value = before["value"] if before is not None else None
        after_value = after["value"] if after is not None else None
        group = GROUP_WORDS[parameter.group]
        if before_value != after_value:
            which = compared(parameter, before_value, after_value)
            words = (figure_words(before), figure_words(after))
            yield Change(f"{parameter.path}.value", group, parameter.words, *words, which)
        yield from _sources(parameter.path, group, parameter.words, before, after)
    yield from _listed("review.always", "The director's review", "Always sent", old, new, Stricter.LONGER)
    yield from _listed("exam_credentials", "Exam", "May examine", old, new, Stricter.FEWER)
    yield from _table("roles", "credential", _role_fields, old, new, added="looser")
    yield from _table("screening", "item", _item_fields, old, new, added="stricter", words="topic")
    yield from _table("adverse_events", "grade", _event_fields, old, new, added="stricter")
    yield from _rows("followup", "Follow-up", _followup_words, old, new)
    yield from _rows("notices", "Notices", lambda row: f"{row['text']} ({row['where']})", old, new)


def _protocol(old: Json, new: Json) -> Iterator[Change]:
    sheets = (("precare_form", "Sheet about preparing"), ("aftercare_form", "Aftercare sheet"))
    head = (*HEAD, ("service", "Service"), ("consent_form", "Consent form"), *sheets)
    yield from _plain(head, "Document", old, new)
    for name, words in (
        ("devices", "Devices"),
        ("performer_credentials", "Performers"),
        ("topicals", "Topicals"),
        ("anaesthetics", "Numbing products"),
    ):
        yield from _listed(name, "Who and with what", words, old, new, Stricter.FEWER)
    yield from _listed(
        "off_label_products", "Who and with what", "Used off the label", old, new, Stricter.LONGER
    )
    yield from _listed("cartridges", "Who and with what", "Cartridges", old, new, Stricter.UNTOLD)
    yield from _one("supervision", "Who and with what", "Supervision", old, new, Stricter.RANKED, SUPERVISION)
    yield from _rows("providers", "Who and with what", _provider_words, old, new)
    for name, words, stricter in (
        ("interval_warn_days", "A reason is needed under", Stricter.MORE),
        ("interval_block_days", "The director decides under", Stricter.MORE),
        ("speed_min_rpm", "Slowest setting", Stricter.UNTOLD),
        ("speed_max_rpm", "Fastest setting", Stricter.UNTOLD),
        ("session_count", "Sessions in a series", Stricter.UNTOLD),
    ):
        before, after = old.get(name), new.get(name)
        was, now = (one["value"] if one else None for one in (before, after))
        if was != now:
            which = direction(stricter, was, now) if None not in {was, now} else ""
            yield Change(
                f"{name}.value",
                "Intervals and speed",
                words,
                figure_words(before),
                figure_words(after),
                which,
            )
        yield from _sources(name, "Intervals and speed", words, before, after)
    yield from _table("areas", "area", _area_fields, old, new, added="looser")
    for name, words in (
        ("steps", "Steps"),
        ("asepsis", "Asepsis"),
        ("precare", "Before the treatment"),
        ("aftercare", "After the treatment"),
    ):
        yield from _rows(name, words, str, old, new)
    yield from _rows("photos", "Photographs", lambda row: f"{row['view']}, {_say(row['when'])}", old, new)
    yield from _rows("followup", "Follow-up", _followup_words, old, new)


def _text(old: Json, new: Json) -> Iterator[Change]:
    """A text for patients. Its sections are told under the headings that they have in the new version."""
    head = (("title", "Title"), ("effective_on", "In force from"), ("notice", "Notice"))
    yield from _plain(head, "Document", old, new)
    yield from _listed("services", "Document", "Services", old, new, Stricter.UNTOLD)
    yield from _listed("asks", "Document", "Asks for besides", old, new, Stricter.LONGER)
    for name, words in (
        ("prp", "Addendum for the patient's own blood"),
        ("photo", "Addendum for photographs"),
    ):
        was, now = (str(one.get("addenda", {}).get(name, "")) for one in (old, new))
        if was != now:
            yield Change(f"addenda.{name}", "Document", words, was, now, "")
    for was_section, now_section in _matched(old["sections"], new["sections"]):
        either = now_section or was_section or {}
        path, group = f"sections.{either['heading']}", str(either["heading"])
        if now_section is None or was_section is None:
            words = "New" if now_section is not None else "Taken out"
            was, now = (str(one["text"]) if one else "" for one in (was_section, now_section))
            yield Change(path, group, words, was, now, "")
            continue
        fields = (("heading", "Heading"), ("part", "Part"), ("text", "Words"))
        yield from (
            Change(f"{path}.{one.path}", group, one.words, one.old, one.new, "")
            for one in _plain(fields, group, was_section, now_section)
        )
        yield from _sources(path, group, "Words", was_section, now_section)
    yield from _rows("levels", "Levels", lambda row: f"{_say(row['level'])}: {row['words']}", old, new)
    yield from _plain((("agreement", "What whoever signs agrees to"),), "Agreement", old, new)


def _matched(old: Sequence[Json], new: Sequence[Json]) -> Iterator[tuple[Json | None, Json | None]]:
    """Sections side by side: by their headings, and between those that stayed in their order."""
    before, after = ([str(one["heading"]) for one in sections] for sections in (old, new))
    for _, first, last, begin, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield from zip_longest(old[first:last], new[begin:end])


Field = tuple[str, str, Stricter, Sequence[str]]


def _role_fields() -> tuple[Field, ...]:
    return (
        ("licence_type", "Licence", Stricter.UNTOLD, ()),
        ("may_examine", "May examine", Stricter.RANKED, ("yes", "no")),
        ("may_order", "May order", Stricter.RANKED, ("yes", "no")),
        ("may_draw_blood", "May draw blood", Stricter.RANKED, ("yes", "no")),
        ("performs", "Performs", Stricter.FEWER, ()),
        ("supervision", "Supervision", Stricter.RANKED, SUPERVISION),
        ("within_minutes", "Within minutes", Stricter.LESS, ()),
        ("within_miles", "Within miles", Stricter.LESS, ()),
        ("unsupervised_mm", "Deepest without supervision", Stricter.LESS, ()),
        ("supervised_mm", "Deepest under supervision", Stricter.LESS, ()),
        ("areas", "Areas", Stricter.FEWER, ()),
        ("training", "Training", Stricter.LONGER, ()),
        ("bls_required", "Basic life support", Stricter.RANKED, ("no", "yes")),
        ("cosign", "The director signs beside it", Stricter.RANKED, ("never", "sample", "always")),
        ("cosign_due_days", "Within days", Stricter.LESS, ()),
    )


def _item_fields() -> tuple[Field, ...]:
    return (
        ("topic", "Topic", Stricter.UNTOLD, ()),
        ("question", "Question", Stricter.UNTOLD, ()),
        ("class", "Class", Stricter.RANKED, ("precaution", "relative", "absolute")),
        ("passed_by", "May be passed by", Stricter.RANKED, ("performer", "director", "nobody")),
        ("window_days", "Window in days", Stricter.MORE, ()),
        ("shows_earliest", "Shows the first day", Stricter.UNTOLD, ()),
        ("advice", "Advice", Stricter.UNTOLD, ()),
    )


def _event_fields() -> tuple[Field, ...]:
    return (
        ("tell_director_h", "The director is told within hours", Stricter.LESS, ()),
        ("legal_hold", "The record is held", Stricter.RANKED, ("no", "yes")),
    )


def _area_fields() -> tuple[Field, ...]:
    return (
        ("soft_min_mm", "Usual from, in mm", Stricter.MORE, ()),
        ("soft_max_mm", "Usual to, in mm", Stricter.LESS, ()),
        ("acknowledge_above_mm", "The director above, in mm", Stricter.LESS, ()),
        ("hard_max_mm", "Never above, in mm", Stricter.LESS, ()),
        ("pass_count_max", "Usual passes", Stricter.LESS, ()),
    )


WITHOUT_LIMIT = {
    "unsupervised_mm": "looser",
    "supervised_mm": "looser",
    "areas": "looser",
    "within_minutes": "looser",
    "within_miles": "looser",
    "window_days": "stricter",
}
"""Where nothing is written: a depth without a ceiling permits more, an answer without a window less."""


def _table(
    name: str,
    key: str,
    fields: Callable[[], tuple[Field, ...]],
    old: Json,
    new: Json,
    *,
    added: str,
    words: str = "",
) -> Iterator[Change]:
    """Rows that are found again by `key`. `added` is what a new row means."""
    before = {row[key]: row for row in old.get(name, ())}
    after = {row[key]: row for row in new.get(name, ())}
    removed = "stricter" if added == "looser" else "looser"
    for one in (*before, *(one for one in after if one not in before)):
        row = after.get(one, before.get(one, {}))
        group = _group(name, str(row.get(words) or one))
        path = f"{name}.{one}"
        if one not in after:
            yield Change(path, group, "Taken out", _row_words(before[one], fields()), "", removed)
        elif one not in before:
            yield Change(path, group, "New", "", _row_words(after[one], fields()), added)
        else:
            for field in fields():
                yield from _field(path, group, field, before[one], after[one])
            yield from _sources(path, group, group, before[one], after[one])


def _field(path: str, group: str, field: Field, old: Json, new: Json) -> Iterator[Change]:
    name, words, stricter, choices = field
    was, now = old.get(name), new.get(name)
    if was == now:
        return
    which = ""
    if was is not None and now is not None:
        which = direction(stricter, _as_rule(was), _as_rule(now), choices)
    elif name in WITHOUT_LIMIT:
        without = WITHOUT_LIMIT[name]
        with_limit = "stricter" if without == "looser" else "looser"
        which = without if now is None else with_limit
    nothing = NO_LIMIT if name in WITHOUT_LIMIT else UNKNOWN
    yield Change(f"{path}.{name}", group, words, _value(was, nothing), _value(now, nothing), which)


def _as_rule(value: object) -> object:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def _sources(path: str, group: str, words: str, before: Json | None, after: Json | None) -> Iterator[Change]:
    """Source, confidence and review day of something that stands in both."""
    if before is None or after is None:
        return
    for name, what in (
        ("source", "source"),
        ("confidence", "confidence"),
        ("disagreement", "where sources disagree"),
        ("review_by", "to be looked at again by"),
    ):
        was, now = before.get(name, ""), after.get(name, "")
        if was != now:
            yield Change(f"{path}.{name}", group, f"{words}: {what}", str(was), str(now), "")


def _plain(names: Sequence[tuple[str, str]], group: str, old: Json, new: Json) -> Iterator[Change]:
    for name, words in names:
        yield from _one(name, group, words, old, new, Stricter.UNTOLD)


def _one(  # noqa: PLR0917 - one field of a document
    name: str, group: str, words: str, old: Json, new: Json, stricter: Stricter, choices: Sequence[str] = ()
) -> Iterator[Change]:
    was, now = old.get(name), new.get(name)
    if was != now:
        which = direction(stricter, was, now, choices) if None not in {was, now} else ""
        yield Change(name, group, words, _value(was, ""), _value(now, ""), which)


def _listed(  # noqa: PLR0917 - one list of a document
    path: str, group: str, words: str, old: Json, new: Json, stricter: Stricter
) -> Iterator[Change]:
    """A list of names whose order means nothing."""
    was, now = _at(old, path), _at(new, path)
    if was is None and now is None:
        return
    before, after = list(was or ()), list(now or ())
    if set(before) == set(after):
        return
    which = direction(stricter, before, after) if was is not None and now is not None else ""
    yield Change(path, group, words, _value(before, ""), _value(after, ""), which)


def _rows(name: str, group: str, words: Callable[[Any], str], old: Json, new: Json) -> Iterator[Change]:
    """Rows without a key: what is only in one of the two."""
    before, after = ([words(row) for row in one.get(name, ())] for one in (old, new))
    for row in before:
        if row not in after:
            yield Change(name, group, "Taken out", row, "", "")
    for row in after:
        if row not in before:
            yield Change(name, group, "New", "", row, "")
    if sorted(before) == sorted(after) and before != after:
        yield Change(name, group, "Another order", "; ".join(before), "; ".join(after), "")


def _at(document: Json, path: str) -> Any:  # noqa: ANN401 - as JSON holds it
    value: Any = document
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _group(name: str, key: str) -> str:
    return f"Grade {key}" if name == "adverse_events" else _say(key)


def _say(word: str) -> str:
    return word.replace("_", " ")


def _value(value: object, nothing: str = UNKNOWN) -> str:
    if value is None:
        return nothing
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(_say(str(one)) for one in value) or "none"
    return str(value)


def figure_words(figure: Json | None) -> str:
    """A value with its unit, as people read it; "" where there is no figure."""
    if figure is None:
        return ""
    value, unit = figure["value"], figure["unit"]
    if value is None or unit in {"word", "words", "text"}:
        return _say(_value(value))
    return f"{value} {unit}"


def _row_words(row: Json, fields: tuple[Field, ...]) -> str:
    told = [f"{words.lower()} {_value(row.get(name))}" for name, words, _, _ in fields if row.get(name)]
    return "; ".join(told)


def _followup_words(row: Json) -> str:
    after = f"{row['kind']} after {row['offset_h']} hours"
    return f"{after}: {row['condition']}" if row["condition"] else after


def _provider_words(row: Json) -> str:
    # In brackets, so that nothing else that is said somewhere reads like it.
    last = f" to {row['valid_to']}" if row["valid_to"] else ""
    return f"{row['user']} (from {row['valid_from']}{last})"
