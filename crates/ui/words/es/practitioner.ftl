# Lo que leen los profesionales: pacientes a cargo, historia, plan, sesión.

# El episodio: una página
ep-title = Episodio de atención
ep-menu = Partes de este episodio
ep-menu-overview = Resumen
ep-menu-session = Nota de sesión
ep-menu-examine = Exploración
ep-menu-plan = Plan
ep-menu-measures = Mediciones
ep-menu-medicines = Medicamentos
ep-menu-close = Cerrar el episodio
ep-act-session = Escribir una nota de sesión
ep-act-refer = Derivar
ep-is-closed = Este episodio se cerró el { $when }.
ep-due = Hay que volver a valorarlo
ep-due-spread = Los síntomas se extendieron por la pierna en una sesión. Vuelva a explorar al paciente antes de más tratamiento manual.
ep-due-harm = Ocurrió algo grave. Revise todo de nuevo antes de continuar.
ep-out-of-scope = Este programa no está hecho para este paciente
ep-alarms = Alarmas
ep-no-alarm = No hay ninguna alarma activa
ep-no-alarm-open = Las preguntas de abajo aún podrían activar una: sin respuesta no significa no.
ep-no-alarm-open-none = Todas las preguntas que podrían activar una tienen respuesta.
ep-alarms-open = { $n ->
    [one] { $n } alarma que las preguntas sin respuesta aún podrían activar
   *[other] { $n } alarmas que las preguntas sin respuesta aún podrían activar
  }
ep-alarms-cleared = { $n ->
    [one] { $n } alarma descartada
   *[other] { $n } alarmas descartadas
  }
ep-tier-emergency = emergencia
ep-tier-urgent = urgente
ep-tier-routine = estudio habitual
ep-tier-watch = vigilar
ep-why = Por qué
ep-stops-hands-on = Ningún tratamiento manual mientras siga activa.
ep-may-clear = Puede descartarla: { $by }.
ep-clear-open = Descartar esta alarma
ep-clear-reason = Por qué ya no se mantiene
ep-clear-named = Su nombre, { $name }, y su motivo quedan en la historia.
ep-clear = Descartar la alarma
ep-short = En pocas palabras
ep-contributors = Qué contribuye
ep-no-contributor = Los hallazgos aún no apuntan a nada en particular.
ep-contributors-rest = { $n ->
    [one] { $n } más: improbable o con datos insuficientes
   *[other] { $n } más: improbables o con datos insuficientes
  }
ep-band-very_likely = muy probable
ep-band-likely = probable
ep-band-possible = posible
ep-band-unlikely = improbable
ep-band-cannot_say = no se puede decir
ep-percent = { $median } ({ $low } a { $high })
ep-ratio = razón × { $ratio }
ep-basis = De dónde se parte
ep-would-say-more = Aclararía más: { $what }.
ep-patterns = Patrones musculares
ep-patterns-hint = Los patrones orientan la liberación y la activación. No se ha demostrado que sean una causa.
ep-pattern = { $name }: activar { $activate }; liberar { $release }
ep-contested = Lo que habla en contra
ep-because = Porque: { $what }.
ep-basis-expert = juicio de expertos
ep-basis-secondary = no confirmado en el propio artículo
ep-certified = certificado por un profesional
ep-not-certified = no certificado por un profesional
ep-plan = El plan
ep-plan-agreed = Acordado con el paciente por { $by } el { $when }.
ep-no-plan = Todavía no se ha acordado ningún plan. La propuesta está abajo.
ep-plan-make = Hacer un plan con el paciente
ep-plan-change = Cambiar el plan con el paciente
ep-goals = Lo que el paciente quiere poder hacer:
ep-review = Se revisa el { $when }.
ep-earlier = Antes, si:
ep-proposed = Propuesto además
ep-not-yet = Todavía no
ep-ask-first = todavía no: preguntar { $what }
ep-not-offered = { $n ->
    [one] { $n } cosa que no se ofrece, y por qué
   *[other] { $n } cosas que no se ofrecen, y por qué
  }
