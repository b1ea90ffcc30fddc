import pika
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.urls import path


def queued():
    """Puts a message into a durable queue and says how many wait there."""
    broker = pika.BlockingConnection(pika.URLParameters(settings.AMQP_URL))
    channel = broker.channel()
    channel.queue_declare("visits", durable=True)
    channel.confirm_delivery()
    channel.basic_publish("", "visits", b"visit", pika.BasicProperties(delivery_mode=2))
    waiting = channel.queue_declare("visits", passive=True).method.message_count
    broker.close()
    return waiting


def visits(request):
    """Each visit is a row in PostgreSQL, a count in Memcached and a message in RabbitMQ."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS visits (at timestamptz NOT NULL DEFAULT now())")
        cursor.execute("INSERT INTO visits DEFAULT VALUES")
        cursor.execute("SELECT count(*) FROM visits")
        (count,) = cursor.fetchone()
    cache.add("visits", 0)
    return JsonResponse({"visits": count, "counted": cache.incr("visits"), "queued": queued()})


urlpatterns = [path("", lambda request: HttpResponse("alive")), path("visits", visits)]
