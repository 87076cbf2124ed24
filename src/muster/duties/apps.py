from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "muster.duties"
    verbose_name = "Standing duties"
