"""A process whose memory another allocator hands out than glibc's, such as jemalloc."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Hands memory out from the beginning to the end of a large piece, and takes none back.
ALLOCATOR = r"""
#define _GNU_SOURCE
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

static char *begin;
static size_t used;

void *aligned_alloc(size_t alignment, size_t size) {
  if (!begin) begin = mmap(0, 1UL << 36, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (alignment < 16) alignment = 16;
  size_t at = __atomic_fetch_add(&used, size + alignment + 16, __ATOMIC_SEQ_CST);
  size_t start = (at + 16 + alignment - 1) & ~(alignment - 1);
  memcpy(begin + start - 8, &size, 8);
  return begin + start;
}
void *malloc(size_t size) { return aligned_alloc(16, size); }
void *memalign(size_t alignment, size_t size) { return aligned_alloc(alignment, size); }
int posix_memalign(void **out, size_t alignment, size_t size) {
  *out = aligned_alloc(alignment, size);
  return 0;
}
void *calloc(size_t count, size_t size) { return malloc(count * size); }
void free(void *old) {}
size_t malloc_usable_size(void *old) {
  size_t size = 0;
  if (old) memcpy(&size, (char *)old - 8, 8);
  return size;
}
void *realloc(void *old, size_t size) {
  size_t had = malloc_usable_size(old);
  void *now = malloc(size);
  if (old) memcpy(now, old, had < size ? had : size);
  return now;
}
"""

READS = "from hognose.probes.allocator import glibc_heap; print(sorted(glibc_heap()()))"


@pytest.mark.skipif(sys.platform != "linux", reason="preloads it")
def test_figures_of_a_heap_that_nobody_uses_are_not_told(tmp_path: Path) -> None:
    """They would stand still while memory grows, which looks like fragmentation."""
    source, library = tmp_path / "malloc.c", tmp_path / "malloc.so"
    source.write_text(ALLOCATOR, "utf-8")
    subprocess.run(
        ["cc", "-O1", "-fno-builtin", "-shared", "-fPIC", source, "-o", library], check=True
    )

    told = [
        subprocess.run(
            [sys.executable, "-c", READS],
            env={**os.environ, **preload},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout
        for preload in ({}, {"LD_PRELOAD": str(library)})
    ]

    assert told == ["['malloc_free_bytes', 'malloc_used_bytes']\n", "[]\n"]
