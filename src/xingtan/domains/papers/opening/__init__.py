"""Hours of earlier years: batches with source and scan, the teacher's word, the office's answer, and what the old totals say."""
