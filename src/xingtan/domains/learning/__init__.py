"""What happened on line, on the server's clock."""
