"""Faults on purpose: kills, power cuts, failing disks, flipped bits, eight writers, canaries.

Short runs are ordinary tests; `packaging/dev.py faults` runs them at full length. Each measurement is also
shown to see the fault that it looks for, planted by a switch of the harness.
"""

import os

# A measurement neither asks nor tells the keyring of whoever runs it.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
