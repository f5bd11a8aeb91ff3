# One command to see it, one to check it: `make run`, `make test`. `make` alone lists them all.
.DEFAULT_GOAL := ayuda
.PHONY: ayuda run reset demo-grande instalar instalar-pruebas lint test aceptacion \
        bench-hilos bench-respuestas ensayo-lote plantillas test-sqlite test-postgres test-busqueda test-e2e test-humo \
        lint-ruff lint-formato lint-tipos lint-importaciones lint-plantillas lint-migraciones lint-produccion

PYTHON ?= python3
PUERTO ?= 8000
APORTES ?= 100000
LOTE ?= 300
TAMANOS ?= 10 1000 10000 100000
# The tools run as modules of this interpreter: their own scripts break where the path has spaces.
PY := .venv/bin/python
RUTAS := manage.py site search consulta biblioteca noticias tests
PLANTILLAS := site/templates
RESULTADOS := var/pruebas
PYTEST := $(PY) -m pytest -q
DE_A_DOS := -n 2 --dist loadgroup
CON := $(PY) -m tests.servidores con
SERVIDORES := elasticsearch or e2e or humo

ayuda: ## Lista lo que se puede pedir
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

instalar:
	@command -v $(PYTHON) >/dev/null || { echo "Falta Python: sudo apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) site/portal/arranque/entorno.py requirements.txt

instalar-pruebas:
	@command -v $(PYTHON) >/dev/null || { echo "Falta Python: sudo apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) site/portal/arranque/entorno.py requirements-dev.txt

run: instalar ## Instala, prepara y arranca sitio, tareas y reloj (PUERTO=8001 make run)
	@exec env PUERTO=$(PUERTO) $(PY) manage.py arrancar

reset: instalar ## Borra lo generado y prepara todo de nuevo
	@exec $(PY) manage.py arrancar --de-cero

demo-grande: instalar ## Agrega una consulta con miles de aportes, para medir (APORTES=100000)
	@exec $(PY) manage.py demo_grande --aportes $(APORTES)

lint: instalar-pruebas ## Estilo, tipos, importaciones, plantillas, migraciones, producción
	@$(MAKE) --no-print-directory --keep-going lint-ruff lint-formato lint-tipos lint-importaciones \
	    lint-plantillas lint-migraciones lint-produccion

lint-ruff:
	$(PY) -m ruff check $(RUTAS)

lint-formato:
	$(PY) -m ruff format --check $(RUTAS)

lint-tipos:
	$(PY) -m mypy $(filter-out tests,$(RUTAS))

lint-importaciones:
	PYTHONPATH=.:site $(PY) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

lint-plantillas:
	$(PY) -m djlint --lint --quiet $(PLANTILLAS)

lint-migraciones:
	env -u DATABASE_URL DJANGO_SETTINGS_MODULE=portal.settings.test $(PY) manage.py makemigrations --check --dry-run

# The values are invented: the check reads the settings and connects to nothing.
lint-produccion:
	env DJANGO_SETTINGS_MODULE=portal.settings.production SECRET_KEY=$$($(PY) -c "import secrets; print(secrets.token_hex(40))") \
	    CLAVE_SEUDONIMOS=revision ALLOWED_HOSTS=portal.example DIRECCION_BASE=https://portal.example \
	    DATABASE_URL=postgres://portal@localhost/portal SMTP_HOST=smtp.portal.example \
	    $(PY) manage.py check --deploy --fail-level WARNING

test: instalar-pruebas ## Todo lo que revisa la integración continua
	@exec $(PY) -m tests.suites "lint plantillas|test-humo" test-sqlite test-postgres test-busqueda test-e2e

plantillas: instalar-pruebas
	@env -u DATABASE_URL -u ELASTICSEARCH_URL PYTHONPATH=.:site DJANGO_SETTINGS_MODULE=portal.settings.test $(CON) postgresql -- $(PY) -m tests.plantillas

test-sqlite: instalar-pruebas ## Pruebas sobre SQLite
	@env -u DATABASE_URL -u ELASTICSEARCH_URL $(PYTEST) $(DE_A_DOS) -m "not ($(SERVIDORES))" --junitxml=$(RESULTADOS)/$@.xml

test-postgres: instalar-pruebas ## Las mismas sobre un PostgreSQL de verdad
	@env -u ELASTICSEARCH_URL $(CON) postgresql -- $(PYTEST) $(DE_A_DOS) -m "not ($(SERVIDORES))" --junitxml=$(RESULTADOS)/$@.xml

test-busqueda: instalar-pruebas ## Búsqueda sobre un Elasticsearch de verdad
	@env -u DATABASE_URL $(CON) elasticsearch -- $(PYTEST) -m elasticsearch --junitxml=$(RESULTADOS)/$@.xml

test-e2e: instalar-pruebas ## El trabajo principal en un navegador, con axe-core
	@env -u DATABASE_URL -u ELASTICSEARCH_URL $(CON) navegador axe -- $(PYTEST) -m e2e --junitxml=$(RESULTADOS)/$@.xml

test-humo: instalar-pruebas ## make run desde un clon limpio de HEAD
	@$(PYTEST) -m humo --junitxml=$(RESULTADOS)/$@.xml

aceptacion: instalar-pruebas ## El trabajo principal en un navegador; deja capturas en var/aceptacion/
	@env -u DATABASE_URL -u ELASTICSEARCH_URL CAPTURAS=var/aceptacion $(CON) navegador axe -- $(PYTEST) tests/e2e/aceptacion -m e2e

bench-hilos: instalar-pruebas ## Mide hilos de 10 a 100.000 comentarios en PostgreSQL (TAMANOS="10 1000")
	@env -u DATABASE_URL -u ELASTICSEARCH_URL PYTHONPATH=.:site TAMANOS="$(TAMANOS)" $(CON) postgresql -- $(PY) -m tests.carga.hilos

bench-respuestas: instalar-pruebas ## Mide libro, lista de trabajo, lotes y planillas en PostgreSQL (TAMANOS="10000")
	@env -u DATABASE_URL -u ELASTICSEARCH_URL PYTHONPATH=.:site TAMANOS="$(if $(filter file,$(origin TAMANOS)),10000 100000,$(TAMANOS))" $(CON) postgresql -- $(PY) -m tests.carga.respuestas

ensayo-lote: instalar-pruebas ## Publica un lote en SQLite mientras otros escriben, y dice cuánto esperaron (LOTE=1000)
	@env PYTHONPATH=.:site LOTE="$(LOTE)" $(PY) -m tests.carga.lote_con_gente
