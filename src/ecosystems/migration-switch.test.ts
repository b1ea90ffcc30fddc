import { describe, expect, it } from 'vitest'
import type { Tree } from '../model/tree.ts'
import { migrationSwitches } from './migration-switch.ts'

function names(texts: Readonly<Record<string, string>>, kind: 'postgres' | 'redis' = 'postgres'): readonly string[] {
  const tree: Tree = { files: new Set(), folders: new Set(), texts: new Map(Object.entries(texts)), unread: new Map() }
  return migrationSwitches(tree, kind).map(({ variable, value }) => `${variable}=${value}`)
}

describe('what has a program bring its tables up to date', () => {
  it.each([
    ['a.ts', "if (process.env.RUN_MIGRATIONS === 'true') migrate()", ['RUN_MIGRATIONS=true']],
    ['a.js', 'const { DB_AUTO_MIGRATE } = env; env.DB_AUTO_MIGRATE', ['DB_AUTO_MIGRATE=true']],
    [
      'a.go',
      'c.Auto = envBool("SHOP_AUTO_RUN_MIGRATIONS", false)\nenvBool("APP_RUN_DB_MIGRATIONS", false)',
      ['APP_RUN_DB_MIGRATIONS=true', 'SHOP_AUTO_RUN_MIGRATIONS=true'],
    ],
    ['a.go', 'os.Getenv("SKIP_AUTO_MIGRATE"); os.Getenv("MIGRATE_TOKEN")', []],
    ['a.ts', "if (process.env.RUN_MIGRATIONS === 'false') return", []],
    ['a_test.go', 'os.Getenv("AUTO_MIGRATE")', []],
    ['README.md', '"RUN_MIGRATIONS"', []],
  ])('%s: %s', (file, text, found) => expect(names({ [file]: text })).toEqual(found))

  it('is of use beside a database alone', () => expect(names({ 'a.go': 'os.Getenv("AUTO_MIGRATE")' }, 'redis')).toEqual([]))
})
