import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds } from '../../test/laws/hostile.ts'
import { problemOf } from '../../test/problem.ts'
import { Problem } from '../model/problem.ts'
import type { Reference } from '../model/reference.ts'
import { parseReference, referenceText } from './reference.ts'

describe('parseReference', () => {
  it.each<[string, Reference]>([
    ['strict', { kind: 'shipped', name: 'strict' }],
    ['./presets/acme', { kind: 'local', path: 'presets/acme' }],
    ['./presets/acme.toml', { kind: 'local', path: 'presets/acme.toml' }],
    [
      'github>acme/presets//base#v1.2.0',
      {
        kind: 'git',
        stem: 'github>acme/presets',
        url: 'https://github.com/acme/presets.git',
        path: 'base',
        wanted: { by: 'name', name: 'v1.2.0' },
      },
    ],
    [
      'gitlab>acme/team/presets#^1',
      {
        kind: 'git',
        stem: 'gitlab>acme/team/presets',
        url: 'https://gitlab.com/acme/team/presets.git',
        path: '',
        wanted: { by: 'range', range: '^1' },
      },
    ],
    [
      'git+https://git.acme.example:8443/a/b.git//x/y.toml#main',
      {
        kind: 'git',
        stem: 'git+https://git.acme.example:8443/a/b.git',
        url: 'https://git.acme.example:8443/a/b.git',
        path: 'x/y.toml',
        wanted: { by: 'name', name: 'main' },
      },
    ],
    [
      'git+ssh://git@git.acme.example/a/b.git',
      {
        kind: 'git',
        stem: 'git+ssh://git@git.acme.example/a/b.git',
        url: 'ssh://git@git.acme.example/a/b.git',
        path: '',
        wanted: { by: 'default' },
      },
    ],
    [
      'npm>@acme/presets//go#~1.2',
      { kind: 'npm', stem: 'npm>@acme/presets', name: '@acme/presets', path: 'go', wanted: { by: 'range', range: '~1.2' } },
    ],
    ['https://acme.example/base.toml', { kind: 'https', url: 'https://acme.example/base.toml' }],
  ])('reads %s, and writes it again', (text, reference) => {
    expect(parseReference(text)).toEqual(reference)
    expect(referenceText(reference)).toBe(text)
  })

  it.each([
    ['#v1', 'name'],
    ['#1.2.3', 'name'],
    ['#1', 'name'],
    ['#release/1', 'name'],
    ['#^1.2', 'range'],
    ['#>=1', 'range'],
    ['#1.x', 'range'],
    ['#*', 'range'],
    ['', 'default'],
  ])('takes %s for a %s', (fragment, by) => {
    expect(parseReference(`github>a/b${fragment}`)).toMatchObject({ wanted: { by } })
  })

  it.each([
    ['/etc/passwd', 'a path of this machine'],
    ['~/preset', 'a path of this machine'],
    ['file:///etc/passwd', 'a path of this machine'],
    ['C:/preset', 'a path of this machine'],
    ['http://acme.example/x.toml', 'only https and ssh'],
    ['git+http://acme.example/x', 'only https and ssh'],
    ['git+file:///srv/x', 'only https and ssh'],
    ['git://acme.example/x', 'only https and ssh'],
    ['ext::sh -c id', 'spaces'],
    ['git+ssh://-oProxyCommand=x/y', 'no address'],
    ['git+ssh://-x@acme.example/y', 'no address'],
    ['git+https://user:secret@acme.example/y', 'credentials'],
    ['https://token@acme.example/x.toml', 'credentials'],
    ['https://acme.example/x.toml#v1', 'no versions'],
    ['github>acme', 'owner and a repository'],
    ['github>-x/y', 'owner and a repository'],
    ['github>a/b//../../etc', 'not plain'],
    ['github>a/b//x/./y', 'not plain'],
    ['github>a/b//.git/config', 'not plain'],
    ['github>a/b//x//y', 'not plain'],
    ['github>a/b#v1;id', 'follows #'],
    ['github>a/b#', 'follows #'],
    ['npm>../x', 'the name of a package'],
    ['npm>-g', 'the name of a package'],
    ['npm:acme', 'none of the forms'],
    ['..', 'none of the forms'],
    ['', 'none of the forms'],
    [`./${'x'.repeat(600)}`, 'too long'],
    ['./a\u001b[2J', 'control characters'],
    ['.', 'none of the forms'],
    ['../other/preset', 'leads out'],
  ])('refuses %j', (text, why) => {
    const problem = problemOf(() => parseReference(text))
    expect(problem).toMatchObject({ code: 'preset-reference-invalid', exit: 2 })
    expect(problem.message).toContain(why)
  })

  it('sees a path from what names it, and keeps the version', () => {
    const base = parseReference('github>acme/presets//base#v1.2.0')
    expect(referenceText(parseReference('./more', base))).toBe('github>acme/presets//base/more#v1.2.0')
    expect(referenceText(parseReference('../node.toml', base))).toBe('github>acme/presets//node.toml#v1.2.0')
    expect(referenceText(parseReference('./go', parseReference('npm>x//all.toml#^1')))).toBe('npm>x//go#^1')
    expect(referenceText(parseReference('./base.toml', parseReference('./presets/acme.toml')))).toBe('./presets/base.toml')
    expect(problemOf(() => parseReference('../../x', base)).message).toContain('leads out')
    expect(problemOf(() => parseReference('../../x', parseReference('./presets'))).message).toContain('leads out')
    expect(problemOf(() => parseReference('./x', parseReference('https://acme.example/a.toml'))).message).toContain('no files beside it')
    expect(problemOf(() => parseReference('./x', parseReference('strict'))).message).toContain('no files beside it')
  })

  it('never leads out, whatever is written', () => {
    const bases = ['github>acme/presets//base#v1', './presets/acme', 'npm>x'].map((ref) => parseReference(ref))
    holds(
      fc.property(
        fc.constantFrom(...bases),
        fc.array(fc.constantFrom('.', '..', 'a', '', '.git', 'b.toml', '~', '%2e%2e'), { maxLength: 8 }),
        (base, names) => {
          try {
            const found = parseReference(`./${names.join('/')}`, base)
            if (!('path' in found)) throw new Error('no path')
            expect(found.path.split('/')).not.toContain('..')
            expect(found.path).not.toMatch(/^\/|\/\/|~|%/)
            expect(parseReference(referenceText(found))).toEqual(found)
          } catch (error) {
            if (!(error instanceof Problem)) throw error
          }
        },
      ),
    )
  })
})
