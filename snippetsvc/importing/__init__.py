"""Articles from elsewhere: fetched safely, converted, published, and found again.

Commands use it; no web process does.
"""
