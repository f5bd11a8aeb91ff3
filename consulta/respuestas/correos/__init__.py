"""What this room writes by mail, by occasion."""
