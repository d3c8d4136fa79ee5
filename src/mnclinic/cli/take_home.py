"""`visit aftercare`, `visit receipt`: the pages that a patient takes home; `whom-to-call`: what they say."""

from mnclinic.cli.answer import Answer
from mnclinic.cli.request import Request
from mnclinic.services.print_documents import Printed, print_aftercare
from mnclinic.services.print_receipt import print_receipt
from mnclinic.services.whom_to_call import change_whom_to_call, whom_to_call


def aftercare(request: Request) -> Answer:
    """Write the aftercare sheet that the visit says was given, else the one in force."""
    options = request.options
    with request.clinic() as (clinic, _):
        return _written(options.visit, print_aftercare(clinic, options.visit, options.language, options.out))


def receipt(request: Request) -> Answer:
    """Write what was done, with what, by whom, and whom to call."""
    options = request.options
    with request.clinic() as (clinic, _):
        return _written(options.visit, print_receipt(clinic, options.visit, options.language, options.out))


def numbers(request: Request) -> Answer:
    """Say whom the pages tell a patient to call, or set it; one that is not named stays."""
    options = request.options
    with request.clinic() as (clinic, _):
        whom = whom_to_call(clinic)
        if options.phone is not None or options.after_hours is not None:
            phone = whom.phone if options.phone is None else options.phone
            after_hours = whom.after_hours if options.after_hours is None else options.after_hours
            whom = change_whom_to_call(clinic, phone, after_hours)
    lines = [f"{'telephone':<12} {whom.phone or '-'}", f"{'after hours':<12} {whom.after_hours or '-'}"]
    return Answer({"phone": whom.phone, "after_hours": whom.after_hours, "error": None}, lines)


def _written(visit: str, printed: Printed) -> Answer:
    return Answer(
        {"visit": visit, "file": str(printed.file), "error": None},
        [f"Written to {printed.file}; it is not encrypted."],
    )
