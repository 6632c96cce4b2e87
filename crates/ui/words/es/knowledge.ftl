# El conocimiento.

menu-knowledge = Conocimiento