ep-state-agreed = acordado
ep-state-stopped-now = acordado, y ahora detenido
ep-status-offered = propuesto
ep-status-conflict = las guías no coinciden
ep-status-not_yet = todavía no
ep-status-last_resort = último recurso
ep-status-stopped = detenido
ep-status-declined = el paciente no lo quiere
ep-status-unavailable = nadie disponible
ep-status-against = desaconsejado
ep-status-not_indicated = no aconsejado para este paciente
ep-aim-cause = Objetivo: la causa.
ep-aim-symptom = Objetivo: el síntoma.
ep-aim-prevention = Objetivo: la prevención.
ep-acts-on = Actúa sobre: { $what }.
ep-together = Solo junto con: { $what }.
ep-wanted = El paciente lo ha pedido.
ep-tried = Ya probado: { $what }.
ep-guided = { $by }, bajo la supervisión de: { $guide }
ep-overridden = Autorizado por { $by }: { $reason }
ep-advice-for = a favor
ep-advice-against = en contra
ep-advice-none = sin recomendación
ep-advice-open = sin decidir hasta preguntar más
ep-safety-stop = Lo detiene
ep-safety-adapt = Se hace de otra manera
ep-safety-avoid_region = Evitar una zona
ep-safety-ask = Primero se pregunta a un médico
ep-dose-why = Cuánto, y por qué
ep-outcome = ¿Está ayudando?
ep-outcome-none = Todavía no se ha medido nada.
ep-outcome-assign = Pedir al paciente que responda a un cuestionario
ep-next = Preguntar a continuación
ep-ask-patient = Al paciente
ep-ask-examine = Para explorar
ep-ask-results = Resultados que anotar si ya existen; aquí no se pide ninguna prueba
ep-ask-nothing = Nada que cambie algo.
ep-ask-save = Anotar las respuestas
ep-ask-all = Todas las preguntas, como exploración
ep-not-done = No realizado
ep-not-known = No se sabe
ep-said-not-known = no realizado o no se sabe
ep-none-of-these = Ninguna de estas
ep-yes = Sí
ep-no = No
ep-result-on = Cuándo se hizo
ep-timeline = Qué ha pasado
ep-written-later = anotado el { $when }
ep-known = { $n ->
    [one] Todo lo que se sabe: { $n } dato
   *[other] Todo lo que se sabe: { $n } datos
  }
ep-not-understood = Consta en la historia y esta versión del conocimiento no lo entiende
ep-made = Cómo se hizo esta página
ep-made-of = Valoración del
ep-made-jurisdiction = Ámbito de práctica
ep-made-engine = Motor
ep-made-knowledge = Conocimiento
ep-made-version = Versión de la historia
ep-made-shown = Mostrado y guardado como
ep-guideline-whole = aquí se conocen todas sus recomendaciones sobre el dolor de espalda.
ep-guideline-part = aquí se conoce en parte.
ep-sources = Todas las fuentes citadas
ep-source-read = leído: { $how }
ep-team = Equipo de atención
ep-team-none = Nadie por ahora.
ep-team-since = desde el { $when }
ep-team-through = por una derivación
ep-referrals = Derivaciones
ep-referrals-none = Ninguna hasta ahora.
ep-pathway = aconsejada
ep-overdue = { $n ->
    [one] { $n } día de retraso
   *[other] { $n } días de retraso
  }
