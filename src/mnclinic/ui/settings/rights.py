"""Who may do what, as the services enforce it."""

from PySide6.QtWidgets import QGridLayout

from mnclinic.security.roles import MATRIX, Role
from mnclinic.ui.elements import Card, label
from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.words import plain


class RightsCard(Card):
    """The matrix of rights: a line for each act, a column for each role."""

    def __init__(self) -> None:
        """Make the table."""
        super().__init__()
        self.body.addWidget(label(self.tr("Who may do what"), Type.HEADING))
        self.body.addWidget(
            label(self.tr("Enforced under every screen and command."), Type.SMALL, "muted", wraps=True)
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.PAGE)
        grid.setVerticalSpacing(Space.TIGHT)
        for number, role in enumerate(Role, start=1):
            grid.addWidget(label(plain(role.value), Type.COLUMN, "muted"), 0, number)
        for line, (act, roles) in enumerate(MATRIX.items(), start=1):
            grid.addWidget(label(plain(act.value), Type.SMALL), line, 0)
            for number, role in enumerate(Role, start=1):
                grid.addWidget(label(self.tr("yes") if role in roles else "–", Type.SMALL), line, number)
        self.body.addLayout(grid)
