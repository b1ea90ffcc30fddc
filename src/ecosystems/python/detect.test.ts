import { describe, expect, it } from 'vitest'
import type { PythonApp } from '../../model/app.ts'
import { detectPython } from './detect.ts'
import { djangoFiles, problemOf, treeOf } from './tree.fixture.ts'

function detect(changes: Readonly<Record<string, string | undefined>> = {}): PythonApp {
  const app = detectPython(treeOf(djangoFiles(changes)))
  if (app === undefined) throw new Error('not recognised')
  return app
}

function codes(app: PythonApp): readonly string[] {
  return app.notices.map((notice) => notice.code)
}

describe('files that Node.js makes for the pages', () => {
  const scripts = (text: string): string => `{\n  "scripts": {\n    ${text}\n  }\n}\n`

  it.each([
    ['"build": "webpack --mode production"', 'build'],
    ['"start": "x",\n    "tailwind:build": "tailwindcss -o public/site.css"', 'tailwind:build'],
    ['"build:css": "sass in out"', 'build:css'],
  ])('are told of: %s', (text, name) => {
    const [notice] = detect({ 'package.json': scripts(text) }).notices
    expect(notice).toMatchObject({ code: 'assets-not-built', because: [{ file: 'package.json' }] })
    expect(notice?.text).toContain(`The script ${name} `)
  })

  it.each(['"test": "jest"', '"build": "echo none"', '"build": "docker build ."', '"rebuild": "x"'])('are not seen in %s', (text) => {
    expect(codes(detect({ 'package.json': scripts(text) }))).toEqual([])
  })
})

