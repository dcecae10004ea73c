"""The theme's templates, styles and scripts, made ready for pages."""
