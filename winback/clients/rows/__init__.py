"""What the client pages show, as ready strings."""
