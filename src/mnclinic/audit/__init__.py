"""The log of every act: canonical entries, the Merkle tree over them, checkpoints and proofs.

This package computes and checks bytes. It opens no store and holds no private key for longer than one
signature.
"""
