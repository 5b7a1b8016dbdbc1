"""Sample cycles without the waiting in between: what the agent does at a beat, and nothing else."""

import json
import sys
from collections import Counter

import hognose._agent as agent_module
from hognose._outbox import Outbox
from hognose._settings import read_settings
from hognose._wiring import Probes, open_sink


def uss():
    with open("/proc/self/smaps_rollup") as file:
        kept = (line.split() for line in file if line.startswith("Private_"))
        return sum(int(words[1]) for words in kept) * 1024


settings = read_settings(
    {"HOGNOSE_SERVICE": "bench", "HOGNOSE_SINK": "file:/dev/null", "HOGNOSE_TRACING": "off"}
)
agent = agent_module.Agent(settings)
probes = Probes(settings, agent._rounds, agent.post)
agent._outbox = Outbox(settings.outbox_bytes, Counter(), open_sink(settings, agent._dropped))
for part in sys.argv[1:]:
    for _ in range(int(part)):
        agent._sample(probes)
        agent._say_all(probes.happenings())
    print(json.dumps({"uss": uss()}), flush=True)
