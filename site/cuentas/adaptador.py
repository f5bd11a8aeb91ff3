"""How allauth makes an account of ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import Group
from django.http import HttpRequest

from cuentas.models import User
from cuentas.roles import Rol


class AdaptadorDeCuentas(DefaultAccountAdapter):
    """New accounts are participants from the start, with the public name they chose."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Save the account that signed up; `form` is a form or the headless API's input."""
        user.nombre_publico = form.cleaned_data.get("nombre_publico", "")
        user.tramo_edad = form.cleaned_data.get("tramo_edad", "")
        cuenta: User = super().save_user(request, user, form, commit)
        if commit:
            cuenta.groups.add(Group.objects.get(name=Rol.PARTICIPANTE))
        return cuenta
