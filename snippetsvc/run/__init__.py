"""Commands and processes: settings, the command line, the server and its workers."""
