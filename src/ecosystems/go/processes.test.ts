import { describe, expect, it } from 'vitest'
import { readCompose } from '../../compose/read.ts'
import { detectGo } from './detect.ts'

const program = (body: string): string => `package main\n\nimport "net/http"\n\nfunc main() {\n${body}\n}\n`
const listens = program('\thttp.ListenAndServe(":8080", nil)')
const plain = 'package main\n\nfunc main() {\n}\n'

function lines(files: Readonly<Record<string, string>>, compose = ''): readonly string[] {
  const all = { 'go.mod': 'module example.com/shop\n\ngo 1.27\n', 'cmd/server/main.go': listens, ...files }
  const texts = new Map(Object.entries(all).sort())
  const names = [...texts.keys()]
  const folders = names.flatMap((file) => [...file.matchAll(/\//g)].map(({ index }) => file.slice(0, index)))
  const app = detectGo({
    files: new Set(names),
    folders: new Set(folders),
    texts,
    unread: new Map(),
    compose: [readCompose(`services:\n${compose}`, 'compose.yaml')],
  })
  return (app?.processes ?? []).map(({ name, kind, argv }) => `${kind} ${name}: ${argv.join(' ')}`)
}

describe('findProcesses of Go', () => {
  it('knows further programs of the module by their names', () => {
    const files = { 'cmd/migrate/main.go': plain, 'cmd/mail_worker/main.go': plain, 'cmd/seed/main.go': plain, 'cmd/ctl/main.go': plain }
    expect(lines(files)).toEqual(['worker mail-worker: ./cmd/mail_worker', 'once migrate: ./cmd/migrate', 'seed seed: ./cmd/seed'])
  })

  it('believes the Procfile, and takes its arguments', () => {
    const Procfile = 'web: bin/server\nrelease: bin/ctl migrate up\nmails: ./bin/mails -n 4\n'
    expect(lines({ Procfile, 'cmd/ctl/main.go': plain, 'cmd/mails/main.go': plain })).toEqual([
      'once ctl: ./cmd/ctl migrate up',
      'worker mails: ./cmd/mails -n 4',
    ])
  })

  const command = (use: string): string => `var ${use} = &cobra.Command{\n\tUse:  "${use}",\n\tRunE: run,\n}\n`
  const commands = program('\thttp.ListenAndServe(":8080", nil)').replace('"net/http"', '(\n\t"net/http"\n\t"github.com/spf13/cobra"\n)')

  it.each([
    ['migrate: { image: acme/shop, command: migrate up }', ['once migrate: ./cmd/shop migrate up']],
    ['jobs: { build: ., command: [/shop, worker] }', ['worker worker: ./cmd/shop worker']],
    ['a: { image: acme/other, command: migrate }', []],
    ['a: { image: acme/shop, command: serve }', []],
    ['a: { image: acme/shop, command: seed }', []],
    ['a: { image: acme/shop, command: migrate $STEP }', []],
  ])('takes the commands of the program that a compose file runs: %s', (compose, expected) => {
    const main = commands + ['serve', 'migrate', 'worker'].map(command).join('\n')
    expect(lines({ 'cmd/server/main.go': plain, 'cmd/shop/main.go': main }, `  ${compose}`)).toEqual(expected)
  })

  it('never takes the program itself', () => {
    expect(lines({ 'cmd/server/main.go': plain, 'main.go': listens })).toEqual([])
  })
})
