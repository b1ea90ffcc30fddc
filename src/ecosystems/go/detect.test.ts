import { describe, expect, it } from 'vitest'
import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { detectGo } from './detect.ts'

const server = 'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.ListenAndServe(":7000", nil)\n}\n'
const tool = 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("done")\n}\n'
const mod = 'module github.com/acme/shop/v2\n\ngo 1.24\n'

function tree(texts: Record<string, string>, others: readonly string[] = []): Tree {
  const files = [...Object.keys(texts), ...others].sort()
  const folders = files.flatMap((f) =>
    f
      .split('/')
      .slice(0, -1)
      .map((_, i, all) => all.slice(0, i + 1).join('/')),
  )
  return { files: new Set(files), folders: new Set(folders), texts: new Map(Object.entries(texts)), unread: new Map() }
}

const detect = (texts: Record<string, string>, others?: readonly string[]) => detectGo(tree(texts, others))
const problem = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error.text
    throw error
  }
  return undefined
}

describe('the program', () => {
  it('has beside it what an own Dockerfile puts there', () => {
    const own = 'FROM golang AS build\nWORKDIR /src\nCOPY . .\nFROM alpine\nWORKDIR /app\nCOPY --from=build /src/web ./web\n'
    const app = detect({ 'go.mod': mod, 'main.go': server, Dockerfile: own }, ['web/index.html'])
    expect(app?.programs[0]?.runPaths).toEqual(['web/'])
  })

  it('keeps what an own Dockerfile keeps, and is told where', () => {
    const reads = server.replace('http.Listen', 'os.Getenv("DATA_DIR")\n\thttp.Listen')
    const app = detect({ 'go.mod': mod, 'main.go': reads, Dockerfile: 'FROM golang\nENV DATA_DIR=/srv/data\nVOLUME /srv/data\n' })
    expect([app?.programs[0]?.environment, app?.programs[0]?.writable.map(({ path, keep }) => [path, keep])]).toEqual([
      { DATA_DIR: '/srv/data' },
      [['/srv/data', true]],
    ])
  })

  it.each([
    ['grpc.NewServer().Serve(lis)', true],
    ['grpc.NewServer().Serve(lis)\n\tgo http.ListenAndServe(":9090", nil)', undefined],
    ['grpc.NewClient("a:1")', undefined],
    ['grpc.NewServer().Serve(lis)\n\tchi.NewRouter()', undefined, 'github.com/go-chi/chi'],
  ])('that does %s serves gRPC alone: %s', (body, expected, other = 'fmt') => {
    const code = `package main\n\nimport (\n\t"net"\n\t"${other}"\n\t"google.golang.org/grpc"\n)\n\nfunc main() {\n\tlis, _ := net.Listen("tcp", ":7000")\n\t${body}\n}\n`
    expect(detect({ 'go.mod': mod, 'main.go': code })?.programs[0]?.grpc).toBe(expected)
  })

  it.each([
    ['1.13', false],
    ['1.14', true],
    ['1.26', true],
  ])('of go %s takes its modules from vendor: %s', (go, expected) => {
    const app = detect({ 'go.mod': `module a.b/c\n\ngo ${go}\n`, 'main.go': server }, ['vendor/modules.txt'])
    expect(app?.vendored).toBe(expected)
  })

  it('has the folder that a path begins with beside it', () => {
    const reads = server.replace('http.Listen', 'page := filepath.Join("pages", name)\n\thttp.Listen')
    expect(detect({ 'go.mod': mod, 'main.go': reads }, ['pages/a.html'])?.programs[0]?.runPaths).toEqual(['pages/'])
  })

  it('is an example that serves, rather than a generator inside', () => {
    const app = detect({ 'go.mod': mod, 'internal/gen/main.go': tool, 'examples/shop/main.go': server })
    expect(app?.found.start?.value).toBe('./examples/shop')
  })
})

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
    expect(problem(() => detect({ 'go.mod': mod, 'shop.go': 'package shop\n' }))).toMatchObject({
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

describe('what a program has to be given', () => {
  const program = (body: string, imports = '', others: Record<string, string> = {}) => {
    const text = `package main\n\nimport (\n\t"net/http"\n\t"os"\n${imports})\n\nfunc main() {\n${body}\n\thttp.ListenAndServe(addr, nil)\n}\n`
    const app = detect({ 'go.mod': mod, 'main.go': text, ...others })
    return { ...app?.programs[0], variables: app?.variables.map((v) => v.name), codes: app?.notices.map((n) => n.code) }
  }

  it('is the variable of its port, where an example alone says the port', () => {
    const found = program('\taddr := ":" + os.Getenv("SERVER_PORT") + os.Getenv("OTHER")', '', { '.env.example': 'SERVER_PORT=5000\n' })
    expect(found).toMatchObject({ portVariable: 'SERVER_PORT', found: { port: { value: 5000 } }, variables: ['OTHER'] })
  })

  it('is PORT, above the ports that other variables may name', () =>
    expect(program('\taddr := cmp.Or(os.Getenv("PORT"), "53842")').found?.port?.value).toBe(53_842))

  it('is the word to migrate', () => expect(program('\trun := os.Getenv("RUN_MIGRATIONS")').environment).toEqual({ RUN_MIGRATIONS: '1' }))

  it.each([
    ['\tdir, err := os.UserCacheDir()', '', '/tmp'],
    ['\tdir := xdg.DataHome', '\t"github.com/adrg/xdg"\n\t_ "modernc.org/sqlite"\n', '/data'],
    ['\tdir := "x"', '', undefined],
  ])('is a home where it asks for one: %j', (body, imports, home) => expect(program(body, imports).environment?.['HOME']).toBe(home))

  it.each([
    ['\tif err := godotenv.Load(); err != nil {\n\t\tlog.Fatal("no .env")\n\t}', true],
    ['\terr := godotenv.Load(".env")\n\tif err != nil {\n\t\tpanic(err)\n\t}', true],
    ['\tviper.SetConfigFile(".env")', true],
    ['\tif err := godotenv.Load(); err != nil {\n\t\tlog.Println("no .env")\n\t}', false],
    ['\t_ = godotenv.Load()', false],
    ['\tif err := godotenv.Load("local.env"); err != nil {\n\t\tlog.Fatal(err)\n\t}', false],
  ])('is a file .env where it ends without one: %j', (body, needed) => {
    const found = program(body)
    expect(found.variablesFile !== undefined).toBe(needed)
    expect(found.codes?.includes('go-variables-file')).toBe(needed)
  })
})

describe('a program that serves nothing', () => {
  it('has port 0', () => {
    const app = detect({ 'go.mod': mod, 'main.go': tool })
    expect(app?.found.port).toEqual({
      value: 0,
      from: 'detected',
      because: [{ file: 'main.go', line: 5, saw: 'nothing that it imports listens' }],
    })
  })
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
  it('takes along what is opened at run time, not what is embedded', () => expect(app?.programs[0]?.runPaths).toEqual(['conf/site.yaml']))
  it('tells of a file of variables that the program cannot start without', () => {
    const load = (name: string) => `\tviper.SetConfigName("${name}")\n\tviper.SetConfigType("env")\n`
    const codes = (name: string, file: string) => {
      const found = detect({ 'go.mod': mod, 'main.go': server.replace('func main() {\n', `func main() {\n${load(name)}`), [file]: 'A=1\n' })
      return found?.notices.filter((n) => n.code === 'go-variables-file').map((n) => n.text.split(' ')[3])
    }
    expect([codes('app', 'app.env'), codes('.env', '.env'), codes('app', 'other.env')]).toEqual([['app.env'], ['.env'], []])
  })

  it('names what is embedded and not there', () => {
    const notice = detect(texts)?.notices.find((n) => n.code === 'go-embed-missing')
    expect(notice?.because).toEqual([{ file: 'main.go', line: 9, saw: '//go:embed public/*.html' }])
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

describe('a listener that only its own machine reaches', () => {
  it.each([
    ['http.ListenAndServe("127.0.0.1:8080", nil)', 1],
    ['bindHost := "localhost"\n\thttp.ListenAndServe(addr, nil)', 1],
    ['http.ListenAndServe(":8080", nil)', 0],
    ['db := "localhost"\n\thttp.ListenAndServe(":8080", nil)', 0],
  ])('%s', (code, count) => {
    const app = detect({ 'go.mod': mod, 'main.go': server.replace('http.ListenAndServe(":7000", nil)', code) })
    expect(app?.notices.filter((n) => n.code === 'go-listens-on-loopback')).toHaveLength(count)
  })
})

describe('what a program is started with', () => {
  const started = (body: string) => {
    const app = detect({ 'go.mod': mod, 'main.go': server.replace('http.ListenAndServe(":7000", nil)', body) })
    const { reach, environment } = app?.programs[0] ?? {}
    return { reach: reach?.value, environment, notices: app?.notices.map((n) => n.code) }
  }
  it('is the argument that lets others reach it', () =>
    expect(started('a := flag.String("addr", "localhost:7000", "")\n\thttp.ListenAndServe(*a, nil)')).toEqual({
      reach: '--addr=0.0.0.0:7000',
      environment: {},
      notices: ['go-reached-by-argument'],
    }))
  it('is the variable that does', () =>
    expect(started('h := getEnv("HOST", "localhost")\n\thttp.ListenAndServe(h+":7000", nil)')).toEqual({
      reach: undefined,
      environment: { HOST: '0.0.0.0' },
      notices: [],
    }))
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
