"""Settings shared by every environment. A setting chooses, code does not branch.

What an operator may set from outside is read from the environment here and in `production`, and
told in docs/ajustes.md (a test keeps the two together).
"""

import os
from pathlib import Path

import dj_database_url

RAIZ = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("PORTAL_VAR", RAIZ / "var"))

SITIO_NOMBRE = "Estado Abierto"
DIRECCION_BASE = os.environ.get("DIRECCION_BASE", "http://localhost:8000")
WAGTAILADMIN_BASE_URL = DIRECCION_BASE
WAGTAIL_SITE_NAME = SITIO_NOMBRE

INSTALLED_APPS = [
    "portal.apps.PortalConfig",
    "search.apps.SearchConfig",
    "consulta.paginas.apps.PaginasConfig",
    "consulta.respuestas.apps.RespuestasConfig",
    "consulta.seguimiento.apps.SeguimientoConfig",
    "consulta.aportes.apps.AportesConfig",
    "consulta.procesos.apps.ProcesosConfig",
    "foro.apps.ForoConfig",
    "biblioteca.apps.BibliotecaConfig",
    "noticias.apps.NoticiasConfig",
    "cuentas.apps.CuentasConfig",
    "comun.apps.ComunConfig",
    "wagtail_modeladmin",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.search_promotions",
    "wagtail.api.v2",
    "wagtail.embeds",
    "wagtail.sites",
    "cuentas.apps.UsuariosConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "comun.espera.EsperaMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
ASGI_APPLICATION = "portal.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [RAIZ / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "portal.contexto.sitio",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'portal.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A writer takes its lock when its transaction begins, and the others wait for it:
    # without IMMEDIATE, a reader that turns writer fails at once with «database is locked».
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "cuentas.User"
WAGTAILIMAGES_IMAGE_MODEL = "comun.Imagen"
WAGTAILDOCS_DOCUMENT_MODEL = "comun.Archivo"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "biblioteca.forms.ArchivoForm"
WAGTAILDOCS_EXTENSIONS = [
    "csv", "docx", "epub", "jpg", "json", "md", "odp", "ods", "odt", "pdf", "png", "pptx",
    "rtf", "txt", "xlsx", "xml", "zip",
]  # fmt: skip
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # the button says «Descargar»
WAGTAILIMAGES_IMAGE_FORM_BASE = "comun.forms_imagen.ImagenForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_CONTENT_LANGUAGES = [("es-cl", "Español (Chile)")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("es", "Español")]
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILREDIRECTS_AUTO_CREATE = True

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{nombre}"}
    for nombre in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
WAGTAILADMIN_LOGIN_URL = "/cuenta/administracion/"
WAGTAIL_FRONTEND_LOGIN_URL = "/cuenta/login/"
ACCOUNT_ADAPTER = "cuentas.adaptador.AdaptadorDeCuentas"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "cuentas.forms.DatosDeRegistroForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITIO_NOMBRE}] "
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
# Only in the browser that signed up: allauth looks for the sign-up in its session.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
# A forgotten password writes to whatever address one gives: as many an hour as guests without a proof.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"reset_password": "20/h/ip,5/h/key"}
HEADLESS_ONLY = False
HEADLESS_SERVE_SPECIFICATION = True

LANGUAGE_CODE = "es-cl"
LANGUAGES = [("es-cl", "Español (Chile)")]
LOCALE_PATHS = [RAIZ / "site" / "portal" / "locale"]  # es: es-cl falls back on it, docs/idioma.md
FORMAT_MODULE_PATH = ["portal.formatos"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # it would also group the ids in addresses; figures ask for it
TIME_ZONE = "America/Santiago"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [RAIZ / "site" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
# What only a view may serve, after asking: it lies apart from what a web server may show by itself.
PRIVADO: dict[str, object] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": VAR / "privado", "file_permissions_mode": 0o600},
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "privado": PRIVADO,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
ADJUNTOS_MAXIMO = int(os.environ.get("ADJUNTOS_MAXIMO", "5"))
ADJUNTOS_MB = int(os.environ.get("ADJUNTOS_MB", "10"))

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "correo", "busqueda"],
    }
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

EMAIL_SUBJECT_PREFIX = f"[{SITIO_NOMBRE}] "
DEFAULT_FROM_EMAIL = os.environ.get(
    "CORREO_REMITENTE", f"{SITIO_NOMBRE} <no-responder@estadoabierto.example>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
CORREO_CARPETA: Path | None = None  # set where mails are files that /correo/ shows

ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")
ELASTICSEARCH_PREFIJO = os.environ.get("ELASTICSEARCH_PREFIJO", "estado_abierto_")
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "search.base_de_datos"}  # pages, images and files in the admin
}
if ELASTICSEARCH_URL:
    WAGTAILSEARCH_BACKENDS["archivo"] = {
        "BACKEND": "search.elastico",
        "URLS": [ELASTICSEARCH_URL],
        "INDEX_PREFIX": ELASTICSEARCH_PREFIJO,
        "AUTO_UPDATE": False,
        "TIMEOUT": 2,
        "OPTIONS": {"max_retries": 0, "retry_on_timeout": False},
    }

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "allauth.headless.contrib.rest_framework.authentication.XSessionTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "PAGE_SIZE": 20,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "API de Estado Abierto",
    "DESCRIPTION": (
        "Todo lo que el sitio muestra se puede leer aquí sin cuenta, y lo que una persona hace en él "
        "se puede hacer con una sesión: ingrese en `/_allauth/app/v1/auth/login` y envíe el "
        "`session_token` que recibe en el encabezado `X-Session-Token`."
    ),
    "VERSION": "2.0.0",
    "OAS_VERSION": "3.0.3",
    "SERVERS": [{"url": DIRECCION_BASE}],
    "SCHEMA_PATH_PREFIX": "/api/v2/",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": False,
    "SORT_OPERATIONS": False,
    "PREPROCESSING_HOOKS": ["portal.api.esquema.solo_la_api"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "portal.api.esquema.con_errores",
    ],
    "ENUM_NAME_OVERRIDES": {
        "TipoDeAporte": "consulta.aportes.enums.TipoAporte",
        "CanalDeAporte": "consulta.aportes.enums.Canal",
        "CanalDeIngreso": "consulta.paginas.api.envios.CANALES_DE_INGRESO",
        "TipoDeEnvio": "consulta.paginas.api.envios.ENVIABLES",
        "TipoDeEtapa": "consulta.procesos.enums.TipoEtapa",
        "TipoDeFragmento": "consulta.procesos.enums.TipoFragmento",
        "TipoDeCorrespondencia": "consulta.procesos.enums.TipoCorrespondencia",
        "TipoDeDestino": "consulta.paginas.api.serializers.respuestas.TIPOS_DE_DESTINO",
        "EstadoDeAporte": "consulta.paginas.api.serializers.aportes.ESTADOS",
        "EstadoDeAportePropio": "consulta.paginas.api.serializers.mios.ESTADOS_PROPIOS",
        "AccionDeApoyo": "consulta.paginas.api.views.hilos.ACCIONES_DE_APOYO",
        "AccionDeSeguimiento": "consulta.paginas.api.views.hilos.ACCIONES_DE_SEGUIMIENTO",
        "ModoDeAviso": "comun.clases.Modo",
        "ClaseDeAviso": "comun.clases.Clase",
        "TipoDeHallazgo": "comun.buscador.Tipo",
        "EstadoDeEtapa": "consulta.procesos.enums.EstadoEtapa",
    },
    # Its deploy check would draw up the whole document, with the database, at every start.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
}
WAGTAILAPI_BASE_URL = DIRECCION_BASE
WAGTAILAPI_LIMIT_MAX = 100

