"""Our own people, when a complaint was decided, visits and trainings.

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

from aftersales.store.base import UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("login", sa.String(length=100), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("trade_since", sa.Date(), nullable=True),
        sa.Column("education", sa.String(length=20), nullable=True),
        sa.Column("active_from", sa.Date(), nullable=False),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_login")),
        sa.UniqueConstraint("name", name=op.f("uq_staff_name")),
    )
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("help_note", sa.Text(), nullable=True),
        sa.Column("host", sa.String(length=100), nullable=False),
        sa.Column("planned_at", UTCDateTime(), nullable=False),
        sa.Column("arranged_at", UTCDateTime(), nullable=False),
        sa.Column("arranged_by", sa.String(length=100), nullable=False),
        sa.Column("arrived_at", UTCDateTime(), nullable=True),
        sa.Column("received_at", UTCDateTime(), nullable=True),
        sa.Column("received_by", sa.String(length=100), nullable=True),
        sa.Column("left_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_visits_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
    )
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.create_index("ix_visits_planned_at", ["planned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_visits_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "trainings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dealer", sa.String(length=100), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=True),
        sa.Column("topic", sa.String(length=300), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("noted_by", sa.String(length=100), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("trainer", sa.String(length=100), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
    )

    with op.batch_alter_table("complaint_cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("found_at", UTCDateTime(), nullable=True))
    # When it was decided before was not written down: at the latest when the complaint was closed.
    op.execute(
        "UPDATE complaint_cases SET found_at = COALESCE(closed_at, opened_at) "
        "WHERE upheld IS NOT NULL"
    )


def downgrade() -> None:
    with op.batch_alter_table("complaint_cases", schema=None) as batch_op:
        batch_op.drop_column("found_at")

    op.drop_table("trainings")
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visits_ticket_id"))
        batch_op.drop_index("ix_visits_planned_at")

    op.drop_table("visits")
    op.drop_table("staff")
