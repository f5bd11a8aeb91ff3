"""What the secretariat does with the forum."""
