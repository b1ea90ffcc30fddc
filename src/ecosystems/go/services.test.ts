import { describe, expect, it } from 'vitest'
import { goContract } from './contract.ts'
import { goServices } from './services.ts'
import { parseFile } from './source.ts'

function read(body: string, imports: readonly string[] = ['os']) {
  const text = `package main\n\nimport (\n${imports.map((path) => `\t"${path}"`).join('\n')}\n)\n\n${body}\n`
  const file = parseFile('main.go', text)
  const tree = { files: new Set<string>(), folders: new Set<string>(), texts: new Map<string, string>(), unread: new Map<string, string>() }
  const variables = goContract([file])
  return { variables, needs: goServices(tree, [file], variables) }
}

describe('goContract', () => {
  it.each([
    ['a := os.Getenv("API_URL")', ['API_URL']],
    ['if a, ok := os.LookupEnv("API_URL"); ok {', ['API_URL=']],
    ['a := os.Getenv("API_URL")\nif a == "" {\n\tlog.Fatal("no")\n}', ['API_URL!']],
    ['a := os.Getenv("API_URL")\nif a == "" {\n\ta = "http://b"\n}', ['API_URL=http://b']],
    ['a := getEnv("API_URL", "http://b")', ['API_URL=http://b']],
    ['a := mustGetenv("API_URL")', ['API_URL!']],
    ['mustMapEnv(&shop.api, "API_URL")', ['API_URL!']],
    ['mapEnv(&shop.api, "API_URL")', ['API_URL']],
    ['os.Setenv("API_URL", "b"); resetEnv("API_KEY", "b"); viper.SetEnvPrefix("SHOP")', []],
    ['// os.Getenv("API_URL")', []],
    ['viper.BindEnv("url", "API_URL")', ['API_URL']],
    ['util.MustBindEnv(urlFlag, "API_URL")', ['API_URL']],
    ['const dsn = "SHOP_DATABASE_URL"\nvar all = options{"REDIS_URL": {}}', ['REDIS_URL', 'SHOP_DATABASE_URL']],
    ['t.Setenv("DATABASE_URL", "x"); s := "not a DATABASE_URL"', []],
    [
      'func a() error {\n\tswitch kind {\n\tcase "a":\n\t\tif given == "" {\n\t\t\ta := os.Getenv("AA")\n\t\t\tif a == "" {\n\t\t\t\treturn errors.New("no a")\n\t\t\t}\n\t\t}\n\t}\n\tb := os.Getenv("BB")\n\tif b == "" {\n\t\treturn errors.New("no b")\n\t}\n}',
      ['AA', 'BB!'],
    ],
    ['type C struct {\n\tA string `env:"AA,required"`\n\tB int `env:"BB" envDefault:"3"`\n}', ['AA!', 'BB=3']],
    ['type C struct {\n\tA string `envconfig:"AA" required:"true"`\n\tB string `mapstructure:"DB_SOURCE"`\n}', ['AA!', 'DB_SOURCE']],
    [
      '&cli.StringFlag{Name: "a", EnvVars: []string{"AA"}, Value: "x"},\n&cli.StringFlag{Name: "b", EnvVars: []string{"BB"}},\n',
      ['AA=x', 'BB='],
    ],
  ])('%s', (body, expected) => {
    const { variables } = read(body)
    expect(variables.map((v) => `${v.name}${v.required ? '!' : ''}${v.default === undefined ? '' : `=${v.default}`}`)).toEqual(expected)
  })
})

