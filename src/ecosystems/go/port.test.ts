import { describe, expect, it } from 'vitest'
import { isServer } from './listener.ts'
import { listening, portVariable } from './port.ts'
import { healthRoute } from './routes.ts'
import { parseFile } from './source.ts'

const files = (body: string, imports = '"net/http"') => [
  parseFile('main.go', `package main\n\nimport (\n${imports}\n)\n\nfunc main() {\n${body}\n}\n`),
]

describe('the port', () => {
  it.each([
    ['http.ListenAndServe(":8081", nil)', 8081],
    ['net.Listen("tcp", "0.0.0.0:8082")', 8082],
    ['s := &http.Server{Handler: h, Addr: ":8083"}', 8083],
    ['e.Start(":8084")', 8084],
    ['port := os.Getenv("PORT")\n\tif port == "" {\n\t\tport = "8085"\n\t}', 8085],
    ['port := cmp.Or(os.Getenv("PORT"), "8086")', 8086],
    ['port := envInt("HTTP_PORT", 8087)', 8087],
    ['type C struct {\n\tPort int `env:"PORT" envDefault:"8088"`\n}', 8088],
    ['a := flag.String("addr", ":8089", "where")', 8089],
    ['fs.IntVarP(&p, "port", "p", 8090, "where")', 8090],
    ['type C struct {\n\tHTTPPort   uint   `long:"listen" default:"8091"`\n}', 8091],
    ['kingpin.Flag("web.listen-address", "x").Default(":8092")', 8092],
    ['const DefaultPort = 8093', 8093],
    ['dial("80")\n\to := options{"LISTEN_ADDR": {\n\t\tlist: []string{"127.0.0.1:8100"},\n\t}}', 8100],
    ['return Config{Port: 80}', 80],
    ['metrics(":9100")\n\tgo http.ListenAndServe(":9101", debugMux)\n\thttp.ListenAndServe(":8094", nil)', 8094],
    ['redis.New("localhost:6379")\n\thttp.ListenAndServe(":8095", nil)', 8095],
    [
      'fs.StringVar(&c.HTTP, "http-addr", "localhost:8097", "To enable HTTPS, set a key")\n\tfs.StringVar(&c.R, "raft-addr", ":8098", "x")',
      8097,
    ],
    ['c := Config{\n\t\tGRPC: Server{\n\t\t\tAddr: ":8098",\n\t\t},\n\t\tHTTP: Server{\n\t\t\tAddr: ":8099",\n\t\t},\n\t}', 8099],
    [
      'http.ListenAndServe(":6060", nil)\n}\nvar f = cli.StringFlag{\n\tName: "listener",\n\tUsage: "where",\n\tValue: "127.0.0.1:8098",\n',
      8098,
    ],
    ['cmd.Flags().IntVarP(&p, "port", "p", 6060, "docs")\n\troot.Flags().StringP("http.port", "p", "8107", "x")', 8107],
    [
      'c := Config{\n\t\tSSH: SSHConfig{\n\t\t\tListenAddr: ":23231",\n\t\t},\n\t\tGit: Git{\n\t\t\tListenAddr: ":9418",\n\t\t},\n\t\tHTTP: H{\n\t\t\tListenAddr: ":8108",\n\t\t},\n\t}',
      8108,
    ],
    ['a := acme{\n\t\tHTTP01Challenge: Challenge{\n\t\t\tPort: 80,\n\t\t},\n\t}\n\tb := Binding{\n\t\tPort: 8109,\n\t}', 8109],
    ['const RPL_SERVLISTEND = "235"', undefined],
    ['if to == ":443" || to != ":8443" {\n\t}', undefined],
    ['err = makeFor(address, 0770)', undefined],
    ['dsn.Port = 5432', undefined],
    ['r.RemoteAddr = "127.0.0.1:65535"', undefined],
    ['support := 1234', undefined],
    ['logo := `<svg xmlns="http://www.w3.org/2000/svg" width="256">`', undefined],
    ['type P struct {\n\tStreetAddress string `validate:"required,max=512"`\n}', undefined],
    ['type P struct {\n\tSize int32 `form:"size" binding:"required,min=5,max=10"`\n}', undefined],
    ['type C struct {\n\tPort int `env:"PORT,default=8096"`\n}', 8096],
    ['if mode == "swarm" {\n\t\tnet.Listen("tcp", ":7007")\n\t}\n\thttp.ListenAndServe(":8103", nil)', 8103],
    ['if mode == "swarm" {\n\t\tnet.Listen("tcp", ":8104")\n\t}', 8104],
    ['addr := ":8105"\n\tif p := os.Getenv("PORT"); p == "" {\n\t\taddr = ":8106"\n\t}', 8106],
    ['// http.ListenAndServe(":8080", nil)', undefined],
  ])('%s', (body, port) => expect(listening(files(body))?.port).toBe(port))

  it('is what the repository tells of its variable, where the code says none', () => {
    const because = { file: '.env.example', line: 1, saw: 'HTTP_PORT' }
    const told = (name: string) => (name === 'HTTP_PORT' ? { value: '8101', because } : undefined)
    const code = files('type C struct {\n\tPort string `env:"HTTP_PORT,required"`\n\tB string `x:":80"`\n}')
    expect(listening(code, told)).toMatchObject({ port: 8101, because })
    for (const value of ['99999', '5432', '50000', 'x']) expect(listening(code, () => ({ value, because }))?.port).toBe(80)
    expect(listening(files('port := getEnv("HTTP_PORT", "8102")'), told)?.port).toBe(8102)
  })

  it('is 8080 or PORT where gin runs without an address', () => {
    const gin = files('r.Run()', '"github.com/gin-gonic/gin"')
    expect(listening(gin)?.port).toBe(8080)
    expect(portVariable(gin)).toEqual({ file: 'main.go', line: 8, saw: 'r.Run()' })
  })
  it('tells a listener that only its own machine reaches', () => {
    expect(listening(files('http.ListenAndServe("localhost:8080", nil)'))?.loopback).toBe(true)
    expect(listening(files('http.ListenAndServe(":8080", nil)'))?.loopback).toBe(false)
  })
  it.each([
    ['os.Getenv("PORT")', true],
    ['x := `env:"PORT,default=1"`', true],
    ['os.Getenv("SUPPORT")', false],
  ])('%s reads PORT: %s', (body, reads) => expect(portVariable(files(body)) !== undefined).toBe(reads))
})

