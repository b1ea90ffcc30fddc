import { describe, expect, test } from 'vitest'
import type { Tree } from '../../model/tree.ts'
import { readSettings } from './settings.ts'
import { findStored } from './stored.ts'

function stored(settings: string, others: readonly string[] = [], file = 'site/settings.py', folder = '.') {
  const files = ['manage.py', file, ...others]
  const folders = files.flatMap((path) =>
    path
      .split('/')
      .slice(0, -1)
      .map((_, i, all) => all.slice(0, i + 1).join('/')),
  )
  const tree: Tree = { files: new Set(files), folders: new Set(folders), texts: new Map([[file, settings]]), unread: new Map() }
  const module = file
    .slice(folder === '.' ? 0 : folder.length + 1)
    .replace(/\.py$/, '')
    .replaceAll('/', '.')
  return findStored(tree, folder, readSettings(tree, folder, module)).writable.map(({ because, ...rest }) => ({
    ...rest,
    line: because[0]?.line,
  }))
}

const base = 'from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\n'
const engine = "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3',\n"

describe('a database in a file', () => {
  test.each([
    ["'NAME': BASE_DIR / 'db.sqlite3',}}", '/app/db.sqlite3'],
    ['"NAME": os.path.join(BASE_DIR, "db.sqlite3")}}', '/app/db.sqlite3'],
    ['"NAME": BASE_DIR / "db.sqlite3"}}  # noqa: E501', '/app/db.sqlite3'],
    ['"NAME": str(BASE_DIR / "site" / "main.db")}}', '/app/site/main.db'],
  ])('among the code is moved, with a link in its place: %s', (line, link) => {
    expect(stored(`${base}${engine}${line}\n`)).toEqual([
      { path: '/data', link, keep: true, held: false, database: link.split('/').at(-1), line: 4 },
    ])
  })

  test('in a folder of its own keeps that folder', () => {
    expect(stored(`${base}${engine}'NAME': BASE_DIR / 'data' / 'db.sqlite3'}}\n`)).toEqual([
      { path: '/app/data', keep: true, held: false, database: 'db.sqlite3', line: 4 },
    ])
  })

  test('that the repository holds is brought along', () => {
    expect(stored(`${base}${engine}'NAME': BASE_DIR / 'db.sqlite3'}}\n`, ['db.sqlite3'])).toMatchObject([{ held: true }])
  })

  test('is found behind an address, and as the default of a variable', () => {
    const url = `${base}DATABASES = {'default': dj_database_url.config(\n    default=f"sqlite:///{BASE_DIR}/db.sqlite3")}\n`
    expect(stored(url)).toMatchObject([{ link: '/app/db.sqlite3' }])
    expect(stored(`${base}DATABASES = {'default': env.db('DATABASE_URL', default='sqlite:///db.sqlite3')}\n`)).toMatchObject([
      { link: '/app/db.sqlite3' },
    ])
  })

  test('is no app whose name ends like one', () => {
    const apps = 'INSTALLED_APPS = [\n    "health_check",\n    "health_check.db",\n]\n'
    expect(stored(`${base}${apps}${engine}'NAME': BASE_DIR / 'shop.db'}}\n`)).toMatchObject([{ link: '/app/shop.db' }])
    expect(stored(`${base}INSTALLED_APPS += ["health_check.db"]\n${engine}'NAME': BASE_DIR / 'shop.db'}}\n`)).toMatchObject([
      { link: '/app/shop.db' },
    ])
  })

  test('is placed where BASE_DIR leads', () => {
    const deep = 'BASE_DIR = Path(__file__).resolve().parent.parent.parent\n'
    expect(stored(`${deep}${engine}'NAME': BASE_DIR / 'db.sqlite3'}}\n`, [], 'backend/config/settings/base.py', 'backend')).toMatchObject([
      { link: '/app/backend/db.sqlite3' },
    ])
    const old = 'BASE_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))\n'
    expect(stored(`${old}${engine}'NAME': os.path.join(BASE_DIR, 'db.sqlite3')}}\n`)).toMatchObject([{ link: '/app/db.sqlite3' }])
  })

  test('is told by its engine, whatever its name ends in', () => {
    expect(stored(`${base}${engine}\n  # 'ENGINE': 'django.db.backends.mysql',\n\n 'NAME': 'shop', 'USER': ''}}\n`)).toMatchObject([
      { link: '/app/shop', database: 'shop' },
    ])
  })

  test('is none where a server holds the data, or memory', () => {
    expect(stored(`${base}DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'NAME': 'shop.db'}}\n`)).toEqual([])
    expect(stored(`${base}${engine}'NAME': ':memory:'}}\n`)).toEqual([])
  })
})

