"""The checklist when a watch is taken in: what its parts looked like, with photos.

- ``checklist``  the items of ``knowledge/intake_checklist.yml`` and what was found
- ``check``      one item as found; looked at again, it is written anew and the audit trail says so
"""

from aftersales.intake_check.check import CheckRefused, do_check_item
from aftersales.intake_check.checklist import Checked, checklist, unchecked

__all__ = ["CheckRefused", "Checked", "checklist", "do_check_item", "unchecked"]
