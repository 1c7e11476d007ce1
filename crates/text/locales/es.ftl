### Everything the window says. A sentence names what happened and what to do; it never blames and never shows codes.
### Palabras: iniciar sesión, cerrar sesión · cuenta · proyecto, su propietario · enlace, código · correo · contraseña ·
### segundo factor, aplicación de autenticación, clave de acceso · llavero · vía para iniciar sesión · proveedor · imagen ·
### equipo (computer). Trato: tú. Comillas: « ».

# Who the app is (`cargo xtask rename` writes these three). No other line spells them.
-brand = Foyer
-program = foyer
-variables = FOYER
app-name = { -brand }
navigation = Páginas
loading = Cargando tu cuenta
try-again = Reintentar
cancel = Cancelar
dismiss = Cerrar
back = Volver
remove = Quitar

## Connect

connect-title = Conecta un proyecto de Supabase
connect-lead = { -brand } es la aplicación de cuentas de tu proyecto. Tiene que saber cuál es.
connect-local-found = Hay un proyecto en marcha en este equipo
connect-local = Usar el proyecto local
connect-url = URL del proyecto
connect-url-example = https://abcd.supabase.co
connect-url-hint = En el panel de Supabase, en Project Settings, Data API.
connect-key = Clave publicable
connect-key-example = sb_publishable_…
connect-key-hint = En Project Settings, API Keys. También sirve una clave anon antigua.
connect-submit = Conectar

## Sign in and sign up

sign-in-title = Inicia sesión
sign-up-title = Crea tu cuenta
sign-in-tabs = Inicia sesión o crea una cuenta
tab-sign-in = Iniciar sesión
tab-sign-up = Crear cuenta
tab-magic-link = Enlace por correo
magic-link-lead = Te enviamos un enlace con el que inicias sesión. No hace falta contraseña.
magic-link-send = Enviar enlace
forgot-password = ¿Olvidaste la contraseña?
confirm-again = Enviar el enlace otra vez
or = o
continue-with = Continuar con { $provider }
anonymous = Continuar sin cuenta
have-code = Tengo un código o un enlace
sign-in = Iniciar sesión
sign-up = Crear cuenta
sign-in-no-way = Este proyecto no deja entrar a nadie por ninguna vía que { -brand } conozca.
email = Correo electrónico
password = Contraseña
password-hint = Al menos 6 caracteres. El proyecto puede exigir más.
show-password = Mostrar la contraseña
hide-password = Ocultar la contraseña
caps-lock = El bloqueo de mayúsculas está activado.
phone = Teléfono
code = Código
code-hint = Las cifras del correo.
code-submit = Confirmar el código
foreign-code-title = Usar un código o un enlace
foreign-code-lead = Una invitación u otro correo pueden traer un código. Indica adónde llegó.
paste-link-open = Pegar un enlace
paste-link = Enlace
paste-link-hint = El enlace del correo, tal como lo copiaste, o la dirección en la que se quedó tu navegador.
paste-link-submit = Usar este enlace
public-profile-open = Buscar un perfil público
public-profile-title = Perfil público
public-profile-lead = Mira lo que cualquiera puede ver de una persona. No hace falta iniciar sesión.
public-profile-submit = Buscar
public-profile-nobody = Nadie con ese nombre muestra un perfil público.
full-name = Nombre completo
project-line = Proyecto: { $host }
project-change = Cambiar

signed-out-asked = Has cerrado sesión.
signed-out-elsewhere = Se cerró tu sesión desde otro dispositivo o la cerró el propietario del proyecto.
signed-out-expired = Tu sesión ha terminado: el proyecto limita su duración. Vuelve a iniciar sesión.
signed-out-banned = Esta cuenta está suspendida. Consulta al propietario del proyecto.
signed-out-deleted = Esta cuenta ya no existe.
signed-out-store-lost = No se pudo leer la sesión guardada en este equipo. Vuelve a iniciar sesión.

## Waiting for a mail

waiting-step-open = Abre el correo en este equipo y haz clic en el enlace.
waiting-step-open-loopback = Abre el correo en un navegador de este equipo, con { -brand } en marcha, y haz clic en el enlace.
waiting-step-browser = Sigue en la página que se abrió en tu navegador.
waiting-step-browser-loopback = Sigue en la página que se abrió en tu navegador, en este equipo. No cierres { -brand }.
waiting-end-signed-in = { -brand } pasa al frente por sí solo y tu sesión queda iniciada.
waiting-end-recovery = { -brand } pasa al frente por sí solo y te pide la contraseña nueva.
waiting-end-email-change = Tu nueva dirección se usará en cuanto se confirme. El proyecto puede pedir la confirmación en los dos buzones.
waiting-end-link-provider = { -brand } pasa al frente por sí solo y la cuenta queda vinculada.
waiting-end-captcha = { -brand } sigue por sí solo con lo que empezaste.
waiting-title-mail = Mira tu correo
waiting-title-email-change = Confirma tu nueva dirección
waiting-title-provider = Continúa en tu navegador
waiting-title-link-provider =
    { $provider ->
        [none] Vincula un proveedor en tu navegador
       *[other] Vincula { $provider } en tu navegador
    }
waiting-title-captcha = Resuelve un captcha en tu navegador
waiting-lead-sign-up = Para confirmar tu dirección, enviamos un enlace a
waiting-lead-magic-link = Enviamos un enlace con el que inicias sesión a
waiting-lead-recovery = Si la cuenta existe, va en camino un enlace para elegir una contraseña nueva a
waiting-lead-email-change = Enviamos un enlace a
waiting-lead-provider =
    { $provider ->
        [none] Inicia sesión allí con tu proveedor.
       *[other] Inicia sesión allí con { $provider }.
    }
waiting-lead-link-provider =
    { $provider ->
        [none] Permítelo allí y el proveedor será una vía más para iniciar sesión.
       *[other] Permítelo allí y { $provider } será una vía más para iniciar sesión.
    }
waiting-lead-captcha = El proyecto quiere estar seguro de que eres una persona.
waiting-halfway = 1 de 2 confirmadas. Abre ahora el correo en tu otra dirección.
waiting-finishing = La respuesta ha llegado. Un momento…
waiting-code = Si el correo muestra un código, también puedes escribirlo
waiting-copied = Copiado. Pégalo en otro navegador.
open-inbox = Abrir el buzón
open-again = Abrir el navegador otra vez
copy-address = Copiar la dirección
waiting-step-spam = ¿Nada después de un minuto? Mira en la carpeta de correo no deseado.
waiting-local = Este es un proyecto local, así que su correo se queda en este equipo. Abre el buzón en tu navegador y haz clic en el enlace del correo:
waiting-exchanging = El enlace ha llegado. Iniciando sesión…
waiting-resend = Enviar un enlace nuevo
waiting-resend-in = Enviar un enlace nuevo en { $seconds } s
waiting-resent = Va en camino un enlace nuevo. El anterior ya no sirve.
waiting-resent-sign-up = Si tu dirección aún no está confirmada, va en camino un enlace nuevo y el anterior ya no sirve. Si lo está, inicia sesión.
waiting-confirmed = Ya la he confirmado: iniciar sesión
another-way-open = Volver por otra vía
another-way-lead-mail = ¿El clic en el enlace no te trae de vuelta aquí? { -brand } puede abrir otra vía de vuelta en este equipo y enviarte un enlace nuevo para ella. Ábrelo en un navegador de este equipo, con { -brand } en marcha.
another-way-mail = Enviar un enlace que vuelva por esta vía
another-way-lead-browser = ¿El navegador no te trae de vuelta aquí? { -brand } puede abrir otra vía de vuelta en este equipo y empezar de nuevo en el navegador. No cierres { -brand }.
another-way-browser = Empezar de nuevo en el navegador
waiting-cancel = Usar otra dirección
## A link that nobody here asked for

