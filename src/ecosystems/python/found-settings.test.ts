import { describe, expect, it } from 'vitest'
import { findDjango } from './django.ts'
import { djangoFiles, problemOf, treeOf } from './tree.fixture.ts'

const silent = {
  'manage.py': 'from django.core.management import execute_from_command_line\n',
  'site_/wsgi.py': 'from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n',
}
const base = 'ROOT_URLCONF = "site_.urls"\n'
const several = {
  'site_/settings.py': undefined,
  'site_/settings/base.py': base,
  'site_/settings/dev.py': 'from .base import *\n',
  'site_/settings/cloud.py': 'from .base import *\n',
  'site_/settings/prod.py': 'from .base import *\n',
}
const found = (files: Readonly<Record<string, string | undefined>>) => {
  const project = findDjango(treeOf(djangoFiles({ ...silent, ...files })))
  return [project?.settings.module, project?.because[1]?.file, project?.notices.map(({ code }) => code)]
}

describe('settings that neither manage.py nor wsgi.py names', () => {
  it.each([
    ['Procfile', 'web: DJANGO_SETTINGS_MODULE=site_.settings.base gunicorn site_.wsgi\n'],
    ['app.json', '{"env": {"DJANGO_SETTINGS_MODULE": {"value": "site_.settings.base"}}}'],
    ['.do/deploy.template.yaml', 'envs:\n  - key: DJANGO_SETTINGS_MODULE\n    scope: RUN_TIME\n    value: "site_.settings.base"\n'],
    ['fly.toml', '[env]\n  DJANGO_SETTINGS_MODULE = "site_.settings.base"\n'],
    ['README.md', '    export DJANGO_SETTINGS_MODULE="site_.settings.base"\n'],
    ['site_/celery.py', 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_.settings.base")\n'],
  ])('are those that %s says', (file, text) => expect(found({ ...several, [file]: text })).toEqual(['site_.settings.base', file, []]))

  it('are those that an example gives', () =>
    expect(found({ ...several, '.env.example': 'DJANGO_SETTINGS_MODULE=site_.settings.cloud\n' })).toEqual([
      'site_.settings.cloud',
      '.env.example',
      [],
    ]))

  it('are not those of tests, nor those that are not there', () => {
    const files = { ...several, 'site_/settings/cloud.py': undefined, 'pytest.ini': 'DJANGO_SETTINGS_MODULE = site_.settings.dev\n' }
    expect(found({ ...files, 'fly.toml': 'DJANGO_SETTINGS_MODULE = "site_.other"\n' })).toEqual([
      'site_.settings.prod',
      'site_/settings/prod.py',
      ['django-settings-found'],
    ])
  })

  it('are the only ones that are fit to run, of parts alone the part', () => {
    expect(found({})).toEqual(['site_.settings', 'site_/settings.py', ['django-settings-found']])
    const parts = { 'site_/settings.py': undefined, 'site_/settings/base.py': base, 'site_/settings/test.py': 'from .base import *\n' }
    expect(found(parts)[0]).toBe('site_.settings.base')
  })

  it('are found in a package that is called conf', () => {
    const parts = {
      'site_/conf/base.py': base,
      'site_/conf/dev.py': 'from .base import *\n',
      'site_/conf/docker.py': 'from .base import *\n',
    }
    expect(found({ 'site_/settings.py': undefined, ...parts })[0]).toBe('site_.conf.docker')
  })

  it('are asked for where several may be meant', () => {
    const files = { ...several, 'site_/settings/prod.py': undefined, 'site_/settings/stage.py': 'from .base import *\n' }
    expect(problemOf(() => found(files))).toMatchObject({
      code: 'django-settings-unknown',
      message: expect.stringContaining('one of: site_.settings.cloud, site_.settings.stage.'),
    })
    expect(problemOf(() => found({ 'site_/settings.py': '' }))).toMatchObject({ code: 'django-settings-unknown', file: 'manage.py' })
  })
})
