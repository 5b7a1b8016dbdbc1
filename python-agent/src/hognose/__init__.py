"""The Hognose agent."""
