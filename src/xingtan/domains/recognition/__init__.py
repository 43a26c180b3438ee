"""Hours that are earned otherwise: school-run training, activities, offsets, hours from elsewhere; all become evidence."""
