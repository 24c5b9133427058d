"""The workshop: papers, assignments, hours, parts, payments, and what a repair ticket needs for
them.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

from aftersales.store.base import UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("service_mode", sa.String(length=10)),
    ("service_class", sa.String(length=1)),
    ("class_reason", sa.String(length=300)),
    ("stage", sa.String(length=20)),
    ("address", sa.String(length=300)),
    ("approved_at", UTCDateTime()),
    ("approved_how", sa.String(length=20)),
)


def _create(table: str, *columns: sa.Column[object] | sa.UniqueConstraint, index: bool) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f(f"fk_{table}_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    if index:
        op.create_index(op.f(f"ix_{table}_ticket_id"), table, ["ticket_id"])


def upgrade() -> None:
    # Column by column and not as a batch: a batch builds SQLite's table anew, which the rows that
    # point at it forbid.
    for name, kind in _COLUMNS:
        op.add_column("tickets", sa.Column(name, kind, nullable=True))

    _create(
        "papers",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("issued_at", UTCDateTime(), nullable=False),
        sa.Column("issued_by", sa.String(length=100), nullable=False),
        sa.Column("condition", sa.String(length=500), nullable=True),
        sa.Column("accessories", sa.String(length=500), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("signed_name", sa.String(length=100), nullable=True),
        sa.Column("signed_on_paper", sa.Boolean(), nullable=True),
        sa.Column("signed_at", UTCDateTime(), nullable=True),
        sa.Column("handed_by", sa.String(length=100), nullable=True),
        sa.Column("handed_how", sa.String(length=20), nullable=True),
        sa.Column("lost_at", UTCDateTime(), nullable=True),
        sa.Column("lost_reason", sa.Text(), nullable=True),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=100), nullable=True),
        sa.UniqueConstraint("number", name=op.f("uq_papers_number")),
        sa.UniqueConstraint("ticket_id", "kind", name=op.f("uq_papers_ticket_id_kind")),
        index=True,
    )
    _create(
        "assignments",
        sa.Column("technician", sa.String(length=100), nullable=False),
        sa.Column("assigned_by", sa.String(length=100), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        index=True,
    )
    _create(
        "work_logs",
        sa.Column("technician", sa.String(length=100), nullable=False),
        sa.Column("place", sa.String(length=10), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("done", sa.String(length=500), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        index=True,
    )
    _create(
        "parts_used",
        sa.Column("technician", sa.String(length=100), nullable=False),
        sa.Column("part_number", sa.String(length=60), nullable=True),
        sa.Column("part", sa.String(length=100), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_fen", sa.Integer(), nullable=True),
        sa.Column("damage", sa.String(length=300), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        index=True,
    )
    _create(
        "payments",
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("noted_by", sa.String(length=100), nullable=False),
        sa.Column("noted_at", UTCDateTime(), nullable=False),
        sa.Column("collected_by", sa.String(length=100), nullable=True),
        sa.Column("paid_at", UTCDateTime(), nullable=True),
        sa.Column("invoice_number", sa.String(length=40), nullable=True),
        sa.Column("invoiced_by", sa.String(length=100), nullable=True),
        sa.Column("invoiced_at", UTCDateTime(), nullable=True),
        sa.UniqueConstraint("ticket_id", name=op.f("uq_payments_ticket_id")),
        index=False,
    )


def downgrade() -> None:
    for table in ("payments", "parts_used", "work_logs", "assignments", "papers"):
        op.drop_table(table)
    for name, _kind in reversed(_COLUMNS):
        op.drop_column("tickets", name)
