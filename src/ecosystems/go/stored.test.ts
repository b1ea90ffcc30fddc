import { describe, expect, it } from 'vitest'
import type { Tree } from '../../model/tree.ts'
import { parseFile } from './source.ts'
import { storedBy } from './stored.ts'

const empty: Tree = { files: new Set(), folders: new Set(), texts: new Map(), unread: new Map() }
const graph = (imports: string, body = '') => [
  parseFile('main.go', `package main\n\nimport (\n\t${imports}\n)\n\nfunc main() {\n\t${body}\n}\n`),
]
const places = (imports: string, body: string, runPaths: readonly string[], tree = empty) =>
  storedBy(tree, graph(imports, body), runPaths).map(({ path, link }) => (link === undefined ? path : `${link} → ${path}`))

describe('what a program keeps', () => {
  it.each([
    ['with SQLite', '_ "modernc.org/sqlite"', ''],
    ['with the SQLite of an older GORM', '_ "github.com/jinzhu/gorm/dialects/sqlite"', ''],
    ['with a module below it', '"github.com/dgraph-io/badger/v4"', ''],
    ['in a file', '"os"', 'os.WriteFile("counts/day.json", b, 0o644)'],
    ['in a folder', '"os"', 'os.MkdirAll("./uploads", 0o755)'],
  ])('%s goes to a volume that it runs in', (_, imports, body) => expect(places(imports, body, [])).toEqual(['/data']))

  it.each([
    ['"database/sql"', 'sql.Open("postgres", url)'],
    ['"os"', 'os.Create("/tmp/x")'],
    ['"os"', 'os.Open("a.txt")'],
    ['"github.com/mattn/go-sqlite3x"', ''],
  ])('%s with %s keeps nothing', (imports, body) => expect(places(imports, body, [])).toEqual([]))

  it('names the line that shows it', () =>
    expect(storedBy(empty, graph('_ "modernc.org/sqlite"'), [])[0]?.because).toEqual([
      { file: 'main.go', line: 4, saw: '_ "modernc.org/sqlite"' },
    ]))

  it.each([
    ['sql.Open("sqlite", "data/shop.db")', ['/app/data']],
    ['sql.Open("sqlite", "file:shop.db?cache=shared")', ['/app/shop.db → /data']],
    ['sql.Open("sqlite", "./a.db")\n\tsql.Open("sqlite", "a.db")', ['/app/a.db → /data']],
    ['bolt.Open("shop.store", 0600, nil)', ['/app/shop.store → /data']],
    ['leveldb.OpenFile("./var/index", nil)', ['/app/var/index']],
    ['bleve.New("shop.bleve", mapping)', ['/app/shop.bleve']],
    ['sql.Open("sqlite", path)', ['/data']],
    ['flag.StringVar(&c.files, "filespath", "files/",\n"where")\n\tos.MkdirAll(c.files, 0755)', ['/app/files']],
    ['pflag.StringP("data-dir", "d", "./var/data", "where")\n\tos.Mkdir(dir, 0755)', ['/app/var/data']],
    ['getEnv("DB", "/var/lib/shop/shop.db")', ['/var/lib/shop']],
    ['getEnv("DB", "/tmp/shop.db")', ['/data']],
    ['flag.String("template-dir", "web", "read only")\n\tos.MkdirAll(dir, 0755)', ['/data']],
    ['flag.String("data-dir", "data", "made by a person")', ['/data']],
    ['flag.String("data-dir", "/srv", "elsewhere")\n\tos.MkdirAll(dir, 0755)', ['/data']],
  ])('beside files of its own: %s', (body, expected) =>
    expect(places('_ "modernc.org/sqlite"', body, ['web/'], { ...empty, folders: new Set(['web']) })).toEqual(expected),
  )
})
