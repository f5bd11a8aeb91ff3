"""The officials' desk in the back office: each module holds the views of one page or of one kind of thing."""