describe('detectPython', () => {
  it('shows what it found and where', () => {
    const app = detect()
    expect(app.found.start).toEqual({
      value: 'site_.wsgi:application',
      from: 'detected',
      because: [{ file: 'site_/settings.py', line: 2, saw: 'WSGI_APPLICATION = "site_.wsgi.application"' }],
    })
    expect(app).toMatchObject({
      manager: 'pip',
      installFrom: 'requirements.txt',
      locked: true,
      hashed: false,
      folder: '.',
      settings: 'site_.settings',
    })
    expect(app.server).toEqual({ name: 'gunicorn', add: [], arguments: ['--no-control-socket'] })
    expect(app.runPaths).toEqual(['manage.py', 'site_/'])
    expect(codes(app)).toEqual([])
  })

  it('lets the settings of wsgi.py win over those of manage.py', () => {
    const wsgi = 'os.environ["DJANGO_SETTINGS_MODULE"] = "site_.live"\napplication = get_wsgi_application()\n'
    expect(detect({ 'site_/wsgi.py': wsgi, 'site_/live.py': 'from .settings import *\n' }).settings).toBe('site_.live')
    expect(detect({ 'site_/wsgi.py': wsgi }).settings).toBe('site_.settings')
  })

  it.each([
    ['site_.dev', 'site_.docker', 'site_.docker'],
    ['site_.settings', 'site_.prod_settings', 'site_.prod_settings'],
    ['site_.dev', 'site_.settings', 'site_.settings'],
    ['site_.prod_settings', 'site_.docker', 'site_.prod_settings'],
    ['site_.settings', 'site_.dev', 'site_.settings'],
    ['site_.dev', 'site_.production', 'site_.dev'],
  ])('takes settings that are made for containers: %s of the code, %s of the Dockerfile', (own, told, taken) => {
    const named = `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "${own}")\n`
    const modules = Object.fromEntries(['dev', 'docker', 'prod_settings'].map((name) => [`site_/${name}.py`, 'from .settings import *\n']))
    const files = { ...modules, 'manage.py': named, 'site_/wsgi.py': `${named}application = get_wsgi_application()\n` }
    expect(detect({ ...files, Dockerfile: `FROM python\nENV A=1 \\\n    DJANGO_SETTINGS_MODULE=${told}\n` }).settings).toBe(taken)
    const fixed = { 'manage.py': named.replace('.setdefault("DJANGO_SETTINGS_MODULE", ', '["DJANGO_SETTINGS_MODULE"] = (') }
    expect(detect({ ...files, ...fixed, Dockerfile: `ENV DJANGO_SETTINGS_MODULE ${told}\n` }).settings).toBe(own)
    expect(detect({ ...files, '.env.example': `DJANGO_SETTINGS_MODULE=${told}\n` }).settings).toBe(taken)
    expect(detect({ ...files, 'uwsgi.ini': `[uwsgi]\nenv = DJANGO_SETTINGS_MODULE=${told}\n` }).settings).toBe(taken)
  })

  it('reads the settings module through a variable, as it is without more', () => {
    const manage = (value: string) =>
      `import django.core.management\nname = ${value}\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", name)\n`
    const settings = (value: string) =>
      detect({ 'manage.py': manage(value), 'site_/wsgi.py': 'application = get_wsgi_application()\n' }).settings
    expect(settings('"site_.live" if "LIVE" in os.environ else "site_.settings"')).toBe('site_.settings')
    expect(settings("os.getenv('SETTINGS', 'site_.settings')")).toBe('site_.settings')
  })

  it('looks into a package of settings that sets nothing itself', () => {
    const named = (module: string) => `os.environ.setdefault("DJANGO_SETTINGS_MODULE", ${module})\napplication = get_wsgi_application()\n`
    const files = Object.fromEntries(['base', 'dev', 'production'].map((name) => [`site_/conf/${name}.py`, 'ROOT_URLCONF = "a"\n']))
    const settings = (manage: string, wsgi: string, more = {}) =>
      detect({ ...files, 'site_/conf/__init__.py': '', 'manage.py': named(manage), 'site_/wsgi.py': named(wsgi), ...more }).settings
    expect(settings('"site_.conf.dev"', '"site_.conf"')).toBe('site_.conf.dev')
    expect(settings('"site_.conf"', '"site_.conf"')).toBe('site_.conf.production')
    expect(settings('"site_.conf"', '"site_.conf"', { 'site_/conf/__init__.py': 'def env(name): return 1\n' })).toBe(
      'site_.conf.production',
    )
    expect(settings('"site_.conf"', '"site_.conf"', { 'site_/conf/__init__.py': 'include("base.py")\n' })).toBe('site_.conf')
    expect(settings('"site_.conf"', '"site_.conf"', { '.env.example': 'DJANGO_SETTINGS_MODULE=site_.conf.dev\n' })).toBe('site_.conf.dev')
    expect(settings("f\"site_.conf.{os.getenv('KIND', 'dev')}\"", '"site_.conf." + kind')).toBe('site_.conf.dev')
  })

  it('takes the wsgi.py when the settings name none', () => {
    const app = detect({ 'site_/settings.py': 'DEBUG = True\n' })
    expect(app.found.start?.value).toBe('site_.wsgi:application')
    expect(codes(app)).toEqual(['django-debug'])
  })

  it('serves without a wsgi.py what that would make', () => {
    const app = detect({ 'site_/settings.py': 'A = 1\n', 'site_/wsgi.py': undefined })
    expect(app.found.start?.value).toBe('django.core.wsgi:get_wsgi_application()')
  })

  it('finds the application of a package', () => {
    const app = detect({
      'requirements.txt': 'Django==5.2.8\nuvicorn==0.40.0\n',
      'site_/settings.py': 'A = 1\n',
      'site_/wsgi.py': undefined,
      'site_/asgi/__init__.py': 'application = get_asgi_application()\napplication = cors(application)\n',
    })
    expect([app.server.name, app.found.start?.value]).toEqual(['uvicorn', 'site_.asgi:application'])
  })

  it('imports from src what is not beside manage.py', () => {
    const named = 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
    const app = detect({
      'manage.py': named,
      'src/shop/__init__.py': '',
      'src/shop/settings.py': 'ROOT_URLCONF = "shop.urls"\n',
      'src/shop/urls.py': 'path("healthz", v)\n',
      'src/shop/wsgi.py': `${named}application = get_wsgi_application()\n`,
      'src/shop/celery.py': 'app = Celery()\n',
      'requirements.txt': 'Django==5.2.8\ngunicorn==25.1.0\ncelery==5.5.0\n',
    })
    expect(app).toMatchObject({ folder: '.', modules: 'src', settings: 'shop.settings' })
    expect([app.found.start?.value, app.found.health?.value]).toEqual(['shop.wsgi:application', '/healthz'])
    expect(app.processes.find(({ kind }) => kind === 'worker')?.argv).toContain('shop.celery')
  })

  it('takes other settings of the same package where those that are named are not in the repository', () => {
    const named = 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_.conf.live")\n'
    const app = detect({
      'manage.py': named,
      'site_/wsgi.py': `${named}application = get_wsgi_application()\n`,
      'site_/conf/dev.py': 'ROOT_URLCONF = "a"\n',
      'site_/conf/mail.py': '',
    })
    expect([app.settings, codes(app)]).toEqual(['site_.conf.dev', ['django-settings-other']])
  })

  it.each([
    ['Django\nuvicorn==0.40.0\n', 'uvicorn', 'site_.asgi:application', []],
    ['Django\ndaphne==4.2.1\n', 'daphne', 'site_.asgi:application', []],
    ['Django\nchannels==4.3.0\n', 'uvicorn', 'site_.asgi:application', [/^uvicorn==/, /^websockets==/]],
    ['Django\nchannels\ngunicorn<25\n', 'gunicorn', 'site_.wsgi:application', []],
    ['Django\n', 'gunicorn', 'site_.wsgi:application', [/^gunicorn==/]],
  ])('serves %j with %s', (requirements, server, start, add) => {
    const app = detect({ 'requirements.txt': requirements, 'site_/asgi.py': 'application = get_asgi_application()\n' })
    expect([app.server.name, app.found.start?.value]).toEqual([server, start])
    expect(app.server.add).toEqual(add.map((pattern) => expect.stringMatching(pattern)))
  })

  it.each([
    ['25.0.3', []],
    ['25.1.0', ['--no-control-socket']],
    ['9.0', []],
  ])('knows what gunicorn %s understands', (version, expected) => {
    expect(detect({ 'requirements.txt': `Django==5.2.8\ngunicorn==${version}\n` }).server.arguments).toEqual(expected)
  })

  it('has the folders that static files come from, though git holds none that is empty', () => {
    const dirs = `BASE_DIR = Path(__file__).parent.parent
if DEBUG:
    STATICFILES_DIRS = [os.path.join(BASE_DIR, "site_", "new"), ("a", BASE_DIR / "b"), BASE_DIR / "site_"]
else:
    STATICFILES_DIRS = (
        "built",  # by others
    )
`
    expect(detect({ 'site_/settings.py': dirs }).staticFolders).toEqual(['/app/site_/new', '/app/b', '/app/built'])
    expect(detect({ 'site_/settings.py': 'STATICFILES_DIRS = find()\n' }).staticFolders).toEqual([])
  })

  it('collects static files only when there is a place for them', () => {
    const app = 'INSTALLED_APPS = ["django.contrib.staticfiles"]\n'
    expect(detect({ 'site_/settings.py': `${app}STATIC_ROOT = ''\n` }).collectStatic).toBe(false)
    expect(detect({ 'site_/settings.py': app }).collectStatic).toBe(false)
    expect(detect({ 'site_/settings.py': `${app}STATIC_ROOT = BASE_DIR / "static"\n` })).toMatchObject({
      collectStatic: true,
      staticRoot: undefined,
    })
    expect(detect({ 'site_/settings.py': `${app}STATIC_ROOT = "/srv/static/"\n` })).toMatchObject({
      collectStatic: true,
      staticRoot: '/srv/static',
    })
    expect(detect({ 'site_/settings.py': `${app}STATIC_ROOT = env.str("STATIC_DIR", "/home/shop/static")\n` }).staticRoot).toBe(
      '/home/shop/static',
    )
  })

  it('asks the middleware that answers by itself', () => {
    const settings = 'MIDDLEWARE = [\n    "dockerflow.django.middleware.DockerflowMiddleware",\n]\n'
    expect(detect({ 'site_/settings.py': settings }).found.health?.value).toBe('/__lbheartbeat__')
    expect(detect({ 'site_/settings.py': settings.replace('    "', '    # "') }).found.health).toBeUndefined()
  })

  it('prefers the requirements for production when they include the others', () => {
    const app = detect({ 'requirements-prod.txt': '-r requirements.txt\nwhitenoise==6.9.0\n' })
    expect(app.installFrom).toBe('requirements-prod.txt')
    expect(app.manifests).toEqual(['requirements-prod.txt', 'requirements.txt'])
    const named = (names: string) =>
      detect({ 'requirements.txt': 'django==5.2.8\ngunicorn==23.0.0\n', 'requirements-prod.txt': names }).installFrom
    expect(named('gunicorn==23.0.0\nwhitenoise==6.9.0\nDjango==5.2.8\n')).toBe('requirements-prod.txt')
    expect(named('Django==5.2.8\nwhitenoise==6.9.0\n')).toBe('requirements.txt')
  })

  it('installs a pyproject.toml without a lockfile, with a notice', () => {
    const app = detect({
      'requirements.txt': undefined,
      'pyproject.toml': '[project]\nname = "My.Site"\ndependencies = ["django>=5.2", "gunicorn"]\n',
    })
    expect(app).toMatchObject({ manager: 'uv', installFrom: 'pyproject.toml', locked: false })
    expect(app.found.name).toMatchObject({ value: 'my-site', because: [{ file: 'pyproject.toml', line: 2 }] })
    expect(codes(app)).toEqual(['lockfile-missing'])
  })

  it('keeps files at the root that the code names', () => {
    const app = detect({
      'CHANGELOG.md': '',
      'README.md': '',
      VERSION: '1',
      'site_/about.py': 'open(BASE / "CHANGELOG.md")\nopen("VERSION")\n',
    })
    expect(app.runPaths).toEqual(['CHANGELOG.md', 'VERSION', 'manage.py', 'site_/'])
  })
})

