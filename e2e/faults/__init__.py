"""Faults and what they must not do: nothing lost that was acknowledged, nothing judged twice.

`./hognose test --faults` runs all, `./hognose test faults` the short form; both print a row a fault.
"""
