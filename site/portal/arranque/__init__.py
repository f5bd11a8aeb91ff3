"""What `make run` does: environment, children, the address printed at the end."""
