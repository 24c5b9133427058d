"""Deadlines and their pauses, late days, complaint cases, care plans, satisfaction, and the columns
the document's customer file and service record still lacked.

Revision: 0005, after 0003.
"""

import sqlalchemy as sa
from alembic import op

from aftersales.store.base import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "care_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("movement", sa.String(length=20), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("planned_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("told_at", UTCDateTime(), nullable=True),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_care_plans_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_care_plans_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_plans")),
        sa.UniqueConstraint("ticket_id", "kind", name=op.f("uq_care_plans_ticket_id_kind")),
    )
    with op.batch_alter_table("care_plans", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_care_plans_customer_id"), ["customer_id"], unique=False
        )
        batch_op.create_index("ix_care_plans_due", ["state", "due_at"], unique=False)

    op.create_table(
        "complaint_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=True),
        sa.Column("cause", sa.String(length=30), nullable=True),
        sa.Column("cause_note", sa.Text(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("answered_by", sa.String(length=100), nullable=True),
        sa.Column("staff", sa.String(length=100), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_complaint_cases_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_cases")),
        sa.UniqueConstraint("ticket_id", "round", name=op.f("uq_complaint_cases_ticket_id_round")),
    )
    with op.batch_alter_table("complaint_cases", schema=None) as batch_op:
        batch_op.create_index("ix_complaint_cases_staff", ["staff", "upheld"], unique=False)

    op.create_table(
        "deadlines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("clock", sa.String(length=10), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("allowance_s", sa.Double(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("next_at", UTCDateTime(), nullable=True),
        sa.Column("steps_done", sa.Integer(), nullable=False),
        sa.Column("warned_at", UTCDateTime(), nullable=True),
        sa.Column("broken_at", UTCDateTime(), nullable=True),
        sa.Column("met_at", UTCDateTime(), nullable=True),
        sa.Column("dropped_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_deadlines_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadlines")),
        sa.UniqueConstraint("key", name=op.f("uq_deadlines_key")),
    )
    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.create_index("ix_deadlines_next", ["next_at"], unique=False)
        batch_op.create_index("ix_deadlines_ticket", ["ticket_id", "kind"], unique=False)

    op.create_table(
        "satisfaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_key", sa.String(length=80), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("sender", sa.String(length=100), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("on_product", sa.Text(), nullable=True),
        sa.Column("on_service", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_satisfaction_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_satisfaction")),
        sa.UniqueConstraint("case_key", name=op.f("uq_satisfaction_case_key")),
    )
    with op.batch_alter_table("satisfaction", schema=None) as batch_op:
        batch_op.create_index("ix_satisfaction_sender", ["sender", "asked_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_satisfaction_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "deadline_pauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("begun_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deadline_id"],
            ["deadlines.id"],
            name=op.f("fk_deadline_pauses_deadline_id_deadlines"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_pauses")),
    )
    with op.batch_alter_table("deadline_pauses", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deadline_pauses_deadline_id"), ["deadline_id"], unique=False
        )

    op.create_table(
        "late_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("noted_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deadline_id"],
            ["deadlines.id"],
            name=op.f("fk_late_days_deadline_id_deadlines"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_late_days_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_days")),
        sa.UniqueConstraint("deadline_id", "day", name=op.f("uq_late_days_deadline_id_day")),
    )
    with op.batch_alter_table("late_days", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_late_days_ticket_id"), ["ticket_id"], unique=False)

    with op.batch_alter_table("customers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("address", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column("key_customer", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.add_column(sa.Column("damage", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("cause_analysis", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.drop_column("cause_analysis")
        batch_op.drop_column("damage")

    with op.batch_alter_table("customers", schema=None) as batch_op:
        batch_op.drop_column("key_customer")
        batch_op.drop_column("address")

    with op.batch_alter_table("late_days", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_late_days_ticket_id"))

    op.drop_table("late_days")
    with op.batch_alter_table("deadline_pauses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deadline_pauses_deadline_id"))

    op.drop_table("deadline_pauses")
    with op.batch_alter_table("satisfaction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_satisfaction_ticket_id"))
        batch_op.drop_index("ix_satisfaction_sender")

    op.drop_table("satisfaction")
    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.drop_index("ix_deadlines_ticket")
        batch_op.drop_index("ix_deadlines_next")

    op.drop_table("deadlines")
    with op.batch_alter_table("complaint_cases", schema=None) as batch_op:
        batch_op.drop_index("ix_complaint_cases_staff")

    op.drop_table("complaint_cases")
    with op.batch_alter_table("care_plans", schema=None) as batch_op:
        batch_op.drop_index("ix_care_plans_due")
        batch_op.drop_index(batch_op.f("ix_care_plans_customer_id"))

    op.drop_table("care_plans")
