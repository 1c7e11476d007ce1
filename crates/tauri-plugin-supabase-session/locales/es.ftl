### Lo que dicen las páginas en el navegador. Tratamiento: tú. El valor { $app } es el nombre de la aplicación.

signed-in-title = Has iniciado sesión
signed-in = Puedes cerrar esta pestaña y volver a { $app }.
confirmed-title = Confirmado
confirmed = { $app } te dice cómo continuar. Puedes cerrar esta pestaña.
not-done-title = No ha funcionado
not-done = { $app } te dice por qué y qué hacer. Puedes cerrar esta pestaña.
moment-title = Un momento…
captcha-title = Primero, una comprobación
captcha = El proyecto la pide antes de dejar entrar a nadie.
captcha-done = Gracias. Puedes cerrar esta pestaña y volver a { $app }.
