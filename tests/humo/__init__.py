"""The product as a newcomer meets it: a clean clone and one command."""
