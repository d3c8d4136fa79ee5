"""Use-cases about signature keys, recovery and the device: one module each."""