describe('uploads', () => {
  test.each([
    [
      'PROJECT_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))\nMEDIA_ROOT = os.path.join(PROJECT_DIR, "media")',
      'shop/media',
    ],
    ['up = os.path.dirname\nROOT = up(up(os.path.abspath(__file__)))\nMEDIA_ROOT = os.path.join(ROOT, "media")', 'shop/media'],
    [
      'HERE = os.path.dirname(__file__)\nROOT = os.path.join(HERE, os.path.pardir, os.pardir)\nMEDIA_ROOT = os.path.join(ROOT, "media")',
      'media',
    ],
    ['HERE = Path(__file__).parent\nDATA_DIR = HERE.parent / "data"\nMEDIA_ROOT = DATA_DIR / "up"', 'shop/data/up'],
    ['ROOT_DIR = environ.Path(__file__) - 3\nAPPS_DIR = ROOT_DIR.path("shop")\nMEDIA_ROOT = str(APPS_DIR("media"))', 'shop/media'],
    ['ROOT = Path(__file__).resolve().parents[2]\nMEDIA_ROOT = f"{ROOT}/media"', 'media'],
    ['MEDIA_ROOT = env.str("DJANGO_MEDIA_ROOT", "/home/shop/media")', '/home/shop/media'],
    ['MEDIA_ROOT = "/mediafiles/"', '/mediafiles'],
    ['MEDIA_ROOT = "media" if DEBUG else Path("/data/media")', '/data/media'],
    ['MEDIA_ROOT = "/data/media" if not settings.DEBUG else "media"', '/data/media'],
    ['MEDIA_ROOT = "media" if LOCAL else "/data/media"', 'media'],
    ['MEDIA_ROOT = "/usr/share/media"', undefined],
    ['MEDIA_ROOT = "/Users/me/media"', undefined],
    ['STORE = "/data/store"\nMEDIA_ROOT = os.path.join(STORE, "media")', '/data/store/media'],
    ['MEDIA_ROOT = "media"', 'media'],
    ['if DEBUG:\n    MEDIA_ROOT = None\nelse:\n    MEDIA_ROOT = "media"', 'media'],
    ['class Base(Configuration):\n    DATA_DIR = "/data"\n    MEDIA_ROOT = os.path.join(DATA_DIR, "media")', '/data/media'],
    [
      'MEDIA_ROOT = (  # uploads\n    os.environ.get("MEDIA")\n    or Path(__file__).resolve().parent / "media"\n)\nA = "b"',
      'shop/settings/media',
    ],
    ['BASE = Path(__file__).resolve().parent.parent\nMEDIA_ROOT = BASE.parent.parent / "media"', '/media'],
    ['A = B\nB = A\nABC = BCD\nBCD = ABC\nMEDIA_ROOT = ABC', undefined],
    ['BASE_DIR = Path(__file__).parent.parent.parent\nMEDIA_ROOT = BASE_DIR', undefined],
  ])('stand where names lead: %s', (settings, path) =>
    expect(stored(`${settings}\n`, [], 'shop/settings/base.py').map((place) => place.path)).toEqual(
      path === undefined ? [] : [path.startsWith('/') ? path : `/app/${path}`],
    ),
  )

  test('are kept', () => {
    expect(stored(`${base}MEDIA_ROOT = BASE_DIR / 'media'\n`, ['media/a.png'])).toEqual([
      { path: '/app/media', keep: true, held: true, line: 3 },
    ])
    expect(stored(`${base}MEDIA_ROOT = os.path.join(BASE_DIR, 'files/up')\n`)).toEqual([
      { path: '/app/files/up', keep: true, held: false, line: 3 },
    ])
  })

  test('lie with the rest of the data where a folder is named for it and not there yet', () => {
    const data = `${base}DATA_DIR = BASE_DIR / 'data'\nLOGGING = {\n'class': 'logging.FileHandler',\n'filename': DATA_DIR / 'log/a.log',\n}\n`
    const kept = { path: '/app/data', keep: true, line: 3 }
    expect(stored(data)).toEqual([{ ...kept, held: false }])
    expect(stored(data, ['data/.gitkeep'])).toEqual([{ ...kept, held: true }])
    expect(stored(`${base}DATA_DIR = BASE_DIR / 'data'\n`, ['data/towns.json'])).toEqual([])
  })

  test('outside of the repository are left to the person who placed them', () => {
    expect(stored(`${base}MEDIA_ROOT = os.environ['MEDIA_ROOT']\n`)).toEqual([])
    expect(stored(`${base}MEDIA_ROOT = '/etc/media'\n`)).toEqual([])
  })
})