ep-referral-draft = borrador
ep-referral-sent = enviada
ep-referral-accepted = aceptada
ep-referral-declined = rechazada
ep-referral-scheduled = con cita
ep-referral-inprogress = en curso
ep-referral-completed = terminada
ep-referral-missed = no acudió
ep-referral-cancelled = anulada
ep-questions = El paciente pregunta
ep-question-waits = espera respuesta
ep-question-your-answer = Su respuesta
ep-question-answer = Responder
ep-medicines = Medicamentos
ep-measures = Mediciones
ep-wishes = Lo que quiere el paciente
ep-wants = Le gustaría: { $what }
ep-declines = No quiere: { $what }
ep-expects = Espera mejorar { $n } de 10
ep-draft-waits = Escribió esto el { $when } y no lo ha enviado. Continúe o deséchelo.
ep-draft-drop = Desechar lo escrito
ep-draft-keep = Guardar para después
ep-changed = Otra persona escribió en esta historia entretanto
ep-changed-below = Lo que usted escribió está abajo, sin cambios. Mire ambas cosas y envíelo de nuevo.
ep-two-windows = En otra ventana escribió otra cosa
ep-two-windows-below = Lo que escribió en esta ventana está abajo. Lo que envíe ahora ocupa el lugar de lo otro.
ep-refused-because = En qué se basa
ep-refused-remedy = Qué hacer:
ep-done-facts = Las respuestas están anotadas
ep-done-alarm = La alarma está descartada, con nombre y motivo
ep-done-answer = El paciente puede leer su respuesta
ep-done-session = La sesión está firmada
ep-done-amended = La adenda está firmada; lo escrito antes permanece
ep-done-plan = El plan está acordado
ep-done-medicine = El medicamento está anotado
ep-done-assigned = Se pide al paciente que responda
ep-done-paper = Las respuestas están anotadas
ep-done-closed = El episodio está cerrado
ep-done-harm = El acontecimiento adverso está anotado
ep-done-dropped = Lo escrito se ha desechado

ep-reasons = { $n ->
    [one] Por qué, y de dónde viene: { $n } motivo
   *[other] Por qué, y de dónde viene: { $n } motivos
  }
ep-timeline-older = { $n ->
    [one] { $n } cosa anterior
   *[other] { $n } cosas anteriores
  }
ep-chart = Dónde duele
ep-chart-by = Marcado por { $by } el { $when }.
ep-chart-feels = Se siente: { $what }.
ep-alert = Las respuestas del paciente indicaron una emergencia y nadie se ha hecho cargo
ep-alert-take = Hacerse cargo

# Qué ha pasado, hecho a hecho
ev-opened = Comenzó el episodio
ev-closed = Se cerró el episodio
ev-facts = Respuestas y hallazgos
ev-facts-count = { $n ->
    [one] { $n } en total
   *[other] { $n } en total
  }
ev-alarm = Alarma descartada: { $what }
ev-shown = Se mostró la valoración
ev-plan = Se acordó un plan
ev-plan-revised = Se cambió el plan
ev-ref-drafted = Se empezó una derivación a: { $what }
ev-ref-sent = Se envió una derivación
ev-ref-accepted = Se aceptó la derivación
ev-ref-declined = Se rechazó la derivación
ev-ref-scheduled = Cita el { $what }
ev-ref-started = El paciente acudió
ev-ref-missed = El paciente no acudió
ev-ref-completed = Se completó la derivación
ev-ref-cancelled = Se anuló la derivación
ev-ref-reopened = Se retomó la derivación
ev-left = Alguien dejó el equipo
ev-consent-treatment = El paciente consintió: { $what }, con sus riesgos explicados
ev-safety-net = Se dijo al paciente cuándo volver de inmediato
ev-session = Sesión
ev-session-stopped = Sesión interrumpida: los síntomas se extendieron por la pierna
ev-session-amended = Adenda a una sesión
ev-assigned = Se pide al paciente que responda: { $what }
ev-answered = Respondido: { $what }
ev-harm = Acontecimiento adverso
ev-medicine = Medicamento
ev-question = El paciente preguntó
ev-question-answered = El equipo respondió
ev-consent = El paciente consintió: { $what }
ev-consent-withdrawn = El paciente ya no consiente: { $what }
ev-merged = Dos expedientes son un paciente
ev-unmerged = Los dos expedientes son dos pacientes
ev-warned = Se indicó al paciente que acudiera a urgencias
ev-alert-taken = Alguien se hizo cargo de la alerta de urgencia
ev-elsewhere = Tratamiento en otro lugar: { $what }
ev-wants = Le gustaría: { $what }
ev-declines = No quiere: { $what }
ev-goals = Quiere poder: { $what }
ev-pain = Dolor { $before } antes, { $after } después.
ev-home = En casa: { $what }

