from __future__ import annotations

import ctypes.util
from pathlib import Path

from service import Service

from hognose.probes.native_pools import NativePools


def test_libraries_are_found_among_the_mapped_files(tmp_path: Path) -> None:
    """A file that is not loaded, or is no such library, is told nothing about and asked only once."""
    maps = tmp_path / "maps"
    maps.write_text(
        "7f00-7f01 r-xp 0 08:01 5    /usr/lib/libc.so.6\n"
        "7f02-7f03 r-xp 0 08:01 6    /nowhere/libopenblas.so.0\n"
        "7f04-7f05 r-xp 0 00:00 0    [heap]\n"
    )
    pools = NativePools(maps)

    assert pools.read() == {}
    assert pools.read() == {}
    assert NativePools(tmp_path / "absent").read() == {}


def test_openmps_pool_is_told_with_its_size() -> None:
    """By the real library."""
    name = ctypes.util.find_library("gomp")
    assert name is not None, "libgomp: expected (on Debian: apt-get install libgomp1)"
    library = ctypes.CDLL(name)
    library.omp_set_num_threads(3)

    assert {"library": "libgomp", "threads": 3} in NativePools().read()["native_pools"]


def test_numpys_pool_is_told(service: Service) -> None:
    """The OpenBLAS that numpy brings, with the size that its environment asks for."""
    service.write(
        """
        import numpy, os, time
        while not os.path.exists(os.environ["CAPTURE"]) or (
            b"hognose.samples" not in open(os.environ["CAPTURE"], "rb").read()
        ):
            time.sleep(0.02)
        """
    )

    service.run(settings={"OPENBLAS_NUM_THREADS": "2"})

    (pool,) = service.samples()[-1]["native_pools"]
    assert pool == {"library": "openblas", "threads": 2}
