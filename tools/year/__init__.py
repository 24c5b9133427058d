"""``make year``: a whole year of service, simulated through the same functions people use.

- ``arrivals``  who comes when: by season, by day of the week, by hour, by channel
- ``people``    invented customers and their watches
- ``shop``      what every life needs: session, clock, chance, names of the staff
- ``repair``    the life of a repair, from the call to the archive
- ``talks``     the lives of complaints, callbacks and hand-overs, and customers' visits
- ``world``     the one clock: wakes each life when its moment has come
- ``errand``    what the worker does meanwhile: outbox, deadlines, offers, calls after the work
- ``checks``    what must be true when the year is over

The same seed gives the same year. Everything in it is invented; the words are in
``knowledge/year.yml``.
"""
