"""Pages of county, city and province, and of those who supervise."""
