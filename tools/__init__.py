"""Bootstrap, launcher and developer commands. `make help` lists the doors.

``bootstrap`` and what it imports (``child``, ``doors``, ``environment``, ``interpreter``,
``locks``, ``model``, ``parent``, ``paths``, ``ports``, ``progress``, ``toolchain``, ``widget``) use
the standard library only and syntax of Python 3.8, because they run before any environment exists.
"""
