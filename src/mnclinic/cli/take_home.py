"""`visit aftercare` and `visit receipt`: the pages that a patient takes home."""

from mnclinic.cli.answer import Answer
from mnclinic.cli.request import Request
from mnclinic.services.print_documents import Printed, print_aftercare
from mnclinic.services.print_receipt import print_receipt


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


def _written(visit: str, printed: Printed) -> Answer:
    return Answer(
        {"visit": visit, "file": str(printed.file), "error": None},
        [f"Written to {printed.file}; it is not encrypted."],
    )
