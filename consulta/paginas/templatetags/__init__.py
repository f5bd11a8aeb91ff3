"""What the templates of participation draw with Python."""
