import { describe, expect, it } from 'vitest'
import { problemOf } from '../../test/problem.ts'
import { emptyProject } from './options.ts'
import { readProject, writeProject } from './project.ts'

const answer = <T>(value: T) => ({ value, from: 'answer', because: [] }) as const
const refusal = (text: string) => problemOf(() => readProject(text))

describe('readProject', () => {
  it('gives every choice the line it stands on', () => {
    expect(readProject('# ours\n\nport = 8080\nrelease = "22"\n').chosen).toEqual({
      port: { value: 8080, from: 'project', because: [{ file: 'secure-docker.toml', line: 3, saw: 'port = 8080' }] },
      release: { value: '22', from: 'project', because: [{ file: 'secure-docker.toml', line: 4, saw: 'release = "22"' }] },
    })
  })

  it('names the line of what is not TOML, not known, or not allowed', () => {
    expect(refusal('port = 1\nname = = 2\n')).toMatchObject({ code: 'project-invalid', exit: 2, line: 2 })
    expect(refusal('port = 1\n\nprot = 2\n')).toMatchObject({ code: 'key-unknown', exit: 2, line: 3 })
    expect(refusal('memory = 512\nport = "many"\n')).toMatchObject({ code: 'option-invalid', exit: 2 })
    expect(refusal('memory = 512\nport = "many"\n').message).toContain('secure-docker.toml:2')
    expect(refusal('__proto__ = 1\n')).toMatchObject({ exit: 2, line: 1 })
    expect(refusal('constructor = 1\n')).toMatchObject({ code: 'key-unknown' })
  })

  it.each(['toString.a = 1\n', 'port = 1\n[toString]\na = 1\n', '[["valueOf"]]\na = 1\n', '[__proto__]\na = 1\n', 'hasOwnProperty = 1\n'])(
    'refuses a key that every object has: %j',
    (text) => {
      const { code, line, message } = refusal(text)
      expect({ code, line }).toEqual({ code: 'key-unknown', line: text.startsWith('port') ? 2 : 1 })
      expect(message).toMatch(/: (?:toString|valueOf|__proto__|hasOwnProperty)\.$/)
    },
  )

  it('says of a key that stands twice just that', () => {
    expect(refusal('port = 1\nport = 2\n')).toMatchObject({ code: 'project-invalid', line: 2 })
  })
})

describe('writeProject', () => {
  it('starts with a file that explains itself and sets nothing', () => {
    const text = writeProject(emptyProject, {})
    expect(readProject(text).chosen).toEqual({})
    expect(text).toMatch(/^# Choices of this repository/)
  })

  it('changes only the lines of what was chosen', () => {
    const before = '# ours\nport = 8080 # agreed with operations\n\n# team\nvendor = "Example"\n\n[later]\nport = 1\n'
    const after = writeProject(before, { port: answer(9090), name: answer('shop') })
    expect(after).toBe('# ours\nport = 9090 # agreed with operations\n\n# team\nvendor = "Example"\nname = "shop"\n\n[later]\nport = 1\n')
  })

  it('writes hostile texts so that they are read back unchanged', () => {
    const description = 'a "quoted" \\ text\n[table]\nport = 1'
    expect(readProject(writeProject(emptyProject, { description: answer(description) })).chosen.description?.value).toBe(description)
  })

  it('keeps what is not an answer out of the file', () => {
    expect(writeProject('', { port: { value: 3000, from: 'detected', because: [] } })).toBe('')
  })
})
