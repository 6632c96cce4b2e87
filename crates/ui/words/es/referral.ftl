# Lista de pacientes, derivaciones, directorio, y lo que lee alguien de fuera que recibe una.

caseload-title = Sus pacientes
caseload-show = Mostrar
caseload-all = Todos
caseload-alarm = Alarmas
caseload-worse = Empeoraron
caseload-not-better = Sin mejoría en la semana 6
caseload-overdue = Con retraso
caseload-question = Preguntas
caseload-new = Nuevos
caseload-order = Orden:
order-urgency = Lo más urgente primero
order-name = Nombre
order-session = Última sesión
order-next = Próxima cita
caseload-none = Nadie aquí
caseload-none-at-all = No tiene a nadie a su cargo. Quien abre un episodio o acepta una derivación ve aquí al paciente.
caseload-none-here = Hoy esto no se cumple en ninguno de sus pacientes.
caseload-worse-alert = { $n ->
    [one] Uno de sus pacientes ha empeorado de forma relevante.
   *[other] { $n } de sus pacientes han empeorado de forma relevante.
  }
caseload-week = semana { $n }
caseload-session = última sesión { $day }
caseload-next = Próxima: { $day }
caseload-next-today = Próxima: hoy
caseload-questions = { $n ->
    [one] Una pregunta espera
   *[other] { $n } preguntas esperan
  }
caseload-is-new = Nuevo esta semana
person-born = nac. { $day }

alarm-emergency = Emergencia: { $name }
alarm-urgent = Urgente: { $name }
alarm-routine = Por revisar: { $name }
outcome-worse = { $name }: peor ({ $rule })
outcome-better = { $name }: mejor ({ $rule })
outcome-not-better = { $name }: sin mejoría en la semana 6 ({ $rule })
late-answers = Respuestas pendientes desde el { $day }
late-referral = { $n ->
    [one] Derivación con un día de retraso
   *[other] Derivación con { $n } días de retraso
  }
late-review = Revisión del plan pendiente desde el { $day }
late-appraisal = Por valorar de nuevo desde el { $day }

referrals-title = Derivaciones
referrals-which = Cuáles
referrals-open = Abiertas
referrals-over = Todas, también las terminadas
referrals-in = Para usted y su organización
referrals-out = De usted
referrals-late = { $n ->
    [one] El { $day } una de estas lleva retraso.
   *[other] El { $day } { $n } de estas llevan retraso.
  }
referral-of = Derivación de { $name }
referral-patient = Paciente
referral-as = Profesión
referral-appointment = Cita
referral-appointment-on = Cita el { $day }
referral-anybody = cualquiera
referral-from = De
referral-to = Para
referral-pathway = Vía
referral-until = Respuesta esperada hasta
referral-accepted-by = Aceptada por
referral-outside = No está en el directorio; el enlace va a { $email }
referral-calendar = Añadir a un calendario
referral-says-nothing = Aún no hay nada escrito.
referral-so-far = Hasta ahora
referral-next = Qué sigue
referral-changed = Mientras tanto otra persona hizo algo con esta derivación. Así está ahora; lo que escribió sigue aquí.
overdue-days = { $n ->
    [one] Un día de retraso
   *[other] { $n } días de retraso
  }

referral-draft = Borrador
referral-sent = Enviada, espera respuesta
referral-accepted = Aceptada
referral-declined = Rechazada
referral-scheduled = Con cita
referral-in-progress = En curso
referral-completed = Completada
referral-missed = No acudió
referral-cancelled = Anulada

do-accept = Aceptar
do-accept-means = Al aceptar entra en el equipo y la historia se abre para usted.
do-decline = Rechazar
decline-reason = Motivo
decline-why = Por qué la rechaza
do-schedule = Dar una cita
do-reschedule = Cambiar la cita
appointment-day = Día de la cita
do-start = El paciente acudió
do-miss = El paciente no acudió
do-complete = Completar con este informe
report = Informe
report-hint = Qué se encontró y se hizo, y qué debe hacerse ahora.
do-cancel = Anular
cancel-why = Por qué se anula
do-reopen = Retomar
reopen-why = Por qué se retoma
do-link = Enviar de nuevo el enlace
do-link-means = Un enlace nuevo va a la misma dirección de correo; el anterior deja de valer.
calendar-says = Cita

draft-title = Nueva derivación de { $name }
draft-pathways = Vías para este paciente
draft-pathways-none = Según lo registrado no corresponde ninguna vía.
draft-free = Cualquier otra derivación
draft-begin = Empezar
pathway-within = Plazo:
draft-whom = A quién
draft-narrow = Más sobre a quién busca
draft-find = Buscar en el directorio
draft-to = Destinatario
draft-anybody-at = Cualquiera de esta profesión en { $name }
draft-outside = Alguien que no está en el directorio
draft-outside-hint = Responde mediante un enlace enviado a su correo. No necesita cuenta.
draft-nobody = Destinatario: no ha elegido a nadie. Elija a alguien o envíela a alguien de fuera.
draft-no-profession = Profesión: no ha elegido nada. Elija a qué profesión va.
draft-other-profession = Destinatario: la persona elegida no es de esta profesión. Busque de nuevo en el directorio y elija.
draft-content = Qué dice
draft-content-hint = Lo registrado ya está aquí. Léalo, corríjalo y añada lo que falte.
draft-more = Algo más
draft-guidance = Qué debe respetarse
draft-guidance-hint = Viaja con la derivación y se muestra a quien trata en cada sesión.
draft-send = Enviar
draft-save = Guardar como borrador
draft-changed = Mientras tanto otra persona escribió este borrador. El suyo está aquí; el de usted está en el formulario. Al enviar o guardar, el de usted lo sustituye.
outside-name = Su nombre
outside-email = Su dirección de correo
outside-email-hint = Solo para alguien que no está en el directorio. El enlace y los códigos van allí, así que debe ser solo suya.
outside-name-missing = Su nombre: falta. Escriba para quién es la derivación.
outside-email-wrong = Su dirección de correo: no parece una dirección. Escríbala como nombre@example.org.

