import { describe, expect, it } from 'vitest'
import { ownCommands } from './own-script.ts'
import { treeOf } from './tree.fixture.ts'

const own = ['fill', 'compile_pages', 'build_pages', 'create_admin', 'late'].map((name) => [`shop/management/commands/${name}.py`, ''])

function commands(script: string, file = 'docker/entrypoint.sh'): readonly string[] {
  const { making, filling } = ownCommands(treeOf({ [file]: `#!/bin/sh\n${script}\nexec "$@"\n`, ...Object.fromEntries(own) }))
  return [...making.map(({ name, because }) => `${name} makes:${because.line}`), ...filling.map(({ name }) => `${name} fills`)]
}

describe('commands of the project that its own script runs', () => {
  const usual = 'python manage.py migrate\npython manage.py fill || exit 1\n./manage.py compile_pages\npython manage.py collectstatic'

  it.each([
    [usual, ['compile_pages makes:4', 'fill fills']],
    [`if [ "$1" = "gunicorn" ]; then\n${usual}\nfi`, ['compile_pages makes:5', 'fill fills']],
    ['python manage.py collectstatic\npython manage.py build_pages', []],
    ['python manage.py fill\npython manage.py migrate\npython3 /app/manage.py late', ['late fills']],
    ['python manage.py migrate\nif [ -n "$DEMO" ]; then\n  python manage.py fill\nfi\npython manage.py late', ['late fills']],
    ['python manage.py migrate\npython manage.py fill --name "$NAME"\npython manage.py unknown\npython manage.py create_admin', []],
    ['# python manage.py migrate\npython manage.py fill', []],
  ])('%s', (script, expected) => expect(commands(script)).toEqual(expected))

  it('are read from no other script', () => expect(commands(usual, 'reset.sh')).toEqual([]))
})