consent-title = ¿Iniciar sesión con este enlace?
consent-checking = Comprobando de quién es este enlace…
consent-email = Con este enlace inicias sesión como
consent-unknown = Este enlace no dice de quién es la cuenta.
consent-question = Continúa solo si lo esperabas.
consent-invitation = Es una invitación: después eliges una contraseña.
consent-continue = Continuar

## New password and second factor

new-password = Contraseña nueva
new-password-title = Elige una contraseña nueva
new-password-lead = Para { $email }. A partir de ahora inicias sesión con ella.
new-password-lead-nobody = A partir de ahora inicias sesión con ella.
new-password-submit = Guardar la contraseña
new-password-skip = Ahora no
new-password-factor-first = Primero tu segundo factor: escribe el código de tu aplicación de autenticación y después se guarda la contraseña nueva.
current-password = Contraseña actual
current-password-hint = El proyecto también la pide.
nonce = Código del correo
nonce-hint = El proyecto también pide un código. Va en camino a tu buzón.
nonce-again = Enviar un código nuevo
mfa-title = Un paso más
mfa-lead = Tu cuenta también pide un código de tu aplicación de autenticación.
mfa-which = ¿Cuál?
mfa-name = Aplicación de autenticación { $number }
mfa-name-phone = Teléfono { $number }
mfa-name-passkey = Clave de acceso { $number }
mfa-name-other = Segundo factor { $number }
mfa-kind-authenticator = Aplicación de autenticación
mfa-kind-phone = Un código que se envía a un teléfono. { -brand } no puede pedirlo.
mfa-kind-passkey = Una clave de acceso o llave de seguridad. { -brand } no puede pedirla.
mfa-kind-other = De un tipo que { -brand } no conoce y no puede pedir.
mfa-elsewhere-phone = Tu cuenta también pide un código que se envía a tu teléfono, y { -brand } no puede hacerlo. Inicia sesión en el sitio del propio proyecto, añade allí una aplicación de autenticación y vuelve.
mfa-elsewhere-passkey = Tu cuenta también pide tu clave de acceso o llave de seguridad, y { -brand } no puede hacerlo. Inicia sesión en el sitio del propio proyecto, añade allí una aplicación de autenticación y vuelve.
mfa-elsewhere-other = Tu cuenta pide un segundo factor que { -brand } no puede pedir. Inicia sesión en el sitio del propio proyecto, añade allí una aplicación de autenticación y vuelve.
mfa-code = Código
mfa-code-hint = 6 cifras
mfa-verify = Continuar

## Account

nav-account = Cuenta
nav-security = Seguridad
nav-security-waiting = Hay algo pendiente
anonymous-name = Sin cuenta
anonymous-word = Estás aquí sin cuenta. Añade una dirección o todo esto se perderá al cerrar sesión.
anonymous-leave-title = ¿Salir para siempre?
anonymous-leave-text = No tienes ninguna dirección aquí, así que nadie puede volver a esta cuenta. Se pierde al cerrar sesión.
anonymous-leave = Perderla y cerrar sesión
sign-out = Cerrar sesión
account-title = Cuenta
account-checking = Buscando cambios…
missing-table = Este proyecto no tiene sitio para un perfil, así que { -brand } muestra lo que guarda el inicio de sesión: tu nombre. El propietario del proyecto puede añadirlo.
missing-columns = A la tabla de este proyecto le falta sitio para { $columns }. El propietario del proyecto puede añadirlo.
owner-sql = SQL para el propietario del proyecto
copy-sql = Copiar el SQL
copied-sql = Copiado.
account-error-title = No se pudo cargar tu cuenta
account-no-email = Sin correo electrónico
offline = Estás sin conexión. Esto es lo que { -brand } recuerda de la última vez.
profile-title = Perfil
username = Nombre de usuario
username-hint = Al menos 3 caracteres. Otras personas lo ven.
website = Sitio web
website-hint = Por ejemplo, https://example.com
save = Guardar los cambios
saved = Guardado
saved-later = Guardado en este equipo. Se enviará cuando tengas conexión.
queued-title = Pendiente de envío
queued-lead = Cambiaste esto sin conexión. { -brand } lo envía en cuanto se pueda llegar al servidor.
queued-memory = { -brand } lo guarda solo en la memoria: se pierde si cierras { -brand } antes.
queued-discard = Descartar
conflict-title = Cambiado aquí y en otro lugar
conflict-lead = Tu perfil se cambió mientras tanto en otro lugar. ¿Qué versión quieres conservar?
conflict-mine = La tuya
conflict-theirs = En el servidor
conflict-keep-mine = Conservar la mía
conflict-take-theirs = Tomar la del servidor
empty-value = Vacío
unsaved = Cambios sin guardar
revert = Revertir
reverted = Cambios revertidos.
restore = Recuperarlos
unsaved-title = ¿Cerrar sesión ahora?
unsaved-text = Hay cambios de tu perfil que aún no han llegado al servidor. Se pierden al cerrar sesión.
unsaved-stay = Seguir aquí
unsaved-discard = Descartar y cerrar sesión

## Drafts, leaving, what others see

restored = Ha vuelto lo que escribiste la última vez. Aún no está guardado.
username-free = Este nombre de usuario está libre.
leaving-title = ¿Salir sin guardar?
leaving-text = Los cambios de tu perfil aún no están guardados. { -brand } conserva lo que escribiste: estará aquí cuando vuelvas.
leaving-go = Salir
closing-title = ¿Cerrar sin guardar?
closing-text = Los cambios de tu perfil aún no están guardados. { -brand } conserva en este equipo lo que escribiste: estará ahí cuando vuelvas a abrir { -brand }.
closing-go = Cerrar
closing-text-memory = Los cambios de tu perfil aún no están guardados. { -brand } no escribe nada en este equipo, así que se pierden al cerrarlo.
closing-go-memory = Descartar y cerrar
public-own-lead = Lo que cualquiera puede ver de ti, sin iniciar sesión.
public-own-look = Mostrar lo que ven los demás
public-own-again = Mirar otra vez
public-own-close = Ocultar
public-own-empty = Los demás ven un perfil vacío: aún no hay nada guardado en él.
public-own-nothing = Los demás no ven nada de tu perfil. Este proyecto solo te lo muestra a ti.
public-own-hidden = Los demás no ven tu correo electrónico ni cómo inicias sesión.
public-own-no-picture = Tu imagen no se muestra a los demás: este proyecto la mantiene privada.

## Security

