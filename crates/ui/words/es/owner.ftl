# Lo que leen los responsables e investigadores: personas, ajustes, resultados.

menu-owner = Resultados
menu-audit = Auditoría
