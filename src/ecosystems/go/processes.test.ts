import { describe, expect, it } from 'vitest'
import { detectGo } from './detect.ts'

const program = (body: string): string => `package main\n\nimport "net/http"\n\nfunc main() {\n${body}\n}\n`
const listens = program('\thttp.ListenAndServe(":8080", nil)')
const plain = 'package main\n\nfunc main() {\n}\n'

function lines(files: Readonly<Record<string, string>>): readonly string[] {
  const all = { 'go.mod': 'module example.com/shop\n\ngo 1.27\n', 'cmd/server/main.go': listens, ...files }
  const texts = new Map(Object.entries(all).sort())
  const names = [...texts.keys()]
  const folders = names.flatMap((file) => [...file.matchAll(/\//g)].map(({ index }) => file.slice(0, index)))
  const app = detectGo({ files: new Set(names), folders: new Set(folders), texts, unread: new Map() })
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

  it('never takes the program itself', () => {
    expect(lines({ 'cmd/server/main.go': plain, 'main.go': listens })).toEqual([])
  })
})
