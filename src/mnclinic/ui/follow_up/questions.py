"""The script of a call: what is said, and a yes or no beside each question."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from mnclinic.domain.call_script import CallScript
from mnclinic.ui.elements import LARGE_TEXT, column, label, row
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Type


class Question(QWidget):
    """One question. `answer` is None until somebody answered."""

    answered = Signal()
    """An answer was chosen or changed."""

    def __init__(self, number: int, words: str) -> None:
        """Make it with nothing chosen."""
        super().__init__()
        self.number = number
        is_large = theme().text_scale >= LARGE_TEXT
        lines = column(self, gap=Space.HAIR) if is_large else row(self, gap=Space.MEDIUM)
        lines.addWidget(label(f"{number}. {words}", wraps=True), 1)
        self.no, self.yes = QRadioButton(spoken("No")), QRadioButton(spoken("Yes"))
        self._group = QButtonGroup(self)
        answers = row(gap=Space.MEDIUM)
        for choice, said in ((self.no, "no"), (self.yes, "yes")):
            choice.setObjectName(f"follow_up.question.{number}.{said}")
            choice.setAccessibleName(f"{number}. {words} {choice.text()}")
            self._group.addButton(choice)
            choice.toggled.connect(lambda _is_on: self.answered.emit())
            answers.addWidget(choice)
        if is_large:
            answers.addStretch(1)
        lines.addLayout(answers)

    @property
    def answer(self) -> bool | None:
        """True for yes, False for no, None for nothing yet."""
        if self.yes.isChecked():
            return True
        return False if self.no.isChecked() else None


class Script(QWidget):
    """The whole script, as it is read."""

    answered = Signal()
    """An answer was chosen or changed."""

    def __init__(self, script: CallScript) -> None:
        """Show every part in its order."""
        super().__init__()
        lines = column(self, gap=Space.MEDIUM)
        self.questions: list[Question] = []
        for part in script.parts:
            lines.addWidget(label(part.heading, Type.HEADING, wraps=True))
            for words in part.words:
                lines.addWidget(label(words, wraps=True))
            for number, words in part.questions:
                question = Question(number, words)
                question.answered.connect(self.answered)
                self.questions.append(question)
                lines.addWidget(question)

    @property
    def answers(self) -> Mapping[int, bool]:
        """What was answered so far, by number of the question."""
        said = {one.number: one.answer for one in self.questions}
        return {number: answer for number, answer in said.items() if answer is not None}

    def say_no_to_the_rest(self) -> None:
        """Every question without an answer is answered with no."""
        for one in self.questions:
            if one.answer is None:
                one.no.setChecked(True)
