# Qué ha fallado y qué hacer.

errors-title = Hay un problema
error-before = Error:
field-empty = { $label }: falta este dato. Rellénelo.
field-not-chosen = { $label }: no ha elegido nada. Elija una respuesta.
field-too-long = { $label }: es demasiado largo. Acórtelo a { $most } caracteres.
field-no-number = { $label }: no es un número. Escríbalo en cifras.
field-out-of-range = { $label }: debe estar entre { $least } y { $most }.
date-incomplete = { $label }: hacen falta el día, el mes y el año. Rellene lo que falta.
date-impossible = { $label }: esa fecha no existe. Escriba el día y el mes con números y el año con cuatro cifras.
