"""At the first line of standard input: multiplies matrices in BLAS's own threads for ever."""

import sys

import numpy

matrix = numpy.ones((600, 600))
sys.stdin.readline()
while True:
    matrix @ matrix
