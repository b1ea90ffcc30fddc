import { describe, expect, it } from 'vitest'
import { healthRoute } from './routes.ts'
import { assigned, readSettings } from './settings.ts'
import { treeOf } from './tree.fixture.ts'
import { requiredVariables } from './variables.ts'

const split = treeOf({
  'shop/settings/__init__.py': '',
  'shop/settings/base.py': 'DEBUG = True\nNAME = "base"\nONLY = 1\n',
  'shop/settings/production.py':
    'from .base import *  # noqa\nfrom django.x import y\nNAME = "first"\nNAME: str = "last"  # wins\nDEBUG = False\n',
})

describe('readSettings', () => {
  it('follows what is imported and lets the importing file win', () => {
    const settings = readSettings(split, '.', 'shop.settings.production')
    expect(settings.files).toEqual(['shop/settings/production.py', 'shop/settings/base.py'])
    expect(assigned(split, settings, 'NAME')).toMatchObject({ text: '"last"', because: { file: 'shop/settings/production.py', line: 4 } })
    expect(assigned(split, settings, 'DEBUG')?.text).toBe('False')
    expect(assigned(split, settings, 'ONLY')?.because.file).toBe('shop/settings/base.py')
    expect(assigned(split, settings, 'NAM')).toBeUndefined()
  })

  it('knows a library that another file imports', () => {
    const tree = treeOf({
      's/live.py': 'from .base import *\nA = config("A")\nB = env("B")\n',
      's/base.py': 'import environ\nfrom decouple import config\n',
    })
    expect(requiredVariables(tree, readSettings(tree, '.', 's.live')).map(({ name }) => name)).toEqual(['A', 'B'])
  })

  it('knows what is only imported under a condition', () => {
    const tree = treeOf({
      's/settings.py':
        'from .base import *\nif LIVE:\n    from .live import *\ntry:\n    from .local import *\nexcept ImportError:\n    pass\n',
      's/live.py': 'import os\nfrom .base import *\nfrom .mail import *\nA = os.environ["A"]\n',
      's/mail.py': 'import os\nB = os.environ["B"]\n',
      's/base.py': 'import os\nC = {\n    "c": os.environ["C"],\n}\n',
      's/local.py': 'import os\nif D:\n    E = {\n        "d": os.environ["D"],\n    }\n',
    })
    const settings = readSettings(tree, '.', 's.settings')
    expect(settings.conditional).toEqual(['s/live.py', 's/mail.py'])
    expect(requiredVariables(tree, settings).map(({ name, sometimes }) => [name, sometimes])).toEqual([
      ['A', true],
      ['B', true],
      ['C', false],
      ['D', true],
    ])
  })

  it('follows what django-split-settings puts together, where later files win', () => {
    const tree = treeOf({
      's/__init__.py':
        "from split_settings.tools import include, optional\ninclude(\n    'parts/*.py',\n    's.dist.py', optional('local.py'),\n)\n",
      's/parts/a.py': 'A = 1\n',
      's/parts/b.py': 'A = 2\n',
      's/parts/deep/c.py': 'A = 3\n',
      's/s.dist.py': 'B = 1\n',
      's/other.py': 'A = 4\n',
    })
    const settings = readSettings(tree, '.', 's')
    expect(settings.files).toEqual(['s/__init__.py', 's/s.dist.py', 's/parts/b.py', 's/parts/a.py'])
    expect(assigned(tree, settings, 'A')?.text).toBe('2')
    expect(readSettings(treeOf({ 's.py': "include('a.py')", 'a.py': '' }), '.', 's').files).toEqual(['s.py'])
  })

  it('survives files that import each other', () => {
    const tree = treeOf({ 's/a_settings.py': 'from s.b_settings import *\n', 's/b_settings.py': 'from .a_settings import *\n' })
    expect(readSettings(tree, '.', 's.a_settings').files).toEqual(['s/a_settings.py', 's/b_settings.py'])
  })
})

