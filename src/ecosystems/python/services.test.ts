import { describe, expect, it } from 'vitest'
import { readCompose } from '../../compose/read.ts'
import { detectPython } from './detect.ts'
import { djangoFiles, treeOf } from './tree.fixture.ts'

const head = 'import os\nROOT_URLCONF = "site_.urls"\nWSGI_APPLICATION = "site_.wsgi.application"\n'

function detect(settings: string, packages: readonly string[] = [], more: Readonly<Record<string, string>> = {}, compose = '') {
  const requirements = ['Django==5.2.8', 'gunicorn==25.1.0', ...packages.map((name) => `${name}==1.0`)].join('\n')
  const files = djangoFiles({ 'site_/settings.py': head + settings, 'requirements.txt': `${requirements}\n`, ...more })
  const app = detectPython({ ...treeOf(files), ...(compose === '' ? {} : { compose: [readCompose(compose, 'compose.yaml')] }) })
  return {
    services: app?.services ?? [],
    notices: app?.notices.filter((n) => n.code.startsWith('service-')) ?? [],
    variables: app?.variables.map(
      (v) => `${v.name}${v.required ? '!' : ''}${v.generated ? '~' : ''}${v.default === undefined ? '' : `=${v.default}`}`,
    ),
  }
}

const postgres = (host: string): string => `DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("DB_NAME", "shop"),
        "USER": os.environ.get("DB_USER"),
        "PASSWORD": os.environ["DB_PASS"],
        "HOST": ${host},
    }
}
`

describe('the variables of a Django project', () => {
  it.each([
    ['A = os.environ["AA"]', ['AA!']],
    ['A = os.environ.get("AA", "x")', ['AA=x']],
    ['A = os.getenv("AA")', ['AA']],
    ['if os.getenv("AA"):\n    B = 1', ['AA=']],
    ['SECRET_KEY = os.environ["SHOP_SECRET_KEY"]', ['SHOP_SECRET_KEY!~']],
    [
      'import environ\nenv = environ.Env(DEBUG=(bool, False))\nA = env("AA", default="x")\nB = env.int("BB", 3)\nC = env.db()',
      ['AA=x', 'BB=3', 'DATABASE_URL!', 'DEBUG=False'],
    ],
    ['from decouple import config\nA = config("AA", default=None)\nB = config("BB", cast=int)', ['AA=', 'BB!']],
    ['def envbool(name, default):\n    return os.getenv(name, default)\nA = envbool("AA", "True")', ['AA=True']],
    ['import dj_database_url\nA = dj_database_url.config(default="sqlite:///a.db")', ['DATABASE_URL=sqlite:///a.db']],
    ['from shop.envs import get_string\nA = get_string(\n    name="AA",\n    default=None,\n    required=True,\n)', ['AA!']],
    ['from shop.envs import get_string\nA = get_string(name="AA", default="", required=True)', ['AA!']],
    ['from shop.envs import get_string\nA = get_string(name="AA", default=None)', ['AA=']],
    ['# A = os.environ["AA"]', []],
    ['os.environ["AA"] = "1"', []],
  ])('%s', (settings, expected) => {
    expect(detect(settings).variables).toEqual(expected)
  })
})

