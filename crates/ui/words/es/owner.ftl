# Lo que leen los responsables e investigadores: personas, ajustes, resultados.