security-title = Seguridad
security-sign-in = Inicio de sesión
security-sessions = Dónde tienes la sesión iniciada
security-account = La cuenta
change = Cambiar
add = Añadir
manage = Gestionar
close = Cerrar
continue = Continuar
password-state-unknown = El proyecto no dice si hay una. Puedes poner una nueva.
password-state-anonymous = Antes hace falta una dirección.
email-address = Dirección de correo
email-state-none = Aún no hay ninguna.
keep-account-lead = Aún no hay ninguna. Con una, esta cuenta es tuya en todos los dispositivos.
change-email-lead = Un correo te pide confirmar la dirección nueva. El proyecto puede pedir la confirmación también en la anterior.
two-factor-title = Autenticación en dos pasos
two-factor-off = Desactivada. Si la activas, al iniciar sesión también se pide un código de una aplicación.
two-factor-count =
    { $count ->
        [one] Activada, con 1 segundo factor.
       *[other] Activada, con { $count } segundos factores.
    }
two-factor-count-day =
    { $count ->
        [one] Activada, con 1 segundo factor, añadido el { $day }.
       *[other] Activada, con { $count } segundos factores; el último se añadió el { $day }.
    }
email-state-changing = { $email } está pendiente de confirmación.
sessions-last = El último inicio de sesión en cualquier lugar fue el { $day }.
identities-title = Vías para iniciar sesión
identities-count =
    { $count ->
        [one] 1 vía:
       *[other] { $count } vías:
    }
identities-none = El proyecto no ha indicado tus vías para iniciar sesión.
session-title = Este equipo
sessions-title = Otros dispositivos
sessions-state = El proyecto no los enumera, pero puede cerrar tu sesión en ellos.
sessions-lead = ¿Perdiste un dispositivo o iniciaste sesión en un sitio que no es de fiar? «En los demás» conserva tu sesión aquí.
mfa-enroll = Configurar
delete-title = Eliminar la cuenta
change-password = Cambiar la contraseña
keep-account = Conservar esta cuenta
new-email = Dirección nueva
change-email = Cambiar la dirección
two-factor-elsewhere = Activada, pero { -brand } no puede pedir el segundo factor que tienes. Añade una aplicación de autenticación o la próxima vez no podrás iniciar sesión aquí.
mfa-enroll-another = Añadir otra
mfa-unfinished = Quedó sin terminar. No se pide.
mfa-remove-named = Quitar { $name }
mfa-new-title = Añade una aplicación de autenticación
mfa-scan = Escanea esta imagen con tu aplicación de autenticación y escribe el código que muestre.
mfa-qr = Código QR para la aplicación de autenticación
mfa-secret = ¿Sin cámara? Escribe esta clave:
mfa-first-code = Código de la aplicación
mfa-finish = Activar
identity-only = No se puede quitar: el servidor no indica ninguna otra
identity-unnamed = Este servidor no deja que { -brand } la quite
identity-unknown = Otra vía
identity-sso = Inicio de sesión único
identities-address = Con tu dirección { $email } quizá también puedas iniciar sesión: con un enlace por correo, o con una contraseña si la has puesto.
unlink-named = Quitar { $provider }
link = Vincular
link-named = Vincular { $provider }
sign-out-others = Cerrar sesión en los demás
sign-out-everywhere = Cerrar sesión en todos
protection-keychain = Protegida por el llavero del sistema.
protection-key-file = Protegida solo por los permisos de los archivos: quien pueda leer tus archivos puede leer la sesión.
protection-memory = Solo en la memoria: inicias sesión en cada arranque.
protection-waiting = Tu sesión espera al llavero del sistema.
protection-unknown = { -brand } está averiguando qué protege tu sesión.
diagnostics-title = Informar de un problema
diagnostics-lead = Copia lo que necesita un informe: versiones, ajustes y los últimos sucesos. No contiene ninguna contraseña ni clave, ni nada de tu cuenta.
diagnostics-copy = Copiar el diagnóstico
diagnostics-copied = Copiado. Puedes pegarlo en tu informe.
delete-lead = Tu cuenta, con todo lo que hay en ella, desaparece para siempre.
delete-account = Eliminar…
delete-dialog-title = ¿Eliminar tu cuenta?
delete-what-goes = Tu perfil, tu imagen, tus vías para iniciar sesión y tus sesiones en todos los dispositivos se eliminan de inmediato. Nadie puede recuperarlos.
delete-confirm = Para confirmar, escribe { $text }
delete-submit = Eliminar para siempre

## Settings

nav-settings = Ajustes
settings-title = Ajustes
# Appearance
appearance-title = Apariencia
theme = Tema
language = Idioma
language-system = El del sistema
theme-system = El del sistema
theme-light = Claro
theme-dark = Oscuro

protection-title = Seguridad
protection-lead = Cómo se guardan en este equipo tu sesión y lo que { -brand } recuerda de tu cuenta.
protection-no-modes = El disco donde está la carpeta de { -brand } no guarda permisos de archivos: otras personas que usen este equipo quizá puedan leer lo que hay en ella.
protection-choice-keychain = Llavero del sistema
protection-hint-keychain = Los archivos están cifrados y el llavero guarda la clave. Se abre cuando entras en tu equipo.
protection-choice-key-file = Solo permisos de archivos
protection-hint-key-file = La clave está en un archivo junto a la sesión. Funciona en todas partes; impide el paso a otros usuarios, pero no a quien pueda leer tus archivos.
protection-choice-memory = Solo en la memoria
protection-hint-memory = No se escribe nada de tu sesión ni de tu cuenta. Inicias sesión en cada arranque, y los cambios pendientes de envío se pierden al cerrar { -brand }.
keychain-locked = El llavero del sistema está bloqueado. Desbloquéalo en la aplicación de contraseñas de tu sistema y vuelve a intentarlo.
keychain-unanswered = El llavero del sistema no responde. Quizá espera tu contraseña en otra ventana.
keychain-absent = { -brand } no encuentra ningún llavero en este equipo.

## Locked

locked-title = El llavero está bloqueado
locked-title-unanswered = El llavero no responde
locked-lead = Tu sesión está en este equipo y el llavero del sistema guarda su clave. Desbloquea el llavero en la aplicación de contraseñas de tu sistema y vuelve a intentarlo.
locked-lead-unanswered = Tu sesión está en este equipo y el llavero del sistema guarda su clave. Quizá espera tu contraseña en otra ventana.
sign-in-again = Iniciar sesión de nuevo
sign-in-again-hint = Al iniciar sesión de nuevo empieza otra sesión. No se borra nada: la anterior se aparta tal como está.

## Picture

avatar-title = Imagen
avatar-alt = Tu imagen
avatar-limits = PNG, JPEG o WebP, hasta 10 MB y 8192 píxeles por lado: elígela, suéltala aquí o pégala. Se quitan los datos de ubicación y de la cámara.
avatar-limit = Este proyecto guarda imágenes de { $size } como máximo. Si la tuya es mayor, { -brand } la reduce.
avatar-choose = Elegir una imagen…
avatar-replace = Reemplazar…
avatar-choose-other = Elegir otra…
avatar-remove = Quitar
avatar-uploading = Subiendo
size-bytes =
    { $number ->
        [one] { $number } byte
       *[other] { $number } bytes
    }
