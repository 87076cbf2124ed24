"""One module per page. A page shows and asks; what is decided, the engine decides."""
