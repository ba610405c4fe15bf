"""What is to be said of each reference and of the list: findings and verdicts."""
