"""Pages of learning cards on their way: names and counts up, batches and parcels down, hands, trails, hours sold."""
