import { describe, expect, it } from 'vitest'
import type { PythonApp } from '../../model/app.ts'
import type { Choices } from '../../model/options.ts'
import type { Command, RunStep, Stage } from '../../model/plan.ts'
import { detectPython } from './detect.ts'
import { planPython } from './plan.ts'
import { djangoFiles, treeOf } from './tree.fixture.ts'

const values = {
  ecosystem: 'python',
  name: 'site',
  release: '3.14',
  start: 'site_.wsgi:application',
  port: 8000,
  health: '/',
  user: 10_001,
  memory: 512,
  cpus: 1,
  pids: 200,
}
const choices = Object.fromEntries(
  Object.entries(values).map(([key, value]) => [key, { value, from: 'default', because: [] }]),
) as unknown as Choices

function stages(changes: Readonly<Record<string, string | undefined>> = {}, more: Partial<PythonApp> = {}): readonly Stage[] {
  const app = detectPython(treeOf(djangoFiles(changes)))
  if (app === undefined) throw new Error('not recognised')
  return planPython({ ...app, ...more }, choices).stages
}

function commands(stage: Stage | undefined): readonly string[] {
  const runs = (stage?.steps ?? []).filter((step): step is RunStep => step.do === 'run')
  return runs.flatMap((step) => step.commands.map((command: Command) => ('argv' in command ? command.argv.join(' ') : command.write)))
}

const uvLock =
  '[[package]]\nname = "site"\nsource = { virtual = "." }\ndependencies = [{ name = "django" }]\n\n[[package]]\nname = "django"\nversion = "5.2.8"\n'
const uvProject = '[project]\nname = "site"\ndependencies = ["django"]\n'

