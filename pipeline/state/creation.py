"""Tables in, the same in a database out where it has them not yet; several processes may ask at once."""

from __future__ import annotations

from sqlalchemy import Engine, MetaData
from sqlalchemy.schema import CreateIndex, CreateTable


def create_missing(engine: Engine, metadata: MetaData) -> None:
    """Create what is missing. Raises sqlalchemy.exc.SQLAlchemyError."""
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
            for index in table.indexes:
                connection.execute(CreateIndex(index, if_not_exists=True))
