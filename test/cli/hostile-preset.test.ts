import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderWith, nodeApp, textOf, withVariables } from './run.ts'

// Little memory: what is refused must not be taken in first.
const small = { NODE_OPTIONS: '--max-old-space-size=160' }

/** Runs `init` with a preset of these files. Gives what it said, after seeing that nothing was written. */
function refusal(files: Readonly<Record<string, string>>, prepare: (root: string) => void = () => {}): string {
  const root = folderWith({ ...nodeApp, ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`p/${path}`, text])) })
  prepare(root)
  const began = performance.now()
  const { code, err, out } = withVariables(small, root, 'init', '--yes', '--preset', './p')
  expect(performance.now() - began).toBeLessThan(30_000)
  expect(`${code} ${out}`).toMatch(/^(?:2|8) $/)
  expect(textOf(root, 'Dockerfile')).toBeUndefined()
  expect(textOf(root, 'secure-docker.lock')).toBeUndefined()
  return err
}

const block = (name: string, template: string): Readonly<Record<string, string>> => ({
  'preset.toml': `description = "x"\n[blocks]\n${name} = { file = "x.hbs" }\n`,
  'x.hbs': template,
})

describe('a hostile preset', () => {
  it.each([
    ['injects an instruction', block('final-stage', 'LABEL a="b"\nUSER root\n'), /would write "USER root"/],
    ['injects a stage', block('after-install', 'RUN true\nFROM evil.example/x\n'), /would write "FROM evil/],
    ['swallows the line after it', block('final-stage', 'LABEL a="b" \\\n'), /swallow/],
    ['opens the context', block('ignore', '!**\n'), /let in again/],
    ['lets go of a limit', block('compose-service', 'privileged: true\n'), /only annotations/],
    [
      'names a file of the machine',
      block('final-stage', '{{> /etc/passwd}}'),
      /line 1 of the block final-stage: .*not allowed|cannot be parsed/,
    ],
    ['reaches for the program', block('final-stage', 'LABEL a={{quoted constructor}}'), /constructor is not one of/],
    [
      'takes a file from outside',
      { 'preset.toml': 'description = "x"\n[blocks]\nignore = { file = "../package.json" }\n' },
      /a file of the preset/,
    ],
    ['extends a file of the machine', { 'preset.toml': 'description = "x"\nextends = ["/etc/preset.toml"]\n' }, /a path of this machine/],
    ['extends what lies outside', { 'preset.toml': 'description = "x"\nextends = ["../../preset"]\n' }, /leads out/],
    ['extends itself', { 'preset.toml': 'description = "x"\nextends = ["../p"]\n' }, /extends itself/],
    ['repeats without end', block('ignore', '{{#each name}}{{#each name}}x{{/each}}{{/each}}'), /neither if nor unless/],
    ['nests without end', block('ignore', '{{#if web}}'.repeat(2500) + '{{/if}}'.repeat(2500)), /10 deep|memory|5 seconds/],
    ['opens without end', block('ignore', '{{'.repeat(32_000)), /cannot be parsed/],
    ['repeats a value thousands of times', block('ignore', '{{ignorePattern name}}\n'.repeat(2800)), /at most 500 lines/],
    ['is long', block('ignore', 'x'.repeat(100_000)), /longer than 64 KiB/],
    ['is longer still', { 'preset.toml': `description = "x"\n# ${'x'.repeat(1_000_000)}\n` }, /larger than 256 KiB/],
    [
      'has too many files',
      { 'preset.toml': 'description = "x"\n', ...Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`${i}.hbs`, 'x'])) },
      /more than 100 files/,
    ],
    ['lies deep', { 'preset.toml': 'description = "x"\n', 'a/b/c/d/e/x.hbs': 'x' }, /deeper than 5/],
    ['uses names of every object', { 'preset.toml': 'description = "x"\n[defaults]\n__proto__ = 1\n' }, /__proto__|not valid/],
  ])('that %s is refused', (_, files, why) => {
    expect(refusal(files)).toMatch(why)
  })

  it('that is a link out of the repository is refused', () => {
    const outside = folderWith({ 'preset.toml': 'description = "x"\n' })
    expect(refusal({ 'y.hbs': '' }, (root) => symlinkSync(join(outside, 'preset.toml'), join(root, 'p/preset.toml')))).toMatch(/link/)
    const root = folderWith(nodeApp)
    symlinkSync(outside, join(root, 'p'))
    expect(withVariables(small, root, 'init', '--yes', '--preset', './p')).toMatchObject({
      code: 2,
      err: expect.stringContaining('not in this repository'),
    })
  })

  it('may say anything about a hostile project', () => {
    const root = folderWith({ ...nodeApp, 'p/preset.toml': 'description = "x"\n[blocks]\nfinal-stage = "LABEL a={{quoted release}}"\n' })
    writeFileSync(join(root, 'secure-docker.toml'), 'release = "24\\" b=\\"c"\nextends = ["./p"]\n')
    const { code, err } = withVariables(small, root, 'init', '--yes')
    expect(code).toBe(1)
    expect(err).toContain('cannot be written')
    expect(textOf(root, 'Dockerfile')).toBeUndefined()
  })
})
