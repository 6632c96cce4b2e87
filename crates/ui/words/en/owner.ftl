# What owners and researchers read: people, settings, results.
