"""Keys, passwords and roles: no SQL, no Qt, no clock; disk only to load and save the key file.

kdf               a password becomes a key (Argon2id), and what cost is believed
envelope          one key locked under another, bound to what it is for
signing_keys      the Ed25519 keys in use: session, signature, installation
keyfile           `clinic.keys` as a value, and its two checks
keyfile_parsing   bytes become that value, or a sentence
keyfile_on_disk   it is read, and replaced in one step
slots             who can open what: unlock, sign, add, change, reset, recover, rotate (its parts:
                  slots_opening, slots_changing, slots_recovery, rotation, slot_locks, open_keys)
recovery_code     the groups of characters on the recovery sheet and of a personal code
device            a PC's share of a log-in, in its keyring
factor            a key file on a stick, the second factor for signing
prelogin_seal     what happens before a log-in, sealed for the open clinic
throttle          how long the next try at a password has to wait
passwords         what a new password must be
roles             who may do what
"""
