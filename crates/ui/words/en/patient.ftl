# What patients read: intake, follow-up, their plan. In English as one would say it to them.
