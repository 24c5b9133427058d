"""Diaries of how watches run, and their readings.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

from aftersales.store.base import UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rate_diaries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(length=100), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("watch_no", sa.Integer(), nullable=False),
        sa.Column("calibre", sa.String(length=10), nullable=True),
        sa.Column("movement", sa.String(length=20), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("last_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_diaries")),
    )
    with op.batch_alter_table("rate_diaries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rate_diaries_watch", ["sender", "watch_no", "state"], unique=False
        )

    op.create_table(
        "rate_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("diary_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("offset_s", sa.Double(), nullable=False),
        sa.Column("half_width_s", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["diary_id"],
            ["rate_diaries.id"],
            name=op.f("fk_rate_readings_diary_id_rate_diaries"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_readings")),
        sa.UniqueConstraint("diary_id", "at", name=op.f("uq_rate_readings_diary_id_at")),
    )


def downgrade() -> None:
    op.drop_table("rate_readings")
    with op.batch_alter_table("rate_diaries", schema=None) as batch_op:
        batch_op.drop_index("ix_rate_diaries_watch")

    op.drop_table("rate_diaries")