describe('the folder of manage.py', () => {
  function nested(folder: string): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(djangoFiles()).map(([path, text]) => [`${folder}/${path}`, text]))
  }

  it('may lie one below the root', () => {
    const app = detectPython(
      treeOf({ ...nested('backend'), 'frontend/package.json': '{}', 'examples/manage.py': 'DJANGO_SETTINGS_MODULE' }),
    )
    expect(app).toMatchObject({ folder: 'backend', installFrom: 'backend/requirements.txt', runPaths: ['backend/'] })
    expect(app?.found.start?.value).toBe('site_.wsgi:application')
  })

  it('is not guessed among several', () => {
    expect(problemOf(() => detectPython(treeOf({ ...nested('a'), ...nested('b') })))).toMatchObject({
      code: 'django-projects-several',
      message: 'There are several Django projects: a/manage.py, b/manage.py.',
    })
  })

  it('is none that belongs to something else, or to a template', () => {
    expect(detectPython(treeOf({ 'manage.py': 'from flask_script import Manager\n' }))).toBeUndefined()
    expect(detectPython(treeOf(nested('{{name}}')))).toBeUndefined()
  })
})

describe('what is not served', () => {
  it.each([
    [
      { 'requirements.txt': 'Flask==3.1.0\n' },
      'python-not-served',
      'requirements.txt shows a Python project with flask, but no manage.py of Django: of Python, only Django is served so far.',
    ],
    [
      { 'pyproject.toml': '[project]\nname = "x"\n' },
      'python-not-served',
      'pyproject.toml shows a Python project, but no manage.py of Django: of Python, only Django is served so far.',
    ],
  ])('%j', (texts, code, message) => {
    expect(problemOf(() => detectPython(treeOf(texts as Record<string, string>)))).toMatchObject({ code, message, exit: 1 })
  })

  it.each([
    [{ 'requirements.txt': undefined }, 'dependencies-missing', 'manage.py'],
    [{ 'requirements.txt': undefined, 'pdm.lock': '' }, 'package-manager-not-served', 'pdm.lock'],
    [{ 'requirements.txt': '-e .\n' }, 'local-package-not-served', 'requirements.txt'],
    [{ 'pyproject.toml': '[project\n' }, 'toml-invalid', 'pyproject.toml'],
    [{ 'pyproject.toml': '[project]\nrequires-python = "^3.9"\n' }, 'requires-python-invalid', 'pyproject.toml'],
    [{ '.python-version': '2.7\n' }, 'python-release-not-served', '.python-version'],
    [{ 'pyproject.toml': '[project]\nrequires-python = "<3.8"\n' }, 'python-release-not-served', 'pyproject.toml'],
    [{ 'site_/settings.py': undefined }, 'django-settings-missing', 'manage.py'],
    [
      { 'requirements.txt': undefined, 'pyproject.toml': '[project]\nname = "x"\ndynamic = ["dependencies"]\n' },
      'dependencies-dynamic',
      'pyproject.toml',
    ],
  ])('a project with %j', (changes, code, file) => {
    expect(problemOf(() => detect(changes))).toMatchObject({ code, file, exit: 1 })
  })
})
