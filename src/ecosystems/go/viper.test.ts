import { expect, it } from 'vitest'
import { detect, mod, server } from '../../../test/detected-go.ts'

const program = (body: string, config?: string) => {
  const code = server
    .replace('import "net/http"', 'import (\n\t"net/http"\n\t"github.com/spf13/viper"\n\t_ "github.com/jackc/pgx/v5/stdlib"\n)')
    .replace('http.Listen', `${body}\n\thttp.Listen`)
  return detect({ 'go.mod': mod, 'main.go': code, ...(config === undefined ? {} : { 'conf/config.yml': config }) })
}
const dotted = 'viper.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))\n\tviper.AutomaticEnv()\n\t'

it.each([
  ['viper.AutomaticEnv()\n\tviper.GetString("db_dsn")', undefined, ['DB_DSN']],
  ['viper.AutomaticEnv()\n\tviper.SetDefault("level", "debug")\n\tviper.SetDefault("size", 3)', undefined, ['LEVEL=debug', 'SIZE=3']],
  ['viper.GetString("db_dsn")', undefined, []],
  ['viper.AutomaticEnv()\n\tviper.GetString("db.dsn")', undefined, []],
  [`${dotted}viper.GetString("db.dsn")`, undefined, ['DB_DSN']],
  [`viper.SetEnvPrefix("shop")\n\t${dotted}viper.GetString("db.dsn")`, undefined, ['SHOP_DB_DSN']],
  [`viper.SetEnvPrefix(prefix)\n\t${dotted}viper.GetString("db.dsn")`, undefined, []],
  [`${dotted}viper.AddConfigPath("conf")`, 'db:\n  pool:\n    size: 3\nmode: slow\n', ['DB_POOL_SIZE=3', 'MODE=slow']],
])('%s with %j takes %j from the environment', (body, config, expected) =>
  expect(program(body, config)?.variables.map((v) => `${v.name}${v.default === undefined ? '' : `=${v.default}`}`)).toEqual(expected),
)

it('leads to a service, whatever address of this machine is the default', () => {
  const app = program('viper.AutomaticEnv()\n\tviper.SetDefault("db_dsn", "postgres://a:b@localhost:5432/a")')
  expect(app?.services).toMatchObject([{ kind: 'postgres', optional: false, connections: [{ variable: 'DB_DSN', holds: 'url' }] }])
  expect(JSON.stringify(app)).not.toContain('a:b@')
  const parts = program(`${dotted}viper.AddConfigPath("conf")`, 'postgres:\n  host: localhost\n  user: a\n  password: b\n')
  expect(parts?.services[0]?.connections.map((c) => c.variable)).toEqual(['POSTGRES_HOST', 'POSTGRES_PASSWORD', 'POSTGRES_USER'])
})
