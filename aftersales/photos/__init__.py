"""Records of photos; taking, checking and re-encoding the picture is the gateway's work.

- ``records``  one row per stored picture, and which of them a sender may use
"""

from aftersales.photos.records import do_record_photo, photo_of, unattached

__all__ = ["do_record_photo", "photo_of", "unattached"]
