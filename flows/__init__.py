"""When things run: Prefect flows, the `marsad` command, and nothing that decides about articles."""
