"""A service with a module of its own by a name of the standard library's."""

from __future__ import annotations

import pytest
from service import READY, Service

# It says on which thread it is executed.
RESOURCE = """\
import threading
print(threading.current_thread().name)
class UserResource: pass
"""

# When the service's folder comes onto the path, and when it imports from there.
ORDERS = {
    "inserted later": """
await_samples()
sys.path.insert(0, "app")
from resource import UserResource
""",
    "there from the start": """
sys.path.insert(0, "app")
await_samples()
from resource import UserResource
""",
    "imported before the agent does": """
sys.path.insert(0, "app")
from resource import UserResource
await_samples()
""",
}


@pytest.mark.parametrize("order", ORDERS)
def test_a_service_has_a_module_called_resource(service: Service, order: str) -> None:
    """Its own is what it imports, on its own thread, and every probe reads."""
    (service.folder / "app").mkdir()
    service.write(RESOURCE, "app/resource.py")
    service.write(READY + ORDERS[order])

    ended = service.run()

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "MainThread\n", "")
    sample = service.samples()[-1]
    assert "disabled_probes" not in sample["agent"]
    assert int(sample["rss_bytes"]) > 0
    assert int(sample["page_faults_minor_total"]) > 0