size-kilobytes = { $number } kB
size-megabytes = { $number } MB
avatar-sent = { $sent } de { $total } kB
picture-files = Imágenes (PNG, JPEG, WebP)
avatar-done = Tu nueva imagen ya está puesta.
avatar-drop = Suelta aquí tu imagen
avatar-removed = Tu imagen se ha quitado.
avatar-undo = Deshacer
crop-title = Elige lo que se ve
crop-stage = Tu imagen en el círculo
crop-help = Arrastra la imagen o muévela con las teclas de flecha. Las teclas más y menos la agrandan y la reducen; R la gira.
crop-zoom = Tamaño
crop-percent = { $percent } por ciento
crop-turn = Girar
crop-reset = Restablecer
crop-apply = Usar esta imagen
crop-state = { $percent } por ciento del tamaño, girada { $degrees } grados. El centro del círculo está a { $across } por ciento desde la izquierda y a { $down } por ciento desde arriba.

## Notices

notice-signed-in-by-link = Te damos la bienvenida. Iniciaste sesión con el enlace.
notice-signed-in-by-provider = Te damos la bienvenida. Tu sesión está iniciada.
notice-link-malformed = { -brand } no encuentra ahí ningún enlace con el que iniciar sesión. Copia el enlace entero del correo y pégalo, o pide uno nuevo.
notice-link-incomplete = Falta una parte de ese enlace: «type=…». Copia el enlace entero del correo, hasta el final, o pide uno nuevo.
notice-link-sealed = Ese enlace es de un filtro de correo, y solo él sabe adónde lleva. Ábrelo en tu navegador y pega después la dirección en la que se quede.
notice-link-unknown = Ese enlace no corresponde a ningún inicio de sesión que se haya empezado aquí, o ya terminó. Inicia sesión o pide un enlace nuevo.
notice-link-spent = Ese enlace ya se usó o es demasiado antiguo. Pide uno nuevo.
notice-confirmed-too-late = Tu correo está confirmado. Inicia sesión.
notice-took-too-long = Tardó demasiado y el servidor ya no lo espera. Empieza de nuevo.
notice-link-refused = Se rechazó el inicio de sesión. Puedes intentarlo de nuevo.
notice-link-not-finished = No se pudo llegar al servidor para terminar de iniciar sesión. Usa el enlace otra vez cuando tengas conexión.
notice-link-while-signed-in = Ese enlace es de otra cuenta. Cierra sesión primero y vuelve a usarlo.
notice-provider-address-unconfirmed = El proveedor no ha confirmado tu dirección. Va en camino un correo: abre su enlace y vuelve a iniciar sesión.
notice-identity-taken = Esa cuenta ya es de otra persona aquí. No se cambió nada.
notice-link-of-other-account = Ese enlace es de una cuenta que no tiene la sesión iniciada aquí. Inicia sesión con ella y abre el enlace otra vez.
notice-other-address-to-confirm = Si acabas de confirmar una de tus dos direcciones, abre también el correo en la otra.
notice-email-change-half = 1 de 2 confirmadas. Abre ahora el correo en tu otra dirección.
notice-email-changed = A partir de ahora se usa tu dirección nueva.
notice-identity-linked = Vinculada. A partir de ahora también puedes iniciar sesión con ella.
notice-password-changed = A partir de ahora se usa tu contraseña nueva.
notice-others-signed-out = Se cerró la sesión en todos los demás dispositivos.
notice-factor-added = La autenticación en dos pasos está activada.
notice-factor-removed = Se quitó el segundo factor.
notice-edit-sent = Lo que cambiaste sin conexión ha llegado al servidor.
notice-account-deleted = Tu cuenta y todo lo que había en ella se ha eliminado.
notice-account-deleted-pictures-stay = Tu cuenta se ha eliminado. Puede que haya quedado una imagen que el proyecto no te deja quitar: su propietario puede hacerlo.
notice-project-failed = El proyecto no pudo iniciar tu sesión: falla algo del propio proyecto. Intentarlo otra vez no ayuda; su propietario tiene que revisar los registros del proyecto.
notice-browser-not-opened = No se abrió el navegador. Copia la dirección y ábrela tú.
notice-action = Enviar un enlace nuevo

store-warning-not-saved = No se pudo guardar tu sesión en este equipo. Sigue iniciada hasta que cierres { -brand }; { -brand } lo sigue intentando.
store-warning-not-removed = No se pudo cambiar lo que { -brand } guarda en este equipo. Puede que aquí siga guardada una sesión ya cerrada; { -brand } lo sigue intentando. Comprueba si el disco está lleno.

## Failures

error-not-configured = Aún no hay ningún proyecto conectado.
error-configured-by-environment = El proyecto lo fija el entorno de este equipo y no se puede cambiar aquí.
error-url-invalid = Eso no es una dirección web. Tiene esta forma: https://abcd.supabase.co.
error-url-insecure = La dirección tiene que empezar por https://. Solo un proyecto de este equipo puede ir sin ello.
error-web-page-answers = Ahí responde una página web en lugar de un proyecto de Supabase. A menudo es la página de acceso de una red: abre tu navegador, accede a la red y vuelve a intentarlo. Si tienes conexión, revisa la URL.
error-not-supabase = Ahí responde algo, pero no es un proyecto de Supabase. Revisa la URL.
error-key-invalid = Esta clave no es de este proyecto. Copia la clave publicable otra vez.
error-key-secret = Esta es una clave secreta. Lo abre todo y nunca debe estar en una aplicación. Usa la clave publicable.
error-local-not-found = Ya no responde ningún proyecto local. Inícialo y vuelve a intentarlo.
error-offline = No se puede llegar al servidor. Comprueba tu conexión y vuelve a intentarlo.
error-server-failed = El servidor no pudo hacerlo. Vuelve a intentarlo; si falla otra vez, avisa al propietario del proyecto.
error-server-trouble = El servidor tiene dificultades en este momento. Vuelve a intentarlo dentro de un rato.
error-rate-limited = Demasiados intentos. Espera un poco y vuelve a intentarlo.
error-rate-limited-for =
    { $seconds ->
        [one] Demasiados intentos. Vuelve a intentarlo dentro de { $seconds } segundo.
       *[other] Demasiados intentos. Vuelve a intentarlo dentro de { $seconds } segundos.
    }
error-rate-limited-minutes =
    { $minutes ->
        [one] Demasiados intentos. Vuelve a intentarlo dentro de { $minutes } minuto, más o menos.
       *[other] Demasiados intentos. Vuelve a intentarlo dentro de unos { $minutes } minutos.
    }
error-rate-limited-hours =
    { $hours ->
        [one] Demasiados intentos. Vuelve a intentarlo dentro de { $hours } hora, más o menos.
       *[other] Demasiados intentos. Vuelve a intentarlo dentro de unas { $hours } horas.
    }