# La nota de sesión
se-title = Nota de sesión
se-amend-title = Sesión
se-amend = Adenda
se-closed = Este episodio está cerrado: no se anota nada más en él.
se-day = Día
se-began = Comenzó a las
se-began-hint = Por ejemplo 14:05
se-began-wrong = Comenzó a las: escriba hora y minuto, por ejemplo 14:05.
se-minutes = Minutos en total
se-minutes-wrong = Minutos: escriba un número entero hasta 600.
se-min = min
se-pain-before = Dolor antes
se-pain-after = Dolor después
se-pain-least = sin dolor
se-pain-most = el peor imaginable
se-work = Qué se hizo
se-row = Fila { $n }
se-row-technique = Técnica
se-row-target = Músculo o articulación
se-row-side = Lado
se-row-direction = Dirección
se-row-minutes = Minutos
se-row-pressure = Presión
se-row-position = Posición
se-row-more = Dosis, además
se-row-override = Por qué se hace de todos modos
se-side-left = Izquierdo
se-side-right = Derecho
se-side-both = Ambos
se-pressure-light = Ligera
se-pressure-moderate = Moderada
se-pressure-deep = Profunda
se-position-prone = Boca abajo
se-position-supine = Boca arriba
se-position-side_lying = De lado
se-position-seated = Sentado
se-position-standing = De pie
se-avoid-prone = no boca abajo
se-avoid-supine = no boca arriba
se-avoid-side_lying = no de lado
se-avoid-seated = no sentado
se-avoid-standing = no de pie
se-add-row = Añadir una fila
se-remove-row = Quitar la fila { $n }
se-no-work = Técnica: elija al menos una.
se-override-choice = { $what } (requiere un motivo)
se-refused-choice = { $what } (no permitida hoy)
se-not-offered = { $n ->
    [one] { $n } técnica no permitida hoy, y por qué
   *[other] { $n } técnicas no permitidas hoy, y por qué
  }
se-out-of-scope = { $n ->
    [one] { $n } técnica queda fuera de su ámbito de práctica aquí y no se muestra.
   *[other] { $n } técnicas quedan fuera de su ámbito de práctica aquí y no se muestran.
  }
se-same = como la última vez
se-new = nuevo
se-different = cambiado
se-before = la última vez: { $what }
se-first = No hay ninguna sesión anterior que retomar.
se-carried = Retomado del { $when }, por { $by }. Cambie lo que fue distinto.
se-since = { $n ->
    [one] Nuevo desde entonces: { $n } cosa
   *[other] Nuevo desde entonces: { $n } cosas
  }
