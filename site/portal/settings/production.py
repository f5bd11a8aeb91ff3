"""Production: what is required is read by name, and the start stops when one is missing."""

import os

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import ELASTICSEARCH_URL  # noqa: F401


def requerida(nombre: str) -> str:
    """Value of the environment variable `nombre`. Raises ImproperlyConfigured when absent or empty."""
    valor = os.environ.get(nombre, "").strip()
    if not valor:
        raise ImproperlyConfigured(f"Falta la variable de entorno {nombre}: vea docs/ajustes.md")
    return valor


DEBUG = False
SECRET_KEY = requerida("SECRET_KEY")
CLAVE_SEUDONIMOS = requerida("CLAVE_SEUDONIMOS")
ALLOWED_HOSTS = [h.strip() for h in requerida("ALLOWED_HOSTS").split(",") if h.strip()]
DIRECCION_BASE = WAGTAILADMIN_BASE_URL = requerida("DIRECCION_BASE")
CSRF_TRUSTED_ORIGINS = [DIRECCION_BASE]
requerida("DATABASE_URL")

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = requerida("SMTP_HOST")
EMAIL_PORT = int(os.environ.get("SMTP_PUERTO", "587"))
EMAIL_HOST_USER = os.environ.get("SMTP_USUARIO", "")
EMAIL_HOST_PASSWORD = os.environ.get("SMTP_CLAVE", "")
EMAIL_USE_TLS = os.environ.get("SMTP_TLS", "1") == "1"
EMAIL_TIMEOUT = 20

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

if os.environ.get("REDIS_URL"):
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": os.environ["REDIS_URL"],
        }
    }
