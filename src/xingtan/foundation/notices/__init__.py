"""Public notices: something is posted for days, offices sign for it, whoever it concerns may object, and every objection is answered."""
