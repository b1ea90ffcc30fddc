import { describe, expect, it } from 'vitest'
import { detect, mod, server, tool, tree } from '../../../test/detected-go.ts'
import { problemOf } from '../../../test/problem.ts'
import { detectGo } from './detect.ts'

describe('what an app is', () => {
  it('needs a go.mod at the root', () => expect(detect({ 'sub/go.mod': mod, 'sub/main.go': server })).toBeUndefined())

  it('takes name, source, licence and release, each with its line', () => {
    const app = detect({ 'go.mod': mod, 'main.go': server, LICENSE: 'MIT License\n\nCopyright' })
    expect(app?.found.name).toEqual({
      value: 'shop',
      from: 'detected',
      because: [{ file: 'go.mod', line: 1, saw: 'module github.com/acme/shop/v2' }],
    })
    expect(app?.found.source?.value).toBe('https://github.com/acme/shop')
    expect(app?.found.licenses?.value).toBe('MIT')
    expect(app?.found.release).toEqual({ value: '1.26', from: 'detected', because: [{ file: 'go.mod', line: 3, saw: 'go 1.24' }] })
  })

  it.each([
    ['go 1.27.1', '1.27'],
    ['go 1.26rc1', '1.26'],
    ['go 1.18', '1.26'],
    ['go 1.26.0\ntoolchain go1.27.2', '1.27'],
    ['go 1.26.0\ntoolchain go1.41.0', '1.26'],
    ['', undefined],
  ])('builds %j with %s', (lines, release) =>
    expect(detect({ 'go.mod': `module a.b/c\n${lines}\n`, 'main.go': server })?.found.release?.value).toBe(release),
  )

  it('takes a release that the catalogue does not know yet, and says so', () => {
    const app = detect({ 'go.mod': 'module a.b/c\ngo 1.41.2\n', 'main.go': server })
    expect(app?.found.release?.value).toBe('1.41')
    expect(app?.notices.map((n) => n.code)).toEqual(['go-release-unknown'])
  })

  it('calls a module without a program a library', () =>
    expect(problemOf(() => detect({ 'go.mod': mod, 'shop.go': 'package shop\n' }))).toMatchObject({
      code: 'go-no-program',
      exit: 1,
      file: 'go.mod',
      line: 1,
    }))
})

describe('which program is started', () => {
  const start = (texts: Record<string, string>) => {
    const app = detect({ 'go.mod': mod, ...texts })
    return app?.found.start?.value ?? app?.questions[0]?.candidates.map((c) => c.value)
  }
  it.each([
    ['the only one', { 'app/main.go': server }, './app'],
    ['the one at the root', { 'main.go': server, 'cmd/seed/main.go': server }, '.'],
    ['the one of the module name', { 'cmd/shop/main.go': server, 'cmd/proxy/main.go': server }, './cmd/shop'],
    ['the one that listens', { 'cmd/shop/main.go': tool, 'cmd/shopd/main.go': server }, './cmd/shopd'],
    ['the one that serves of two with the module name', { 'cmd/shop/main.go': server, 'cmd/shopd/main.go': server }, './cmd/shopd'],
    ['the one with a usual name', { 'cmd/web/main.go': server, 'cmd/other/main.go': server }, './cmd/web'],
    ['the one with a usual name at the root', { 'server/main.go': server, 'exporter/main.go': server }, './server'],
    [
      'the one that the own Dockerfile starts',
      { 'main.go': server, 'cmd/a/main.go': server, Dockerfile: 'FROM golang\nENTRYPOINT ["/bin/tini", "-s", "--", "/usr/bin/a"]\n' },
      './cmd/a',
    ],
    [
      'the one that the own Dockerfile builds',
      {
        'cmd/a/main.go': server,
        'cmd/b/main.go': server,
        Dockerfile: 'FROM golang\nRUN --mount=type=cache,target=/x \\\n  go build -o /bin/shop ./cmd/b/main.go\nCMD ["/entrypoint.sh"]\n',
      },
      './cmd/b',
    ],
    ['no helper', { 'tools/gen/main.go': server, 'internal/run/main.go': server }, './internal/run'],
    ['no ignored file', { 'build.go': `//go:build ignore\n\n${tool}`, 'cmd/x/main.go': server }, './cmd/x'],
    ['no file of another system', { 'main_windows.go': server, 'cmd/x/main.go': server }, './cmd/x'],
    ['nothing in a comment', { 'a.go': `package shop\n/*\n${server}*/\n`, 'cmd/x/main.go': server }, './cmd/x'],
    ['no package whose name only begins so', { 'm/a.go': 'package maintenance\nfunc main() {}\n', 'x/main.go': server }, './x'],
    ['no other module', { 'sub/go.mod': 'module x\n', 'sub/main.go': server, 'cmd/x/main.go': server }, './cmd/x'],
  ])('%s', (_, texts, expected) => expect(start(texts)).toBe(expected))

  it('asks when nothing tells', () =>
    expect(start({ 'internal/hub/main.go': server, 'internal/agent/main.go': server })).toEqual(['./internal/hub', './internal/agent']))
})

