"""What registries and public pages said, as locked."""