se-response = Qué efecto tuvo
se-spread = ¿Se extendieron los síntomas por la pierna?
se-spread-hint = Si es que sí, se interrumpe la sesión y hay que volver a valorar al paciente.
se-stopped = interrumpida
se-consent = Consentimiento al tratamiento
se-consent-to = El paciente acepta { $what } tras explicarle estos riesgos
se-representative = Aceptó alguien que puede decidir por el paciente
se-safety = Cuándo volver de inmediato
se-safety-net = Se le ha vuelto a decir al paciente
se-safety-open = Qué se dijo
se-safety-said = Qué se dijo, línea por línea
se-safety-written = También por escrito
se-home-title = En casa
se-home = Programa para casa
se-adherence = Del último programa se hizo
se-adherence-hint = De 0 a 100 por ciento
se-harm = Algo fue mal
se-harm-what = Qué ocurrió
se-harm-missing = Diga de cada aspecto lo que piensa ahora: gravedad, intensidad, relación con el tratamiento y si era de esperar.
se-harm-seriousness = ¿Fue grave: muerte, peligro para la vida, hospital, daño duradero?
se-harm-seriousness-serious = Grave
se-harm-seriousness-not_serious = No grave
se-harm-severity = ¿Con qué intensidad?
se-harm-severity-mild = Leve: se notó, y nada más
se-harm-severity-moderate = Moderada: estorbó
se-harm-severity-severe = Intensa: impidió la vida normal
se-harm-relatedness = ¿Lo causó el tratamiento?
se-harm-relatedness-unrelated = No
se-harm-relatedness-unlikely = Apenas
se-harm-relatedness-possible = Es posible
se-harm-relatedness-probable = Probablemente
se-harm-relatedness-definite = Sí
se-harm-expectedness = ¿Era de esperar?
se-harm-expectedness-expected = Entre los riesgos que se explican
se-harm-expectedness-unexpected = No era de esperar
se-guidance = Indicaciones de la derivación
se-supervisor = supervisa { $by }
se-alarm = Una alarma detiene el tratamiento manual
se-alarm-see = Ver las alarmas
se-sign = Firmar y cerrar
se-sign-amend = Firmar la adenda
se-reason = Por qué se corrige
se-reason-hint = Lo escrito antes permanece en la historia.
se-signed = Firmado por { $by }, { $when }
se-signed-before = Antes: { $by }, { $when }
se-why = Por qué se corrigió: { $what }
se-told-minutes = { $n ->
    [one] { $n } minuto.
   *[other] { $n } minutos.
  }

# La exploración
ex-title = Exploración
ex-hint = Lo más importante va primero. Deje abierto lo que no haya hecho; al anotar aparecen las siguientes preguntas.
ex-kind-examination = Pruebas y hallazgos
ex-kind-history = Lo que cuenta el paciente
ex-kind-background = Antecedentes
ex-kind-treatment = Tratamiento hasta ahora
ex-kind-imaging = Imágenes que ya existen
ex-kind-laboratory = Análisis que ya existen
ex-muscles = Músculos
ex-muscle = Músculo
ex-muscles-rest = { $n ->
    [one] { $n } músculo más
   *[other] { $n } músculos más
  }
ex-tender = Sensible, dolor conocido
ex-weak = Débil
ex-short = Acortado
ex-next = preguntar ya
ex-known = { $what }, { $when }
ex-add = Otra cosa
ex-add-it = Añadir
ex-record = Anotar la exploración
ex-instruments = Cuestionarios que aclararían más

# El plan
pl-title = Plan
pl-heard = Lo que quiere el paciente y lo que se ha probado
pl-nothing-heard = Todavía no se sabe qué quiere el paciente ni qué se ha probado.
pl-what-for = Para qué
pl-goals = Lo que el paciente quiere poder hacer
pl-goals-hint = Con las palabras del paciente, una por línea.
pl-proposed = En el plan
pl-nothing-proposed = Por ahora no se puede proponer nada.
pl-possible = { $n ->
    [one] { $n } cosa más que es posible
   *[other] { $n } cosas más que son posibles
  }
pl-in = { $what } está en el plan
pl-by = Quién lo hace
pl-guide = Bajo la supervisión de
pl-dose = Cuánto
pl-techniques = Técnicas acordadas
pl-adapted = { $what } (de otra manera)
pl-over = Por qué se planea de todos modos
pl-over-hint = Su nombre queda al lado.
pl-answers = Anotar estas respuestas y volver a mirar
pl-add = Otra cosa
pl-add-it = Añadir
pl-until = Hasta cuándo
pl-review = Se revisa el
pl-earlier = Se revisa antes, si
pl-more = O si
pl-more-hint = Una por línea.
pl-reason = Por qué cambia el plan
pl-agree = El paciente está de acuerdo: este es el plan
pl-revise = El paciente está de acuerdo: este es el nuevo plan
pl-no-line = No hay nada en el plan. Elija al menos una línea.

