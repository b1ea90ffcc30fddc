import { describe, expect, it } from 'vitest'
import { detect, mod } from '../../../test/detected-go.ts'

const server = (reads: string, more = '') =>
  `package main\n\nimport (\n\t"net/http"\n\t"github.com/spf13/viper"\n${more})\n\nfunc main() {\n\t${reads}\n\thttp.ListenAndServe(":"+viper.GetString("port"), nil)\n}\n`
const folder = 'viper.AddConfigPath("configs")\n\tviper.SetConfigName("config")'

describe('a file of settings', () => {
  it.each([
    ['configs/config.yml', 'port: "8001"\n\ndb:\n    host: "localhost"\n    port: "5999"\n', 8001],
    ['configs/main.yml', 'http:\n  host: x\n  port: 8002 # public\ncache:\n  port: 8999\n', 8002],
    ['configs/config.yml', 'cache:\n  port: 8999\nserver:\n  tls:\n    enabled: false\n  Port: :8003\n', 8003],
    ['configs/app.ini', '[redis]\nPort = 8999\n[server]\nHttpPort = 8004\n', 8004],
    ['configs/config.toml', '[app]\naddress = "0.0.0.0:8005"\n', 8005],
    ['configs/config.json', '{\n  "store": {\n    "port": 8999\n  },\n  "server": {\n    "port": 8006\n  }\n}\n', 8006],
    ['configs/config.yml', 'server_port: 8007\n', 8007],
    ['configs/config.yml', 'mail:\n  port: 8008\nmetrics_port: 8009\n', undefined],
    ['configs/other.yml', 'port: 8010\n', undefined],
    ['elsewhere/config.yml', 'port: 8011\n', undefined],
  ])('says the port where the program opens it: %s with %j', (file, text, port) =>
    expect(detect({ 'go.mod': mod, 'main.go': server(folder), [file]: text })?.found.port?.value).toBe(port),
  )

  it('says less than the code does', () => {
    const code = server(folder).replace('":"+viper.GetString("port")', '":7000"')
    expect(detect({ 'go.mod': mod, 'main.go': code, 'configs/config.yml': 'port: 8001\n' })?.found.port?.value).toBe(7000)
  })

  it.each([
    ['viper.AddConfigPath(".")\n\tviper.SetConfigName("config")', ['config.yaml'], 8001],
    ['viper.AddConfigPath("./")\n\tviper.SetConfigName("app")', [], undefined],
  ])('that viper finds beside the program by its name without an ending is there: %s', (reads, paths, port) => {
    const app = detect({ 'go.mod': mod, 'main.go': server(reads), 'config.yaml': 'port: 8001\n' })
    expect([app?.programs[0]?.runPaths, app?.found.port?.value]).toEqual([paths, port])
  })

  it.each([
    ['db:\n  host: "localhost"\n', 'postgres://localhost'],
    ['db:\n  dsn: "postgres://127.0.0.1/shop?password=x"\n', 'postgres://127.0.0.1/shop'],
  ])('that has the database on the same machine is told of: %j', (text, saw) => {
    const code = server(folder, '\t_ "github.com/lib/pq"\n')
    const app = detect({ 'go.mod': mod, 'main.go': code, 'configs/config.yml': `port: 8001\n${text}` })
    expect(app?.notices).toMatchObject([{ code: 'service-unreachable', because: [{ file: 'configs/config.yml', line: 3, saw }, {}] }])
  })
})
