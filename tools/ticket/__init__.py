"""``python -m tools.ticket``: every step of a repair in the terminal.

- ``steps``   one transaction, one step, one clear line
- ``show``    the list, and one ticket with its history
- ``papers``  the papers as files
"""
