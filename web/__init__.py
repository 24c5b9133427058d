"""Everything that faces people over HTTP; the only process a stranger can reach.

- ``app``       builds the application from its parts
- ``parts``     what the routes share: settings, store, clock, Rasa, limits
- ``pages``     the support page, the API's handbook, files of other people
- ``status``    a repair's progress, for whoever holds its link; ``estimate`` reads and answers an
  offer in two taps; ``sheets`` is the frame of both, ``asking`` leads from there into the chat
- ``chat``      the conversation of the page: messages, history, pushes
- ``talk``      one message's way: stored first, answered by whoever owns the conversation
- ``turn``      asking Rasa and storing the answer once; ``recovery`` finishes what broke off
- ``photos``    their routes; ``pictures`` checks and re-encodes, ``photo_links`` signs addresses
- ``views``     what the page is told
- ``visits``    news that waited, as sentences
- ``moments``   dates as a page shows them
- ``sessions``  who speaks: a signed cookie, never the body
- ``buttons``   answers to tap, bound to the session they were made for
- ``rasa``      the client of Rasa's gateway channel
- ``limits``    how often, how much
- ``headers``   what browsers may do with our pages; where writes may come from
- ``health``    is every part alive
- ``worker``    the loop: messages that must leave, answers that broke off
- ``texts``     the sentences of ``texts.yml``; ``refusals`` the one shape of every error
"""
