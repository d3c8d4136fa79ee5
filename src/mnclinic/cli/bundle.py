"""`bundle make` and `bundle verify`."""

from mnclinic.cli.answer import VERDICT_STATUS, Answer, counted, say
from mnclinic.cli.request import Request, read_secret

NOT_OPENED_BY_ANYBODY = (
    "The bundle was made, but its passphrase could not be written out, and it is shown only once, so nobody "
    "can open it. Delete {file}, look whether the place that the answer goes to is full, then make another."
)


def make(request: Request) -> Answer:
    """Write an audit bundle of a period, or of one person."""
    from mnclinic.services.make_bundle import MakeBundle, make_bundle
    from mnclinic.services.out_place import refuse_place

    options = request.options
    named = options.passphrase_file
    wanted = MakeBundle(
        first=options.first,
        last=options.last,
        out=options.out,
        plain=options.plain,
        passphrase=read_secret(named, "passphrase") if named else None,
        recipient=options.recipient,
        patient=options.patient,
    )
    refuse_place(wanted.out, overwrites=False)
    if options.plain:
        say("The bundle will not be encrypted: whoever finds it can read it.")
    with request.clinic() as (clinic, _):
        made = make_bundle(clinic, wanted)
    visits = counted(made.visits, "visit")
    about = (
        f"{visits} of {counted(made.patients, 'patient')}"
        if made.entries_about is None
        else f"{visits} of one person, and all {made.entries_about} log entries about them"
    )
    lines = [
        f"{made.file}: {about}",
        f"Director's fingerprint: {made.fingerprint}",
        f"SHA-512 of the file: {made.sha512}",
    ]
    lines += [
        f"{one.file}: another record of the same person, {counted(one.visits, 'visit')}, "
        f"all {one.entries_about} log entries about it; SHA-512 {one.sha512}"
        for one in made.also
    ]
    if options.plain:
        lines.append("It is not encrypted, and the log says so.")
    if made.passphrase:
        lines.append(f"Passphrase, shown only now: {made.passphrase}")
    return Answer(
        {
            "file": str(made.file),
            "visits": made.visits,
            "patients": made.patients,
            "entries_about": made.entries_about,
            "sha512": made.sha512,
            "fingerprint": made.fingerprint,
            "passphrase": made.passphrase,
            "also": [
                {
                    "file": str(one.file),
                    "visits": one.visits,
                    "entries_about": one.entries_about,
                    "sha512": one.sha512,
                }
                for one in made.also
            ],
            "error": None,
        },
        lines,
        if_lost=NOT_OPENED_BY_ANYBODY.format(file=made.file) if made.passphrase else "",
    )


def verify(request: Request) -> Answer:
    """Check a bundle; needs no clinic."""
    from mnclinic.bundles.verify import verify_bundle

    options = request.options
    named = options.passphrase_file
    trust = ",".join(options.trust) if options.trust else None
    older = options.older_passphrase_file
    found = verify_bundle(
        options.file,
        trust=trust,
        passphrase=read_secret(named, "passphrase") if named else None,
        older=options.older,
        older_passphrase=read_secret(older, "passphrase") if older else None,
    )
    findings = [{"where": one.where, "what": one.what} for one in found.findings]
    notes = [{"where": one.where, "what": one.what} for one in found.notes]
    lines = [
        found.verdict,
        *(f"  {one['where']}: {one['what']}" for one in findings),
        *(f"  Note. {one['where']}: {one['what']}" for one in notes),
        f"  {counted(found.visits, 'visit')} of {counted(found.patients, 'patient')}, "
        f"{counted(found.entries, 'log entry', 'log entries')}",
        f"  Director's fingerprint: {found.fingerprint}",
        "  Valid means unaltered and complete against the log, not that what was entered is true.",
    ]
    return Answer(
        {
            "verdict": found.verdict,
            "findings": findings,
            "notes": notes,
            "visits": found.visits,
            "patients": found.patients,
            "entries": found.entries,
            "fingerprint": found.fingerprint,
            "error": None,
        },
        lines,
        VERDICT_STATUS[found.verdict],
    )