error-intercepted = Responde otra cosa en lugar del proyecto, a menudo la página de acceso de una red. Abre tu navegador, accede a la red y vuelve a intentarlo.
error-project-unreachable = La pasarela del proyecto responde, pero el proyecto no. { -brand } lo vuelve a intentar por sí solo.
error-clocks-differ = Los relojes de los servidores del proyecto no coinciden, así que tu inicio de sesión aún no es válido. { -brand } lo vuelve a intentar por sí solo.
error-certificate-untrusted = Nadie en quien confíe este equipo responde por el certificado del servidor, así que no se envió nada. La causa puede ser una red o un programa que inspecciona las conexiones: prueba otra red. Si persiste, tiene que revisarlo el propietario del proyecto.
error-certificate-out-of-date = El certificado del servidor ha caducado o aún no es válido, así que no se envió nada. Comprueba la fecha y la hora de este equipo; si son correctas, el propietario del proyecto tiene que renovarlo.
error-certificate-other-host = El certificado del servidor es de otra dirección, así que no se envió nada. Revisa la URL del proyecto y la red; si ambas son correctas, tiene que revisarlo el propietario del proyecto.
error-project-paused = Este proyecto está en pausa. Su propietario puede reanudarlo en el panel de Supabase; no se pierde nada.
error-project-restricted = Este proyecto está restringido en este momento porque ha agotado su plan. Su propietario tiene que ocuparse de ello.
error-project-broken = Falla algo en la base de datos del propio proyecto. Intentarlo otra vez no ayuda: su propietario tiene que revisar los registros del proyecto.
error-mail-unsent = El proyecto no pudo enviar su correo. Su propietario tiene que revisar los ajustes de correo.
error-tokens-refused = Una parte de este proyecto no acepta los inicios de sesión del propio proyecto. Su propietario tiene que revisar las claves con que se firman los tokens.
error-refused = El proyecto lo rechazó por un motivo que { -brand } no conoce. El registro lo nombra; un { -brand } más nuevo quizá lo conozca.
error-signed-out = Tu sesión está cerrada. Vuelve a iniciar sesión.
error-signed-in = Tu sesión está iniciada. Ciérrala primero.
error-invalid-credentials = El correo o la contraseña no son correctos.
error-email-not-confirmed = Esta dirección de correo aún no está confirmada. Abre el enlace del correo que recibiste o pide que se envíe otra vez.
error-email-invalid = Escribe una dirección de correo como nombre@example.com.
error-password-missing = Escribe una contraseña.
error-password-too-long = La contraseña es demasiado larga: 72 caracteres como máximo.
error-weak-password = El proyecto exige una contraseña más segura.
weak-password-length = La contraseña es demasiado corta para este proyecto.
weak-password-characters = Combina minúsculas, mayúsculas, cifras y signos.
weak-password-pwned = Esta contraseña se conoce por filtraciones. Elige otra.
error-already-registered = Ya hay una cuenta con esta dirección. Inicia sesión con ella.
error-sign-up-disabled = Este proyecto no admite cuentas nuevas en este momento.
error-email-disabled = Este proyecto tiene desactivado el inicio de sesión por correo.
error-captcha-required = Este proyecto pide un captcha que { -brand } no puede mostrar aquí. El propietario del proyecto puede preparar una página para ello.
error-banned = Esta cuenta está suspendida. Consulta al propietario del proyecto.
error-flow-unknown = Este inicio de sesión ya terminó. Empieza de nuevo.
error-anonymous-disabled = Este proyecto no deja entrar a nadie sin cuenta.
error-provider-unavailable = Este proyecto no ofrece ese proveedor en este momento.
error-browser-unavailable = No se pudo abrir tu navegador. Copia la dirección y ábrela tú.
error-clipboard-unavailable = No se pudo copiar.
error-loopback-unavailable = { -brand } no pudo abrir en este equipo una vía de vuelta desde el navegador. Cierra otros programas que puedan estorbar y vuelve a intentarlo.
error-code-invalid = Un código tiene entre 6 y 10 cifras.
error-code-wrong = Este código es incorrecto o demasiado antiguo. Mira el correo más reciente, o la aplicación otra vez.
error-link-over = Este enlace ya no sirve. Pide uno nuevo.
error-still-checking = Este enlace aún se está comprobando. Vuelve a intentarlo en un momento.
error-session-invalid = Esta no es una sesión de este proyecto. Inicia sesión.
error-session-over = Esta sesión ha terminado. Vuelve a iniciar sesión.
error-second-factor-needed = Confirma primero con tu segundo factor.
error-factor-unknown = Este segundo factor ya no existe.
error-too-many-factors = Tienes todos los segundos factores que permite el proyecto. Quita uno primero.
error-factors-disabled = Este proyecto no admite segundos factores.
error-current-password-needed = El proyecto también pide tu contraseña actual.
error-current-password-wrong = Esta no es tu contraseña actual.
error-nonce-needed = El proyecto también pide un código. Va en camino a tu buzón.
error-nonce-wrong = Este código es incorrecto o demasiado antiguo.
error-same-password = Esta es tu contraseña actual. Elige otra.
error-email-taken = Esta dirección es de otra cuenta.
error-last-identity = Esta es tu última vía para iniciar sesión. Añade otra primero.
error-linking-disabled = Este proyecto no deja vincular cuentas.
error-confirmation-wrong = Eso no es lo que se pidió.
error-username-taken = Este nombre de usuario está ocupado.
error-username-too-short = Usa al menos 3 caracteres.
error-website-invalid = Eso no es una dirección web. Tiene esta forma: https://example.com.
error-text-too-long = Es demasiado largo.
error-unseen-characters = Aquí hay caracteres que nadie puede ver. Bórralo y escríbelo de nuevo en vez de pegarlo.
error-text-too-long-for =
    { $limit ->
        [one] Es demasiado largo: el proyecto admite { $limit } carácter como máximo.
       *[other] Es demasiado largo: el proyecto admite { $limit } caracteres como máximo.
    }
error-value-taken =
    { $name ->
        [none] Otra persona ya lo tiene, y el proyecto quiere cada uno solo una vez.
       *[other] Otra persona ya lo tiene, y el proyecto quiere cada uno solo una vez (su regla «{ $name }»).
    }
error-value-refused =
    { $name ->
        [none] El proyecto tiene una regla propia que esto no cumple. Prueba a escribirlo de otra manera.
       *[other] El proyecto tiene una regla propia, «{ $name }», que esto no cumple. Prueba a escribirlo de otra manera.
    }
error-value-required = El proyecto quiere que este campo se rellene.
error-project-says = El proyecto no acepta esto. Dice: «{ $words }»
error-column-unfilled =
    { $name ->
        [none] La tabla del proyecto quiere un valor que { -brand } no conoce. Su propietario tiene que dar a esa columna un valor predeterminado.
       *[other] La tabla del proyecto quiere un valor en su columna «{ $name }», que { -brand } no conoce. Su propietario tiene que darle un valor predeterminado.
    }
error-column-missing =
    { $name ->
        [none] A la tabla del proyecto le falta una columna. Su propietario puede añadirla.
       *[other] A la tabla del proyecto le falta la columna «{ $name }». Su propietario puede añadirla.
    }
error-function-missing =
    { $name ->
        [none] Al proyecto le falta una función que esto necesita. Su propietario tiene que añadirla.
       *[other] Al proyecto le falta la función «{ $name }», así que no se eliminó nada. Su propietario tiene que añadirla.
    }
