"""Number and date formats of our own."""
