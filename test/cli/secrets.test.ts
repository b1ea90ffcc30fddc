import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderWith, secureDocker, textOf } from './run.ts'

const django = {
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
  'requirements.txt': 'django==5.2.8\n',
  'shop/settings.py':
    "import os\nWSGI_APPLICATION = 'shop.wsgi.application'\nSECRET_KEY = os.environ['SECRET_KEY']\nSTRIPE_API_KEY = os.environ['STRIPE_API_KEY']\n",
  'shop/wsgi.py': 'application = None\n',
}
const key = (root: string) => textOf(root, '.secrets/SECRET_KEY')
const mode = (root: string, path: string) => statSync(join(root, path)).mode & 0o777

describe('init', () => {
  it('makes what can be made up, says what cannot, and prints no value', () => {
    const root = folderWith(django)
    const { code, out, err } = secureDocker(root, 'init', '--yes')
    expect(code).toBe(0)
    expect(key(root)).toMatch(/^SECRET_KEY=[0-9a-f]{64}$/)
    expect(out).toMatch(/\.secrets\/SECRET_KEY +made\n.*\.secrets\/STRIPE_API_KEY +missing\n/)
    expect(out).toContain("echo 'STRIPE_API_KEY=…' > .secrets/STRIPE_API_KEY")
    expect(out + err).not.toMatch(/[0-9a-f]{64}/)
    expect(textOf(root, 'secure-docker.lock')).not.toContain(key(root)?.slice(11))
    expect([mode(root, '.secrets'), mode(root, '.secrets/SECRET_KEY')]).toEqual([0o700, 0o444])
    expect(textOf(root, '.gitignore')).toBe('/.secrets/\n')
    expect(textOf(root, '.dockerignore')).toContain('**/.secrets')
  })

  it('makes none in a dry run, nor for a compose file that is not ours', () => {
    const root = folderWith({ ...django, 'compose.yaml': 'services: {}\n' })
    secureDocker(root, 'init', '--yes', '--dry-run')
    expect(existsSync(join(root, '.gitignore'))).toBe(false)
    expect(secureDocker(root, 'init', '--yes').code).toBe(4)
    expect([existsSync(join(root, '.secrets')), existsSync(join(root, '.gitignore'))]).toEqual([false, false])
  })

  it.each([
    ['node_modules\r\n', 'node_modules\r\n/.secrets/\r\n'],
    ['*.log', '*.log\n/.secrets/'],
    ['.secrets/\n', '.secrets/\n'],
    ['/.*\n', '/.*\n'],
  ])('adds a line to a .gitignore only where it is needed: %j', (before, after) => {
    const root = folderWith({ ...django, '.gitignore': before })
    secureDocker(root, 'init', '--yes')
    expect(textOf(root, '.gitignore')).toBe(after)
  })
})

describe('a fresh clone', () => {
  const clone = () => {
    const root = folderWith(django)
    secureDocker(root, 'init', '--yes')
    rmSync(join(root, '.secrets'), { recursive: true })
    return root
  }

  it('has not drifted, and gets its secrets by secrets or by update', () => {
    const root = clone()
    expect(secureDocker(root, 'check', '--strict').code).toBe(0)
    expect(secureDocker(root, 'secrets').out).toMatch(/SECRET_KEY +made/)
    const first = key(root)
    expect(secureDocker(root, 'secrets').out).toMatch(/SECRET_KEY +there/)
    expect(key(root)).toBe(first)
    rmSync(join(root, '.secrets'), { recursive: true })
    expect(secureDocker(root, 'update').code).toBe(0)
    expect(key(root)).not.toBe(first)
  })

  it('gets stand-ins for what nobody told it, when asked', () => {
    const root = clone()
    const made = JSON.parse(secureDocker(root, 'secrets', '--example', '--json').out)
    expect(made).toEqual({ schema: 1, made: ['SECRET_KEY', 'STRIPE_API_KEY'], there: [], unknown: [] })
    expect(textOf(root, '.secrets/STRIPE_API_KEY')).toBe('STRIPE_API_KEY=example')
  })

  it('keeps a secret that somebody wrote, whatever is in it', () => {
    const root = clone()
    mkdirSync(join(root, '.secrets'))
    writeFileSync(join(root, '.secrets/SECRET_KEY'), 'SECRET_KEY=ours\n')
    chmodSync(join(root, '.secrets/SECRET_KEY'), 0o400)
    expect(secureDocker(root, 'secrets', '--json').out).toContain('"there": [\n    "SECRET_KEY"')
    expect([key(root), mode(root, '.secrets/SECRET_KEY')]).toEqual(['SECRET_KEY=ours\n', 0o400])
  })

  it('stay out of git when all the rest is taken back', () => {
    const root = folderWith(django)
    execFileSync('git', ['init', '--quiet'], { cwd: root })
    secureDocker(root, 'init', '--yes')
    expect(secureDocker(root, 'update', '--undo').code).toBe(0)
    expect([existsSync(join(root, '.gitignore')), existsSync(join(root, '.secrets/SECRET_KEY'))]).toEqual([false, true])
    expect(execFileSync('git', ['status', '--short', '--untracked-files=all'], { cwd: root, encoding: 'utf8' })).not.toContain('.secrets')
  })

  it.each(['.secrets', '.secrets/SECRET_KEY'])('writes through no link: %s', (path) => {
    const root = clone()
    const elsewhere = folderWith({})
    if (path !== '.secrets') mkdirSync(join(root, '.secrets'))
    symlinkSync(path === '.secrets' ? elsewhere : join(elsewhere, 'SECRET_KEY'), join(root, path))
    const { code, err } = secureDocker(root, 'secrets')
    expect(code).toBe(4)
    expect(err).toContain('error secret-unusable')
    expect(existsSync(join(elsewhere, 'SECRET_KEY'))).toBe(false)
  })
})
