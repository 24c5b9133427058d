"""Tests mirror the packages. A package, so that tests/web is not taken for web itself."""