test('a place that names only name each other for is none, and is soon given up', () => {
  const names = Array.from({ length: 40 }, (_, i) => `NAME_${i + 10}`)
  const lines = names.map((name) => `${name} = ${names.join(' + ')}\n`)
  expect(stored(`${lines.join('')}MEDIA_ROOT = ${names.join(' + ')}\n`)).toEqual([])
}, 5000)

describe('log files', () => {
  const logging = (expression: string, handler = 'RotatingFileHandler') =>
    `${base}LOGGING = {'handlers': {'file': {\n  'class': 'logging.handlers.${handler}',\n  'filename': ${expression},\n}}}\n`

  test.each([
    ["'server.log'", [{ path: '/data', link: '/app/server.log', keep: true, held: false, log: 'server.log', line: 5 }]],
    ["os.path.join(BASE_DIR, 'logs', 'debug.log')", [{ path: '/app/logs', keep: true, held: false, log: 'debug.log', line: 5 }]],
    [
      "BASE_DIR / 'site' / 'debug.log'",
      [{ path: '/data', link: '/app/site/debug.log', keep: true, held: false, log: 'debug.log', line: 5 }],
    ],
    ["'/var/log/site/debug.log'", [{ path: '/var/log/site', keep: true, held: false, log: 'debug.log', line: 5 }]],
    ["os.path.join('/logs', 'debug.log')", [{ path: '/logs', keep: true, held: false, log: 'debug.log', line: 5 }]],
    ["'/var/log/debug.log'", []],
    ["'/tmp/debug.log'", []],
  ])('are placed: %s', (expression, places) => expect(stored(logging(expression))).toEqual(places))

  test('in a folder that the repository holds keep it, beside a database', () => {
    const both = `${logging("BASE_DIR / 'logs' / 'a.log'")}${engine}'NAME': BASE_DIR / 'db.sqlite3'}}\n`
    expect(stored(both, ['logs/.gitkeep']).map(({ path, link, held }) => [path, link, held])).toEqual([
      ['/data', '/app/db.sqlite3', false],
      ['/app/logs', undefined, true],
    ])
  })

  test('two in one folder are one place; a name of something else is none', () => {
    const two = `${logging("'logs/a.log'")}${logging("'logs/b.log'")}`
    expect(stored(two).map(({ path }) => path)).toEqual(['/app/logs'])
    expect(stored(logging("'a.txt'", 'StreamHandler'))).toEqual([])
  })
})

test.each([
  ["'/var/tmp/django_cache'", ['/var/tmp/django_cache']],
  ["BASE_DIR / 'cache'", ['/app/cache']],
  ["'/tmp/cache'", []],
  ["'127.0.0.1:11211'", []],
])('a cache of files may write to its folder: %s', (location, places) => {
  const caches = `${base}CACHES = {'default': {\n'BACKEND': 'django.core.cache.backends.filebased.FileBasedCache',\n'LOCATION': ${location},\n}}\n`
  const found = stored(caches)
  expect(found.map(({ path }) => path)).toEqual(places)
  expect(found.every(({ keep }) => !keep)).toBe(true)
})

test.each([
  ["LOG_DIR = BASE_DIR / 'logs'\nLOG_DIR.mkdir(exist_ok=True)", ['/app/logs']],
  ["log_dir = os.path.join(BASE_DIR, 'logs')\nif not os.path.exists(log_dir):\n    os.makedirs(log_dir, exist_ok=True)", ['/app/logs']],
  ["(BASE_DIR / 'run').mkdir(parents=True)", ['/app/run']],
  ["os.makedirs(os.path.join(BASE_DIR, 'cache', 'x'), exist_ok=True)", ['/app/cache/x']],
  ["MEDIA_ROOT = BASE_DIR / 'media'\nos.makedirs(MEDIA_ROOT / 'forms', exist_ok=True)", ['/app/media']],
  ["os.makedirs(BASE_DIR / 'site')", []],
  ["# os.makedirs(BASE_DIR / 'logs')", []],
  ["os.makedirs('/tmp/logs')", []],
])('a folder that the settings make is there, and may be written: %s', (lines, places) =>
  expect(stored(`${base}${lines}\n`).map(({ path }) => path)).toEqual(places),
)
