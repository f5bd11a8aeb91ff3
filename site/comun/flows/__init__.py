"""What the foundations do by themselves."""
