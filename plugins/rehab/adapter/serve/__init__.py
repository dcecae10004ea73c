"""A running server: watching, answering, telling pages, and the process that builds."""
