"""An authority of a test's own and what it has signed, as the JDK's keytool makes them."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

PASSWORD = "changeit"

_HERE = ("-ext", "san=ip:127.0.0.1,dns:localhost")


class Certificates:
    """Stores are PKCS12, `NAME.p12`; the authority's certificate is `authority.pem`, too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        self.authority = folder / "authority.pem"
        self._key("authority", "-ext", "bc:c")
        self._keytool("authority", "-exportcert", "-rfc", "-file", str(self.authority))

    def signed(self, name: str) -> Path:
        """A key of that name with its certificate, which is good for 127.0.0.1."""
        request, signed = self._folder / f"{name}.csr", self._folder / f"{name}.pem"
        self._key(name, *_HERE)
        self._keytool(name, "-certreq", "-file", str(request))
        files = ("-infile", str(request), "-outfile", str(signed))
        self._keytool("authority", "-gencert", "-rfc", *files, *_HERE)
        chain = self._folder / f"{name}.chain"
        chain.write_text(signed.read_text() + self.authority.read_text())
        store = self.store(name)
        self._run("-importcert", "-noprompt", "-alias", "ca", "-file", str(self.authority), store)
        self._keytool(name, "-importcert", "-noprompt", "-file", str(chain))
        return store

    def store(self, name: str) -> Path:
        return self._folder / f"{name}.p12"

    def _key(self, name: str, *more: str) -> None:
        subject = ("-dname", f"CN={name}", "-validity", "2")
        self._keytool(name, "-genkeypair", "-keyalg", "EC", *subject, *more)

    def _keytool(self, name: str, *arguments: str) -> None:
        self._run(*arguments, "-alias", name, self.store(name))

    def _run(self, *arguments: str | Path) -> None:
        *words, store = arguments
        command: Sequence[str] = [
            *("keytool", "-J-XX:TieredStopAtLevel=1", *map(str, words)),
            *("-keystore", str(store), "-storepass", PASSWORD),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
