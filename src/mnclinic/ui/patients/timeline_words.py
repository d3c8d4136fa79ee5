"""What each row of a person's timeline says, in the words of the window's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject

from mnclinic.domain.person_details import Standing
from mnclinic.services.patient_timeline import TimelineItem, VisitGist
from mnclinic.ui.elements import STATE_LOOK, TimelineEntry
from mnclinic.ui.language import spoken, weekday_words
from mnclinic.ui.tokens import Tone
from mnclinic.ui.words import day_words, plain, service_words

TREATED = frozenset({"visit.performed", "visit.deferred"})


class TimelineWords(QObject):
    """Says what rows of the timeline and fields of a person are called."""

    def entries(self, items: Sequence[TimelineItem]) -> tuple[TimelineEntry, ...]:
        """A page of the timeline as the window shows it, under the days on which it was done."""
        seen: set[str] = set()
        shown = []
        for item in items:
            # The newest row of a visit leads to it; its older ones would say the same.
            leads = item.visit is not None and item.visit.visit_id not in seen
            if item.visit is not None:
                seen.add(item.visit.visit_id)
            shown.append(self._entry(item, leads=leads))
        return tuple(shown)

    def field_words(self, name: str) -> str:
        """A field of a person as people call it."""
        name = name.replace(" ", "_")
        return {
            "last_name": self.tr("Last name"),
            "first_name": self.tr("First name"),
            "preferred_name": self.tr("Preferred name"),
            "pronouns": self.tr("Pronouns"),
            "born_on": self.tr("Date of birth"),
            "sex": self.tr("Sex"),
            "phone": self.tr("Phone"),
            "email": self.tr("Email"),
            "address": self.tr("Address"),
            "emergency_contact": self.tr("Emergency contact"),
            "language": self.tr("Language"),
            "contact": self.tr("May be contacted by"),
            "allergies": self.tr("Allergies"),
            "fitzpatrick": self.tr("Phototype"),
            "notes": self.tr("Notes"),
        }.get(name, plain(name))

    def contact_words(self, codes: Sequence[str]) -> str:
        """Ways of contact as people say them; empty where nobody asked."""
        words = {
            "call": self.tr("telephone"),
            "text": self.tr("text message"),
            "email": self.tr("email"),
            "post": self.tr("post"),
            "message": self.tr("may leave a message"),
            "none": self.tr("do not contact"),
        }
        said = ", ".join(words.get(code, code) for code in codes)
        return said[:1].upper() + said[1:]

    def sex_words(self, sex: str) -> str:
        """A sex as it is chosen; a word that came with a roster stays as it is."""
        return {"female": self.tr("female"), "male": self.tr("male")}.get(sex, sex)

    def standing_words(self, standing: str) -> str:
        """How somebody stands to the clinic."""
        return {
            Standing.ACTIVE.value: self.tr("Active"),
            Standing.INACTIVE.value: self.tr("Inactive"),
            Standing.DECEASED.value: self.tr("Deceased"),
        }.get(standing, standing)

    def _entry(self, item: TimelineItem, *, leads: bool) -> TimelineEntry:
        title, tone, shape = self._look(item)
        when = [f"{item.at:%H:%M}"] if item.at else []
        when += [item.by] if item.by else []
        when += [item.record_number] if item.record_number else []
        return TimelineEntry(
            when=" · ".join(when),
            title=title,
            detail="\n".join(self._detail(item)),
            tone=tone,
            shape=shape,
            action=self.tr("Open") if leads else "",
            key=item.visit.visit_id if item.visit else None,
            group=self._group(item),
        )

    def _group(self, item: TimelineItem) -> str:
        if item.at is None:
            return self.tr("Time cannot be read")
        return f"{weekday_words(item.at.date())} {day_words(item.at.date())}"

    def _look(self, item: TimelineItem) -> tuple[str, Tone, str]:
        visit = item.visit
        match item.action:
            case "visit.started":
                return self._visit_words(self.tr("Visit {number} opened"), visit), Tone.DRAFT, "pen-line"
            case "visit.performed":
                state = STATE_LOOK[visit.state] if visit else None
                tone, shape = (state.tone, state.shape) if state else (Tone.COMPLETE, "")
                return self._visit_words(self.tr("Treated, visit {number}"), visit), tone, shape
            case "visit.deferred":
                return (
                    self._visit_words(self.tr("Visit {number} deferred: the gate refused it"), visit),
                    Tone.STOP,
                    "ban",
                )
            case "visit.released":
                return (
                    self._visit_words(self.tr("Visit {number} released by the director"), visit),
                    Tone.DIRECTOR,
                    "stamp",
                )
            case "visit.signed":
                words = self._visit_words(self.tr("Visit {number} signed off by the director"), visit)
                return words, Tone.COMPLETE, "badge-check"
            case "visit.returned":
                words = self._visit_words(self.tr("Visit {number} returned to its performer"), visit)
                return words, Tone.SOON, "corner-up-left"
            case "visit.voided":
                return self._visit_words(self.tr("Visit {number} voided"), visit), Tone.DRAFT, "circle-minus"
            case "visit.printed":
                return self._visit_words(self.tr("Visit {number} printed"), visit), Tone.INFO, "printer"
            case "aftercare.printed" | "receipt.printed":
                sheet = self.tr("Aftercare sheet of visit {number} printed")
                receipt = self.tr("Receipt of visit {number} printed")
                words = sheet if item.action == "aftercare.printed" else receipt
                return self._visit_words(words, visit), Tone.INFO, "printer"
            case _ if item.action.startswith("adverse_event."):
                return self._event_look(item)
            case _ if item.action.startswith("amendment."):
                return self._amendment_look(item)
            case _:
                return self._person_look(item)

    def _event_look(self, item: TimelineItem) -> tuple[str, Tone, str]:
        return {
            "adverse_event.recorded": (
                self._visit_words(self.tr("Adverse event after visit {number}"), item.visit),
                Tone.STOP,
                "heart-pulse",
            ),
            "adverse_event.told": (self.tr("The director was told of an adverse event"), Tone.SOON, "bell"),
            "adverse_event.acknowledged": (
                self.tr("The director signed that she knows of an adverse event"),
                Tone.DIRECTOR,
                "stamp",
            ),
            "adverse_event.noted": (
                self.tr("Note about an adverse event"),
                Tone.INFO,
                "notebook-pen",
            ),
            "adverse_event.reported": (self.tr("Adverse event reported"), Tone.INFO, "upload"),
            "adverse_event.closed": (self.tr("Adverse event closed"), Tone.COMPLETE, "circle-check"),
            "adverse_event.printed": (self.tr("FDA 3500 worksheet printed"), Tone.INFO, "printer"),
        }.get(item.action, (plain(item.action.replace(".", " ")), Tone.INFO, ""))

    def _amendment_look(self, item: TimelineItem) -> tuple[str, Tone, str]:
        visit = item.visit
        match item.action:
            case "amendment.addendum":
                return self._visit_words(self.tr("Addendum to visit {number}"), visit), Tone.INFO, "plus"
            case "amendment.correction":
                return self._visit_words(self.tr("Visit {number} corrected"), visit), Tone.SOON, "pen-line"
            case "amendment.late_entry":
                words = self._visit_words(self.tr("Late entry to visit {number}"), visit)
                return words, Tone.SOON, "file-clock"
            case "amendment.wrong_patient":
                words = self._visit_words(self.tr("Visit {number} was filed to this patient wrongly"), visit)
                return words, Tone.STOP, "user-round"
            case "amendment.right_patient":
                words = self._visit_words(
                    self.tr("Visit {number}, filed to another patient, is of this patient"), visit
                )
                return words, Tone.STOP, "user-round"
            case _:
                words = self._visit_words(self.tr("Amendment of visit {number} seen by the director"), visit)
                return words, Tone.DIRECTOR, "eye"

    def _person_look(self, item: TimelineItem) -> tuple[str, Tone, str]:
        told = item.told
        match item.action:
            case "patient.added":
                return self.tr("Added to the roster"), Tone.INFO, "user-plus"
            case "patient.imported":
                return self.tr("Came with an imported roster"), Tone.INFO, "upload"
            case "patient.changed":
                names = ", ".join(self.field_words(str(name)) for name in told.get("changed", ()))
                return self.tr("Details changed: {fields}").format(fields=names), Tone.INFO, "square-pen"
            case "patient.standing_changed":
                after = self.standing_words(str(told.get("after", "")))
                deceased = told.get("after") == Standing.DECEASED
                return (
                    self.tr("Marked as: {what}").format(what=after),
                    Tone.STOP if deceased else Tone.DRAFT,
                    "user-check",
                )
            case "patient.merged" | "patient.merge_taken_in":
                return self.tr("Two records of this person are read as one"), Tone.WAITING, "layers"
            case "patient.unmerged" | "patient.merge_let_go":
                return self.tr("A merge of two records was taken back"), Tone.SOON, "undo-2"
            case "patient.held":
                return self.tr("Legal hold put on these records"), Tone.DIRECTOR, "lock"
            case "patient.hold_ended":
                return self.tr("Legal hold ended"), Tone.DRAFT, "lock-open"
            case "medical_history.added":
                return self.tr("Written into the health history"), Tone.INFO, "notebook-pen"
            case "medical_history.ended":
                return self.tr("Entry of the health history ended"), Tone.DRAFT, "notebook-pen"
            case "bundle.made":
                return self.tr("Audit bundle about this person made"), Tone.INFO, "download"
            case _:
                return self._paper_look(item)

    def _paper_look(self, item: TimelineItem) -> tuple[str, Tone, str]:
        match item.action:
            case "consent.withdrawn":
                return self.tr("Consent withdrawn"), Tone.STOP, "ban"
            case "attachment.kept":
                return self.tr("Scanned paper kept"), Tone.INFO, "scan-line"
            case "attachment.copied":
                return self.tr("Scanned paper written out"), Tone.INFO, "printer"
            case "consent.printed":
                return self.tr("Signed consent printed"), Tone.INFO, "printer"
            case "consent.form_printed":
                return self.tr("Consent form to sign printed"), Tone.INFO, "printer"
            case "precare.printed":
                return self.tr("Sheet about preparing printed"), Tone.INFO, "printer"
            case _:
                return self._plan_look(item)

    def _plan_look(self, item: TimelineItem) -> tuple[str, Tone, str]:
        match item.action:
            case "plan.made":
                return self.tr("Visit planned"), Tone.INFO, "calendar-days"
            case "plan.walked_in":
                return self.tr("Came without a planned visit"), Tone.INFO, "user-check"
            case "plan.changed":
                return self.tr("Planned visit changed"), Tone.INFO, "calendar-days"
            case "plan.arrived":
                return self.tr("Arrived"), Tone.INFO, "user-check"
            case "plan.arrival_taken_back":
                return self.tr("Arrival taken back"), Tone.DRAFT, "undo-2"
            case "plan.started":
                return self.tr("Planned visit started"), Tone.INFO, "calendar-days"
            case "plan.cancelled":
                return self.tr("Planned visit cancelled"), Tone.DRAFT, "circle-minus"
            case "plan.no_show":
                return self.tr("Did not come to the planned visit"), Tone.SOON, "user-round"
            case "plan.put_back":
                return self.tr("Planned visit put back on the list"), Tone.INFO, "undo-2"
            case "plan.taken_back":
                return self.tr("Planned visit taken back"), Tone.DRAFT, "undo-2"
            case "plan.entered_again":
                return self.tr("Planned visit entered again"), Tone.INFO, "undo-2"
            case _:
                return self._other_look(item)

    def _other_look(self, item: TimelineItem) -> tuple[str, Tone, str]:
        visit = item.visit
        return {
            "follow_up.recorded": (self.tr("Follow-up contact written down"), Tone.INFO, "notebook-pen"),
            "photo.kept": (self.tr("Photograph kept"), Tone.INFO, "scan-line"),
            "photo.exported": (self.tr("Photograph written out"), Tone.INFO, "printer"),
            "recall.contacted": (self.tr("Told of a recall, or tried"), Tone.SOON, "bell"),
            "import.undone": (self.tr("Import of the roster taken back"), Tone.DRAFT, "undo-2"),
            "paper.returned": (self.tr("Paper sheet brought back"), Tone.INFO, "scan-line"),
            "visit.read_back": (
                self._visit_words(self.tr("Label of the blood read back, visit {number}"), visit),
                Tone.INFO,
                "user-check",
            ),
            "visit.telephone_order": (
                self._visit_words(self.tr("Order by telephone, visit {number}"), visit),
                Tone.DIRECTOR,
                "stamp",
            ),
        }.get(item.action, (plain(item.action.replace(".", " ")), Tone.INFO, ""))

    @staticmethod
    def _visit_words(words: str, visit: VisitGist | None) -> str:
        return words.format(number=visit.number if visit else "").replace("  ", " ")

    def _detail(self, item: TimelineItem) -> list[str]:
        visit, told, lines = item.visit, item.told, []
        if visit is not None and item.action in {"visit.started", *TREATED}:
            facts = [service_words(visit.service), day_words(visit.visit_on), visit.performer]
            if item.action in TREATED and visit.areas:
                facts.insert(0, ", ".join(plain(area) for area in visit.areas))
            if item.action in TREATED and visit.has_consent:
                facts.append(self.tr("consent on record"))
            if item.action == "visit.performed":
                facts.append(spoken(STATE_LOOK[visit.state].word))
            lines.append(" · ".join(facts))
        if item.action == "patient.changed":
            lines += self._changes(told)
        if item.action.startswith("medical_history.") and told.get("words"):
            lines.append(spoken(str(told["words"])))
        lines += self._papers(item.action, told)
        if told.get("into"):
            lines.append(self.tr("{one} into {other}").format(one=item.record_number, other=told["into"]))
        if told.get("record"):
            lines.append(str(told["record"]))
        if told.get("deceased_on"):
            lines.append(self.tr("Day of death: {day}").format(day=told["deceased_on"]))
        if told.get("reason"):
            lines.append(str(told["reason"]))
        return lines

    def _papers(self, action: str, told: Mapping[str, Any]) -> list[str]:
        if action == "consent.withdrawn":
            form = str(told.get("form", "")) or self.tr("every consent")
            facts = (str(told.get("by", "")), form, str(told.get("note", "")))
            return [" · ".join(filter(None, facts))]
        return [str(told["title"])] if action == "attachment.kept" and told.get("title") else []

    def _changes(self, told: Mapping[str, Any]) -> list[str]:
        before, after = told.get("before"), told.get("after")
        if not isinstance(before, dict) or not isinstance(after, dict):
            return []
        return [
            f"{self.field_words(name)}: {self._value(name, before.get(name))} → {self._value(name, value)}"
            for name, value in after.items()
        ]

    def _value(self, name: str, value: object) -> str:
        if name == "contact" and isinstance(value, list):
            return self.contact_words([str(code) for code in value]) or self.tr("not asked")
        return str(value) if value not in (None, "") else self.tr("nothing")