error-pictures-stay = El proyecto no deja quitar tus imágenes, así que no se eliminó la cuenta. Su propietario tiene que permitirlo.
error-conflict = El perfil se cambió mientras tanto en otro lugar. Míralo otra vez antes de guardar.
error-forbidden = El proyecto no lo permite.
error-project-not-prepared = El proyecto aún no tiene sitio para esto: su propietario tiene que añadir la tabla profiles y el bucket avatars.
error-file-unreadable = No se puede leer el archivo.
error-file-too-large = El archivo ocupa más de 10 MB.
error-not-one-file = Un solo archivo de imagen, por favor: ni varios, ni una carpeta, ni una dirección web.
error-no-picture-copied = No hay ninguna imagen en el portapapeles. Copia una y pégala aquí.
error-image-unsupported = No es una imagen PNG, JPEG o WebP.
error-image-broken = La imagen está dañada y no se puede abrir.
error-image-too-large = La imagen tiene demasiados píxeles: 8192 por lado como máximo.
error-image-too-heavy = Abrir la imagen requiere demasiada memoria o demasiado tiempo. Guárdala con menos píxeles, por ejemplo 4000 por lado, y elígela otra vez.
error-bucket-formats = El proyecto no acepta ninguno de los formatos que { -brand } sabe escribir: JPEG, WebP y PNG. Lo decide su propietario en el bucket avatars.
error-bucket-limit = El proyecto acepta imágenes de { $size } como máximo, y esta no se puede hacer tan pequeña. Lo decide su propietario en el bucket avatars.
error-bucket-too-small = El proyecto solo acepta imágenes de menos de { $size }, y esta no se puede hacer más pequeña. Lo decide su propietario en el bucket avatars.
error-picture-busy = Todavía se está eligiendo o subiendo otra imagen. Detén esa primero o deja que termine.
error-preview-unknown = Elige la imagen otra vez.
error-cancelled = Detenido.
error-store-unwritable = { -brand } no puede escribir en su carpeta en este equipo. Comprueba el espacio libre y los permisos.
error-keychain-locked = El llavero del sistema está bloqueado. Desbloquéalo y vuelve a intentarlo.
error-keychain-unavailable = En este momento no se puede usar el llavero del sistema en este equipo. No se cambió nada.
error-files-of-others = Otra persona tiene en este equipo cambios que aún no se han enviado, y se perderían. Primero tiene que iniciar sesión para que se puedan enviar. No se cambió nada.
error-internal = Algo falló en el propio { -brand }. Vuelve a intentarlo; si persiste, reinicia { -brand }.

## Windows

error-too-many-windows = { -brand } muestra todas las ventanas que puede. Cierra una primero.
error-folder-not-opened = Ningún gestor de archivos abrió la carpeta. Su ruta aparece arriba.

## Settings: connection, notifications, data, about

connection-title = Conexión
connection-lead = El proyecto de Supabase con el que habla { -brand }, y cómo los enlaces de correos y navegadores vuelven a { -brand }.
redirect-deep-link = Los enlaces abren { -brand } directamente. Es la mejor vía que hay.
redirect-bare-deep-link = Los enlaces abren { -brand } directamente, pero solo puede esperar un inicio de sesión a la vez.
redirect-loopback = Los enlaces vuelven por un puerto de este equipo: hay que abrirlos en un navegador de este equipo, con { -brand } en marcha.
redirect-unknown = { -brand } aún no sabe cómo vuelven los enlaces: el proyecto no ha respondido.
redirect-reason-narrow = Las URL de redirección del proyecto nombran los enlaces de { -brand } sin el asterisco final. Con esta entrada pueden esperar varios inicios de sesión a la vez.
redirect-reason-missing = Las URL de redirección del proyecto no nombran los enlaces de { -brand }. Su propietario puede añadir esta entrada en Authentication, URL Configuration; entonces los enlaces abren { -brand } directamente.
redirect-reason-desktop = Tu escritorio abre los enlaces de { -brand } con otra aplicación, o con ninguna. Elige { -brand } para ellos donde se eligen las aplicaciones predeterminadas.
redirect-entry-copy = Copiar la entrada
redirect-entry-copied = Copiada. Añádela a las URL de redirección del proyecto.
redirect-check = Comprobar otra vez
redirect-checked = Comprobado ahora mismo.
project-fixed = El proyecto se eligió al iniciar { -brand } y no se puede cambiar aquí.
project-leave = Cambiar de proyecto…
project-leave-title = ¿Dejar este proyecto?
project-leave-signed-in = Se cerrará tu sesión en este equipo y se descartarán los cambios sin guardar o sin enviar. Después puedes conectar otro proyecto.
project-leave-signed-out = Se abandonan los inicios de sesión que esperan un enlace o un código. Después puedes conectar otro proyecto.
project-leave-confirm = Dejar el proyecto
notifications-title = Notificaciones
notifications-switch = Avisarme
notifications-hint = Cuando llegue un enlace o se cierre tu sesión desde otro lugar mientras no miras { -brand }. No muestran nada de tu cuenta.
data-title = Datos
data-lead = Todo lo que { -brand } guarda en este equipo está en esta carpeta.
open-data = Abrir la carpeta
open-logs = Abrir la carpeta de registros
clear-cache = Empezar con la caché vacía
clear-cache-hint = Borra el perfil y la imagen que { -brand } recuerda y lo que la ventana guarda de su página, y los vuelve a descargar. Tu sesión, tus ajustes y los cambios pendientes de envío se conservan.
cache-cleared = La caché está vacía. Lo que hace falta se está descargando de nuevo.
about-title = Acerca de { -brand }
about-version = Versión { $version }
about-license = { -brand } es software libre con licencia MIT o Apache-2.0, la que prefieras.
licenses-show = Mostrar las licencias de terceros
licenses-hide = Ocultar las licencias de terceros

## Updates of the app

updates-title = Actualizaciones
updates-unknown = Aún no se ha comprobado.
updates-checking = Buscando una versión más nueva…
updates-newest = Esta es la versión más nueva.
updates-available = La versión { $version } está disponible.
updates-elsewhere = La versión { $version } está disponible. Llega con las actualizaciones de tu sistema, o de donde obtuviste { -brand }.
updates-downloading = Se está descargando la versión { $version }.
updates-ready = La versión { $version } está lista. { -brand } se reinicia con ella.
updates-ready-memory = Después tendrás que iniciar sesión de nuevo, porque tu sesión solo está en la memoria.
updates-installing = Se está instalando la versión { $version }. { -brand } vuelve a abrirse solo.
updates-checked = Última comprobación: { $day }.
updates-notes = Lo que escriben sus autores
updates-check = Comprobar ahora
updates-download = Descargar
updates-received = { $received } MB
updates-received-of = { $received } de { $total } MB
updates-install = Instalar y reiniciar
updates-unreachable = No se puede llegar al servidor de actualizaciones. Comprueba tu conexión y vuelve a intentarlo.
updates-unclear = El servidor de actualizaciones no dio una respuesta comprensible. Vuelve a intentarlo más tarde.
updates-no-build = Hay una versión más nueva, pero ninguna para este sistema.
updates-broken-off = La descarga se interrumpió. Si lo intentas de nuevo, empieza desde el principio.
updates-too-large = El archivo es más grande que cualquier versión de { -brand }, así que se detuvo la descarga.
updates-not-signed = El archivo no está firmado por los autores de { -brand } como esta versión, así que se descartó. No se cambió nada.
updates-not-installed = La versión nueva no pudo ocupar el lugar de esta. No se cambió nada.

