"""All of it under a steady load for a while: what grows, what is lost."""