HORA, DIA = 3600, 24 * 3600


def limites_del_entorno(limites: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """`limites` with the figures that the variable LIMITES says otherwise: «enviar=600 contacto=10»."""
    ordenes = (orden.partition("=") for orden in os.environ.get("LIMITES", "").split())
    otros = {nombre: (int(cuantos), limites[nombre][1]) for nombre, _, cuantos in ordenes}
    return limites | otros


DE_LA_CASA: dict[str, tuple[int, int]] = {
    # name: (how many, in how many seconds). «sin_prueba» is for who brings no proof of work.
    "enviar": (300, HORA),  # contributions of an account, proposals to replies, site and API
    "apoyar": (1_000, HORA),
    "reportar": (60, HORA),
    "corregir": (30, HORA),  # corrections of one contribution: each sends a receipt
    # Mails with a link that somebody without an account causes, sent and sent again, form and API:
    "invitado": (60, HORA),  # by address: a school or a town hall has one
    "invitado_sin_prueba": (20, HORA),
    "invitado_correo": (20, DIA),  # by mailbox
    "subida_invitado": (60, HORA),  # files sent without an account, by address
    "codigo": (30, HORA),  # private codes tried from one address
    "semejantes": (
        6_000,
        HORA,
    ),  # looks for proposals like the one being typed: a school has one address
    "registro": (60, HORA),
    "registro_sin_prueba": (20, HORA),
    "contacto": (20, HORA),
    "contacto_sin_prueba": (5, HORA),
}
LIMITES = limites_del_entorno(DE_LA_CASA)
PROXIES_DE_CONFIANZA = int(os.environ.get("PROXIES_DE_CONFIANZA", "0"))
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES_DE_CONFIANZA

CLAVE_SEUDONIMOS = os.environ.get("CLAVE_SEUDONIMOS", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"linea": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"consola": {"class": "logging.StreamHandler", "formatter": "linea"}},
    "root": {"handlers": ["consola"], "level": "INFO"},
    "loggers": {
        "elastic_transport": {"level": "WARNING"},  # it tells every request
        "pikepdf": {"level": "WARNING"},  # it tells that it was imported
    },
}

X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail previews pages in a frame of the same origin
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.csrf.fallo"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # the frame of the same origin, above
