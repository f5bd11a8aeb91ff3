"""How allauth makes an account of ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as contexto
from django.contrib.auth.models import Group
from django.contrib.sites.shortcuts import get_current_site
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest

from cuentas.cartas import enviar
from cuentas.models import User
from cuentas.roles import Rol


class AdaptadorDeCuentas(DefaultAccountAdapter):
    """New accounts are participants from the start, with the public name they chose."""

    def clean_email(self, email: str) -> str:
        """Raises ValidationError for one that no table holds: forms let 320 characters through."""
        limpio: str = super().clean_email(email)
        MaxLengthValidator(User._meta.get_field("email").max_length)(limpio)
        return limpio

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """As allauth's, save that a mail server that is down stops nobody."""
        peticion = contexto.request
        datos = {"request": peticion, "email": email, "current_site": get_current_site(peticion)}
        enviar(self.render_mail(template_prefix, email, datos | context))

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: Any, signup: bool
    ) -> None:
        super().send_confirmation_mail(request, emailconfirmation, signup)
        recordar_correo(request, emailconfirmation.email_address.email)

    def send_account_already_exists_mail(self, email: str) -> None:
        """As for a new account, so that the page that follows tells neither from the other."""
        super().send_account_already_exists_mail(email)
        recordar_correo(contexto.request, email)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Save the account that signed up; `form` is a form or the headless API's input."""
        user.nombre_publico = form.cleaned_data.get("nombre_publico", "")
        user.tramo_edad = form.cleaned_data.get("tramo_edad", "")
        cuenta: User = super().save_user(request, user, form, commit)
        if commit:
            cuenta.groups.add(Group.objects.get(name=Rol.PARTICIPANTE))
        return cuenta


def recordar_correo(request: HttpRequest | None, correo: str) -> None:
    """Keep the address just written to, for the page that says to look there."""
    if request is not None and hasattr(request, "session"):
        request.session["correo_por_confirmar"] = correo
