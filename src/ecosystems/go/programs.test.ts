import { describe, expect, it } from 'vitest'
import { detect, mod, server, tool } from '../../../test/detected-go.ts'

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
