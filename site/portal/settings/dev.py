"""One machine, no secret, no server: SQLite, files on disk, mail to a folder read at /correo/."""

from .base import *  # noqa: F403
from .base import PRIVADO, VAR

DEBUG = False
SECRET_KEY = "solo-para-desarrollo-y-demostracion-no-usar-en-produccion"  # noqa: S105
CLAVE_SEUDONIMOS = "solo-para-desarrollo"
ALLOWED_HOSTS = ["*"]

VAR.mkdir(parents=True, exist_ok=True)
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
