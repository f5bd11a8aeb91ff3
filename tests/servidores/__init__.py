"""The real parts that tests run against: PostgreSQL, Elasticsearch, a browser, axe-core.

Each module offers a context manager that starts its part on a free loopback port and leaves nothing
behind. From the shell: `python -m tests.servidores con postgresql elasticsearch -- pytest …`.
"""
