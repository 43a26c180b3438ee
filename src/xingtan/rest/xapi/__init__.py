"""The learning record store's face: `/xapi/`, xAPI 1.0.3 and 2.0 (IEEE 9274.1.1), a WSGI application of its own beside Django's pages."""
