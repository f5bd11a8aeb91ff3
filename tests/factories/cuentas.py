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


class UserFactory(factory.django.DjangoModelFactory):
    """An account. Traits give it a role: `UserFactory(oficial=True)`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        participante = factory.Trait(rol=Rol.PARTICIPANTE)
        editor = factory.Trait(rol=Rol.EDITOR)
        oficial = factory.Trait(rol=Rol.OFICIAL, institucion=factory.SubFactory(InstitucionFactory))
        secretaria = factory.Trait(
            rol=Rol.SECRETARIA, institucion=factory.SubFactory(InstitucionFactory)
        )
        moderador = factory.Trait(rol=Rol.MODERADOR)
        administrador = factory.Trait(rol=Rol.ADMINISTRADOR)

    email = factory.Sequence(lambda n: f"persona{n}@pruebas.example")
    password = factory.django.Password(CLAVE)
    nombre_publico = factory.Sequence(lambda n: f"Persona {n}")

    @factory.post_generation
    def rol(self, create, valor, **kwargs):
        if create and valor:
            grupo, _ = Group.objects.get_or_create(name=valor)
            self.groups.add(grupo)


def cuenta_de(rol: Rol) -> User:
    """An account of that role, with an institution where the role needs one."""
    con_institucion = rol in (Rol.OFICIAL, Rol.SECRETARIA)
    return UserFactory(rol=rol, institucion=InstitucionFactory() if con_institucion else None)
