"""``make gold``: how good the diagnosis is on the gold cases, and how few questions it needs.

- ``cases``   the cases of ``tests/gold``
- ``talks``   one talk: the customer answers from the case's truth; whose turn it is to ask what
- ``scores``  means over the cases, and the marks they have to reach
"""