describe('requiredVariables', () => {
  function of(text: string): readonly (readonly [string, string, boolean])[] {
    const tree = treeOf({ 's.py': text })
    return requiredVariables(tree, { module: 's', files: ['s.py'] }).map((v) => [v.name, v.build, v.sometimes])
  }

  it.each([
    ['import os\nK = os.environ["SECRET_KEY"]', [['SECRET_KEY', 'build-only', false]]],
    [
      'A = get_string(\n    name="SHOP_URL",\n    default=None,\n    required=True,\n)\nB = get_int(name="SHOP_PORT", default=80, required=True)\nC = get_string("C", default=None)',
      [['SHOP_URL', 'https://build.invalid', false]],
    ],
    ["import os\nP = int(os.environ['LIMIT_OF_X'])", [['LIMIT_OF_X', '1', false]]],
    ['import os\nK = os.environ.get("KEY")\nL = os.getenv("B")', []],
    ['import os\nSECRET_KEY = os.environ.get("KEY")', [['KEY', 'build-only', true]]],
    ['import os\nSECRET_KEY = os.getenv("KEY", "")', [['KEY', 'build-only', true]]],
    ['import os\nSECRET_KEY = os.getenv("KEY", "x")', []],
    ['import os\nH = os.environ.get("HOSTS").split(" ")', [['HOSTS', 'build-only', false]]],
    ['import os\nH = os.environ.get("HOSTS", "").split(" ")', []],
    ['import os\nH = (os.environ.get("HOSTS") or "").split(" ")', []],
    ['import os\nD = bool(int(os.getenv("D_LEVEL")))', [['D_LEVEL', '1', false]]],
    ['import os\nL = json.loads(os.getenv("L"))', [['L', '{}', false]]],
    ['import os\nL = json.loads(os.getenv("L") or "{}")\nN = int(os.environ.get("N") or 1)', []],
    ['import os\nif os.getenv("A", None) is None:\n    raise Exception("A")', [['A', 'build-only', false]]],
    ['import os\nA = os.environ.get("A")\n\nif not A:\n    raise ImproperlyConfigured()', [['A', 'build-only', false]]],
    ['import os\nif X:\n    A = os.environ.get("A")\n    if A is None:\n        raise E', [['A', 'build-only', true]]],
    ['import os\nA = os.environ.get("A")\nif not A:\n    A = 1', []],
    ['import os\nos.environ["A"] = "1"', []],
    ['import os\nif "A" in os.environ:\n    K = os.environ["A"]', []],
    ['import os\n# K = os.environ["A"]', []],
    ['import os\ndef f(env):\n    return env["A"]', []],
    ['import os\nenv = os.environ.copy()\nK = env["A"]\nL = env.get("B")', [['A', 'build-only', false]]],
    ['import os\nenv = os.environ.copy()\nif "A" in env:\n    K = env["A"]', []],
    ['import os\nif X:\n    K = os.environ["A"]', [['A', 'build-only', true]]],
    ['import os\nD = {\n    "p": os.environ["A"],\n}', [['A', 'build-only', false]]],
    ['import environ\nenv = environ.Env(DEBUG=(bool, False))\nA = env("DEBUG")\nB = env.bool("B")', [['B', '0', false]]],
    ['import environ\nA = env("A", default="x")\nB = env.db("DATABASE_URL")', [['DATABASE_URL', 'sqlite:////tmp/build.sqlite3', false]]],
    [
      'from decouple import config\nA = config("A")\nB = config("B", cast=int)\nC = config("C", default=1)',
      [
        ['A', 'build-only', false],
        ['B', '1', false],
      ],
    ],
    [
      'import environ\nA = json.loads(env.str("A"))\nB = int(env("B"))\nC = json.loads(env("C", "{}"))',
      [
        ['A', '{}', false],
        ['B', '1', false],
      ],
    ],
    [
      'import environ\nD = {"default": env.db()}\nC = env.cache_url()\nE = env.email(default="smtp://")',
      [
        ['CACHE_URL', 'locmemcache://', false],
        ['DATABASE_URL', 'sqlite:////tmp/build.sqlite3', false],
      ],
    ],
    ['import environ\nenviron.Env(DATABASE_URL=(str, "sqlite:///a"))\nD = env.db()', []],
    ['K = config("NOT_OURS")', []],
    ['import os\nU = os.environ["REDIS_URL"]', [['REDIS_URL', 'redis://127.0.0.1:6379/0', false]]],
  ])('of %j', (text, expected) => {
    expect(of(text)).toEqual(expected)
  })
})

describe('healthRoute', () => {
  function of(root: string, more: Readonly<Record<string, string>> = {}): string | undefined {
    const tree = treeOf({ 's/settings.py': 'ROOT_URLCONF = "s.urls"', 's/urls.py': root, ...more })
    return healthRoute(tree, '.', readSettings(tree, '.', 's.settings'))?.value
  }

  it.each([
    ['path("healthz/", v)', '/healthz/'],
    ['path("health", v)', '/health'],
    ['re_path(r"^health/?$", v)', '/health'],
    ['url(r"^ping/$", v)', '/ping/'],
    ['# path("healthz/", v)', undefined],
    ['path("queue/ping/", v)', undefined],
    ['path("<slug:x>/health/", v)', undefined],
    ['path("health/", include("health_check.urls"))', '/health/'],
  ])('of %s', (text, expected) => {
    expect(of(text)).toBe(expected)
  })

  it('follows what is included, with its prefix', () => {
    expect(of('path("api/", include("api.urls"))', { 'api/urls.py': 'path("health/", v)' })).toBe('/api/health/')
    expect(of('path("up/", include("up.urls"))', { 'up/urls.py': 'path("", v)' })).toBe('/up/')
    expect(of('path("up/", include("up.urls"))', { 'up/urls.py': 'path("databases", v)' })).toBeUndefined()
    expect(of('path("", include("s.urls"))')).toBeUndefined()
  })
})
