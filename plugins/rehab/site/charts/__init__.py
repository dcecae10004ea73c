"""Values → small drawings: doses over the years, the course of an injury. They say no more than the posts."""
