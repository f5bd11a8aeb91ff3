"""One machine, no secret, no server: SQLite, files on disk, mail to a folder read at /correo/."""

from .base import *  # noqa: F403
from .base import DE_LA_CASA, PRIVADO, VAR, limites_del_entorno

DEBUG = False
SECRET_KEY = "solo-para-desarrollo-y-demostracion-no-usar-en-produccion"  # noqa: S105
CLAVE_SEUDONIMOS = "solo-para-desarrollo"
ALLOWED_HOSTS = ["*"]

VAR.mkdir(parents=True, exist_ok=True)
# One honest person, or a program that replays thousands, is never stopped on a machine to try things;
# guests, who all come from this very machine, by the hundred, so that the limit can be tried too.
LIMITES = limites_del_entorno(
    {nombre: (1_000_000, segundos) for nombre, (_n, segundos) in DE_LA_CASA.items()}
    | {
        "invitado": (1_000, 3600),
        "invitado_sin_prueba": (500, 3600),
        "invitado_correo": (500, 24 * 3600),
    }
)
ACCOUNT_RATE_LIMITS = False

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
CORREO_CARPETA = VAR / "correo"
EMAIL_FILE_PATH = CORREO_CARPETA

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "privado": PRIVADO,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
