from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "muster.config"
    verbose_name = "Installation"

    def ready(self) -> None:
        from muster.config import checks  # noqa: F401  registers them
