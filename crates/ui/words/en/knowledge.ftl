# The knowledge browser.

menu-knowledge = Knowledge
