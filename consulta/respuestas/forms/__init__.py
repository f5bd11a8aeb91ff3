"""What officials type, as forms."""
