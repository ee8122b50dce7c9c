from django.apps import AppConfig
from django.core.checks import register

from winback.common.checks import check_pdf_libraries


class CommonConfig(AppConfig):
    name = "winback.common"
    label = "common"

    def ready(self) -> None:
        register(check_pdf_libraries)
