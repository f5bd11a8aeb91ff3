"""How often one may do something: counted in the database, so that every process counts together.

A limit is of a person, an address or a mailbox, always named by a keyed hash: no address is kept in
clear, and every row goes a day after its window. How many are allowed is a setting (`LIMITES`).
"""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.errores import DemasiadosIntentos
from comun.registro import Cupo

SE_GUARDA = timedelta(days=1)


def gastar(limite: str, quien: str, ahora: datetime | None = None) -> None:
    """Count one act of `quien` («cuenta:7», «correo:…», «dir:…») under `limite` at `ahora` (UTC).

    Windows are fixed and half-open: `n` acts in each `segundos`, from the epoch on. Raises
    DemasiadosIntentos, saying when to come back; what is refused is not counted again.
    """
    ahora = ahora or timezone.now()
    cuantos, segundos = settings.LIMITES[limite]
    ventana = int(ahora.timestamp()) // segundos
    fila = Cupo.objects.filter(clave=_clave(limite, quien), ventana=ventana)
    if fila.filter(n__lt=cuantos).update(n=F("n") + 1):
        return None
    gastados = fila.values_list("n", flat=True).first()
    if gastados is not None and gastados < cuantos:
        # Someone else of the same name opened the window between the two looks.
        return gastar(limite, quien, ahora)
    if gastados is None and cuantos:
        try:
            with transaction.atomic():
                vence = datetime.fromtimestamp((ventana + 1) * segundos, UTC) + SE_GUARDA
                Cupo.objects.create(clave=_clave(limite, quien), ventana=ventana, n=1, vence=vence)
        except IntegrityError:
            # Someone else of the same name opened the window in this very instant.
            return gastar(limite, quien, ahora)
        return None
    espera = (ventana + 1) * segundos - int(ahora.timestamp())
    raise DemasiadosIntentos(
        _("Por ahora no podemos recibir más desde aquí: espere %(espera)s y vuelva a intentarlo.")
        % {"espera": _en_palabras(espera)},
        reintentar_en=espera,
    )


def direccion_de(request: HttpRequest) -> str:
    """«dir:…», the address a request comes from, for `gastar`.

    Behind `PROXIES_DE_CONFIANZA` proxies it is the one the farthest of them saw: what lies before
    that in X-Forwarded-For, anyone may write. Of IPv6 it is the network of 64 bits: one customer of a
    provider has all the addresses in it.
    """
    saltos = [p.strip() for p in request.headers.get("X-Forwarded-For", "").split(",") if p.strip()]
    n = settings.PROXIES_DE_CONFIANZA
    directa = str(request.META.get("REMOTE_ADDR", ""))
    return f"dir:{_red(saltos[-n] if n and len(saltos) >= n else directa)}"


def _red(direccion: str) -> str:
    try:
        ip = ip_address(direccion)
    except ValueError:
        return direccion
    if isinstance(ip, IPv4Address):
        return direccion
    return str(ip.ipv4_mapped or ip_network((ip.packed[:8] + bytes(8), 64)))


def barrer_cupos(ahora: datetime) -> int:
    """Forget the windows that are over; returns how many. For the clock."""
    return Cupo.objects.filter(vence__lt=ahora).delete()[0]


def _clave(limite: str, quien: str) -> str:
    secreto = settings.CLAVE_SEUDONIMOS.encode()
    return hmac.new(secreto, f"limite:{limite}:{quien}".encode(), hashlib.sha256).hexdigest()


def _en_palabras(segundos: int) -> str:
    if segundos < 90:
        return _("un minuto")
    minutos = -(-segundos // 60)
    return (
        _("%(n)s minutos") % {"n": minutos}
        if minutos < 90
        else _("%(n)s horas") % {"n": -(-minutos // 60)}
    )
