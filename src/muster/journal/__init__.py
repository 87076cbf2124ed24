"""The append-only, hash-chained store of events. Nothing in Muster changes or removes an entry.

`chain` computes what an entry holds and how it is sealed, `store` appends and reads in plain SQL, `guard` has the
database itself refuse changes, `lifting` lets old events be read by newer code, `verify` finds the first bad entry.
"""
