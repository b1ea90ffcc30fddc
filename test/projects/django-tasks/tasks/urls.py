from django.urls import path

from mails import views

urlpatterns = [path("", views.index), path("send", views.send)]
