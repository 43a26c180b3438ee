"""The protocol by which kits deliver: signed parcels in, signed acknowledgements out."""
