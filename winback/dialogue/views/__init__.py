"""Pages of the dialogue with the client."""
