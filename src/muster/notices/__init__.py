"""Notices: what a case wants told to an actor becomes one message to one person on one channel.

`execute` puts rows into the outbox in the transaction that appends the events. A deliverer resolves each actor to
persons at the moment of delivery and makes one notice per person and channel; channels that leave the house send later,
at least once, with an idempotency key. Notices of a drill carry 【演练】 and never leave through a real channel.
"""
