"""The open API of participation: reading for everyone, writing through the flows."""