# Medicamentos
me-now = Se toma ahora
me-nothing-told = No se sabe nada de medicamentos, que no es lo mismo que ninguno.
me-none-now = Ninguno por ahora.
me-no-opioid = Hoy ningún opioide.
me-opioid = opioide
me-morphine = { $mg } mg de morfina oral al día
me-morphine-not-known = Al menos { $mg } mg de morfina oral al día; no se sabe: { $what }
me-morphine-hint = Estima el riesgo. Nunca sirve para cambiar de un opioide a otro.
me-add = Anotar un medicamento
me-medicine = Medicamento
me-another = Otro
me-other = Su nombre, si es otro
me-other-hint = Solo si no está en la lista.
me-other-missing = Su nombre: escriba cómo se llama el medicamento.
me-class = Con qué se cuentan sus días, si es otro
me-route = Cómo se toma
me-route-oral = Por boca
me-route-transdermal = Parche en la piel
me-amount = Dosis
me-unit = Unidad de la dosis
me-from = Primer día
me-to = Último día
me-to-hint = Déjelo vacío mientras se siga tomando.
me-days = { $n ->
    [one] en { $n } día
   *[other] en { $n } días
  }
me-days-hint = Déjelo vacío si es todos los días.
me-days-field = En cuántos de esos días
me-save = Anotarlo
me-all = Todo lo anotado
me-from-to = del { $from } al { $to }
me-since = desde el { $from }

# Mediciones
ms-open = Asignar o anotar respuestas
ms-open-title = Lo que espera respuesta
ms-nothing-due = Nada espera respuesta.
ms-overdue = vencido
ms-assign = Pedir al paciente que responda
ms-instrument = Cuestionario
ms-wave = Momento
ms-wave-baseline = Al comienzo
ms-wave-week_2 = Semana 2
ms-wave-week_6 = Semana 6
ms-wave-week_10 = Semana 10
ms-wave-week_26 = Semana 26
ms-wave-week_52 = Semana 52
ms-due = Para el día
ms-due-hint = Déjelo vacío para el día de ese momento.
ms-due-missing = Para el día: elija un momento o indique un día.
ms-assign-save = Pedir
ms-link-of = Crear un enlace: { $what }
ms-paper-of = Anotar respuestas: { $what }
ms-paper-any = Anotar un cuestionario en papel que nadie pidió
ms-paper = Respuestas en papel
ms-no-wording = El texto de las preguntas no se puede mostrar aquí: tenga el papel a mano.
ms-item = Pregunta { $n }
ms-left-out = Sin respuesta
ms-mode = Cómo se respondió
ms-mode-paper = En papel
ms-mode-in_clinic = En una pantalla de la consulta
ms-mode-telephone = Por teléfono
ms-mode-online = En una página nuestra, fuera de la consulta
ms-by = Quién respondió
ms-by-patient = El paciente solo
ms-by-patient_helped = El paciente, con alguien que lee o escribe
ms-by-proxy = Alguien cercano, por el paciente
ms-by-clinician = Un profesional
ms-day = Respondido el
ms-paper-save = Anotar las respuestas
ms-no-answer = Ninguna pregunta tiene respuesta. Responda al menos una.

# Cierre
cl-title = Cerrar el episodio
cl-what = Después no se anota nada más en él; sigue siendo legible y un nuevo episodio puede retomarlo.
cl-referrals = { $n ->
    [one] { $n } derivación sigue abierta y se anula con ello.
   *[other] { $n } derivaciones siguen abiertas y se anulan con ello.
  }
cl-reason = Por qué termina
cl-reason-hint = Por ejemplo: se han alcanzado los objetivos; el paciente acude a otro lugar.
cl-close = Cerrar el episodio
