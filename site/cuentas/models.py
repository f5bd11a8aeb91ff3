"""People and institutions."""

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from comun.avisos.bandeja import sin_leer
from comun.expresiones import CuantasFilas
from cuentas.menu import Enlace, ofrecidos
from cuentas.roles import ROLES_DE_ADMINISTRACION, Rol


class Institucion(models.Model):
    """A public body or organisation that answers, implements or takes part."""

    class Tipo(models.TextChoices):
        EJECUTIVO = "ejecutivo", _("Poder Ejecutivo")
        LEGISLATIVO = "legislativo", _("Congreso Nacional")
        JUDICIAL = "judicial", _("Poder Judicial")
        AUTONOMO = "autonomo", _("Órgano autónomo")
        OSC = "osc", _("Organización de la sociedad civil")
        ACADEMIA = "academia", _("Academia")
        INTERNACIONAL = "internacional", _("Organismo internacional")
        PRIVADO = "privado", _("Empresa o gremio")

    nombre = models.CharField(_("nombre"), max_length=200, unique=True)
    sigla = models.CharField(_("sigla"), max_length=40, blank=True)
    tipo = models.CharField(_("tipo"), max_length=20, choices=Tipo.choices, default=Tipo.EJECUTIVO)
    contacto_publico = models.EmailField(_("contacto público"), blank=True)

    class Meta:
        verbose_name = _("institución")
        verbose_name_plural = _("instituciones")
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre


REPRESENTABLES = (
    Institucion.Tipo.OSC,
    Institucion.Tipo.ACADEMIA,
    Institucion.Tipo.PRIVADO,
    Institucion.Tipo.INTERNACIONAL,
)
"""Kinds of organisations that take part by a representative. Public bodies speak by their officials."""


class TramoEdad(models.TextChoices):
    """The only thing kept of a person's age. Whoever is under 14 may not take part by themselves."""

    ADOLESCENTE = "adolescente", _("14 a 17 años")
    ADULTO = "adulto", _("18 años o más")


