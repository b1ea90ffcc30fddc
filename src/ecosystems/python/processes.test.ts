import { describe, expect, it } from 'vitest'
import type { ComposeFile } from '../../model/compose.ts'
import type { Process } from '../../model/service.ts'
import { detectPython } from './detect.ts'
import { djangoFiles, treeOf } from './tree.fixture.ts'

const settings = (...lines: readonly string[]): string =>
  ['ROOT_URLCONF = "site_.urls"', 'WSGI_APPLICATION = "site_.wsgi.application"', ...lines, ''].join('\n')
const celery = {
  'requirements.txt': 'Django==5.2.8\ngunicorn==25.1.0\ncelery==5.5.3\n',
  'site_/celery.py': 'from celery import Celery\n\napp = Celery("site_")\n',
}

function found(files: Readonly<Record<string, string>>, compose: readonly ComposeFile[] = []): Readonly<Record<string, Process>> {
  const processes = detectPython({ ...treeOf(djangoFiles(files)), compose })?.processes ?? []
  return Object.fromEntries(processes.map((process) => [process.name, process]))
}
const lines = (processes: Readonly<Record<string, Process>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(processes).map(([name, { argv }]) => [name, argv.join(' ')]))

describe('findProcesses of Django', () => {
  it('knows migrations, which a database on a server needs', () => {
    expect(found({})).toEqual({
      migrate: {
        name: 'migrate',
        kind: 'once',
        argv: ['python', 'manage.py', 'migrate', '--noinput'],
        environment: {},
        needs: ['postgres', 'mysql', 'mariadb'],
        polls: false,
        because: [{ file: 'manage.py', saw: 'the file is there' }],
      },
    })
  })

  it('fills the database after the migration as the script of the image does', () => {
    const script = '#!/bin/sh\npython manage.py migrate\npython manage.py load_shop\n'
    const processes = found({ 'entrypoint.sh': script, 'site_/management/commands/load_shop.py': '' })
    expect(Object.values(processes).map(({ kind, argv }) => [kind, argv.at(2)])).toEqual([
      ['once', 'migrate'],
      ['once', 'load_shop'],
    ])
    expect(processes['load-shop']?.because[0]?.line).toBe(3)
  })

  it('makes the table of a cache in the database before migrations, which may ask the cache', () => {
    const cache = '    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},'
    const processes = found({ 'site_/settings.py': settings('CACHES = {', cache, '}') })
    expect(lines(processes)).toEqual({ 'cache-table': 'python manage.py createcachetable', migrate: 'python manage.py migrate --noinput' })
    expect(Object.keys(processes)).toEqual(['cache-table', 'migrate'])
    expect(processes['cache-table']?.because).toMatchObject([{ file: 'site_/settings.py', line: 4 }])
    expect(Object.keys(found({ 'site_/settings.py': settings(`# ${cache}`) }))).toEqual(['migrate'])
  })

  it('starts a worker of Celery as its documentation does', () => {
    expect(found(celery)['worker']).toEqual({
      name: 'worker',
      kind: 'worker',
      argv: ['celery', '--app', 'site_.celery', 'worker', '--loglevel', 'info', '--concurrency', '2'],
      environment: {},
      needs: ['redis', 'valkey', 'rabbitmq'],
      polls: true,
      because: [{ file: 'site_/celery.py', line: 3, saw: 'app = Celery("site_")' }],
    })
  })

  it.each([
    ['a schedule in the settings', { 'site_/settings.py': settings('CELERY_BEAT_SCHEDULE = {}') }, ''],
    ['periodic tasks', { 'site_/celery.py': `${celery['site_/celery.py']}app.conf.beat_schedule = {}\n` }, ''],
    ['schedules in the database', { 'site_/settings.py': settings('INSTALLED_APPS = ["django_celery_beat"]') }, ' --scheduler django'],
  ])('starts what works by the clock for %s', (_, files, kept) => {
    const { beat } = found({ ...celery, ...files })
    expect(beat?.kind).toBe('scheduler')
    expect(beat?.argv.join(' ')).toBe(
      `celery --app site_.celery beat --loglevel info${kept} --pidfile= --max-interval 30 --schedule /tmp/celerybeat-schedule`,
    )
  })

  it('keeps the names, queues and settings of the Procfile, and takes away what would leave the container', () => {
    const Procfile =
      'web: gunicorn site_.wsgi\nrelease: python manage.py migrate\nmails: celery -A site_ worker -Q mails -c 4 -n m@%h --pidfile /run/x.pid\nclock: celery -A site_ beat --detach -l info\nother: celery -A site_ worker $FLAGS\n'
    expect(lines(found({ ...celery, Procfile, 'site_/settings.py': settings('CELERY_BEAT_SCHEDULE = {}') }))).toMatchObject({
      mails: 'celery -A site_ worker -Q mails -c 4',
      clock: 'celery -A site_ beat -l info --pidfile= --max-interval 30 --schedule /tmp/celerybeat-schedule',
    })
  })

  it('takes the command of a compose file that is built here', () => {
    const service = { because: { file: 'compose.yml', line: 9, saw: 'jobs:' }, ports: [], environment: [], volumes: [], dependsOn: [] }
    const command = 'bash -c "./wait.sh && exec celery -A site_ worker -B"'
    const compose = [
      { file: 'compose.yml', services: [{ ...service, name: 'jobs', dockerfile: 'Dockerfile', command }], volumes: [], networks: [] },
    ]
    const processes = found({ ...celery, 'site_/settings.py': settings('CELERY_BEAT_SCHEDULE = {}') }, compose)
    expect(Object.keys(processes)).toEqual(['migrate', 'jobs'])
    expect(processes['jobs']).toMatchObject({
      argv: 'celery -A site_ worker -B --concurrency 2 --schedule /tmp/celerybeat-schedule'.split(' '),
      because: [{ file: 'compose.yml', line: 9 }],
    })
  })

  it('leaves the number of processes to the settings when they name one', () => {
    const { worker } = found({ ...celery, 'site_/settings.py': settings('CELERY_WORKER_CONCURRENCY = 8') })
    expect(worker?.argv).not.toContain('--concurrency')
  })

  it.each([
    ['django_rq', 'python manage.py rqworker high default --worker-ttl 60'],
    ['huey.contrib.djhuey', 'python manage.py run_huey'],
    ['django_dramatiq', 'python manage.py rundramatiq --processes 1 --threads 4'],
    ['django_q', 'python manage.py qcluster'],
  ])('starts the worker of %s', (app, line) => {
    const queues = 'RQ_QUEUES = {\n    "high": {\n        "URL": "redis://x",\n    },\n    "default": {"URL": "redis://x"},\n}'
    expect(lines(found({ 'site_/settings.py': settings(`INSTALLED_APPS = ["${app}"]`, queues) }))).toMatchObject({ worker: line })
  })

  it('gives a told worker the flags that its health check relies on', () => {
    const files = { Procfile: 'rq: python manage.py rqworker mails\n', 'site_/settings.py': settings('INSTALLED_APPS = ["django_rq"]') }
    expect(lines(found(files))).toMatchObject({ rq: 'python manage.py rqworker mails --worker-ttl 60' })
  })

  it.each([
    [{ 'shop/fixtures/initial_data.json': '[]', 'news/fixtures/seed.yaml': '' }, 'python manage.py loaddata seed.yaml initial_data.json'],
    [{ 'shop/management/commands/seed_db.py': '' }, 'python manage.py seed_db'],
  ])('knows data to begin with: %j', (files, line) => {
    expect(lines(found(files))).toMatchObject({ seed: line })
  })

  it('sees none in tests and in fixtures of another kind', () => {
    expect(Object.keys(found({ 'shop/tests/fixtures/seed.json': '[]', 'shop/fixtures/users.json': '[]' }))).toEqual(['migrate'])
  })
})
