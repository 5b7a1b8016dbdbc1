"""The dashboards in a real Grafana: loaded as it is provisioned, and each panel asked as it asks."""
