"""The keys to the house: second factors, where one is signed in, recovery through the school, other sites that sign in here."""
