"""New files: `plan` decides where one goes, `title` what it is called, `text` what stands in it."""
