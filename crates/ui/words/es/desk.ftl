# Lo que lee la recepción: registrar, enviar, reclamar.

cancel = Cancelar
search-label = Buscar un paciente
search-hint = Nombre, fecha de nacimiento, teléfono o número
search-do = Buscar
register-new = Registrar a alguien nuevo
found = { $n ->
    [0] No se ha encontrado a nadie
    [one] Un paciente
   *[other] { $n } pacientes
  }
found-none = No se ha encontrado a nadie
found-none-says = Solo aparecen los pacientes que usted puede buscar. Si este paciente está delante de usted en una urgencia, abra la historia por su número y rompa el cristal.
born-on = nacimiento: { $day }
number-is = número { $number }

register-title = Registrar a un paciente
register-do = Registrar
registered-says = Registrado.
to-the-patient = Al paciente
alike-title = ¿Es alguno de estos?
alike-somebody-else = Es otra persona
alike-somebody-else-hint = Ninguno de los pacientes de arriba.
same-is = { $what }
same-name = mismo nombre
names-alike = nombres parecidos
names-swapped = nombre y apellido intercambiados
other-given-name = otro nombre de pila: ¿una familia?
other-family-name = otro apellido: ¿ha cambiado?
same-birth = misma fecha de nacimiento
birth-swapped = día y mes de nacimiento intercambiados
birth-one-digit = la fecha de nacimiento difiere en una cifra
other-birth = otra fecha de nacimiento
same-phone = mismo teléfono
same-email = mismo correo electrónico
same-number = mismo número en otro sistema

name = Nombre
given-name = Nombre de pila
family-name = Apellidos
born = Fecha de nacimiento
born-hint = Por ejemplo 27 3 1974
born-in-the-future = Fecha de nacimiento: está en el futuro. Corríjala; quizá un año de dos cifras se leyó en otro siglo.
born-too-long-ago = Fecha de nacimiento: es anterior a 1900. Corríjala.
phone = Teléfono
email = Correo electrónico
email-hint = Allí llegan los enlaces y los recordatorios.
email-wrong = Correo electrónico: no es una dirección. Escríbalo como nombre@ejemplo.org o déjelo vacío.
address = Dirección
language = Idioma
number-elsewhere = Número en otro sistema
number-elsewhere-hint = La agenda o el programa de la consulta conoce al paciente por él.
number = Número
also-this-patient = También este paciente:
clinical-is-for-the-team = La historia clínica es para el equipo que le atiende.

episodes = Episodios de atención
episodes-none = Ninguno todavía.
episode-since = Desde el { $day }
episode-closed = cerrado el { $day }
episode-to-be-looked-at = por revisar
begin-title = Abrir un episodio
begin-setting = Se le atiende en
begin-clinician = Le atiende primero
begin-nobody = Todavía no trabaja aquí nadie que trate. El responsable añade a las personas.
begin-do = Abrir un episodio
setting-primary-care = Atención primaria
setting-specialist = La consulta de un especialista
setting-surgical = Una clínica quirúrgica
setting-emergency = Un servicio de urgencias

due-title = Lo pendiente
due-nothing = No hay nada pendiente.
due-nothing-short = nada pendiente
due-intake = Cuestionario inicial
due-referral = Derivación a { $to }
due-referrals = { $n ->
    [one] Espera una derivación
   *[other] Esperan { $n } derivaciones
  }
since = desde el { $day }
due-on = para el { $day }
state-not-sent = sin enviar
state-sent = enviado
state-opened = abierto
referral-late = con retraso
referral-waits = en espera
intake-send = Enviar el cuestionario inicial
intake-send-again = Enviar otra vez el cuestionario inicial
questionnaire-send = Enviar { $name }
questionnaire-send-short = Enviar el cuestionario
assign-title = Pedir un cuestionario
assign-episode = Episodio
assign-instrument = Cuestionario
assign-wave = Momento
assign-due = Para el
assign-do = Pedirlo
wave-none = fuera de los momentos previstos
wave-baseline = Al principio
wave-2 = Semana 2
wave-6 = Semana 6
wave-10 = Semana 10
wave-26 = Semana 26
wave-52 = Semana 52

links = Enlaces para el paciente
link-what = Para qué
link-made = Creado
link-state = Estado
link-act = Retirar
link-page = Su página
link-intake = Cuestionario inicial
link-questionnaire = Cuestionario
link-make-page = Crear un enlace a su página
link-revoke = Retirarlo
link-sent-in = respondido
link-revoked = retirado
link-over = caducado
link-opened = abierto
link-unopened = sin abrir