class UserManager(BaseUserManager["User"]):
    """Accounts are known by their e-mail address, kept in lower case."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **campos: Any) -> "User":
        """Create an active account. Raises ValueError without an address."""
        if not email:
            raise ValueError("Una cuenta necesita una dirección de correo")
        cuenta = self.model(email=email.strip().lower(), **campos)
        cuenta.set_password(password)
        cuenta.save(using=self._db)
        return cuenta

    def create_superuser(self, email: str, password: str | None = None, **campos: Any) -> "User":
        """Create an account that may do everything the admin offers."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **campos)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person's account. What the public sees of it is `nombre_publico`, and only if they chose one."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("correo electrónico"), unique=True)
    nombre_publico = models.CharField(
        _("nombre público"),
        max_length=80,
        blank=True,
        help_text=_("Así firmará sus aportes. Si lo deja vacío, aparecerá «Participante»."),
    )
    institucion = models.ForeignKey(
        Institucion,
        verbose_name=_("institución"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cuentas",
        help_text=_("La institución por la que responde, si es una cuenta oficial."),
    )

    representa = models.ForeignKey(
        Institucion,
        verbose_name=_("organización que representa"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="representantes",
        help_text=_("La de su Representacion verificada: la ponen y la quitan esos flujos."),
    )
    tramo_edad = models.CharField(_("edad"), max_length=12, choices=TramoEdad.choices, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("cuenta")
        verbose_name_plural = _("cuentas")

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def firma(self) -> str:
        """The name the public sees."""
        return self.nombre_publico or str(_("Participante"))

    @property
    def nombre_interno(self) -> str:
        """How colleagues know them in the back office; never an address."""
        return self.get_full_name() or self.firma

    @cached_property
    def roles(self) -> frozenset[str]:
        """Names of the roles this account holds: one query, kept for the life of the object."""
        return frozenset(self.groups.values_list("name", flat=True))

    def tiene_rol(self, *roles: Rol) -> bool:
        """Whether it holds any of `roles`. A superuser holds them all, an inactive account none."""
        return self.is_active and (self.is_superuser or not self.roles.isdisjoint(roles))

    @property
    def avisos_sin_leer(self) -> int:
        """How many notices of the site it has not read, counted up to a hundred."""
        return self._cabecera[0]

    @property
    def enlaces_propios(self) -> list[Enlace]:
        """Links of the account menu that not everybody has."""
        return self._cabecera[1]

    @cached_property
    def _cabecera(self) -> tuple[int, list[Enlace]]:
        """What the head of every page asks for: one query brings it, and the roles too."""
        enlaces = ofrecidos()
        suya = type(self)._default_manager.filter(pk=self.pk)
        columnas = [enlace.tiene(self.pk) for enlace in enlaces]
        filas = list(suya.values_list("groups__name", CuantasFilas(sin_leer(self.pk)), *columnas))
        self.__dict__.setdefault("roles", frozenset(fila[0] for fila in filas if fila[0]))
        if not filas:
            return 0, []
        _rol, sin_leer_, *tiene = filas[0]
        return sin_leer_, [e for e, suyo in zip(enlaces, tiene, strict=True) if suyo]

    @property
    def puede_administrar(self) -> bool:
        """Whether the back office is for them."""
        return self.tiene_rol(*ROLES_DE_ADMINISTRACION)


class Representacion(models.Model):
    """A person speaks for an organisation, once someone of the secretariat verified that they may.

    One person per organisation at a time, and one organisation per person. One that the portal does
    not know yet is proposed by name, and becomes an Institucion when it is verified.
    """

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", _("Por verificar")
        VERIFICADA = "verificada", _("Verificada")
        RECHAZADA = "rechazada", _("Rechazada")
        TERMINADA = "terminada", _("Terminada")

    cuenta = models.ForeignKey(User, on_delete=models.CASCADE, related_name="representaciones")
    institucion = models.ForeignKey(
        Institucion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="representaciones",
    )
    nombre_propuesto = models.CharField(_("organización que propone"), max_length=200, blank=True)
    tipo_propuesto = models.CharField(
        _("tipo que propone"), max_length=20, choices=Institucion.Tipo.choices, blank=True
    )
    cargo = models.CharField(_("cargo"), max_length=120, blank=True)
    respaldo = models.TextField(
        _("cómo se puede comprobar"),
        blank=True,
        help_text=_("Por ejemplo, la página donde aparece su nombre o el acta que la designa."),
    )
    estado = models.CharField(
        _("estado"), max_length=12, choices=Estado.choices, default=Estado.PENDIENTE
    )
    pedida_en = models.DateTimeField(_("pedida"))
    resuelta_por = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    resuelta_en = models.DateTimeField(_("resuelta"), null=True, blank=True)
    motivo = models.TextField(_("motivo"), blank=True)

    class Meta:
        verbose_name = _("representación")
        verbose_name_plural = _("representaciones")
        ordering = ["-pedida_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["institucion"],
                condition=models.Q(estado="verificada"),
                name="representacion_una_vigente",
            ),
            models.UniqueConstraint(
                fields=["cuenta", "institucion"],
                condition=models.Q(estado="pendiente"),
                name="representacion_una_pendiente",
            ),
            models.UniqueConstraint(
                fields=["cuenta"],
                condition=models.Q(estado="verificada"),
                name="representacion_una_por_cuenta",
            ),
            models.CheckConstraint(
                condition=models.Q(institucion__isnull=False)
                | (~models.Q(nombre_propuesto="") & ~models.Q(estado="verificada")),
                name="representacion_con_organizacion",
            ),
        ]

    def __str__(self) -> str:
        # The audit trail, which names no person, says it so.
        return self.organizacion

    @property
    def turno(self) -> int:
        """Version of its notice: it is resolved first, ended after."""
        return 2 if self.estado == self.Estado.TERMINADA else 1

    @property
    def organizacion(self) -> str:
        """Its name: of the one there is, or of the one proposed."""
        return self.institucion.nombre if self.institucion else self.nombre_propuesto


class Suplencia(models.Model):
    """`suplente` stands in for `titular` from `desde` to `hasta`, both days of Santiago included:
    inherits what they have in hand and what they approve. Who acted is always recorded."""

    titular = models.ForeignKey(User, on_delete=models.CASCADE, related_name="suplencias")
    suplente = models.ForeignKey(User, on_delete=models.CASCADE, related_name="suple")
    desde = models.DateField(_("desde"))
    hasta = models.DateField(_("hasta"))
    motivo = models.CharField(_("motivo"), max_length=200, blank=True)
    creada_por = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    creada_en = models.DateTimeField(_("creada"))
    terminada_en = models.DateTimeField(_("terminada"), null=True, blank=True)

    class Meta:
        verbose_name = _("suplencia")
        ordering = ["-desde", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hasta__gte=models.F("desde")),
                name="suplencia_termina_despues_de_empezar",
            ),
            models.CheckConstraint(
                condition=~models.Q(titular=models.F("suplente")), name="suplencia_entre_dos"
            ),
        ]

    def __str__(self) -> str:
        return f"del {self.desde:%d-%m-%Y} al {self.hasta:%d-%m-%Y}"
