"""`policy`, `protocol` and `consent-text` (`list`, `draft`, `export`, `diff`, `approve`), and `in-force`."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, cast

from mnclinic.cli.answer import Answer, counted, say
from mnclinic.cli.authorisations import authorised
from mnclinic.cli.request import Request
from mnclinic.cli.whole_document import TOLD_BEFORE, whole_lines
from mnclinic.domain.policy_parameters import GROUP_WORDS, PARAMETERS, figure_of
from mnclinic.domain.rule_changes import Change, figure_words
from mnclinic.domain.text_pair import LANGUAGES
from mnclinic.errors import InvalidInput
from mnclinic.services.approve_document import DocumentRow, approve_document, list_documents
from mnclinic.services.in_force import VersionInForce, in_force_on
from mnclinic.services.named_sheets import sheets_not_in_force
from mnclinic.services.rule_versions import (
    RuleKind,
    add_drafts,
    beginning_on,
    by_line,
    compare_rules,
    find_rules,
    problems_of_first_day,
    read_rules_file,
    unknown_parameters,
    write_rules_file,
)
from mnclinic.services.session import OpenClinic, signer
from mnclinic.services.shipped_drafts import (
    ShippedDraft,
    newest_consent_texts,
    policy_presets,
    protocol_presets,
)
from mnclinic.services.text_versions import languages_behind

MARKS = {"stricter": "[stricter]", "looser": "[looser]", "": ""}


def _kind(request: Request) -> RuleKind:
    return cast("RuleKind", request.options.command.replace("-", "_"))


def _presets(kind: RuleKind) -> dict[str, ShippedDraft]:
    shipped = {
        "policy": policy_presets,
        "protocol": protocol_presets,
        "consent_text": newest_consent_texts,
    }[kind]()
    return {one.short_name: one for one in shipped}


def _found(request: Request, clinic: OpenClinic, version: int) -> DocumentRow:
    """The version that the command names."""
    options = request.options
    language = getattr(options, "language", None)
    return find_rules(clinic, _kind(request), options.document_id, version, language)


def _version_json(row: DocumentRow) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "id": row.document_id,
        "version": row.version,
        "language": row.language,
        "name": row.name,
        "effective_on": row.effective_on.isoformat(),
        "sha256": row.sha256,
        "approved_at": row.approved_at.isoformat() if row.approved_at else None,
        "approved_by": row.approved_by,
    }


def _version_line(row: DocumentRow) -> str:
    state = f"signed by {row.approved_by}" if row.approved_at else "draft, in force for nobody"
    language = f" {row.language}" if row.language else ""
    return f"{row.document_id} v{row.version}{language}  from {row.effective_on}  {row.name}  ({state})"


def list_rules(request: Request) -> Answer:
    """Every version that the clinic holds, and the drafts that are shipped."""
    kind = _kind(request)
    with request.clinic() as (clinic, _):
        rows = [row for row in list_documents(clinic) if row.kind == kind]
    presets = _presets(kind)
    lines = [_version_line(row) for row in rows] or ["The clinic has none yet."]
    lines += [f"Shipped draft {name}: {one.name}" for name, one in presets.items()]
    return Answer(
        {
            "versions": [_version_json(row) for row in rows],
            "presets": [{"name": name, "title": one.name} for name, one in presets.items()],
            "error": None,
        },
        lines,
    )


def _documents_of(request: Request, clinic: OpenClinic) -> list[dict[str, Any]]:
    """The documents that drafts are to be made of, checked: of a text one for each language.

    Raises InvalidInput with every reason; of a wrong file also those against its first day.
    """
    options, kind = request.options, _kind(request)
    if options.files:
        also = partial(problems_of_first_day, clinic, kind, first=options.first)
        documents = [read_rules_file(kind, one, also) for one in options.files]
    else:
        presets = _presets(kind)
        names = [options.preset] if options.preset in presets else []
        if kind == "consent_text" and not names:
            names = [name for name in presets if name in {f"{options.preset}-{one}" for one in LANGUAGES}]
        if not names:
            raise InvalidInput(
                f"There is no such shipped draft. Nothing was done. There are: {', '.join(presets)}."
            )
        documents = [dict(presets[name].document) for name in names]
    if len(documents) > 1:
        _assert_languages_of_one(kind, documents)
    return documents


def _assert_languages_of_one(kind: RuleKind, documents: Sequence[Mapping[str, Any]]) -> None:
    """Several files are one text in its languages, and nothing else."""
    if kind != "consent_text":
        raise InvalidInput("Name one file. Nothing was done.")
    languages = [one["language"] for one in documents]
    if len({one["form"] for one in documents}) > 1 or len(set(languages)) < len(languages):
        raise InvalidInput("Name one text in two languages, or one file. Nothing was done.")


def _drafted(
    request: Request, clinic: OpenClinic, documents: Sequence[dict[str, Any]]
) -> tuple[DocumentRow, ...]:
    """The drafts as they were stored, or as they would be where the command only looks."""
    try:
        return add_drafts(clinic, _kind(request), documents, is_dry=request.options.dry_run)
    except InvalidInput as error:
        if not request.options.files:
            raise
        raise by_line(error, request.options.files[0]) from None


def draft_rules(request: Request) -> Answer:
    """Add a draft, of a text in each language that is given; or only say whether it could be one."""
    kind, is_dry = _kind(request), request.options.dry_run
    if bool(request.options.files) == bool(request.options.preset):
        raise InvalidInput("Name a file, or a shipped draft with --preset. Nothing was done.")
    with request.clinic() as (clinic, _):
        documents = _documents_of(request, clinic)
        if request.options.first is not None:
            documents = [beginning_on(kind, one, request.options.first) for one in documents]
        rows = _drafted(request, clinic, documents)
    unknown = unknown_parameters(documents[0]) if kind == "policy" else ()
    version = None if is_dry else rows[0].version
    named = " and ".join(f"{row.document_id} v{version} {row.language}".rstrip() for row in rows)
    made = "It could be drafted." if is_dry else f"{named}: drafted."
    lines = [f"{made} It counts for nothing until the director has signed it."]
    if unknown:
        lines.append(f"{counted(len(unknown), 'value')} not known yet: {', '.join(unknown)}")
    answer = {
        "id": rows[0].document_id,
        "version": version,
        "effective_on": documents[0]["effective_on"],
        "unknown": list(unknown),
        "dry_run": is_dry,
        "error": None,
    }
    if kind == "consent_text":
        answer["languages"] = [row.language for row in rows]
    return Answer(answer, lines)


def export_rules(request: Request) -> Answer:
    """Write one version for another clinic."""
    options = request.options
    with request.clinic() as (clinic, _):
        row = _found(request, clinic, options.version)
    write_rules_file(row.document, options.out)
    return Answer(
        {"id": row.document_id, "version": row.version, "file": str(options.out), "error": None},
        [f"{row.document_id} v{row.version} written. At the other clinic it is a draft until signed there."],
    )


def change_json(change: Change) -> dict[str, str]:
    """A change, as the schemas have it."""
    return {
        "where": change.path,
        "group": change.group,
        "what": change.words,
        "old": change.old,
        "new": change.new,
        "direction": change.direction or "untold",
    }


def change_line(change: Change) -> str:
    """A change in a line."""
    mark = MARKS[change.direction]
    return f"  {change.words}: {change.old or '-'} -> {change.new or '-'}  {mark}".rstrip()


def diff_rules(request: Request) -> Answer:
    """What changed between two versions."""
    options = request.options
    with request.clinic() as (clinic, _):
        old, new = (_found(request, clinic, version) for version in (options.old, options.new))
    changes = compare_rules(old, new).changes
    lines = [f"{old.document_id} v{old.version} -> v{new.version}: {counted(len(changes), 'change')}"]
    group = ""
    for change in changes:
        if change.group != group:
            group = change.group
            lines.append(group)
        lines.append(change_line(change))
    return Answer(
        {
            "id": old.document_id,
            "old": old.version,
            "new": new.version,
            "changes": [change_json(one) for one in changes],
            "error": None,
        },
        lines,
    )


def approve_rules(request: Request) -> Answer:
    """Put a draft in force with the director's signature, after printing what it says."""
    options = request.options
    with request.clinic() as (clinic, password):
        row = _found(request, clinic, options.version)
        for line in (*review_lines(row), *sheets_not_in_force(clinic, row.row_id)):
            say(line)
        with signer(clinic, password, factor=options.key_file) as by:
            done = approve_document(clinic, row.row_id, by, shown="command")
        behind = languages_behind(list_documents(clinic), done)
    return Answer(
        {
            "id": done.document_id,
            "version": done.version,
            "effective_on": done.effective_on.isoformat(),
            "approved_at": done.approved_at.isoformat() if done.approved_at else None,
            "error": None,
        },
        [f"{done.document_id} v{done.version} is signed; in force from {done.effective_on}", *behind],
    )


