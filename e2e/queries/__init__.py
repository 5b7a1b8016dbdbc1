"""Every query of the dashboards and every rule, asked of a Prometheus that scrapes a demonstration."""
