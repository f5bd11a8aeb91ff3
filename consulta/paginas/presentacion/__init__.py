"""What the templates draw: plain objects, made once per page from a constant number of queries."""
