import factory
from django.contrib.auth.models import Group

from cuentas.models import Institucion, User
from cuentas.roles import Rol

CLAVE = "una-clave-larga-7"


class InstitucionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Institucion
        django_get_or_create = ("nombre",)

    nombre = factory.Sequence(lambda n: f"Subsecretaría de Pruebas {n}")


CON_INSTITUCION = (Rol.OFICIAL, Rol.SECRETARIA)


class UserFactory(factory.django.DjangoModelFactory):
    """An account; `oficial=True` and the like give it a role, and an institution where it needs one."""

    class Meta:
        model = User

    class Params:
        participante = False
        editor = False
        oficial = False
        secretaria = False
        moderador = False
        administrador = False

    rol = factory.LazyAttribute(
        lambda o: next((rol for rol in Rol if getattr(o, rol.name.lower())), None)
    )
    email = factory.Sequence(lambda n: f"persona{n}@pruebas.example")
    password = factory.django.Password(CLAVE)
    nombre_publico = factory.Sequence(lambda n: f"Persona {n}")
    institucion = factory.LazyAttribute(
        lambda o: InstitucionFactory() if o.rol in CON_INSTITUCION else None
    )

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        rol = kwargs.pop("rol")
        cuenta = super()._create(model_class, *args, **kwargs)
        if rol:
            cuenta.groups.add(Group.objects.get_or_create(name=rol)[0])
        return cuenta


def cuenta_de(rol: Rol) -> User:
    """An account of that role."""
    return UserFactory(rol=rol)
