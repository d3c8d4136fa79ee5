"""How Alembic runs a migration here: on the connection it is handed, inside its transaction."""

from alembic import context

from mnclinic.models import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