## The menu and the shortcuts

menu-title = Comandos
menu-open = Abrir la lista de comandos
menu-search = ¿Qué quieres hacer?
menu-count =
    { $count ->
        [0] Aquí nada se llama así.
        [one] { $count } comando
       *[other] { $count } comandos
    }
menu-revert = Descartar los cambios
menu-restore = Recuperar lo descartado
menu-reload = Intentar conectar de nuevo
menu-account = Ir a la cuenta
menu-security = Ir a la seguridad
menu-settings = Ir a los ajustes
menu-close-settings = Cerrar los ajustes
menu-remove-picture = Quitar la imagen
menu-change-email = Cambiar el correo electrónico
menu-add-factor = Añadir la autenticación en dos pasos
menu-sign-in = Iniciar sesión con contraseña
menu-sign-up = Crear una cuenta
menu-magic-link = Iniciar sesión con un enlace por correo
menu-type-code = Escribir un código o pegar un enlace
menu-skip-new-password = Dejar la contraseña como está
menu-dismiss-notice = Cerrar el mensaje
menu-new-window = Ventana nueva
menu-theme-system = Usar los colores del sistema
menu-theme-light = Usar colores claros
menu-theme-dark = Usar colores oscuros
menu-shortcuts = Atajos de teclado
menu-copy-diagnostics = Copiar el diagnóstico
menu-change-project = Cambiar de proyecto
shortcut-next-part = Ir a la siguiente parte de la ventana
shortcut-close = Cerrar lo último que se abrió
key-ctrl = Ctrl
key-alt = Alt
key-esc = Esc

## The window's title, and what a screen reader says between two pages

window-title = { $page } – { -brand }
window-title-place = { $page } – { $place } – { -brand }
announce-signed-in = Has iniciado sesión como { $email }.
announce-signed-in-nobody = Has entrado sin cuenta.
announce-online = Vuelves a tener conexión.

## Check of the connection

doctor-title = Comprobar esta conexión
doctor-lead = Mira lo que el proyecto y este equipo necesitan para la aplicación. No se cambia nada.
doctor-start = Comprobar
doctor-again = Comprobar otra vez
doctor-running = Comprobando…
doctor-copy = Copiar como texto
doctor-copied = Copiado.
doctor-remedy = Qué escribir o ejecutar
doctor-remedy-copy = Copiar
doctor-cancelled = Se canceló la comprobación.
doctor-sum =
    { $problems ->
        [0] Ningún problema.
        [one] Un problema encontrado.
       *[other] { $problems } problemas encontrados.
    }
doctor-counts = Correcto: { $ok }, sugerencias: { $hints }, problemas: { $problems }, desconocido: { $unknown }
doctor-state-ok = Correcto
doctor-state-hint = Sugerencia
doctor-state-problem = Problema
doctor-state-unknown = Desconocido
check-key = Dirección y clave
check-server = Proyecto
check-certificate = Cifrado
check-sign-up = Creación de cuentas
check-sign-in-methods = Vías para iniciar sesión
check-confirmation = Confirmación de direcciones
check-mail = Servidor de correo
check-captcha = Captcha
check-redirect = Enlaces de vuelta a la aplicación
check-signing-keys = Claves de firma
check-profiles = Tabla «profiles»
check-profile-row = Tu fila en «profiles»
check-profile-policies = Políticas de «profiles»
check-bucket = Bucket «avatars»
check-bucket-writers = Quién puede añadir imágenes
check-bucket-readers = Quién puede ver imágenes
check-bucket-limits = Qué admite el bucket
check-delete-account = Función «delete_account»
check-clock = Reloj
check-links = Enlaces en este equipo
check-keychain = Llavero
check-webview = Webview
check-session-bus = Bus de sesión D-Bus
finding-good = Correcto.
finding-not-needed = Aquí no hay nada que mirar.
finding-not-asked = Sin comprobar: antes hay que resolver un problema de arriba.
finding-no-answer = Ninguna respuesta útil. Compruébalo más tarde.
finding-not-told = Esto no se puede averiguar desde aquí.
finding-sign-in-needed = El servidor solo lo dice a quien ha iniciado sesión. Inicia sesión y vuelve a comprobarlo.
finding-address-invalid = Esta no es la dirección de un proyecto.
finding-address-insecure = La dirección tiene que empezar por https://.
finding-key-invalid = Esta no es una clave publicable ni una clave anon. Está en Project Settings, API Keys.
finding-key-secret = Esta es una clave secreta. Nunca debe estar en una aplicación. No se envió nada. Usa la clave publicable.
finding-key-refused = El proyecto no acepta esta clave. Copia la clave publicable de Project Settings, API Keys.
finding-name-unresolved = Este equipo no encuentra ningún servidor con ese nombre. Revisa cómo está escrito y si el proyecto aún existe.
finding-unreachable = Sin conexión. Revisa la red de este equipo.
finding-timed-out = Sin respuesta a tiempo. Compruébalo más tarde.
finding-certificate-untrusted = Nadie en quien confíe este equipo ha firmado el certificado del servidor. Es autofirmado, o esta red inspecciona lo que se envía.
finding-certificate-out-of-date = El certificado del servidor ha caducado o aún no es válido. Revisa el reloj de este equipo.
finding-certificate-other-host = El certificado del servidor es de otro host. Revisa la dirección.
finding-web-page = Responde una página web en lugar del proyecto. Accede a esta red en un navegador o revisa la dirección.
finding-not-supabase = Lo que responde no es un proyecto de Supabase. Revisa la dirección.
finding-paused = El proyecto está en pausa. Su propietario puede restaurarlo en el panel.
finding-restricted = El proyecto está restringido porque ha agotado su plan. Su propietario ve el motivo en Organization, Usage.
finding-server-fails = El servidor responde con un error propio. Mira status.supabase.com y compruébalo más tarde.
finding-rate-limited = El servidor pide que se espere. Compruébalo dentro de unos minutos.
finding-certificate-ends = El certificado caduca pronto y no se ha renovado. Días que quedan:
finding-clock-off = El reloj de este equipo difiere del reloj del servidor. Deja que el sistema lo ajuste solo.
finding-clock-wrong = El reloj de este equipo va mal, así que pueden fallar los certificados y los inicios de sesión. Deja que el sistema lo ajuste solo.
finding-sign-up-closed = No se pueden crear cuentas nuevas. Si debe poderse, permítelo en Authentication, Sign In / Providers.
finding-no-sign-in-method = Nadie puede iniciar sesión con esta aplicación. Activa Email o un proveedor en Authentication, Sign In / Providers.
finding-email-off = El inicio de sesión por correo está desactivado. Está activado:
finding-confirmation-off = Cualquiera puede crear una cuenta con una dirección ajena. Activa Confirm email en Authentication, Sign In / Providers, Email.
finding-mailer-not-told = El servidor no dice quién envía sus correos. El propio de Supabase envía 2 por hora, y solo al equipo del proyecto. Configura el tuyo en Authentication, Emails, SMTP Settings.
finding-captcha-asked = El proyecto pide un captcha del que esta aplicación no sabe nada. Iníciala con { -variables }_CAPTCHA con el valor hcaptcha:<site key> o turnstile:<site key>.
finding-redirect-bare = Los enlaces vuelven, para un inicio de sesión a la vez. Mejor con esta entrada en Authentication, URL Configuration, Redirect URLs.
finding-redirect-loopback = Los enlaces vuelven por un puerto de este equipo. Mejor con esta entrada en Authentication, URL Configuration, Redirect URLs.
finding-redirect-nowhere = Los enlaces no vuelven a esta aplicación. Añade esta entrada en Authentication, URL Configuration, Redirect URLs.
finding-shared-secret = Los tokens se firman con un secreto que solo el servidor puede comprobar. Son mejores las claves asimétricas, en Project Settings, JWT Keys.
finding-keys-unknown = Los tokens se firman de un modo que solo el servidor puede comprobar.
finding-rest-closed = Las tablas del proyecto no se ofrecen. Activa la Data API con el esquema «public» en Project Settings, Data API.
finding-table-missing = No existe esa tabla. Ejecuta esto en el editor de SQL.
finding-columns-missing = Faltan columnas. Ejecuta esto en el editor de SQL.
finding-table-closed = Quien ha iniciado sesión no puede leer la tabla. Ejecuta esto en el editor de SQL.
finding-row-missing = No tienes fila, porque el proyecto no crea ninguna al crear la cuenta. Ejecuta esto en el editor de SQL.
finding-policies-not-told = Quién puede escribir no se averigua sin escribir. Lo dice esta consulta en el editor de SQL; cada persona debería escribir solo su propia fila.
finding-bucket-missing = No existe ese bucket, así que no se pueden guardar imágenes. Ejecuta esto en el editor de SQL.
finding-anybody-writes = Cualquiera puede añadir archivos, sin cuenta. Ejecuta esto en el editor de SQL.
finding-others-write = Quien ha iniciado sesión puede añadir archivos a las carpetas de otros. Ejecuta esto en el editor de SQL.
finding-owner-cannot-write = No puedes añadir una imagen propia. Ejecuta esto en el editor de SQL.
finding-bucket-public = Quien tiene la dirección de una imagen la ve, sin cuenta. Si no debe ser así, ejecuta esto en el editor de SQL.
finding-bucket-too-small = El límite del bucket no deja sitio para una imagen. Ejecuta esto en el editor de SQL. El límite en bytes:
finding-bucket-types = El bucket no admite WebP, JPEG ni PNG. Ejecuta esto en el editor de SQL.
finding-bucket-unlimited = El bucket admite archivos de cualquier tamaño o tipo. Ejecuta esto en el editor de SQL.
finding-function-missing = No se pueden eliminar cuentas desde la aplicación. Ejecuta esto en el editor de SQL.
finding-function-open = La función se puede llamar sin cuenta. Así no se elimina a nadie, pero no hace falta. Ejecuta esto en el editor de SQL.
finding-links-elsewhere = El sistema abre los enlaces de esta aplicación con otra. Elige esta aplicación para ellos. La otra:
finding-links-nowhere = El sistema no abre los enlaces de esta aplicación con ninguna. Reinicia la aplicación o instálala.
finding-keychain-absent = No hay llavero, así que solo los permisos de archivos protegen la sesión. En Linux, instala gnome-keyring o KWallet.
finding-keychain-locked = El llavero está bloqueado. Desbloquéalo.
finding-keychain-silent = El llavero no responde. Cierra la sesión del sistema y vuelve a entrar.
finding-webview-old = El webview es más antiguo de lo que necesita esta aplicación. Actualiza el sistema.
finding-bus-absent = No hay bus de sesión, así que tampoco hay llavero. Inicia la aplicación desde una sesión de escritorio.
finding-bus-silent = El bus de sesión no responde. Cierra la sesión del sistema y vuelve a entrar.

