"""Rasa's custom actions: they read the turn, ask ``aftersales``, and answer by response name.

The map of this package:

- ``server``    the HTTP door on loopback that Rasa calls; an exception becomes an apology
- ``services``  what every action is given: store, clock, ids
- ``turn``      one customer message, read once: text, need, entities, clock, channel
- ``frames``    what is being asked right now, kept in one slot, newest on top
- ``skill``     the base class of the entry actions (diagnosis, warranty, ticket, status)
- ``forms``     the one ``validate_<form>`` for all skills: answer, digression or finished
- ``diagnosis``, ``warranty``, ``intake``, ``status``, ``diary``, ``privacy``  one skill each
- ``fields``, ``draft``, ``same``  what fills a ticket, what goes on it, is it open already
- ``case``, ``contact``, ``later``  what is kept for a ticket: the fault, the name, another watch
- ``remark``, ``hurry``, ``wanted``  what is said about a ticket: more words, a hurry, when to call
- ``redirects``, ``rates``  messages that no intent names, caught before an action answers
- ``aside``     a question put three times: let go, skipped, taken up again
- ``answer``    questions that need no form: scope, price, address, courtesy
- ``reply``     是 / 不是 / 不知道 / corrections when no form is waiting
"""