guidance-none = Nada en particular.
guidance-supervised = Bajo la guía de { $name }.
guidance-row = Indicación { $n }
guidance-what = No debe hacerse
guidance-where = Solo ahí
guidance-positions = Posturas que evitar
guidance-words = Con sus palabras
guidance-words-hint = Si lo deja vacío, se redacta a partir de lo elegido arriba.
guidance-where-only = No debe hacerse: no ha elegido nada para este lugar. Elija qué no debe hacerse ahí, o dígalo con palabras.
guidance-supervisor = Bajo la guía de quién
guidance-all-of = Todo: { $what }
guidance-no = Sin { $what }
guidance-avoid = Evitar { $positions }
guidance-under-supervision = Tratamiento bajo supervisión
position-prone = boca abajo
position-supine = boca arriba
position-side = de lado
position-seated = sentado
position-standing = de pie

prefill-medicine = { $name }, desde el { $day }
prefill-medicine-dose = { $name } { $dose }, desde el { $day }
prefill-sessions = { $n ->
    [one] Una sesión, { $by }, { $first }
   *[other] { $n } sesiones, { $by }, { $first } a { $last }
  }
prefill-cleared = { $what }: descartado por { $by } ({ $day }): { $reason }
prefill-absent = Preguntado o examinado y ausente: { $list }

directory-title = Directorio
directory-name = Nombre
directory-technique = Ofrece esta técnica
directory-language = Habla este idioma
directory-language-hint = Con un código corto, como en o es.
directory-area = Atiende en
directory-room = Admite pacientes nuevos, o no lo dice
directory-find = Buscar
directory-found = { $n ->
    [one] Una persona
   *[other] { $n } personas
  }
directory-more = Se muestran las primeras { $n }. Diga más sobre a quién busca.
directory-nobody = No se encontró a nadie
directory-nobody-says = Quite alguna condición, o envíe la derivación a alguien que no está en el directorio.
directory-who = Nombre
directory-where = Dónde
directory-new = Pacientes nuevos
directory-scope = Ámbito profesional
directory-zone = Zona horaria
directory-techniques = Técnicas que ofrece
directory-languages = Idiomas
directory-languages-hint = Códigos cortos separados por comas: en, es.
directory-areas = Lugares
directory-areas-hint = Localidades o barrios en los que atiende, separados por comas.
directory-own = Lo que dice de usted
directory-own-hint = Sus colegas le encuentran por esto. Su nombre, profesión y formación los cambia quien responde de su organización.
directory-save = Guardar
room-yes = Admite pacientes nuevos
room-waiting = Lista de espera
room-no = Sin plazas por ahora
room-not-said = No lo dice

link-referral = Derivación a alguien de fuera
caseload-alert = { $n ->
    [one] A un paciente se le dijo que busque ayuda ahora. Atiéndalo.
   *[other] A { $n } pacientes se les dijo que busquen ayuda ahora. Atiéndalos.
  }
outsider-title = Una derivación para usted
outsider-door = Una clínica tiene una derivación para usted. Para mostrar que le llegó, enviamos un código a la dirección de correo a la que se envió este enlace. Vale diez minutos.
outsider-send-code = Envíenme un código
outsider-code = Código del correo
outsider-code-sent = Un código va en camino a su dirección de correo.
outsider-open = Abrir la derivación
outsider-another-code = Enviar otro código
outsider-code-wrong = Código del correo: no es ese. { $n ->
    [one] Puede intentarlo una vez más.
   *[other] Puede intentarlo { $n } veces más.
  }
outsider-code-gone = Código del correo: ese código ya no vale. Pida que le envíen otro.
outsider-not-good-title = Este enlace ya no vale
outsider-not-good = Pida uno nuevo a la clínica que lo envió.
outsider-answer = Su respuesta
outsider-name = Su nombre
outsider-name-hint = Figura en la historia del paciente junto a su respuesta.
outsider-name-wrong = Su nombre: contiene caracteres que nadie ve. Escríbalo de nuevo a mano.
outsider-profession = Su profesión
outsider-decline-why = Si la rechaza: por qué
outsider-over = Esta derivación ya no está abierta. Pregunte a la clínica que la envió.
outsider-over-completed = Gracias. Su informe ha llegado y la derivación está completa.
outsider-over-declined = Gracias. La clínica sabe que no acepta esta derivación.
outsider-close = Cerrar esta derivación
outsider-closed = Cerrada
outsider-closed-says = Puede cerrar esta ventana. El enlace del correo le trae de vuelta.
