"""Contributions that come in a spreadsheet: reading it, judging each row, writing it row by row."""
