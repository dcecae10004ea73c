"""What editors need, from the field tables: JSON schemas (`schema`, `shapes`), VS Code (`vscode`), a CMS (`cms`)."""
