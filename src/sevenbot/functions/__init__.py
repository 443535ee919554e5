"""The functions on AWS, a module each, so that none imports what only another needs."""
