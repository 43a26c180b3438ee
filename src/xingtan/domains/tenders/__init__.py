"""How providers are chosen: notice, sealed bids, blind review, on-site defence, ranking, contract, standing."""