describe('the services of a Django project', () => {
  it('are told by the engine of its database, and by the variables of each entry', () => {
    expect(detect(postgres('os.environ.get("DB_HOST", "localhost")'), ['psycopg']).services).toEqual([
      {
        kind: 'postgres',
        database: 'shop',
        optional: false,
        because: [{ file: 'site_/settings.py', line: 6, saw: '"ENGINE": "django.db.backends.postgresql",' }],
        connections: [
          { variable: 'DB_NAME', holds: 'database' },
          { variable: 'DB_USER', holds: 'user' },
          { variable: 'DB_PASS', holds: 'password' },
          { variable: 'DB_HOST', holds: 'host' },
        ],
      },
    ])
  })

  it('are named after a host in the settings, and left out when that is the machine itself', () => {
    expect(detect(postgres('"database"'), ['psycopg']).services).toMatchObject([{ kind: 'postgres', name: 'database' }])
    expect(detect(postgres('"localhost"'), ['psycopg'])).toMatchObject({ services: [], notices: [{ code: 'service-unreachable' }] })
  })

  it('are none with SQLite, and optional beside it', () => {
    const sqlite = 'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "a.db"}}\n'
    expect(detect(sqlite, ['psycopg']).services).toEqual([])
    const branch = `if os.getenv("DB_HOST"):\n${postgres('os.environ["DB_HOST"]').replace(/^/gm, '    ')}`
    expect(detect(`${sqlite}${branch}`, ['psycopg']).services).toMatchObject([{ kind: 'postgres', optional: true }])
  })

  it.each([
    ['migrations.RunSQL("CREATE INDEX a ON b USING GIN (c);")', false],
    ['index=django.contrib.postgres.indexes.GinIndex(fields=["c"], name="a"),', false],
    ['migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm")', false],
    ['# migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm")', true],
    ['if schema_editor.connection.vendor == "postgresql":\n    run("CREATE EXTENSION pg_trgm")', true],
    ['BtreeGinExtension(),', true],
  ])('are needed where migrations ask for them, whatever the settings take by themselves: %s', (operation, optional) => {
    const sqlite = 'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "a.db"}}\n'
    const branch = `if os.getenv("DATABASE_URL"):\n    DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}\n`
    const more = { 'shop/migrations/0002_search.py': `operations = [\n${operation}\n]\n` }
    expect(detect(sqlite + branch, ['psycopg2'], more).services).toMatchObject([{ kind: 'postgres', optional }])
    expect(detect(sqlite + branch, [], more).services).toEqual([])
    const own = branch.replace('dj_database_url.parse', 'parse')
    expect(detect(sqlite + own, ['psycopg2'], more).services.map(({ kind }) => kind)).toEqual(optional ? [] : ['postgres'])
  })

  it('are needed where SQLite is for development alone', () => {
    const settings = (mode: string) =>
      `if ${mode}:\n    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "a.db"}}\nelse:\n    DATABASES = {"default": dj_database_url.parse(os.environ.get("DATABASE_URL"))}\n`
    expect(detect(settings('DEVELOPMENT_MODE is True'), ['psycopg2']).services).toMatchObject([{ kind: 'postgres', optional: false }])
    const raises = settings('DEVELOP').replace('else:', 'else:\n    if os.getenv("DATABASE_URL", None) is None:\n        raise E')
    expect(detect(raises, ['psycopg2']).services).toMatchObject([{ kind: 'postgres', optional: false }])
    expect(detect(settings('SMALL'), ['psycopg2']).services).toMatchObject([{ kind: 'postgres', optional: true }])
  })

  it.each([
    ['os.getenv("DB") == "postgres"', '', { variable: 'DB', value: 'postgres' }],
    ['os.environ.get("DB", "sqlite") in ["pgsql", "postgres"]', '', { variable: 'DB', value: 'pgsql' }],
    ['config("USE_POSTGRES", default=False, cast=bool)', '', { variable: 'USE_POSTGRES', value: '1' }],
    ['DB_ENGINE == "postgres"', 'DB_ENGINE = os.getenv("SHOP_DB_ENGINE", "sqlite")\n', { variable: 'SHOP_DB_ENGINE', value: 'postgres' }],
    ['os.environ["ENVIRONMENT"] == "production"', '', { variable: 'ENVIRONMENT', value: 'production' }],
    ['os.getenv("MODE") == "local"', '', undefined],
    ['env.bool("DEVELOPMENT")', '', undefined],
    ['os.getenv("DB_HOST")', '', undefined],
    ['"DB_HOST" in os.environ', '', undefined],
    ['not os.getenv("USE_SQLITE")', '', undefined],
    ['os.getenv("DB") != "sqlite"', '', undefined],
  ])('of a branch are taken by its variable: if %s', (condition, before, expected) => {
    const sqlite = 'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "a.db"}}\n'
    const branch = `if ${condition}:\n${postgres('os.environ["DB_HOST"]').replace(/^/gm, '    ')}`
    const [found] = detect(`${before}${sqlite}${branch}`, ['psycopg']).services
    const chosen = found?.connections.filter(({ holds }) => holds === 'engine')
    expect(chosen).toEqual(expected === undefined ? [] : [{ ...expected, holds: 'engine' }])
    expect(found?.connections.some(({ holds }) => holds === 'host')).toBe(true)
  })

  it('are taken by the variable that holds the engine, and not optional when the compose file runs them', () => {
    const settings = postgres('os.environ.get("DB_HOST", "localhost")').replace(
      '"django.db.backends.postgresql"',
      'os.environ.get("DB_ENGINE", "django.db.backends.sqlite3")',
    )
    const engine = { variable: 'DB_ENGINE', holds: 'engine', value: 'django.db.backends.postgresql' }
    expect(detect(settings, ['psycopg2-binary']).services).toMatchObject([
      { kind: 'postgres', optional: true, connections: [engine, {}, {}, {}, {}] },
    ])
    expect(detect(settings).services).toEqual([])
    const compose = 'services:\n  db:\n    image: postgres:16\n'
    expect(detect(settings, ['psycopg2-binary'], {}, compose).services).toMatchObject([{ name: 'db', release: '16', optional: false }])
    const told = { '.env.example': 'DB_ENGINE=psqlextra.backend\n' }
    expect(detect(settings, ['psycopg2-binary'], told).services[0]?.connections[0]).toEqual({ ...engine, value: 'psqlextra.backend' })
  })

  it('are those of the first database, whatever another one beside it is', () => {
    const first = postgres('os.environ.get("DB_HOST")').replace('"django.db.backends.postgresql"', 'os.environ.get("DB_ENGINE")')
    const other = 'DATABASES["old"] = {"ENGINE": "django.db.backends.mysql", "HOST": os.environ["OLD_HOST"]}\n'
    const base = postgres('SECRETS.get("host", "")')
    const engine = { variable: 'DB_ENGINE', holds: 'engine', value: 'django.db.backends.postgresql' }
    const [found, ...more] = detect(`from .base_settings import *\n${first}${other}`, ['psycopg', 'mysqlclient'], {
      'site_/base_settings.py': base,
    }).services
    expect(found).toMatchObject({ kind: 'postgres', optional: false })
    expect(found?.connections).toContainEqual(engine)
    expect(more).toEqual([])
  })

  it('are told by the installed driver where an address decides', () => {
    const settings = 'import dj_database_url\nDATABASES = {"default": dj_database_url.config(conn_max_age=600)}\n'
    expect(detect(settings, ['psycopg2-binary']).services).toMatchObject([
      { kind: 'postgres', optional: false, connections: [{ variable: 'DATABASE_URL', holds: 'url' }] },
    ])
    expect(detect(settings, ['mysqlclient']).services).toMatchObject([{ kind: 'mysql' }])
    const old = settings.replace('conn_max_age=600', 'default="mysql://root@localhost/shop"')
    expect(detect(old, ['psycopg2-binary']).services).toMatchObject([
      { kind: 'postgres', connections: [{ variable: 'DATABASE_URL', holds: 'url' }] },
    ])
  })

  it('know PostGIS', () => {
    const settings = 'import environ\nenv = environ.Env()\nDATABASES = {"default": env.db(default="postgis://localhost/map")}\n'
    expect(detect(settings, ['psycopg']).services).toMatchObject([{ kind: 'postgres', flavour: 'postgis', database: 'map' }])
  })

  it('are told by caches, brokers and mail', () => {
    const settings = `CACHES = {"default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": os.environ["REDIS_URL"]}}
CELERY_BROKER_URL = os.environ.get("BROKER_URL", "amqp://guest:guest@rabbit:5672//")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
`
    expect(detect(settings).services).toMatchObject([
      { kind: 'redis', optional: false, connections: [{ variable: 'REDIS_URL', holds: 'url' }] },
      { kind: 'rabbitmq', name: 'rabbit', connections: [{ variable: 'BROKER_URL', holds: 'url', scheme: 'amqp' }] },
      { kind: 'mailpit', optional: true, connections: [{ variable: 'EMAIL_HOST', holds: 'host' }] },
    ])
  })

  it('are told by a broker that stands under another name', () => {
    const settings = '_CACHE = os.environ.get("REDIS_URL", "redis://redis:6379/0")\nCELERY_BROKER_URL = _CACHE\n'
    expect(detect(settings).services).toMatchObject([
      { kind: 'redis', optional: false, connections: [{ variable: 'REDIS_URL', holds: 'url' }] },
    ])
    expect(detect('CELERY_BROKER_URL = NOTHING\n').services).toEqual([])
  })

  it('are found by a worker with settings of its own', () => {
    const settings = 'CACHES = {"default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": os.environ["REDIS_CACHE_URL"]}}\n'
    const worker = 'from site_.settings import *\nREDIS_BROKER_HOST = env("REDIS_BROKER_HOST", "redis_broker")\n'
    const [redis] = detect(settings, [], { 'worker/settings.py': worker }).services
    expect(redis?.connections).toEqual([
      { variable: 'REDIS_BROKER_HOST', holds: 'host' },
      { variable: 'REDIS_CACHE_URL', holds: 'url' },
    ])
  })

  it('are optional in a branch', () => {
    const settings = `if os.environ.get("MEMCACHE_SERVERS"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.memcached.PyMemcacheCache", "LOCATION": os.environ["MEMCACHE_SERVERS"]}}
`
    expect(detect(settings).services).toMatchObject([{ kind: 'memcached', optional: true, connections: [{ holds: 'host-and-port' }] }])
  })
})
