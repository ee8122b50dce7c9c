"""Pages of clients, one module per thing."""
