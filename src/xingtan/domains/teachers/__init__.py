"""Who a teacher is, with dates; rosters in, errors out."""