correct-title = Corregir quién es
correct-why = Por qué
correct-do = Corregir
notes = Notas que se quedan en su organización
note-new = Nota nueva
note-keep = Guardar la nota
merge-title = Otra ficha es del mismo paciente
merge-other = Número de la otra ficha
merge-why = Por qué son el mismo
merge-do = Leer ambas como una
unmerge-why = Por qué { $other } es otra persona
unmerge-do = Separarlas de nuevo
erase-title = Borrar a este paciente
erase-says = Nadie podrá volver a leer nada sobre este paciente. Las copias de seguridad anteriores lo conservan hasta que se borren.
erase-asked-by = Quién lo pidió
erase-why = Por qué es lícito
erase-do = Borrar para siempre
done-corrected = Corregido.
done-assigned = El cuestionario está pedido. Envíe el enlace cuando toque.
done-opened = El episodio está abierto.
done-noted = La nota está guardada.
done-merged = Las dos fichas se leen como una.
done-parted = Vuelven a ser dos pacientes.

openings = Quién miró esta historia
when = Cuándo
who-looked = Quién
what-for = Para qué
purpose-care = atención
purpose-emergency = una urgencia
purpose-administration = administración
purpose-own-record = la historia propia del paciente
glass-title = No está a su cargo
glass-nobody = No existe esa historia, o usted no está en su equipo.
glass-emergency = ¿Una urgencia?
glass-says = Puede romper el cristal y ver la historia durante cuatro horas. Se avisa enseguida al responsable de privacidad, y el paciente ve que lo hizo y por qué.
glass-reason = Por qué debe ver esta historia
glass-do = Romper el cristal
glass-was-broken = Cristal roto el { $at }, abierto hasta el { $until }: { $reason }

menu-today = Hoy
menu-chase = Reclamar
today-days = Días
today-empty = No hay nadie en la agenda de este día
today-empty-says = Lea la agenda del día del programa con el que da las citas.
today-caption = { $n ->
    [one] Una cita
   *[other] { $n } citas
  }
today-time = Hora
today-no-time = todo el día
today-who = Paciente
today-with = con { $name }
today-unknown = sin registrar
today-due = Pendiente
today-act = Siguiente
diary-title = Leer la agenda
diary-again = Leer la agenda otra vez
diary-file = Archivo de la agenda
diary-hint = Un calendario (.ics) o una tabla (.csv) con las columnas date, time, name, born, number, with. Como mucho 1 MB y 500 citas. Lo leído antes para los mismos días se sustituye.
diary-do = Leerla
diary-read = { $known } citas de sus pacientes, { $unknown } de personas sin registrar.
diary-unread = Estas líneas no se pudieron leer: { $lines }
diary-kind = Archivo de la agenda: su nombre no termina en .ics ni en .csv. Guárdelo como uno de ellos.
diary-too-large = Archivo de la agenda: pasa de 1 MB. Guarde menos días.
diary-no-text = Archivo de la agenda: falta, está vacío o no es texto en UTF-8. Elija un archivo guardado como texto.
diary-too-many = Archivo de la agenda: tiene más de 500 citas. Guarde menos días.
diary-no-calendar = Archivo de la agenda: no es un calendario. Guárdelo otra vez como .ics.
diary-no-columns = Archivo de la agenda: la primera línea debe nombrar las columnas date y name. Añádalas.

chase-nothing = No hay nada con retraso
chase-nothing-says = Han llegado todos los cuestionarios que tocaban, y ninguna derivación espera demasiado.
chase-questionnaires = { $n ->
    [one] Un cuestionario va con retraso
   *[other] { $n } cuestionarios van con retraso
  }
chase-intakes = { $n ->
    [one] Un cuestionario inicial sin terminar
   *[other] { $n } cuestionarios iniciales sin terminar
  }
chase-referrals = { $n ->
    [one] Una derivación espera demasiado
   *[other] { $n } derivaciones esperan demasiado
  }
chase-what = Qué
chase-since = Desde
chase-to = A
chase-stands = Está
chase-late = Retraso
days = { $n ->
    [one] 1 día
   *[other] { $n } días
  }
days-ago = { $n ->
    [0] { $day }, hoy
    [one] { $day }, hace 1 día
   *[other] { $day }, hace { $n } días
  }
send-again = Enviar otra vez
send-now = Enviar
stands-sent = enviada, sin respuesta
stands-accepted = aceptada, sin cita
stands-scheduled = pasó la cita
stands-missed = no acudió a la cita
stands-other = en espera

home-title = Inicio
home-places = Adónde ir
home-nothing = No hay nada para su papel en estas páginas.
home-appointments = citas hoy
home-questionnaires = cuestionarios con retraso
home-intakes = cuestionarios iniciales sin terminar
home-referrals = derivaciones que esperan demasiado
today-no-day = Esto no es un día. Vuelva a la lista de hoy.
new-link-title = Un enlace para el paciente
new-link-mailed = Va en camino por correo electrónico. También puede entregarlo; no se vuelve a mostrar:
new-link-no-address = No hay dirección de correo electrónico. Entréguelo; no se vuelve a mostrar:
new-link-good-for = Vale durante 14 días. Hacer otro lo anula.
new-link-to-patient = Al paciente
