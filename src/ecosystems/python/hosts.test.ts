import { describe, expect, it } from 'vitest'
import { detectPython } from './detect.ts'
import { djangoFiles, treeOf } from './tree.fixture.ts'

function hosts(lines: string, name = 'ALLOWED_HOSTS'): string | undefined {
  const settings = `import os\nROOT_URLCONF = "site_.urls"\nWSGI_APPLICATION = "site_.wsgi.application"\n${lines}\n`
  return detectPython(treeOf(djangoFiles({ 'site_/settings.py': settings })))?.variables.find((v) => v.name === name)?.example?.value
}

describe('withHosts', () => {
  it.each([
    ['ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS").split(" ")', 'localhost 127.0.0.1'],
    ['ALLOWED_HOSTS = os.getenv("ALLOWED_HOSTS", "").split(",")', 'localhost,127.0.0.1'],
    ['ALLOWED_HOSTS = os.getenv("ALLOWED_HOSTS", "").split()', 'localhost 127.0.0.1'],
    ['if v := os.getenv("ALLOWED_HOSTS"):\n    # several\n    ALLOWED_HOSTS = v.split(";")', 'localhost;127.0.0.1'],
    ['import environ\nenv = environ.Env()\nALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])', 'localhost,127.0.0.1'],
    ['from decouple import config, Csv\nALLOWED_HOSTS = config("ALLOWED_HOSTS", cast=Csv())', 'localhost,127.0.0.1'],
    ['import json\nALLOWED_HOSTS = json.loads(os.environ["ALLOWED_HOSTS"])', '["localhost","127.0.0.1"]'],
    ['ALLOWED_HOSTS = [os.environ["ALLOWED_HOSTS"]]', '127.0.0.1'],
    ['ALLOWED_HOSTS = os.getenv("ALLOWED_HOSTS", "shop.example").split(",")', 'localhost,127.0.0.1'],
  ])('lets this machine in: %s', (lines, expected) => expect(hosts(lines)).toBe(expected))

  it.each([
    'ALLOWED_HOSTS = os.getenv("ALLOWED_HOSTS", "*").split(",")',
    'ALLOWED_HOSTS = os.getenv("ALLOWED_HOSTS", ".localhost,127.0.0.1").split(",")',
    'import environ\nenv = environ.Env()\nALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])',
    'ALLOWED_HOSTS = ["*"]\nif h := os.getenv("ALLOWED_HOSTS"):\n    ALLOWED_HOSTS = h.split(",")',
  ])('leaves what lets it in: %s', (lines) => expect(hosts(lines)).toBeUndefined())

  it('knows the variable by the setting that it fills', () => {
    expect(hosts('ALLOWED_HOSTS = [os.environ["DOMAIN"]]', 'DOMAIN')).toBe('127.0.0.1')
    expect(hosts('ALLOWED_HOSTS = [os.getenv("DOMAIN", "shop.example")]', 'DOMAIN')).toBeUndefined()
    expect(hosts('SITE = os.environ["DOMAIN"]', 'DOMAIN')).toBeUndefined()
  })
})
