# What the front desk reads: registering, sending, chasing.
