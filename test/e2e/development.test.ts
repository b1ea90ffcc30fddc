import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { prove } from '../../src/edge/prove/prove.ts'
import { check, engineMissing } from './engine.ts'
import { copyOf, type Project, program } from './project.ts'

interface Case {
  readonly name: string
  /** A line of a source file before and after an edit, and what shows in the answer that it was taken in. */
  readonly edit: readonly [file: string, before: string, after: string]
  readonly shows: string
  readonly debugger?: number
  /** What is not as hardened as in the base file, in the prover's words: each is named in the file. */
  readonly loosened: readonly string[]
}

const cases: readonly Case[] = [
  { name: 'node-services', edit: ['src/server.js', 'alive: true', "alive: 'again'"], shows: 'again', debugger: 9229, loosened: [] },
  {
    name: 'node-typescript',
    edit: ['src/index.ts', 'words:', 'again:'],
    shows: 'again',
    debugger: 9229,
    loosened: ['no setuid files', 'layers hold no secrets and no caches'],
  },
  { name: 'go-services', edit: ['main.go', 'byte(greeting)', 'byte("again")'], shows: 'again', loosened: [] },
  { name: 'django-services', edit: ['visits/urls.py', '"alive"', '"again"'], shows: 'again', loosened: [] },
]
const sample = ['node-services', 'django-services']
const asked = process.env['E2E']
const chosen = cases.filter(({ name }) => asked === 'all' || (asked === undefined ? sample : asked.split(',')).includes(name))
if (chosen.length === 0)
  process.stderr.write(`compose.dev.yaml WAS NOT RUN: E2E=${asked} names none of ${cases.map(({ name }) => name).join(' ')}\n`)

// A file without a suite fails: what is not asked for is skipped.
const listed = chosen.length === 0 ? cases : chosen

describe.skipIf(engineMissing() !== undefined || chosen.length === 0).each(listed)('$name while it is written', (one) => {
  let project: Project
  let watching: ReturnType<typeof watch> | undefined

  beforeAll(async () => {
    project = copyOf(one.name)
    for (const [key, value] of Object.entries(project.env)) vi.stubEnv(key, value)
    await project.run(process.execPath, program, 'init', '--yes', '--force', '--dev')
    vi.stubEnv('COMPOSE_FILE', 'compose.yaml:compose.dev.yaml')
  })
  afterAll(async () => {
    watching?.kill('SIGINT')
    await watching
    await project.remove()
    await execa('docker', ['image', 'rm', `${project.env['COMPOSE_PROJECT_NAME']}-web:development`], { reject: false })
    vi.unstubAllEnvs()
  })
  const answer = async (): Promise<string> => {
    const { port = 0, path = '/' } = project.expected
    return (await fetch(`http://127.0.0.1:${port}${path}`)).text()
  }

  it('starts, healthy, and answers', async () => {
    await project.run('docker', 'compose', 'up', '--build', '--detach', '--wait', '--wait-timeout', '180')
    expect(await answer()).toContain(project.expected.text ?? '')
  })

  if (one.debugger !== undefined)
    it('lets a debugger of this machine in, and nobody else', async () => {
      expect((await project.run('docker', 'compose', 'port', 'web', String(one.debugger))).trim()).toBe(`127.0.0.1:${one.debugger}`)
      expect(await (await fetch(`http://127.0.0.1:${one.debugger}/json/list`)).text()).toContain('"node"')
    })

  it('takes in a change of the source', async () => {
    watching = watch(project.folder)
    let said = ''
    watching.all.on('data', (chunk) => (said += chunk))
    await vi.waitFor(() => expect(said).toContain('Watch enabled'), { timeout: 60_000, interval: 200 })
    const [file, before, after] = one.edit
    const text = readFileSync(join(project.folder, file), 'utf8')
    expect(text).toContain(before)
    writeFileSync(join(project.folder, file), text.replace(before, after))
    await vi.waitFor(async () => expect(await answer()).toContain(one.shows), { timeout: 180_000, interval: 500 })
  })

  it.skipIf(check === undefined)('draws no finding from any checker that the base file does not draw in the words of Compose', async () => {
    const [base, merged] = await findings(project, 'compose.yaml', 'compose.yaml:compose.dev.yaml')
    // Several programs of the project see the same sources; another stage than the one of production gets an image name of its own.
    const declared = ['kics Shared Volumes Between Containers INFO', 'dclint no-build-and-image error']
    expect(merged?.filter((finding) => !base?.includes(finding) && !declared.includes(finding))).toEqual([])
  })

  it('is as hardened as without, but for what its file names', async () => {
    const soft = (await prove(project.folder, 'web')).filter((property) => !property.holds).map(({ property }) => property)
    expect(soft).toEqual(one.loosened)
  })
})

function watch(folder: string) {
  return execa('docker', ['compose', 'watch', '--no-up'], { cwd: folder, reject: false, stdin: 'ignore', all: true })
}

/** What checkers find in what Compose makes of files: the kinds of findings, for each list of files. */
async function findings(project: Project, ...lists: readonly string[]): Promise<readonly (readonly string[])[]> {
  const root = mkdtempSync(join(tmpdir(), 'e2e-merged-'))
  const folders = await Promise.all(
    lists.map(async (files, i) => {
      const { stdout: model } = await execa('docker', ['compose', 'config'], { cwd: project.folder, env: { COMPOSE_FILE: files } })
      const folder = join(root, `merged-${i}`)
      mkdirSync(folder)
      writeFileSync(join(folder, 'compose.yaml'), `${model}\n`)
      return folder
    }),
  )
  const { stdout, stderr } = await execa(check ?? '', folders, { reject: false })
  rmSync(root, { recursive: true, force: true })
  expect(stderr).toMatch(/^linters: .* findings/m)
  const lines = stdout.split('\n')
  return folders.map((_, i) => [
    ...new Set(lines.filter((line) => line.includes(`/merged-${i}/`)).flatMap((line) => /^\S+:\d+ ([^:]+):/.exec(line)?.[1] ?? [])),
  ])
}
