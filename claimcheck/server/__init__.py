"""The page of ``claimcheck serve``: an application for loopback, and the processes that do its work."""
