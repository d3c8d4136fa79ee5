"""Every part of the window in every state, for whoever builds pages. Not a page of the program."""
