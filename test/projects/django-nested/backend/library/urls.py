from django.urls import include, path, re_path

from books import views

urlpatterns = [
    re_path(r"^$", views.shelf),
    path("status/", include("books.urls")),
]
