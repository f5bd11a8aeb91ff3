"""The open API, put together: pages, images and documents beside participation, and one document."""
