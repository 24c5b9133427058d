"""Tables in and out: customers, tickets and registered watches as CSV files.

- ``cells``     no cell is taken for a formula
- ``problems``  what can be wrong with a file or a line
- ``reading``   any encoding a table program writes, line by line
- ``fields``    reading single cells: moments, phones, yes and no
- ``importer``  what the three kinds of table share
- ``pipeline``  the way of every import
- ``customers``, ``tickets``, ``watches``  what the three kinds of table know of themselves
- ``export``    out again, masked unless somebody has a reason on record
- ``kinds``     the three by name

Nothing is imported here: ``aftersales.registrations`` builds on the lower half of this package and
the upper half builds on ``aftersales.registrations``.
"""
