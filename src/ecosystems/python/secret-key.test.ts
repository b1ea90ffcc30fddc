import { expect, it } from 'vitest'
import { detectPython } from './detect.ts'
import { djangoFiles, treeOf } from './tree.fixture.ts'

const settings = 'ROOT_URLCONF = "site_.urls"\nWSGI_APPLICATION = "site_.wsgi.application"\n'
const made = 'try:\n    SECRET_KEY = open("key").read()\nexcept OSError:\n    SECRET_KEY = get_random_secret_key()\n'

it.each([
  [made, true],
  ['SECRET_KEY = secrets.token_urlsafe(50)\n', true],
  ['SECRET_KEY = os.environ.get("SECRET_KEY", get_random_secret_key())\n', false],
  ['SECRET_KEY = env("SECRET_KEY", default="")\nif not SECRET_KEY:\n    SECRET_KEY = get_random_secret_key()\n', false],
  ['SECRET_KEY = "fixed"\n', false],
])('workers share a key that settings make up: %j', (key, shared) => {
  const app = detectPython(treeOf(djangoFiles({ 'site_/settings.py': settings + key })))
  expect(app?.server.arguments.includes('--preload')).toBe(shared)
  expect(app?.notices.some(({ code }) => code === 'django-key-made-up')).toBe(shared)
})
