"""Where files that not everybody may read are kept: apart from what a web server shows by itself."""

from django.core.files.storage import Storage, storages


def almacen_privado() -> Storage:
    """The storage «privado» of the settings. As a function, so that migrations do not fix its place."""
    return storages["privado"]
