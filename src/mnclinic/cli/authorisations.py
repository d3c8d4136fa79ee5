"""`authorisation list`, `authorisation draft` and `authorisation approve`."""

from typing import Any

from mnclinic.cli.answer import Answer, say
from mnclinic.cli.request import Request
from mnclinic.domain.off_label_flags import authorised_products
from mnclinic.domain.plain_codes import in_words
from mnclinic.services.approve_document import DocumentRow, approve_document, list_documents
from mnclinic.services.authorisations import NewAuthorisation, draft_authorisation
from mnclinic.services.rule_versions import DraftKind, find_rules
from mnclinic.services.session import signer

KIND: DraftKind = "authorisation"


def list_all(request: Request) -> Answer:
    """Every authorisation that is signed or waits for it."""
    with request.clinic() as (clinic, _):
        rows = [row for row in list_documents(clinic) if row.kind == KIND]
    lines = [line for row in rows for line in _lines(row)] or ["There is none."]
    return Answer({"authorisations": [_json(row) for row in rows], "error": None}, lines)


def draft(request: Request) -> Answer:
    """Add one as a draft of the director who is logged in."""
    options = request.options
    new = NewAuthorisation(
        flag=options.flag,
        service=options.service,
        valid_from=options.first,
        valid_to=options.last,
        products=tuple(options.product),
        patient=options.patient,
        note=options.note,
    )
    with request.clinic() as (clinic, _):
        row = draft_authorisation(clinic, new)
    said = (
        f"{row.document_id} v{row.version} is a draft. It lets nothing pass until the director has signed it."
    )
    return Answer({"authorisation": _json(row), "error": None}, [said])


def approve(request: Request) -> Answer:
    """Sign one, after printing what it says."""
    options = request.options
    with request.clinic() as (clinic, password):
        row = find_rules(clinic, KIND, options.document_id, options.version)
        for line in _lines(row):
            say(line)
        with signer(clinic, password, factor=options.key_file) as by:
            done = approve_document(clinic, row.row_id, by, shown="command")
    said = f"{done.document_id} v{done.version} is signed; it counts from {done.effective_on}"
    return Answer({"authorisation": _json(done), "error": None}, [said])


def _json(row: DocumentRow) -> dict[str, Any]:
    content = row.document
    return {
        "id": row.document_id,
        "version": row.version,
        "flag": content["flag"],
        "service": content["service"],
        "patient": content["patient"],
        "products": list(content.get("products", ())),
        "valid_from": content["valid_from"],
        "valid_to": content["valid_to"],
        "director": content["director"],
        "note": content.get("note", ""),
        "sha256": row.sha256,
        "approved_at": row.approved_at.isoformat() if row.approved_at else None,
        "approved_by": row.approved_by,
    }


def _lines(row: DocumentRow) -> list[str]:
    content = row.document
    state = f"signed by {row.approved_by}" if row.approved_at else "draft, lets nothing pass"
    products = ", ".join(authorised_products(content))
    lines = [f"{row.document_id} v{row.version}  {content['valid_from']} to {content['valid_to']}  ({state})"]
    lines.append(f"  {authorised(row)}, by {content['director']}")
    lines += [f"  products: {products}"] if products else []
    lines += [f"  {content['note']}"] if content.get("note") else []
    return lines


def authorised(row: DocumentRow) -> str:
    """What is let pass, for which service and for whom, in words."""
    whom = f"patient {row.patient}" if row.patient else "every patient"
    return f"{in_words(row.document['flag'])} for {in_words(row.document['service'])}, {whom}"
