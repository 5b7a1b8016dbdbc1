"""Traffic for a shop: customers who browse, and calls to whatever fault is on."""
