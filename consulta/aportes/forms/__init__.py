"""Forms of the back office about contributions."""
