from django.urls import path

from shop.views import window

urlpatterns = [path("", window)]
