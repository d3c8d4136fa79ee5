"""How the demo clinic is set up: its people, policies, protocols, texts, device and lots."""

import json
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from mnclinic.domain.credentials import BLS
from mnclinic.resource_files import resource_path
from mnclinic.services.access_time import access_of_days
from mnclinic.services.demo.consents import demo_consent_texts
from mnclinic.services.demo.people import STAFF
from mnclinic.services.set_up_clinic import NewLicence, NewPerson, SetUpClinic
from mnclinic.services.shipped_drafts import whole_document

CENTRAL = timezone(timedelta(hours=-6))
DAYS_BACK = 400
"""So many days before the demo's day the clinic opens."""
INSPECTION_DAYS = 14
"""How long the demo's inspector may look, from the demo's day on."""
CLINIC_NAME = "Sampleton Skin Studio (demo)"


def draft(name: str) -> dict[str, Any]:
    """A shipped draft document by its path under `resources/drafts`."""
    document = json.loads(resource_path(f"drafts/{name}").read_text(encoding="utf-8"))
    return dict(whole_document(document))


def example_device() -> dict[str, Any]:
    """The handpiece that the demo treats with, as its label states it."""
    text = resource_path("examples/device-sp-01.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def set_up_of(day: date) -> SetUpClinic:
    """What the demo clinic is set up with, so that it has been open for `DAYS_BACK` days on `day`."""
    opened = day - timedelta(days=DAYS_BACK)
    effective = {"effective_on": opened.isoformat()}
    policy = draft("policies/tx.json")
    policy["parameters"]["telephone_orders"] = policy["parameters"]["telephone_orders"] | {
        "value": "yes",
        "source": "Demo clinic: the director allows orders by telephone, read back and signed within days",
    }
    # Nobody can choose what a draw takes, not even a seed: so this story's policies draw none or all.
    policy_1 = policy | effective | {"version": 1, "review": _sampled(policy, 0)}
    # A new nurse: for the last three weeks the director looks at everything.
    policy_2 = policy | {
        "version": 2,
        "effective_on": (day - timedelta(days=21)).isoformat(),
        "review": _sampled(policy, 100),
    }
    documents: list[tuple[str, dict[str, Any]]] = [("policy", policy_1), ("policy", policy_2)]
    documents += [
        ("protocol", draft(f"protocols/{name}.json") | effective | {"version": 1})
        for name in ("face-mechanical", "face-prp")
    ]
    documents += [("consent_text", text) for text in demo_consent_texts(opened)]
    documents.append(
        (
            "authorisation",
            {
                "format": "mnclinic.authorisation/1",
                "id": "prp-topical",
                "version": 1,
                "flag": "off_label_topical",
                "service": "microneedling_prp",
                "patient": None,
                "valid_from": opened.isoformat(),
                "valid_to": (day + timedelta(days=365)).isoformat(),
                "director": "Dr I. Okafor",
                "note": "Demo authorisation.",
            },
        )
    )
    access_from, access_until = access_of_days(
        day, day + timedelta(days=INSPECTION_DAYS - 1), datetime.combine(day, time(8), CENTRAL)
    )
    return SetUpClinic(
        name=CLINIC_NAME,
        people=tuple(
            NewPerson(
                user=one.user,
                name=one.name,
                role=one.role,
                credential=one.credential,
                password=one.password,
                depth_ceiling_mm=one.depth_ceiling_mm,
                licences=(
                    NewLicence(
                        kind=one.credential,
                        number=f"DEMO-{one.user.upper()}",
                        state="TX",
                        valid_from=opened - timedelta(days=300),
                        expires_on=day + timedelta(days=one.licence_ends_in_days),
                    ),
                    NewLicence(
                        kind=BLS,
                        number=f"DEMO-BLS-{one.user.upper()}",
                        state="Example Heart School",
                        valid_from=opened - timedelta(days=300),
                        expires_on=day + timedelta(days=one.bls_ends_in_days),
                    ),
                )
                if one.licence_ends_in_days is not None
                else (),
                access_from=access_from if one.role == "inspector" else None,
                access_until=access_until if one.role == "inspector" else None,
            )
            for one in STAFF
        ),
        documents=tuple(documents),
        devices=(example_device(),),
        lots=(
            _lot("cartridge", "DEMO-C1", "cartridge, 14 needles", day + timedelta(days=300), "2.50"),
            _lot("cartridge", "DEMO-C0", "cartridge, 14 needles", day - timedelta(days=12), "2.50"),
            _lot("topical", "DEMO-G1", "hydrogel", day + timedelta(days=200), None),
            _lot("prp_kit", "DEMO-K1", "PRP kit", day + timedelta(days=150), None),
        ),
        approve=True,
        demo_day=day,
    )


def _sampled(policy: dict[str, Any], percent: int) -> dict[str, Any]:
    review: dict[str, Any] = policy["review"]
    return review | {"sample_percent": review["sample_percent"] | {"value": percent}}


def _lot(kind: str, lot: str, name: str, expires_on: date, needle_length_mm: str | None) -> dict[str, Any]:
    return {
        "kind": kind,
        "lot": lot,
        "name": name,
        "expires_on": expires_on.isoformat(),
        "needle_length_mm": needle_length_mm,
    }
