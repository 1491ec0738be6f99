"""harness: what does this app read and send, and had the user agreed by then?"""

__version__ = "0.1.0"
