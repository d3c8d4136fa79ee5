"""Leaving the screen: when it locks, what is kept, what is forgotten, and what stays visible.

watch       notices that nobody is there: idle, asked for, the system's own lock, sleep, another user
clipboard   takes back what the program put on the clipboard
place       reads where a person is on the screen, and brings them back there
reopening   names the sheets, and asks for one again by its name
opening     lets in whoever typed the password
locking     leads from what stands in the window to the log-in
closing     leads from the press that closes the window to its end
how_long    is waited behind the cover
unready     locks where something has to be done before the workspace
under_way   what somebody asked for and still runs when the window is to close
sheets      keeps which sheets are open and what was typed into them
timer       the treatment timer, the one thing that outlives a lock
anew        starts the process anew, so that nothing is left in its memory
"""
