"""What is the same in a printed field and in a record, and how two differ."""