## Notifications of the desktop

news-open = Abrir { -brand }
news-signed-in-title = Has iniciado sesión
news-signed-in = { -brand } ha tomado el enlace que abriste.
news-link-title = Tu enlace ha llegado
news-link = Abre { -brand } para ver cómo seguir.
news-ended-title = Tu sesión está cerrada
news-ended-elsewhere = Se cerró tu sesión desde otro dispositivo o la cerró el propietario del proyecto.
news-ended-expired = Tu sesión ha terminado: el proyecto limita su duración.
news-ended-banned = Esta cuenta está suspendida. Consulta al propietario del proyecto.
news-ended-deleted = Esta cuenta ya no existe.

## En la terminal, donde no hay ventana

terminal-cannot-start = { -brand } no puede iniciarse: { $reason }
terminal-no-display = { -brand } necesita una pantalla. Define DISPLAY o WAYLAND_DISPLAY, o inícialo desde un escritorio.
terminal-no-webview = { -brand } necesita WebView2 Runtime de Microsoft, que falta en este sistema. Instálalo desde https://go.microsoft.com/fwlink/p/?LinkId=2124703 y vuelve a abrir { -brand }.
terminal-no-data-folder = { -brand } no encuentra dónde guardar sus datos. Define { -variables }_DATA_DIR con una carpeta tuya.
terminal-not-told = { -brand } ya está en marcha y no se puede contactar con él: { $reason }
terminal-hangs = { -brand } ya está en marcha, pero no responde. Ciérralo e inícialo de nuevo.
terminal-hangs-with-link = { -brand } ya está en marcha, pero no responde. Ciérralo e inícialo de nuevo antes de diez minutos y usará el enlace.
terminal-bus-silent = El bus de sesión no responde, y sin él { -brand } no puede iniciarse: { $reason }
terminal-usage = Uso: { -program } --doctor [--json]
terminal-no-project = { -brand } no conoce ningún proyecto. Conecta uno en la ventana, o define { -variables }_SUPABASE_URL y { -variables }_SUPABASE_KEY.
terminal-name-project = Indica el proyecto con --url y --key, o con { -variables }_SUPABASE_URL y { -variables }_SUPABASE_KEY.

## La barra de menús de macOS

menu-bar-about = Acerca de { -brand }
menu-bar-settings = Ajustes…
menu-bar-services = Servicios
menu-bar-hide = Ocultar { -brand }
menu-bar-hide-others = Ocultar otros
menu-bar-show-all = Mostrar todo
menu-bar-quit = Salir de { -brand }
menu-bar-file = Archivo
menu-bar-close = Cerrar ventana
menu-bar-edit = Edición
menu-bar-undo = Deshacer
menu-bar-redo = Rehacer
menu-bar-cut = Cortar
menu-bar-copy = Copiar
menu-bar-paste = Pegar
menu-bar-select-all = Seleccionar todo
menu-bar-window = Ventana
menu-bar-minimize = Minimizar
menu-bar-zoom = Zoom
menu-bar-full-screen = Usar pantalla completa
menu-bar-to-front = Traer todo al frente
menu-bar-help = Ayuda