def review_lines(row: DocumentRow) -> list[str]:
    """What the director reads before signing: what decides in words, then everything in it."""
    told = TOLD_BEFORE if row.kind == "consent_text" else frozenset[str]()
    whole = whole_lines(row.document, told)
    return [*_summary_lines(row), "Everything in it, field by field:", *whole]


def _summary_lines(row: DocumentRow) -> list[str]:
    content = row.document
    lines = [_version_line(row)]
    lines += [f"  {content['notice']}"] if "notice" in content else []
    group = ""
    if row.kind == "consent_text":
        return [*lines, *_text_lines(content)]
    for parameter in PARAMETERS if row.kind == "policy" else ():
        figure = figure_of(content, parameter)
        if figure is None:
            continue
        if GROUP_WORDS[parameter.group] != group:
            group = GROUP_WORDS[parameter.group]
            lines.append(f"  {group}")
        told = figure_words(figure)
        lines.append(f"    {parameter.words}: {told} ({figure['source']}; confidence {figure['confidence']})")
    for role in content.get("roles", ()):
        performs = ", ".join(role["performs"]) or "nothing"
        lines.append(f"  {role['credential']}: performs {performs}; supervision {role['supervision']}")
    for item in content.get("screening", ()):
        window = f", {item['window_days']} days" if item["window_days"] else ""
        lines.append(f"  {item['topic']}: {item['class']}, may be passed by {item['passed_by']}{window}")
    if row.kind == "protocol":
        lines.append(f"  Performers: {', '.join(content['performer_credentials'])}")
        lines.append(f"  Devices: {', '.join(content['devices'])}")
    for area in content.get("areas", ()):
        lines.append(
            f"  {area['area']}: usual {area['soft_min_mm']} to {area['soft_max_mm']} mm, the director above "
            f"{area['acknowledge_above_mm']} mm, never above {area['hard_max_mm']} mm"
        )
    return lines


