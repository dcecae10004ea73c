"""What stays between builds, in the cache folder, and whether anything has to be built at all."""
