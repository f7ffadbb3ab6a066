"""What a publisher sent -> a tree of all that it holds, without what no reader is shown."""
