"""The tables, one file per noun. Importing this package makes all of them known to
``Base.metadata``."""

from aftersales.store.base import Base
from aftersales.store.tables.audit import AuditEntry
from aftersales.store.tables.care import CarePlan, Satisfaction
from aftersales.store.tables.complaints import ComplaintCase
from aftersales.store.tables.conversations import Conversation, HandOver, Message
from aftersales.store.tables.deadlines import Deadline, DeadlinePause, LateDay
from aftersales.store.tables.erased_phones import ErasedPhone
from aftersales.store.tables.erasures import Erasure
from aftersales.store.tables.estimates import Estimate, EstimateLine
from aftersales.store.tables.inbox import InboxRow
from aftersales.store.tables.intake import IntakeItem
from aftersales.store.tables.links import Link
from aftersales.store.tables.locks import Lease
from aftersales.store.tables.lookups import Lookup
from aftersales.store.tables.outbox import OutboxRow
from aftersales.store.tables.people import Consent, Customer
from aftersales.store.tables.photos import Photo
from aftersales.store.tables.rate_diary import RateDiary, RateReading
from aftersales.store.tables.registrations import Registration
from aftersales.store.tables.staff import StaffMember
from aftersales.store.tables.ticket_links import TicketLink
from aftersales.store.tables.tickets import Ticket, TicketFinding, TicketMove
from aftersales.store.tables.trainings import Training
from aftersales.store.tables.visits import Visit
from aftersales.store.tables.workshop import Assignment, Paper, PartUsed, Payment, WorkLog

__all__ = [
    "Assignment",
    "AuditEntry",
    "Base",
    "CarePlan",
    "ComplaintCase",
    "Consent",
    "Conversation",
    "Customer",
    "Deadline",
    "DeadlinePause",
    "Estimate",
    "EstimateLine",
    "IntakeItem",
    "LateDay",
    "ErasedPhone",
    "Erasure",
    "HandOver",
    "InboxRow",
    "Lease",
    "Link",
    "Lookup",
    "Message",
    "OutboxRow",
    "Paper",
    "PartUsed",
    "Payment",
    "Photo",
    "RateDiary",
    "RateReading",
    "Registration",
    "Satisfaction",
    "StaffMember",
    "Ticket",
    "TicketFinding",
    "TicketLink",
    "TicketMove",
    "Training",
    "Visit",
    "WorkLog",
]
