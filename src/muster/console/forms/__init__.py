"""The forms of acts: what each asks, and the command that it becomes. `muster.console.commands` lists the acts."""
