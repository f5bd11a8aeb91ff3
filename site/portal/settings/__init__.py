"""One module per environment; each imports `base` and nothing else."""
