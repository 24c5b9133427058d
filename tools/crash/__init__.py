"""``make crash``: kill a process between every two steps and see what is left.

- ``points``     where a process can be killed, and the killing
- ``scenarios``  what the process does, and what is done after its death
- ``findings``   what must be true then
- ``databases``  a fresh database for every death: SQLite in a file, PostgreSQL when it answers
- ``run``        one death after another
"""
