# What practitioners read: caseload, record, plan, session.
