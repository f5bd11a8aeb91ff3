"""A whole consultation answered from outside, by the pages of the back office and by API, and every
figure, mail and link checked against what the program itself counted: `python -m tests.carga.ensayo`.
"""