describe('a listener', () => {
  it.each([
    ['http.ListenAndServe(addr, nil)', '"net/http"', true],
    ['app.Run()', '"github.com/gin-gonic/gin"', true],
    ['app.Go()', '"github.com/labstack/echo/v4"', true],
    ['http.Get("https://example.com")', '"net/http"', false],
    ['fmt.Println("Listen to me")', '"fmt"', false],
  ])('%s with %s: %s', (body, imports, serves) => expect(isServer(files(body, imports))).toBe(serves))
})

describe('the health route', () => {
  it.each([
    ['mux.HandleFunc("GET /healthz", h)', '/healthz'],
    ['r.Get("/ping", h)\n\tr.GET("/health", h)', '/health'],
    ['r.Get("/api/v1/health", h)', '/api/v1/health'],
    ['r.Get("/api/health", h)\n\tr.Get("/status", h)', '/status'],
    ['r.Method("GET", "/livez", h)', '/livez'],
    ['switch p {\n\tcase "/readyz":\n\t}', '/readyz'],
    ['r.Post("/health", h)', undefined],
    ['http.Post("https://other/health")', undefined],
    ['r.Get("/healthy-food", h)', undefined],
  ])('%s', (body, path) => expect(healthRoute(files(body))?.value).toBe(path))
})