describe('what the build reads', () => {
  const texts = {
    'go.mod': mod,
    'main.go':
      'package main\n\nimport (\n\t"embed"\n\t"net/http"\n\t"github.com/acme/shop/v2/tools"\n)\n\n//go:embed public/*.html\nvar pages embed.FS\n\nfunc main() {\n\ttools.Read("a")\n\thttp.ListenAndServe(":80", nil)\n}\n',
    'main_test.go': 'package main\n',
    'tools/read.go': 'package tools\n\nimport "os"\n\nfunc Read(string) { os.ReadFile("conf/site.yaml") }\n',
    'docs/gen.go': 'package docs\n',
    'internal/a/a.go': 'package a\n',
  }
  const app = detect(texts, ['public/index.html', 'conf/site.yaml', 'README.md'])

  it('takes packages and what they embed, helpers only when they are imported', () =>
    expect(app?.programs[0]?.buildPaths).toEqual(['internal/', 'main.go', 'public/', 'tools/']))
  it('takes a package whose only file is too long to be read', () => {
    const main =
      'package main\n\nimport (\n\t"net/http"\n\t_ "github.com/acme/shop/v2/docs/statik"\n)\n\nfunc main() { http.ListenAndServe(":80", nil) }\n'
    const files = tree({ 'go.mod': mod, 'main.go': main }, ['docs/statik/statik.go'])
    const found = detectGo({ ...files, unread: new Map([['docs/statik/statik.go', 'it is longer than 512 KiB']]) })
    expect(found?.programs[0]?.buildPaths).toEqual(['docs/', 'main.go'])
  })
  it('takes along what is opened at run time, not what is embedded', () => expect(app?.programs[0]?.runPaths).toEqual(['conf/site.yaml']))
  it('tells of a file of variables that the program cannot start without', () => {
    const load = (name: string) => `\tviper.SetConfigName("${name}")\n\tviper.SetConfigType("env")\n`
    const codes = (name: string, file: string) => {
      const found = detect({ 'go.mod': mod, 'main.go': server.replace('func main() {\n', `func main() {\n${load(name)}`), [file]: 'A=1\n' })
      return found?.notices.filter((n) => n.code === 'go-variables-file').map((n) => /\S*\.env/.exec(n.text)?.[0])
    }
    expect([codes('app', 'app.env'), codes('.env', '.env'), codes('app', 'other.env')]).toEqual([['app.env'], ['.env'], []])
  })

  it('names what is embedded and not there, or there to be made, and copies only what is there', () => {
    const because = { file: 'main.go', line: 9, saw: '//go:embed public/*.html' }
    const bare = detect(texts)
    expect([bare?.lacks, bare?.programs[0]?.buildPaths.includes('public/')]).toEqual([[{ path: 'public', needed: true, because }], false])
    for (const kept of ['.gitkeep', 'gitkeep'])
      expect(detect(texts, [`public/${kept}`])?.lacks).toEqual([{ path: 'public', needed: false, because }])
    expect(detect(texts, ['public/index.html'])?.lacks).toBeUndefined()
  })

  it.each([
    ['template.ParseGlob("web/*.html")', ['web/']],
    ['http.FileServer(http.Dir("./web"))', ['web/']],
    ['migrate.New("file://web", url)', ['web/']],
    ['flag.String("config", "site.yml", "")', ['site.yml']],
    ['os.ReadFile(".env")', []],
    ['os.ReadFile("web/tls.key")', []],
    ['fmt.Println("web")', []],
    ['os.ReadFile("../web")', []],
    ['os.ReadFile("/web")', []],
  ])('%s opens %j', (code, expected) => {
    const files = ['web/index.html', 'web/tls.key', 'site.yml', '.env']
    expect(detect({ 'go.mod': mod, 'main.go': `package main\nfunc main() {\n\t${code}\n}\n` }, files)?.programs[0]?.runPaths).toEqual(
      expected,
    )
  })
})