def _text_lines(content: Mapping[str, Any]) -> list[str]:
    """All that a patient reads of a text, and what a consent to it needs besides."""
    lines = [f"  For: {', '.join(content['services'])}"] if "services" in content else []
    lines += [f"  Asks for besides: {', '.join(content['asks'])}"] if content.get("asks") else []
    lines += [f"  Addendum, {what}: {form}" for what, form in content.get("addenda", {}).items()]
    for section in content["sections"]:
        lines += [f"  {section['heading']}", *(f"    {one}" for one in section["text"].splitlines())]
    lines += [f"  {one['level']}: {one['words']}" for one in content.get("levels", ())]
    return [*lines, *([f"  {content['agreement']}"] if "agreement" in content else [])]


def in_force(request: Request) -> Answer:
    """What was in force on a day."""
    with request.clinic() as (clinic, _):
        found = in_force_on(clinic, request.options.on)
    lines = [f"On {found.day}{', by what is signed today' if found.is_to_come else ''}:"]
    if found.policy and found.policy.signed_later:
        lines.append("The policy was signed only later; nobody could be treated under it on that day.")
    lines += (
        [_force_line(found.policy)] if found.policy else ["No policy was in force; nobody could be treated."]
    )
    lines += [_force_line(one) for one in (*found.protocols, *found.consent_texts)]
    lines += [f"authorisation {one.document_id}: {authorised(one)}" for one in found.authorisations]
    lines += [f"director {one.name}, {one.credential}, since {one.since}" for one in found.directors] or [
        "No director was enrolled."
    ]
    lines += [
        f"licence {one.name}, {one.kind} {one.number} ({one.state}), {one.valid_from} to {one.expires_on}"
        f"{'' if one.was_valid else ': NOT VALID on that day'}"
        for one in found.licences
    ]
    lines += [
        f"delegation {one.name}: {one.service} by {one.protocol}, from {one.since}"
        f"{f' to {one.until}' if one.until else ''}, by {one.director}"
        for one in found.delegations
    ]
    return Answer(
        {
            "day": found.day.isoformat(),
            "policy": _force_json(found.policy) if found.policy else None,
            "protocols": [_force_json(one) for one in found.protocols],
            "consent_texts": [_force_json(one) for one in found.consent_texts],
            "authorisations": [
                {**_version_json(one), "flag": one.document["flag"], "valid_to": one.document["valid_to"]}
                for one in found.authorisations
            ],
            "directors": [
                {
                    "user": one.user,
                    "name": one.name,
                    "credential": one.credential,
                    "since": one.since.isoformat(),
                    "until": one.until.isoformat() if one.until else None,
                }
                for one in found.directors
            ],
            "licences": [
                {
                    "user": one.user,
                    "name": one.name,
                    "kind": one.kind,
                    "number": one.number,
                    "state": one.state,
                    "valid_from": one.valid_from.isoformat(),
                    "expires_on": one.expires_on.isoformat(),
                    "was_valid": one.was_valid,
                }
                for one in found.licences
            ],
            "delegations": [
                {
                    "user": one.user,
                    "name": one.name,
                    "protocol": one.protocol,
                    "service": one.service,
                    "since": one.since.isoformat(),
                    "until": one.until.isoformat() if one.until else None,
                    "director": one.director,
                }
                for one in found.delegations
            ],
            "error": None,
        },
        lines,
    )


def _force_json(one: VersionInForce) -> dict[str, Any]:
    until = one.until.isoformat() if one.until else None
    return {**_version_json(one.document), "until": until, "signed_later": one.signed_later}


def _force_line(one: VersionInForce) -> str:
    document = one.document
    kind = document.kind.replace("_", " ")
    days = f"from {document.effective_on}" + (f" to {one.until}" if one.until else "")
    later = "  (signed only later)" if one.signed_later else ""
    return (
        f"{kind} {document.document_id} v{document.version} {document.language}".rstrip() + f", {days}{later}"
    )
