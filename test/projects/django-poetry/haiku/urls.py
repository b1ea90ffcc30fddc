from django.http import HttpResponse
from django.urls import path

poem = "an old silent pond\na frog jumps into the pond\nsplash, silence again\n"

urlpatterns = [path("", lambda request: HttpResponse(poem, content_type="text/plain"))]
