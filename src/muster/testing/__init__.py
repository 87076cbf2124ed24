"""What tests of Muster, and of an office's own plans, stand on: the cast, builders, databases, a browser."""
