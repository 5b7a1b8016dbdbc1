"""A small web shop with faults that can be switched on, each with a clean twin beside it."""
