"""The public ledger: its figures, the cuts they are shown by, and the rows behind each of them.

`filtro` says which rows; `consulta_sql` reads each of them with its answer in one statement; `cortes`
adds them up; `sumas` is what comes out.
"""
