"""The inbox in the console. It needs nothing, and it is where every notice can be found again."""
