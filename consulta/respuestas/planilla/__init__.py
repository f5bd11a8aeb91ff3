"""Answers in a spreadsheet: written for people to fill in, read back, judged row by row."""
