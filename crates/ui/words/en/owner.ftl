# What owners and researchers read: people, settings, results.

menu-owner = Results
menu-audit = Audit
