"""allauth's operations, told in Spanish for our one OpenAPI document."""

from typing import Any

GRUPOS = {
    "Configuration": "Ingreso: configuración",
    "Authentication: Account": "Ingreso: cuenta",
    "Authentication: Password Reset": "Ingreso: recuperar la contraseña",
    "Authentication: Current Session": "Ingreso: la sesión",
    "Account: Email": "Mi cuenta: correos",
    "Account: Password": "Mi cuenta: contraseña",
}
RESUMENES = {
    "Get configuration": "Leer cómo se ingresa en este sitio",
    "Login": "Ingresar con correo y contraseña",
    "Signup": "Crear una cuenta",
    "Get email verification information": "Leer a qué correo pertenece un enlace de confirmación",
    "Verify an email": "Confirmar un correo",
    "Resend email verification code": "Pedir otra vez el código de confirmación",
    "Reauthenticate": "Escribir otra vez la contraseña",
    "Request password": "Pedir el enlace para elegir otra contraseña",
    "Get password reset information": "Comprobar un enlace para elegir otra contraseña",
    "Reset password": "Elegir otra contraseña con el enlace recibido",
    "List email addresses": "Listar mis correos",
    "Add/Change email address": "Agregar un correo",
    "Request email verification": "Pedir la confirmación de un correo",
    "Change primary email address": "Elegir el correo principal",
    "Remove an email address": "Quitar un correo",
    "Get authentication status": "Leer si hay una sesión",
    "Logout": "Salir",
    "Change password": "Cambiar la contraseña",
}
ESTADOS = {
    "200": "Hecho",
    "400": "Algo de lo enviado no es válido",
    "401": "Falta ingresar, o un paso para terminar de ingresar",
    "403": "No está permitido",
    "404": "No existe",
    "409": "Ya se hizo, o no corresponde ahora",
    "410": "La sesión venció",
    "429": "Demasiados intentos: espere un momento",
}


def en_castellano(operacion: dict[str, Any]) -> dict[str, Any]:
    """One operation with our words: its group, its summary, its answers; the rest only names things."""
    dicha: dict[str, Any] = sin_descripciones(operacion)
    resumen = str(operacion.get("summary", "")).strip()
    dicha["tags"] = [GRUPOS.get(grupo, grupo) for grupo in operacion.get("tags", [])]
    dicha["summary"] = RESUMENES.get(resumen, resumen)
    for estado, respuesta in dicha.get("responses", {}).items():
        if "$ref" not in respuesta:
            respuesta["description"] = ESTADOS.get(str(estado), "Otra respuesta")
    return dicha


def sin_descripciones(pieza: Any) -> Any:
    """A copy without the sentences in English; a property called «description» stays."""
    if isinstance(pieza, dict):
        return {
            clave: sin_descripciones(valor)
            for clave, valor in pieza.items()
            if not (clave == "description" and isinstance(valor, str))
        }
    return [sin_descripciones(v) for v in pieza] if isinstance(pieza, list) else pieza
