"""What is done behind the cover between the press that closes the window and its end.

The clinic is open until then. So the watch goes on, and what it says ends the wait.
"""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from mnclinic.ui.lock.cover import Cover
from mnclinic.ui.lock.reasons import Left
from mnclinic.ui.lock.under_way import UnderWay
from mnclinic.ui.lock.watch import Watch


class LastActs(QObject):
    """Covers the window for one act after another, and says when it may close."""

    over = Signal()
    """Nothing is waited for any more."""

    def __init__(
        self, window: QWidget, watch: Watch | None, *, longest_ms: int, hurried_ms: int, ending_ms: int
    ) -> None:
        """Begin where somebody has just pressed to close.

        Args:
            window: What closes.
            watch: Of the person's stay; None where the clinic is closed already.
            longest_ms: So long an act goes on where nobody is there, also one to a stick that hangs.
            hurried_ms: So long where the computer itself was left.
            ending_ms: So long what was stopped may take to end.
        """
        super().__init__(window)
        self._window, self._watch = window, watch
        self._longest_ms, self._hurried_ms = longest_ms, hurried_ms
        self._ending_ms = ending_ms
        self._cover: Cover | None = None
        self._is_told = False
        self.is_left = False
        """Whether nobody is there any more."""
        self.has_waited = False
        """Whether it was waited for as long as anybody waits."""
        self._hurry = QTimer(self, singleShot=True)
        self._hurry.timeout.connect(self._give_up)
        if watch is None:
            # A process that hangs is not to be there for ever either.
            self._hurry.start(longest_ms)

    def begin(self, words: str) -> Cover:
        """Cover the window while an act goes on, which can be skipped."""
        self._cover = cover = Cover(self._window, words)
        cover.offer_skip()
        cover.skipped.connect(self.over)
        return cover

    def wait_for(self, under_way: UnderWay) -> Cover:
        """Cover the window while what somebody asked for goes on, which can be stopped.

        What has come too far for that goes on to its end; it says so, and nothing can be pressed.
        """
        what = under_way.words or self.tr("what you asked for last")
        words = self.tr("Still under way: {what}. The window closes after it.").format(what=what)
        self._cover = cover = Cover(self._window, words)
        cover.words.setWordWrap(True)
        cover.offer_skip(self.tr("Stop it and close"))

        def stop() -> None:
            if self._is_told:
                # It has ended, and what went wrong with it was read.
                self.over.emit()
                return
            if under_way.stop():
                cover.words.setText(self.tr("Stopping …"))
                left_ms = self._hurry.remainingTime() if self._hurry.isActive() else self._longest_ms
                self._hurry.start(min(self._ending_ms, left_ms))
            else:
                cover.words.setText(self.tr("It can no longer be stopped. The window closes after it."))
            cover.setFocus()
            cover.skip.hide()

        cover.skipped.connect(stop)
        return cover

    def tell(self, sentence: str, words: str = "") -> None:
        """It did not work: have it read, under a button of these words. Where nobody is there, close.

        Whoever reads it gets as long as the screen stays open without use. It is entered besides, and told
        after the next log-in.
        """
        if self.is_left or self._cover is None:
            self.over.emit()
            return
        self._is_told = True
        self._cover.show_end(sentence)
        if words:
            self._cover.skip.setText(words)
        if self._watch is not None:
            self._watch.begin()

    def _give_up(self) -> None:
        self.has_waited = True
        self.over.emit()

    def leave(self, left: Left) -> None:
        """Nobody is there: what goes on gets its time, and nothing is left on the screen to be read."""
        if self._is_told:
            self.over.emit()
            return
        longest_ms = self._longest_ms if left is Left.IDLE else self._hurried_ms
        if not self.is_left or self._hurry.remainingTime() > longest_ms:
            self._hurry.start(longest_ms)
        self.is_left = True
        if left is Left.IDLE and self._watch is not None:
            self._watch.cover()
