# Iniciar sesión, la propia cuenta y los primeros pasos.

go-on = Continuar
sign-out = Cerrar sesión
sign-in-title = Iniciar sesión
sign-in-email = Correo electrónico
sign-in-password = Contraseña
sign-in-do = Iniciar sesión
sign-in-passkey = Iniciar sesión con una llave de acceso
sign-in-with = Iniciar sesión con { $name }
sign-in-elsewhere = Iniciar sesión en otro sitio
sign-in-elsewhere-go-on = Continuar para iniciar sesión allí
sign-in-done = Sesión iniciada

code-title = Segundo factor
code-label = Código de su aplicación de autenticación, o un código de recuperación
code-hint = La aplicación muestra seis cifras, nuevas cada medio minuto.
code-passkey = Usar una llave de acceso

locked-title = Bloqueado
locked-says = Nadie hizo nada durante un cuarto de hora. Lo que escribía en otra ventana sigue allí.
locked-do = Desbloquear
locked-passkey = Desbloquear con una llave de acceso

set-up-title = Bienvenido
set-up-password = Contraseña nueva
set-up-hint = Al menos 12 caracteres. Unas pocas palabras sin relación entre sí son más fáciles de recordar que los signos.
set-up-do = Establecer la contraseña

organisations-title = ¿Para quién actúa?
organisations-none = No tiene ningún papel en ninguna organización. Pídalo al responsable de la suya.

account-title = Su cuenta
account-name = Nombre
account-organisation = Actúa para
account-organisation-change = Elegir otra
account-second-factors = Segundos factores
account-factors = Llaves de acceso y aplicaciones: { $listed }. Códigos de recuperación restantes: { $codes }.
account-factors-add = Añadir uno
account-lock = Bloquear
account-language = Idioma de las páginas
account-password = Contraseña
account-new-password = Contraseña nueva
account-password-change = Cambiarla
account-sessions = Dónde tiene la sesión abierta
account-session = Desde el { $since }, { $how }
account-session-this = esta
account-session-end = Cerrarla
how-password = con contraseña
how-passkey = con llave de acceso
how-issuer = con otra cuenta
how-link = con un enlace de un solo uso
how-other = de otra manera

factor-title = Segundo factor
factor-needed = Las historias de pacientes necesitan más que una contraseña. Configure una de estas opciones; tarda un minuto.
factor-passkey = Una llave de acceso
factor-passkey-says = Su huella, su cara o una llave de seguridad: nada que escribir y nada que se pueda revelar.
factor-passkey-add = Añadir una llave de acceso
factor-passkey-noscript = Las llaves de acceso necesitan JavaScript; una aplicación no.
factor-app = Una aplicación de autenticación
factor-app-set-up = Configurar una aplicación
app-picture = El secreto como código QR
app-says = Fotografíe esto con la aplicación, o escriba las letras de debajo.
app-code = Las seis cifras que muestra
app-do = Confirmar
recovery-title = Códigos de recuperación
recovery-says = Imprímalos o anótelos, y guárdelos lejos de su teléfono. Cada uno abre su cuenta una vez si pierde la aplicación. No se muestran de nuevo.

unsent-title = Todavía sin enviar
unsent-says = Esto se escribió cuando su sesión se bloqueó. No se ha perdido nada: envíelo ahora o deséchelo.
unsent-send = Enviarlo ahora
unsent-throw-away = Desecharlo
unsent-nothing = No hay nada sin enviar.
