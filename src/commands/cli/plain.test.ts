import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holdsLater, hostile } from '../../../test/laws/hostile.ts'
import { type Chosen, nameOf } from './command.ts'
import { globals } from './flags.ts'
import { lines } from './lines.ts'
import { plain } from './plain.ts'
import { read } from './yargs.ts'

/** The command and its arguments, without what yargs adds of its own: `$0`, `_` and single letters. */
function told(chosen: Chosen | undefined) {
  if (chosen === undefined) return undefined
  const args = Object.entries(chosen.args).filter(([key, value]) => key.length > 1 && key !== '$0' && value !== undefined)
  return { name: nameOf(chosen.line), args: Object.fromEntries(args) }
}

const names = lines.map(nameOf).filter((name) => name !== '$0')
const flags = lines.flatMap(({ options = {} }) => Object.keys({ ...globals, ...options })).map((name) => `--${name}`)
const spelled = [...flags, '-y', '-q', '-yq', '-h', '--help', '--version', '--', '-', '--dryRun', '--no-yes', '--port.a', '--nothing']
const values = ['.', 'services/api', '8080', '0', '-1', 'true', 'port=8080', 'list', 'github', 'bash', 'a,b', '', '-']
const word = fc.oneof(fc.constantFrom(...spelled), fc.constantFrom(...values), fc.constantFrom(...names), hostile)
const pair = fc.tuple(fc.constantFrom(...flags), fc.oneof(fc.constantFrom(...values), hostile))
const part = fc.oneof(
  word.map((text) => [text]),
  pair.map(([flag, value]) => [`${flag}=${value}`]),
  pair,
)
const line = fc
  .tuple(fc.oneof(fc.constantFrom(...names), word), fc.array(part, { maxLength: 4 }))
  .map(([first, rest]) => [first, ...rest.flat()])

describe('a plain command line', () => {
  it.each([
    [['init', '--yes'], 'init', { yes: true, dryRun: false, folder: '.' }],
    [
      ['init', 'services/api', '-y', '--port', '8080', '--preset', 'strict', '--preset=./ours'],
      'init',
      { folder: 'services/api', port: '8080', preset: ['strict', './ours'] },
    ],
    [['update', '--dry-run'], 'update', { dryRun: true, 'dry-run': true }],
    [['explain', 'Dockerfile:23'], 'explain', { target: 'Dockerfile:23', folder: '.' }],
    [['preset', 'show', 'strict', '--json'], 'preset', { action: 'show', target: 'strict', json: true }],
    [[], '$0', { quiet: false }],
  ])('%j is read without yargs', (argv, name, args) => {
    expect(told(plain(argv))).toMatchObject({ name, args })
  })

  it.each([
    ['help', ['init', '--help']],
    ['the version', ['--version']],
    ['what a shell may complete', ['--get-yargs-completions', 'init']],
    ['an unknown command', ['inti']],
    ['an unknown flag', ['init', '--prot', '8080']],
    ['a flag before the command', ['--json', 'init']],
    ['a value that is not one of the choices', ['check', '--format', 'gitlab']],
    ['an action that there is not', ['preset', 'remove']],
    ['a missing word', ['preset']],
    ['a word too many', ['init', 'a', 'b']],
    ['a flag given twice', ['init', '--port', '1', '--port', '2']],
    ['a flag without its value', ['init', '--port']],
    ['quotes', ['init', '--name="a b"']],
    ['nothing where a value belongs', ['check', '--require-preset=']],
    ['a switch with a value', ['init', '--yes', 'false']],
    ['everything after two dashes', ['init', '--', 'a']],
  ])('%s is left to yargs', (_, argv) => {
    expect(plain(argv)).toBeUndefined()
  })

  it('is read as yargs reads it', async () => {
    await holdsLater(
      fc.asyncProperty(line, async (argv) => {
        const chosen = told(plain(argv))
        if (chosen !== undefined) expect(chosen).toEqual(told(await read(argv)))
      }),
    )
  })
})
