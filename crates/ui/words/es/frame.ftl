# El marco de todas las páginas y las palabras de sus partes.

skip = Ir al contenido
title-error = Error
back = Volver
back-label = Volver atrás
change = Cambiar
menu-label = Menú principal
menu-caseload = Mis pacientes
menu-referrals = Derivaciones
menu-directory = Directorio
menu-patients = Pacientes
menu-people = Personas
account-of = Su cuenta:
trail-label = Dónde está usted
footer-not-certified = Apoyo a las decisiones de profesionales cualificados. Hasta ahora, ningún profesional clínico ha certificado este conocimiento.

help-open = Teclas de esta página
help-title = Teclas
key-search = Ir a la búsqueda
key-next = Fila siguiente
key-before = Fila anterior
key-open = Abrir la fila
key-help = Mostrar estas teclas
keys-off = Desactivar las teclas en este dispositivo
dialog-close = Cerrar

date-long = { $day } de { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
  } de { $year }
date-short = { $day } { $month ->
    [1] ene
    [2] feb
    [3] mar
    [4] abr
    [5] may
    [6] jun
    [7] jul
    [8] ago
    [9] sep
    [10] oct
    [11] nov
   *[12] dic
  } { $year }
date-day = Día
date-month = Mes
date-year = Año
percent = { $number } %
list-and = { $first } y { $last }

label-optional = { $label } (opcional)
select-empty = Elija
choice-or = o
password-show = Mostrar
password-hide = Ocultar
characters-most = { $n ->
    [one] Como máximo { $n } carácter
   *[other] Como máximo { $n } caracteres
  }
# Lo escribe el programa de la página, que pone un número delante.
characters-left = caracteres disponibles
characters-over = caracteres de más

form-not-saved = Todavía no se ha guardado. Seguiremos intentándolo: deje esta página abierta.
form-saving = Guardando…
form-saved = Guardado
form-expired = No se ha guardado porque entretanto se cerró su sesión. Inicie sesión de nuevo en otra ventana, vuelva aquí y envíelo otra vez.
passkey-failed = No ha funcionado. Inténtelo de nuevo o inicie sesión de otra manera.
passkey-none = No se ha elegido nada. Inténtelo de nuevo o inicie sesión de otra manera.

notice-done = Hecho
notice-important = Importante
notice-note = Aviso
warning-before = Atención:
care-non-urgent = No urgente:
care-urgent = Urgente:
care-emergency = Emergencia:
do-title = Qué hacer
dont-title = Qué no hacer

stepper = Pregunta { $n } de { $of }
evidence-from = De
plan-by = Quién
plan-dose = Cuánto
plan-until = Hasta
chart-as-table = Lo mismo en una tabla
body-chosen = Ha elegido:
body-none = Todavía no ha elegido nada

pager-label = Páginas de esta lista
pager-before = Anterior
pager-next = Siguiente
pager-page = Página { $n }

grid-title = Qué se hizo en esta sesión
grid-technique = Técnica
grid-target = Dónde
grid-side = Lado
grid-minutes = Minutos
grid-row = fila { $n }