describe('modules', () => {
  const needs = `${mod}\nrequire (\n\tgithub.com/mattn/go-sqlite3 v1.14.24\n\tacme.org/api v0.0.0\n)\n\nreplace acme.org/api => ./api\n`
  const usesApi = server.replace('"net/http"', '(\n\t"net/http"\n\t_ "acme.org/api/store"\n)')
  const store = { 'api/go.mod': 'module acme.org/api\n', 'api/store/store.go': 'package store\nimport _ "github.com/mattn/go-sqlite3"\n' }

  it('follows a replacement into its folder', () => {
    const app = detect({ 'go.mod': needs, 'main.go': usesApi, ...store }, ['go.sum'])
    expect(app).toMatchObject({ manifests: ['go.mod', 'go.sum', 'api/go.mod'], downloads: true, blocked: undefined })
    expect(app?.programs[0]).toMatchObject({ links: 'libc', buildPaths: ['api/', 'main.go'] })
  })
  it('needs no C for a module that is required and not imported', () =>
    expect(detect({ 'go.mod': needs, 'main.go': server, ...store }, ['go.sum'])?.programs[0]?.links).toBe('nothing'))
  it('needs no C where a file has it only with cgo', () =>
    expect(detect({ 'go.mod': mod, 'main.go': server, 'c.go': '//go:build cgo\n\npackage main\n\nimport "C"\n' })?.programs[0]?.links).toBe(
      'nothing',
    ))
  it('sees import "C"', () =>
    expect(detect({ 'go.mod': mod, 'main.go': server, 'c.go': 'package main\n\nimport "C"\n' })?.programs[0]?.links).toBe('libc'))
  it('refuses a C library that no image holds', () =>
    expect(detect({ 'go.mod': mod, 'main.go': server.replace('"net/http"', '"gocv.io/x/gocv"') })?.programs[0]?.blocked?.code).toBe(
      'go-library-missing',
    ))
  it('is blocked without go.sum', () =>
    expect(detect({ 'go.mod': needs, 'main.go': server, ...store })?.blocked?.code).toBe('go-sum-missing'))
  it('is blocked by a replacement outside of the repository', () =>
    expect(detect({ 'go.mod': needs.replace('./api', '../api'), 'main.go': server }, ['go.sum'])?.blocked).toMatchObject({
      code: 'go-replacement-missing',
      line: 10,
    }))
  it('downloads nothing when the modules are there', () =>
    expect(detect({ 'go.mod': needs, 'main.go': server, 'vendor/modules.txt': '' })).toMatchObject({
      vendored: true,
      downloads: false,
      blocked: undefined,
    }))
  it('says that a workspace is not used', () =>
    expect(detect({ 'go.mod': mod, 'main.go': server, 'go.work': 'go 1.24\nuse (\n\t.\n\t./api\n)\n' })?.notices[0]).toMatchObject({
      code: 'go-workspace-ignored',
      because: [{ line: 4, saw: './api' }],
    }))
})
