"""What a document says of its article, in whatever vocabulary."""
