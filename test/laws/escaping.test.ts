import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DockerfileParser, type Label } from 'dockerfile-ast'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { Problem } from '../../src/model/problem.ts'
import { oneLine } from '../../src/model/text.ts'
import { copyPaths, exec, ignorePattern, image, quoted, shellCommand, shellWord, yaml } from '../../src/render/words.ts'
import { holds, hostile, runs } from './hostile.ts'

/** What a helper made of a text, or undefined when it refused it with a Problem. */
function attempt<T>(write: () => T): T | undefined {
  try {
    return write()
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

describe('values in a Dockerfile', () => {
  it('stay one value of one LABEL', () => {
    holds(
      fc.property(hostile, (text) => {
        const file = DockerfileParser.parse(`FROM scratch\nLABEL a=${quoted(text)} \\\n      b="end"\nUSER 1\n`)
        expect(file.getInstructions().map((i) => i.getKeyword())).toEqual(['FROM', 'LABEL', 'USER'])
        const properties = (file.getInstructions()[1] as Label).getProperties()
        expect(properties.map((p) => p.getName())).toEqual(['a', 'b'])
        expect(
          quoted(text)
            .replace(/^"|"$/g, '')
            .replace(/\\([\\"$`])/g, '$1'),
        ).toBe(oneLine(text))
        expect(/(?<!\\)(?:\\\\)*[$"`]/.test(quoted(text).slice(1, -1))).toBe(false)
      }),
    )
  })

  it('stay the words of an exec array', () => {
    holds(
      fc.property(hostile, (text) => {
        const written = attempt(() => exec(['node', text]))
        if (written === undefined) {
          expect(text).toContain('\0')
          return
        }
        expect(JSON.parse(written)).toEqual(['node', text])
        expect(written).toMatch(/^[\x20-\x7e]*$/)
      }),
    )
  })

  it('are the same sources of COPY to filepath.Match', () => {
    holds(
      fc.property(hostile, (text) => {
        fc.pre(text !== '' && !text.includes('\0'))
        const written = copyPaths([text], './')
        const [source = ''] = written.startsWith('[') ? (JSON.parse(written) as string[]) : written.split(' ')
        expect(written).not.toMatch(/[\n\r]/)
        expect(meant(source)).toBe(meant(text.replace(/[*?[\]\\$'"]/g, '?')))
        expect(source).not.toMatch(/[*[\]\\$'"]/)
      }),
    )
  })

  it('are the same destination of COPY', () => {
    holds(
      fc.property(hostile, (text) => {
        const written = attempt(() => copyPaths(['a b'], `./${text}/`))
        if (written === undefined) expect(text).toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
        else expect((JSON.parse(written) as string[])[1]?.replace(/\\([$'"\\])/g, '$1')).toBe(`./${text}/`)
      }),
    )
  })

  it('are refused where only an image can stand', () => {
    holds(
      fc.property(hostile, (text) => {
        const written = attempt(() => image({ repository: text, tag: 'nonroot' }))
        if (written !== undefined) expect(written).toMatch(/^[\w./:-]+$/)
      }),
    )
  })
})

/** A text with `?` for what no pattern can hold. */
function meant(text: string): string {
  return [...text].map((c) => (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(c) ? '?' : c)).join('')
}

describe('patterns of .dockerignore', () => {
  it('stay one line that means the path itself', () => {
    holds(
      fc.property(hostile, (text) => {
        const pattern = ignorePattern(text)
        expect(pattern).not.toMatch(/[\n\r *[\]\\]/)
        expect(pattern).toBe(meant(text.replace(/[*?[\]\\$'" ]/g, '?')))
      }),
    )
  })
})

describe('words of a shell', () => {
  it('reach the program unchanged', () => {
    const { numRuns } = runs()
    const words = fc.sample(hostile, numRuns).flatMap((text) => {
      const word = attempt(() => shellWord(text))
      return word === undefined ? [] : [{ text, word }]
    })
    for (let i = 0; i < words.length; i += 500) {
      const batch = words.slice(i, i + 500)
      const result = spawnSync('sh', ['-c', `printf '%s\\0' ${batch.map((w) => w.word).join(' ')}`], { encoding: 'utf8' })
      expect(result.stdout.split('\0').slice(0, -1)).toEqual(batch.map((w) => w.text))
    }
    expect(words.length).toBeGreaterThan(numRuns / 10)
  })

  it('write a file line by line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'words-'))
    const command = shellCommand({ write: 'out.txt', lines: ["it's", '$HOME `id` \\n', '  "x"'] })
    spawnSync('sh', ['-c', command], { cwd: folder })
    expect(readFileSync(join(folder, 'out.txt'), 'utf8')).toBe('it\'s\n$HOME `id` \\n\n  "x"\n')
    rmSync(folder, { recursive: true })
  })
})

describe('values in a compose file', () => {
  it('stay one scalar, and Compose expands nothing in it', () => {
    holds(
      fc.property(hostile, (text) => {
        fc.pre(!/\p{Cs}/u.test(text))
        const data: unknown = parseYaml(`a: ${yaml(text)}\nb:\n  - ${yaml(text)}\nc: end\n`)
        expect(data).toEqual({ a: text.replaceAll('$', '$$$$'), b: [text.replaceAll('$', '$$$$')], c: 'end' })
      }),
    )
  })

  it.each([
    'yes',
    'No',
    'null',
    '~',
    '1e3',
    '0x1f',
    '012',
    '1_000',
    '22:22',
    '2026-11-24',
    '.inf',
    '=',
    '<<',
    '',
    ' a',
    'a ',
    '-',
    '?',
    '@a',
    '%a',
    '*a',
    '&a',
    '!a',
    '[a',
    '{a',
    '512m',
    '10s',
  ])('keeps the text %j a text', (text) => {
    expect(parseYaml(`a: ${yaml(text)}`, { version: '1.1' })).toEqual({ a: text })
    expect(parseYaml(`a: ${yaml(text)}`)).toEqual({ a: text })
  })
})
