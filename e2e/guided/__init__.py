"""Decoders under Jazzer, which looks for inputs that reach code that none has reached before."""
