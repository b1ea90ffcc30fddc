from django.urls import path

from . import views

urlpatterns = [path("live/", views.shelf), path("health/", views.shelf)]
