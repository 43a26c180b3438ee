"""Long work in the background: started by an act, shown with its progress, finished with a report."""
