"""Processes whose broker is away, or never answers."""

from __future__ import annotations

import signal
import socket

from service import DEADLINE, Service

ENDS = {
    "pass": 0,
    "sys.exit(3)": 3,
    "raise KeyError(3)": 1,
    "os.kill(os.getpid(), signal.SIGTERM); time.sleep(60)": -signal.SIGTERM,
    "os.kill(os.getpid(), signal.SIGINT); time.sleep(60)": -signal.SIGINT,
    "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()": 0,
    "child = multiprocessing.get_context('fork').Process(target=live); child.start(); child.join()": 0,
    "child = os.fork() or live(); child and os.waitpid(child, 0)": 0,
}


def test_no_end_waits_for_a_broker_that_never_answers(service: Service) -> None:
    """It takes connections and says nothing: what waits is given up, in whatever way a process ends."""
    service.write(
        """
        import multiprocessing, os, signal, sys, threading, time
        from hognose._lifecycle import lifecycle
        def live():
            # However long it takes until there is something to flush.
            until = time.monotonic() + 20
            while lifecycle._agent._sequence < 2 and time.monotonic() < until: time.sleep(0.02)
        live()
        exec(sys.argv[1])
        """
    )
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(64)
        broker = f"127.0.0.1:{silent.getsockname()[1]}"
        settings = {"HOGNOSE_SINK": "kafka", "HOGNOSE_BOOTSTRAP_SERVERS": broker}
        # All at once: most of it is the wait that is to end.
        processes = [service.start(settings, ending) for ending in ENDS]
        ended = []
        for process in processes:
            with process:
                process.communicate(timeout=DEADLINE)
                ended.append(process.returncode)

    assert dict(zip(ENDS, ended, strict=True)) == ENDS


def test_a_broker_that_is_away_does_not_hurt(service: Service) -> None:
    """The service runs and ends in time, and its standard error is its own."""
    service.write("import time\ntime.sleep(1.5)\nprint('served')\n")

    ended = service.run(
        settings={"HOGNOSE_SINK": "kafka", "HOGNOSE_BOOTSTRAP_SERVERS": "127.0.0.1:1"}
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "served\n", "")


def test_a_service_that_logs_gets_one_line_of_each_kind_from_kafka(service: Service) -> None:
    """What librdkafka says goes where the service's logging goes, and does not repeat itself."""
    service.write(
        """
        import logging, time
        logging.basicConfig(format="%(name)s: %(message)s")
        time.sleep(1.5)
        print("served")
        """
    )

    ended = service.run(
        settings={"HOGNOSE_SINK": "kafka", "HOGNOSE_BOOTSTRAP_SERVERS": "127.0.0.1:1"}
    )

    assert (ended.returncode, ended.stdout) == (0, "served\n")
    said = ended.stderr.splitlines()
    assert said
    assert all(line.startswith("hognose.kafka: ") for line in said)
    assert all(line.endswith("(said once)") for line in said)
    assert len({line.split()[1] for line in said}) == len(said)
