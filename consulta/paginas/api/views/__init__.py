"""Views of the API: parse, ask a queryset or call a flow, answer."""
