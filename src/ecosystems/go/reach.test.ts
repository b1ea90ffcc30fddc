import { expect, it } from 'vitest'
import { reachOf } from './reach.ts'
import { parseFile } from './source.ts'

const of = (body: string) => {
  const reach = reachOf([parseFile('main.go', `package main\n\nfunc main() {\n\t${body}\n}\n`)], 8080)
  if (reach === undefined) return undefined
  return 'argument' in reach ? reach.argument.value : `${reach.variable.value}=${reach.value}`
}

it.each([
  ['flag.String("addr", "localhost:8080", "where")', '--addr=0.0.0.0:8080'],
  ['flag.StringVar(&c.Bind, "http.bind", "127.0.0.1", "where")', '--http.bind=0.0.0.0'],
  ['cmd.Flags().StringVarP(&a, "address", "a", "127.0.0.1", "where")', '--address=0.0.0.0'],
  ['type o struct {\n\tHost string `long:"bind" description:"where" default:"localhost"`\n}', '--bind=0.0.0.0'],
  ['flag.String("addr", "localhost:9090", "")\n\tflag.String("http-addr", "localhost:8080", "")', '--http-addr=0.0.0.0:8080'],
  ['flag.String("addr", "localhost:9090", "of a port that is chosen otherwise")', '--addr=0.0.0.0:8080'],
  [
    'f := cli.StringFlag{\n\t\tName: "listener",\n\t\tAliases: []string{"l"},\n\t\tValue: "127.0.0.1:8080",\n\t}',
    '--listener=0.0.0.0:8080',
  ],
  ['flag.String("host", "localhost", "where")\n\tflag.Int("port", 8080, "where")', '--host=0.0.0.0'],
  ['flag.String("host", "localhost", "of the database")', undefined],
  [
    'flag.String("host", "localhost", "of the database")\n\tflag.Int("port", 5432, "")\n\tflag.String("bind", "localhost", "")',
    '--bind=0.0.0.0',
  ],
  ['flag.String("host", "localhost", "of the database")\n\tflag.Int("port", 5432, "")', undefined],
  ['flag.String("db-host", "localhost", "")', undefined],
  ['flag.String("redis-addr", "localhost:6379", "")', undefined],
  ['flag.String("addr", ":8080", "where")', undefined],
  ['type o struct {\n\tHost string `env:"HOST" envDefault:"localhost"`\n}', 'HOST=0.0.0.0'],
  ['host := getEnv("HOST", "localhost")', 'HOST=0.0.0.0'],
  ['addr := cmp.Or(os.Getenv("LISTEN_ADDR"), "127.0.0.1:9000")', 'LISTEN_ADDR=0.0.0.0:8080'],
  ['host := os.Getenv("HOST")\n\tif host == "" {\n\t\thost = "localhost"\n\t}', 'HOST=0.0.0.0'],
  ['o := options{"LISTEN_ADDR": {\n\t\tlist: []string{"127.0.0.1:8080"}}}', 'LISTEN_ADDR=0.0.0.0:8080'],
  ['host := getEnv("DB_HOST", "localhost")', undefined],
  ['type c struct {\n\tIP string `yaml:"ip" default:"127.0.0.1" env:"SHOP_LISTEN_IPV4"`\n}', 'SHOP_LISTEN_IPV4=0.0.0.0'],
  ['type c struct {\n\tIP string `default:"127.0.0.1" env:"MYSQL_IP"`\n}', undefined],
])('%s → %s', (body, expected) => expect(of(body)).toBe(expected))