describe('planPython', () => {
  it.each([
    ['3.14', 'python manage.py qcluster --name a', true],
    ['3.13', 'python manage.py qcluster', false],
    ['3.14', 'python manage.py rqworker', false],
  ])('has the processes of Django Q share what they have loaded where Python %s starts %s', (release, line, isForked) => {
    const app = detectPython(treeOf(djangoFiles()))
    if (app === undefined) throw new Error('not recognised')
    const worker = { name: 'worker', kind: 'worker', argv: line.split(' '), environment: {}, needs: [], polls: false, because: [] } as const
    const planned = planPython({ ...app, processes: [worker] }, { ...choices, release: { ...choices.release, value: release } })
    const [python = '', ...rest] = worker.argv
    const argv = planned.processes[0]?.argv
    if (isForked) expect(argv).toEqual([python, '-c', expect.stringContaining("set_start_method('fork')"), ...rest])
    else expect(argv).toEqual(worker.argv)
  })

  it('installs into an environment without a package manager', () => {
    expect(commands(stages()[0]).slice(0, 2)).toEqual([
      'python -m venv --without-pip /opt/venv',
      'pip --python=/opt/venv/bin/python install --no-cache-dir -r requirements.txt',
    ])
  })

  it('builds sources of old packages with tools of their time', () => {
    const old = (more: string) => stages({ 'requirements.txt': `Django==3.2.5\ngunicorn==25.1.0\n${more}` })[0]
    const runs = (old('')?.steps ?? []).flatMap((step) =>
      step.do === 'run' && step.rule.startsWith('install-pinned') ? step.commands : [],
    )
    expect(runs.slice(-2)).toMatchObject([
      { write: '/tmp/built-with.txt', lines: ['setuptools<70', 'cython<3'] },
      {
        argv: ['pip', expect.anything(), 'install', '--no-cache-dir', '-r', 'requirements.txt'],
        env: { PIP_CONSTRAINT: '/tmp/built-with.txt' },
      },
    ])
    expect(commands(old('setuptools==80.0.0\ncython==3.0.1\n'))).not.toContain('/tmp/built-with.txt')
  })

  it('insists on hashes where there are some', () => {
    const found = commands(stages({ 'requirements.txt': 'Django==5.2.8 --hash=sha256:aa\ngunicorn==25.1.0 --hash=sha256:bb\n' })[0])
    expect(found[1]).toBe('pip --python=/opt/venv/bin/python install --no-cache-dir --require-hashes -r requirements.txt')
  })

  it('keeps an added server through uv sync, which would remove it', () => {
    const found = commands(stages({ 'requirements.txt': undefined, 'pyproject.toml': uvProject, 'uv.lock': uvLock })[0])
    expect(found.slice(0, 4)).toEqual([
      expect.stringMatching(/^pip install --no-cache-dir uv==\d+\.\d+\.\d+$/),
      'uv venv /opt/venv',
      expect.stringMatching(/^uv pip install --no-cache-dir --python=\/opt\/venv\/bin\/python gunicorn==\d/),
      'uv sync --locked --no-dev --no-install-project --inexact',
    ])
  })

  const poetry =
    '[tool.poetry.dependencies]\nDjango = "5.2.8"\ngunicorn = "25.1.0"\n[tool.poetry.group.celery.dependencies]\ncelery = "*"\n'
  const inBackend = (files: Readonly<Record<string, string | undefined>>): readonly string[] => {
    const moved = Object.entries(djangoFiles({ 'requirements.txt': undefined, ...files })).map(([path, text]) => [`backend/${path}`, text])
    const app = detectPython(treeOf(Object.fromEntries(moved)))
    return app === undefined ? [] : commands(planPython(app, choices).stages[0])
  }
  const intoEnvironment = 'pip --python=/opt/venv/bin/python install --no-cache-dir'

  it('exports what Poetry has locked, and checks the hashes', () => {
    const lock = '[[package]]\nname = "django"\nversion = "5.2.8"\n'
    expect(inBackend({ 'pyproject.toml': poetry, 'poetry.lock': lock }).slice(1, 5)).toEqual([
      expect.stringMatching(/^pip --python=\/opt\/tooling\/bin\/python install --no-cache-dir poetry==2\S+ poetry-plugin-export==1\S+$/),
      'python -m venv --without-pip /opt/venv',
      '/opt/tooling/bin/poetry export --project=backend --with=celery --output=/tmp/requirements.txt',
      `${intoEnvironment} --no-deps --require-hashes -r /tmp/requirements.txt`,
    ])
    expect(inBackend({ 'pyproject.toml': poetry, 'poetry.lock': `${lock}source = { type = "git" }\n` })).toContain(
      '/opt/tooling/bin/poetry export --project=backend --without-hashes --with=celery --output=/tmp/requirements.txt',
    )
  })

  it('installs on the newest patch release what is locked for another one', () => {
    const exact = poetry.replace('Django', 'python = "3.12.3"\nDjango')
    const found = inBackend({ 'pyproject.toml': exact, 'poetry.lock': '[[package]]\nname = "django"\nversion = "5.2.8"\n' })
    expect(found[4]).toMatch(/^sed -E -i s\/python_full_version == .* \/tmp\/requirements\.txt$/)
    expect(inBackend({ 'pyproject.toml': exact.replace('3.12.3', '~3.12.3'), 'poetry.lock': '' }).join('\n')).not.toContain('sed')
  })

  it('reads what Poetry allows where nothing is locked', () => {
    expect(inBackend({ 'pyproject.toml': poetry }).slice(3, 5)).toEqual([
      expect.stringMatching(/^\/opt\/tooling\/bin\/python -c import sys; from poetry.core.* backend main celery \/tmp\/requirements\.txt$/),
      `${intoEnvironment} -r /tmp/requirements.txt`,
    ])
  })

  it('installs with Pipenv, which finds the environment', () => {
    const files = { Pipfile: '[packages]\ndjango = "*"\ngunicorn = "25.1.0"\n', 'Pipfile.lock': '{"default": {"django": {}}}' }
    expect(inBackend(files).slice(1, 4)).toEqual([
      expect.stringMatching(/^pip \S+ install --no-cache-dir pipenv==\d/),
      'python -m venv --without-pip /opt/venv',
      '/opt/tooling/bin/pipenv sync',
    ])
    expect(inBackend({ ...files, 'Pipfile.lock': undefined })[3]).toBe('/opt/tooling/bin/pipenv install --skip-lock')
    const steps = stages({ 'requirements.txt': undefined, ...files })[0]?.steps ?? []
    expect(steps.find((step) => step.do === 'env')).toMatchObject({ values: { VIRTUAL_ENV: '/opt/venv' } })
  })

  it('installs groups alone when the pyproject.toml describes no project', () => {
    const found = commands(
      stages({
        'requirements.txt': undefined,
        'pyproject.toml': '[dependency-groups]\nmain = ["Django==5.2.8", "gunicorn==25.1.0"]\ndev = ["pytest"]\n',
      })[0],
    )
    expect(found).toContain('uv pip install --no-cache-dir --python=/opt/venv/bin/python --group=pyproject.toml:main')
  })

  it('collects static files offline, with throwaway values in that step alone', () => {
    const settings =
      'import os\nSECRET_KEY = os.environ["SECRET_KEY"]\nINSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_ROOT = "/srv/static"\n'
    const all = stages({ 'site_/settings.py': settings })
    const steps = all.flatMap((stage) => stage.steps)
    const collect = steps.find((step): step is RunStep => step.do === 'run' && step.rule === 'static-files')
    expect(collect).toMatchObject({
      network: false,
      commands: [{ argv: ['/opt/venv/bin/python', 'manage.py', 'collectstatic', '--noinput'], env: { SECRET_KEY: 'build-only' } }],
    })
    expect(JSON.stringify(steps.filter((step) => step.do === 'env'))).not.toContain('SECRET_KEY')
    expect(all[1]?.steps.filter((step) => step.do === 'copy').flatMap((step) => step.paths)).toEqual([
      '/opt/venv/',
      '/app/',
      '/srv/static/',
    ])
  })

  it('makes static files before it collects them, as the script of the image does', () => {
    const all = stages({
      'site_/settings.py': 'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_ROOT = "/srv/static"\n',
      'docker/entrypoint.sh': 'python manage.py compile_pages\npython manage.py collectstatic\n',
      'site_/management/commands/compile_pages.py': '',
    })
    expect(all.flatMap((stage) => commands(stage)).filter((line) => line.includes('manage.py'))).toEqual([
      '/opt/venv/bin/python manage.py compile_pages',
      '/opt/venv/bin/python manage.py collectstatic --noinput',
    ])
  })

  it('has the folder of a database there while it collects static files, and leaves no file of it', () => {
    const settings =
      'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_ROOT = "/srv/static"\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "data" / "site.sqlite3"}}\n'
    const steps = stages({ 'site_/settings.py': settings }).flatMap((stage) => stage.steps)
    const collect = steps.find((step): step is RunStep => step.do === 'run' && step.rule === 'static-files')
    expect(collect?.commands.map((command) => 'argv' in command && command.argv.join(' '))).toEqual([
      'mkdir -p /app/data',
      '/opt/venv/bin/python manage.py collectstatic --noinput',
      'find /app/data -maxdepth 1 -type f -delete',
    ])
  })

  it('has the folder and the file of a log there, while building and from the first start', () => {
    const settings =
      'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_ROOT = "/srv/static"\nLOGGING = {"handlers": {"file": {"class": "logging.FileHandler",\n"filename": BASE_DIR / "logs" / "a.log",\n}}}\n'
    const all = stages({ 'site_/settings.py': settings }).flatMap((stage) => commands(stage))
    expect(all).toContain('mkdir -p /app/logs')
    expect(all).toContain('find /app/logs -maxdepth 1 -type f -delete')
    expect(all.find((command) => command.startsWith('touch '))).toBe('touch /writable/app/logs/a.log')
  })

  it('has no compiler in the last stage, only libraries', () => {
    const [build, runtime] = stages({ 'requirements.txt': 'Django==5.2.8\ngunicorn==25.1.0\npsycopg2==2.9.11\n' })
    expect(commands(build).join('\n')).toContain('gcc=')
    expect(commands(runtime).join('\n')).toContain('libpq5=')
    expect(commands(runtime).join('\n')).not.toMatch(/gcc|-dev|pip|uv /)
  })

  it('brings the programs that it calls, each once', () => {
    const app = detectPython(treeOf({ ...djangoFiles(), 'requirements.txt': 'Django==5.2.8\ngunicorn==25.1.0\npydub==0.25.1\n' }))
    const because = { file: 'Dockerfile', line: 2, saw: '' }
    const tools = ['ffmpeg=7:*', 'pandoc=3.*'].map((pinned) => ({ name: pinned.replace(/=.*/, ''), pinned, because }))
    const last = app && planPython({ ...app, tools }, choices).stages.at(-1)
    expect(commands(last)).toContain('apt-get install -y --no-install-recommends ffmpeg=7:* pandoc=3.*')
  })

  it('writes nothing after USER, and strips setuid after the last package', () => {
    const steps = stages({ 'requirements.txt': 'Django==5.2.8\ngunicorn==25.1.0\npsycopg==3.2.9\n' })[1]?.steps ?? []
    const at = (rule: string): number => steps.findIndex((step) => step.rule === rule)
    expect(at('no-setuid')).toBeGreaterThan(at('runtime-libraries'))
    expect(steps.slice(steps.findIndex((step) => step.do === 'user')).some((step) => step.do === 'run' || step.do === 'workdir')).toBe(
      false,
    )
  })

  it('starts where manage.py lies', () => {
    const nested = Object.fromEntries(Object.entries(djangoFiles()).map(([path, text]) => [`backend/${path}`, text]))
    const app = detectPython(treeOf(nested))
    const plan = app === undefined ? undefined : planPython(app, choices)
    expect(plan?.stages[1]?.steps.find((step) => step.do === 'workdir')).toMatchObject({ path: '/app/backend' })
    expect(plan?.stages[0]?.steps.filter((step) => step.do === 'copy').map((step) => [step.paths, step.to])).toEqual([
      [['backend/requirements.txt'], './backend/'],
      [['backend/'], './backend/'],
    ])
  })

  it.each([
    [
      'gunicorn',
      [
        '--bind',
        '0.0.0.0:8000',
        '--workers',
        '2',
        '--worker-tmp-dir',
        '/dev/shm',
        '--access-logfile',
        '-',
        '--x',
        'site_.wsgi:application',
      ],
    ],
    ['uvicorn', ['--host', '0.0.0.0', '--port', '8000', '--workers', '2', '--x', 'site_.wsgi:application']],
    ['daphne', ['--bind', '0.0.0.0', '--port', '8000', '--x', 'site_.wsgi:application']],
  ] as const)('starts %s', (name, command) => {
    const app = detectPython(treeOf(djangoFiles()))
    if (app === undefined) throw new Error('not recognised')
    const plan = planPython({ ...app, server: { name, add: [], arguments: ['--x'] } }, choices)
    expect(plan.entrypoint).toEqual([`/opt/venv/bin/${name}`])
    expect(plan.command).toEqual(command)
  })
})
