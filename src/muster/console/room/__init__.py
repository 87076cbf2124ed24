"""What the room of a case shows: each part worked out from the case as plain values, without any markup."""
