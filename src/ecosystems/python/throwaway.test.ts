import { expect, it } from 'vitest'
import { detectPython } from './detect.ts'
import { djangoFiles, treeOf } from './tree.fixture.ts'

it.each([
  ['dj_database_url.config(default="mysql://root@localhost/shop")', 'psycopg2-binary', { DATABASE_URL: 'sqlite:////tmp/build.sqlite3' }],
  ['dj_database_url.config(env="SHOP_DB", default="mysql://localhost/shop")', 'psycopg', { SHOP_DB: 'sqlite:////tmp/build.sqlite3' }],
  ['dj_database_url.config(default="mysql://root@localhost/shop")', 'mysqlclient', {}],
  ['dj_database_url.config(default="sqlite:///a.db")', 'psycopg', {}],
  ['dj_database_url.config(default="postgres://localhost/shop")', 'psycopg', {}],
])('%s with %s is imported while building with %j', (call, driver, expected) => {
  const settings = `import dj_database_url\nROOT_URLCONF = "site_.urls"\nDATABASES = {"default": ${call}}\n`
  const files = djangoFiles({ 'site_/settings.py': settings, 'requirements.txt': `Django==5.2.8\ngunicorn==25.1.0\n${driver}==1.0\n` })
  expect(detectPython(treeOf(files))?.throwaway).toEqual(expected)
})