describe('goServices', () => {
  it('needs what the program imports, where a variable leads to it', () => {
    const { needs } = read('db := os.Getenv("DATABASE_URL")\nr := getEnv("REDIS_ADDR", "cache:6379")', [
      'os',
      'github.com/redis/go-redis/v9',
      'github.com/jackc/pgx/v5/pgxpool',
    ])
    expect(needs.services).toEqual([
      {
        kind: 'postgres',
        optional: false,
        because: [{ file: 'main.go', line: 6, saw: '"github.com/jackc/pgx/v5/pgxpool"' }],
        connections: [{ variable: 'DATABASE_URL', holds: 'url' }],
      },
      {
        kind: 'redis',
        name: 'cache',
        optional: false,
        because: [{ file: 'main.go', line: 5, saw: '"github.com/redis/go-redis/v9"' }],
        connections: [{ variable: 'REDIS_ADDR', holds: 'host-and-port' }],
      },
    ])
  })

  it('holds a search engine for optional beside a built-in index', () => {
    const search = 'a := os.Getenv("MEILI_URL")\nb := os.Getenv("REDIS_ADDR")'
    const imports = ['os', 'github.com/meilisearch/meilisearch-go', 'github.com/redis/go-redis/v9']
    expect(read(search, [...imports, 'github.com/blevesearch/bleve/v2']).needs.services).toMatchObject([
      { kind: 'redis', optional: false },
      { kind: 'meilisearch', optional: true },
    ])
    expect(read(search, imports).needs.services).toMatchObject([{ kind: 'redis' }, { kind: 'meilisearch', optional: false }])
  })

  it('holds a database for optional that is one of several, or stands beside a built-in one', () => {
    const url = 'a := os.Getenv("DATABASE_URL")'
    expect(read(url, ['os', 'github.com/lib/pq', 'modernc.org/sqlite']).needs.services).toMatchObject([
      { kind: 'postgres', optional: true },
    ])
    expect(read(url, ['os', 'github.com/lib/pq', 'github.com/go-sql-driver/mysql']).needs.services).toMatchObject([
      { kind: 'postgres', optional: true },
    ])
  })

  it.each([
    ['os.Getenv("DATABASE_URL")', { variable: 'DATABASE_URL', holds: 'url', form: 'tcp', path: '/app?parseTime=true' }],
    ['getEnv("DB_LINK", "me:pw@tcp(db:3306)/shop?loc=Local")', { variable: 'DB_LINK', holds: 'url', form: 'tcp', path: '/shop?loc=Local' }],
    ['getEnv("DB_LINK", "mysql://me:pw@db/shop")', { variable: 'DB_LINK', holds: 'url', scheme: 'mysql', path: '/shop' }],
  ])('gives the driver of MySQL what it takes: %s', (code, connection) => {
    const { needs } = read(`a := ${code}`, ['os', 'github.com/go-sql-driver/mysql'])
    expect(needs.services).toMatchObject([{ kind: 'mysql', connections: [connection] }])
  })

  it.each([
    ['github.com/lib/pq', '/app?sslmode=disable'],
    ['github.com/go-pg/pg/v10', '/app?sslmode=disable'],
    ['github.com/uptrace/bun/driver/pgdriver', '/app?sslmode=disable'],
    ['github.com/jackc/pgx/v5', undefined],
  ])('tells %s not to ask for encryption, unless it goes without: %s', (driver, path) => {
    const { needs } = read('a := os.Getenv("DATABASE_URL")', ['os', driver])
    expect(needs.services[0]?.connections[0]?.path).toBe(path)
  })

  it.each([
    ['os.Getenv("DB_SSLMODE")', ['DB_SSLMODE']],
    ['os.Getenv("POSTGRES_SSL_MODE")', ['POSTGRES_SSL_MODE']],
    ['getEnv("DB_SSL_MODE", "disable")', []],
    ['os.Getenv("MAIL_SSL_MODE")', []],
  ])('says how it is reached where a variable has to: %s', (code, expected) => {
    const { needs } = read(`a := os.Getenv("DB_HOST")\nb := ${code}`, ['os', 'github.com/jackc/pgx/v5'])
    const said = needs.services[0]?.connections.filter((c) => c.value === 'disable') ?? []
    expect(said.map((c) => c.variable)).toEqual(expected)
  })

  it('takes host and database of a data source name, which the driver of PostgreSQL also takes as a URL', () => {
    const { needs } = read('a := getEnv("STORE", "host=pg user=me dbname=shop")', ['os', 'github.com/jackc/pgx/v5'])
    expect(needs.services).toMatchObject([
      { kind: 'postgres', name: 'pg', database: 'shop', connections: [{ variable: 'STORE', holds: 'url' }] },
    ])
  })

  it('adds nothing, and says nothing, where a client is only one of many possibilities', () => {
    expect(read('', ['github.com/redis/go-redis/v9']).needs).toEqual({ services: [], notices: [] })
  })
})

describe('what functions of the project look up', () => {
  const config =
    'package config\n\nimport "os"\n\nfunc Config(key string) string {\n\treturn os.Getenv(key)\n}\n\nfunc Or(key, usual string) string {\n\tif v, ok := os.LookupEnv(key); ok {\n\t\treturn v\n\t}\n\treturn usual\n}\n\nfunc Other(key string) string {\n\treturn key\n}\n'
  it.each([
    ['a := config.Config("DB_PORT")', ['DB_PORT']],
    ['a := config.Or("DB_PORT", "5432")', ['DB_PORT=5432']],
    ['a := config.Other("DB_PORT")', []],
    ['a := other.Config("DB_PORT"); b := Config("DB_PORT")', []],
  ])('%s', (body, expected) => {
    const files = [parseFile('config/config.go', config), parseFile('main.go', `package main\n\nfunc main() {\n\t${body}\n}\n`)]
    expect(goContract(files).map((v) => `${v.name}${v.default === undefined ? '' : `=${v.default}`}`)).toEqual(expected)
  })
})

describe('a database on the own machine of the code', () => {
  const told = (body: string, ...imports: readonly string[]) =>
    read(body, ['os', ...imports]).needs.notices.map(({ code, because: [seen] }) => [code, seen?.saw])
  const unreachable = [['service-unreachable', 'postgres://localhost']]
  it.each([
    ['const (\n\thost = "localhost"\n\tport = 5432\n)', unreachable],
    ['db := open("host=localhost user=shop password=hunter2 dbname=shop")', unreachable],
    ['const dbHost = "db.example.com"', []],
    ['proxyhost := "localhost"', []],
    ['host := "localhost"\n\ta := os.Getenv("DATABASE_URL")', []],
  ])('%s', (body, expected) => expect(told(body, 'github.com/jackc/pgx/v5/stdlib')).toEqual(expected))

  it('is reached by the name that a driver is given', () => {
    const { needs } = read('db := open(fmt.Sprintf("host=db port=5432 user=%s", os.Getenv("DB_USER")))', ['os', 'gorm.io/driver/postgres'])
    expect(needs.services).toMatchObject([{ kind: 'postgres', name: 'db' }])
  })

  it('is not guessed between two', () => {
    const { needs } = read('db := open("host=db user=shop")', ['os', 'github.com/go-sql-driver/mysql', 'github.com/jackc/pgx/v5'])
    expect(needs).toEqual({ services: [], notices: [] })
  })

  it('is none without a client', () => expect(told('host := "localhost"')).toEqual([]))
})
