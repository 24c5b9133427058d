"""Deliveries seen, tickets that belong together, deletions.

Revision: 0004, after 0003. What was delivered before is taken into the inbox, so that its repeats
are still known.
"""

import sqlalchemy as sa
from alembic import op

from aftersales.store.base import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("sender", sa.String(length=100), nullable=False),
        sa.Column("source_key", sa.String(length=150), nullable=False),
        sa.Column("result_kind", sa.String(length=30), nullable=False),
        sa.Column("result_id", sa.String(length=60), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint(
            "channel", "sender", "source_key", name=op.f("uq_inbox_channel_sender_source_key")
        ),
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    op.execute(
        "INSERT INTO inbox (channel, sender, source_key, result_kind, result_id, received_at) "
        "SELECT c.channel, c.sender, m.message_key, 'message', CAST(m.id AS VARCHAR(60)), "
        "m.created_at FROM messages AS m JOIN conversations AS c ON c.id = m.conversation_id "
        "WHERE m.message_key IS NOT NULL"
    )
    op.create_table(
        "ticket_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_links_ticket_id_tickets")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["tickets.id"], name=op.f("fk_ticket_links_other_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_links")),
        sa.UniqueConstraint(
            "ticket_id", "other_id", "kind", name=op.f("uq_ticket_links_ticket_id_other_id_kind")
        ),
    )
    op.create_index(op.f("ix_ticket_links_ticket_id"), "ticket_links", ["ticket_id"])
    op.create_index(op.f("ix_ticket_links_other_id"), "ticket_links", ["other_id"])
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("proof", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("sender", sa.String(length=100), nullable=True),
        sa.Column("tickets", sa.JSON(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    op.create_index("ix_erasures_due", "erasures", ["state", "due_at"])


def downgrade() -> None:
    op.drop_table("erasures")
    op.drop_table("ticket_links")
    op.drop_table("inbox")
