"""The window that hosts everything. It gets plain values and callables and knows no service.

    MainWindow     three faces: `show_welcome`, `show_login`, `show_work`; hosts pages, locks, navigates
    Session        who is signed in, at which clinic, whether it is a demo
    PageFactory    makes a page at its first visit; a page is anything that has `HostedPage`'s methods
    LoginPage      clinic, user name, password, log-ins of a demo
    WelcomePage    there is no clinic in this folder: demo, set-up, another folder
    IdleLock       asks for the lock after five minutes without a touch

    window = MainWindow()
    window.unlock_requested.connect(unlock)            # user, password
    window.lock_requested.connect(forget_keys)         # then show_login again
    window.show_login("Willow Clinic")
    window.show_work(Session("Dana Reyes, RN", "Willow Clinic"), {"today": TodayPage, "visit": VisitPage})

A page asks for another with its signal `navigate_requested(name, args)`; names outside the rail
("visit") keep the rail entry that led there marked.
"""

from mnclinic.ui.shell.entry import DemoLogIn, LoginPage, WelcomePage
from mnclinic.ui.shell.idle import IDLE_LOCK_S, IdleLock
from mnclinic.ui.shell.rail import RAIL, RailEntry
from mnclinic.ui.shell.window import HostedPage, MainWindow, PageFactory, Session

__all__ = [
    "IDLE_LOCK_S",
    "RAIL",
    "DemoLogIn",
    "HostedPage",
    "IdleLock",
    "LoginPage",
    "MainWindow",
    "PageFactory",
    "RailEntry",
    "Session",
    "WelcomePage",
]
