"""What the traffic has seen."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Figures:
    """One stretch of time: what customers felt, and what became of the calls to faults."""

    latencies_ms: list[float] = field(default_factory=list)
    errors: int = 0
    fault_calls: int = 0
    fault_errors: int = 0

    def as_json(self) -> dict[str, int | float | None]:
        """
        Healthy requests that ended, errors among them, their latency; calls to faults that ended.

        The percentiles are null where nothing was answered.
        """
        return {
            "requests": len(self.latencies_ms) + self.errors,
            "errors": self.errors,
            "p50_ms": percentile(self.latencies_ms, 50),
            "p99_ms": percentile(self.latencies_ms, 99),
            "fault_calls": self.fault_calls,
            "fault_errors": self.fault_errors,
        }


def percentile(values: list[float], percent: int) -> float | None:
    """The smallest value that at least this many percent do not exceed; None of no values."""
    if not values:
        return None
    rank = -(-len(values) * percent // 100)
    return round(sorted(values)[rank - 1], 1)
