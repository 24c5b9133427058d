"""Where everything is kept: one database, SQLite by default and PostgreSQL in production.

- ``base``     the declarative base, aware-UTC datetimes, a data class on every column
- ``engine``   how a connection behaves (SQLite: WAL, foreign keys, waiting instead of failing)
- ``session``  ``Store`` and its sessions: one ``with`` block is one transaction
- ``migrate``  brings a database to the present schema; safe when two processes start together
- ``tables/``  the tables, one file per noun
- ``audit``    who did what, when and why
- ``locks``    locks named by a key, and leases for a single worker
"""

from aftersales.store.migrate import migrate
from aftersales.store.session import Store, open_store

__all__ = ["Store", "migrate", "open_store"]
