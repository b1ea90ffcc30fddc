import { describe, expect, it } from 'vitest'
import type { Tree } from '../../model/tree.ts'
import { variable } from '../variable.ts'
import { findFileDatabase } from './file-database.ts'

const schema = 'datasource db {\n  provider = "sqlite"\n  url      = env("DATABASE_URL")\n}\n'

function found(texts: Readonly<Record<string, string>>, given: { readonly default?: string } = {}) {
  const tree: Tree = { files: new Set(Object.keys(texts)), folders: new Set(), texts: new Map(Object.entries(texts)), unread: new Map() }
  const database = findFileDatabase(tree, [
    variable('PORT', { required: true }, []),
    variable('DATABASE_URL', { required: false, ...given }, []),
  ])
  return database && [database.variables[1]?.example?.value, database.variables[1]?.required, ...database.writable.map((w) => w.path)]
}

describe('a database in a file that a variable names', () => {
  it.each([
    ['file:./dev.db?connection_limit=1', 'file:/data/dev.db?connection_limit=1'],
    ['file:local.sqlite', 'file:/data/local.sqlite'],
    ['sqlite://store/shop.db', 'sqlite:///data/shop.db'],
    ['/var/lib/shop/shop.sqlite3', '/data/shop.sqlite3'],
  ])('%s is put into a folder that is kept', (value, expected) => {
    expect(found({ '.env.example': `DATABASE_URL="${value}"\n` })).toEqual([expected, true, '/data'])
  })

  it('is asked for by a schema of Prisma where nothing shows a value', () => {
    expect(found({ 'prisma/schema.prisma': schema })).toEqual(['file:/data/app.db', true, '/data'])
    expect(found({ 'prisma/schema.prisma': schema.replace('sqlite', 'postgresql') })).toBeUndefined()
  })

  it.each(['postgres://localhost/shop.db', 'libsql://shop.turso.io', 'shop', 'https://example.org/a.db'])('%s is none', (value) => {
    expect(found({ '.env.example': `DATABASE_URL=${value}\n`, 'prisma/schema.prisma': schema })).toBeUndefined()
  })

  it('stays where the code has one of its own', () => {
    expect(found({ '.env.example': 'DATABASE_URL=file:./dev.db\n' }, { default: './dev.db' })).toBeUndefined()
  })
})
