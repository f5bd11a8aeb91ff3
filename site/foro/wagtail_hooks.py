from foro.admin import MandatoAdmin

MandatoAdmin().register_with_wagtail()
