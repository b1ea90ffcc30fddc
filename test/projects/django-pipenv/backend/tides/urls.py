from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("", lambda request: HttpResponse("high water at 04:12\n", content_type="text/plain"))]
