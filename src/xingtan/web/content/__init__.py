"""The second host: packages of others run there, without cookies, by signed addresses that soon expire."""
