"""The console: pages, fragments and how they look. It shows, and decides nothing."""
