import { expect, it } from 'vitest'
import { asksForEncryption } from './encrypted.ts'

const asks = (file: string, text: string) =>
  asksForEncryption({ files: new Set([file]), folders: new Set(), texts: new Map([[file, text]]), unread: new Map() })

it.each([
  ['src/db.ts', 'new Pool({ ssl: { rejectUnauthorized: false } })', true],
  ['src/db.js', "ssl: process.env.NODE_ENV === 'production'", true],
  ['src/db.js', 'ssl: isProduction ? {\n  rejectUnauthorized: false } : false', true],
  ['config/config.json', '"dialectOptions": { "ssl": { "require": true } }', true],
  ['src/db.js', 'options.extra.ssl = { rejectUnauthorized: false }', true],
  ['src/db.js', 'ssl: false', false],
  ['src/db.js', 'if (ssl === true) listen()', false],
  ['test/db.js', 'ssl: true', false],
  ['site/settings.py', 'dj_database_url.config(conn_max_age=600, ssl_require=True)', true],
  ['site/settings.py', 'django_heroku.settings(locals())', true],
  ['site/settings.py', '"OPTIONS": {"sslmode": "require"}', true],
  ['site/settings.py', 'dj_database_url.config(ssl_require=False)', false],
  ['main.go', 'dsn := "host=db sslmode=require"', true],
  ['main.go', 'dsn := "host=db sslmode=disable"', false],
  ['README.md', 'sslmode=require', false],
])('%s with %s asks for encryption: %s', (file, text, expected) => expect(asks(file, text)).toBe(expected))
