import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { detect } from '../../../test/detected-node.ts'
import { problemOf } from '../../../test/problem.ts'
import { siteServer } from '../../catalogue/site-server.ts'
import type { Choices, OptionValues } from '../../model/options.ts'
import { shellCommand } from '../../render/words.ts'
import { planNode } from './plan.ts'
import { siteSettings } from './site-settings.ts'

const chosen: Partial<OptionValues> = { release: '24', start: 'dist', port: 8080, name: 'shop', user: 10_001, health: '/' }
const choices = (more: Partial<OptionValues> = {}): Choices => {
  const entries = Object.entries({ ...chosen, ...more }).map(([key, value]) => [key, { value, from: 'answer', because: [] }])
  return Object.fromEntries(entries)
}
const manifest = { devDependencies: { vite: '^8.0.0' }, scripts: { build: 'vite build' } }
const app = (texts: Readonly<Record<string, string>> = {}) => detect(manifest, { 'index.html': '', ...texts })
const last = (image: ReturnType<typeof planNode>) => image.stages.at(-1)

describe('the image of a site', () => {
  it('ends with a server that holds what was made and nothing else', () => {
    const image = planNode(app(), choices())
    expect(last(image)?.base).toEqual(siteServer)
    expect(last(image)?.steps.filter((step) => step.do === 'copy')).toEqual([
      { do: 'copy', from: 'build', paths: ['/app/dist/'], to: '/srv/site/', rule: 'site-files' },
    ])
    expect(image.stages.flatMap(({ steps }) => steps).filter((step) => step.do === 'env')).toEqual([])
    expect([image.stopSignal, image.health.command.at(-1)]).toEqual(['SIGQUIT', 'http://127.0.0.1:8080/'])
  })

  it('is root only for what root has to change', () => {
    const users = last(planNode(app(), choices()))?.steps.filter((step) => step.do === 'user')
    expect(users).toEqual([
      { do: 'user', root: true, rule: 'no-setuid' },
      { do: 'user', rule: 'arbitrary-user' },
    ])
  })

  it('holds another folder, or a program, where a person says so', () => {
    expect(JSON.stringify(last(planNode(app(), choices({ start: 'www' }))))).toContain('"/app/www/"')
    const image = planNode(app(), choices({ start: 'server.js', base: 'distroless' }))
    expect([last(image)?.base.repository, image.command]).toEqual(['gcr.io/distroless/nodejs24-debian13', ['server.js']])
  })

  it('stands on Debian alone', () =>
    expect(problemOf(() => planNode(app(), choices({ base: 'alpine' })))).toMatchObject({ code: 'base-not-served' }))

  it('has its files below the path by which they ask for each other', () => {
    const image = planNode(app({ 'vite.config.ts': "base: '/shop/'," }), choices())
    expect(JSON.stringify(last(image))).toContain('"to":"/srv/site/shop/"')
  })
})

describe('the settings of its server', () => {
  const because = { file: 'package.json', saw: 'build' }
  const site = { tool: 'vite', folder: 'dist', because: [because] }
  const settings = (more: object): string => siteSettings({ ...site, ...more }, 8080).join('\n')

  it('answer every address with one page, or say what is missing', () => {
    expect(settings({ fallback: 'index.html' })).toContain('location / { try_files $uri $uri.html $uri/index.html /index.html; }')
    expect(settings({})).toContain('error_page 403 404 =404 /404.html;')
    expect(settings({})).toContain('location / { try_files $uri $uri.html $uri/ =404; }')
    expect(settings({})).toContain('location ~ /\\.(?!well-known/) { return 404; }')
  })

  it('lead to the path below which a site is', () => {
    const text = settings({ fallback: 'index.html', base: { path: '/shop/', because } })
    expect(text).toContain('location = / { return 302 /shop/; }')
    expect(text).toContain('$uri/index.html /shop/index.html;')
  })

  it('come out of the shell as they are', () => {
    const folder = mkdtempSync(join(tmpdir(), 'settings-'))
    try {
      const lines = siteSettings({ ...site, fallback: 'index.html' }, 8080)
      execFileSync('sh', ['-c', shellCommand({ write: 'site.conf', lines })], { cwd: folder })
      expect(readFileSync(join(folder, 'site.conf'), 'utf8')).toBe(`${lines.join('\n')}\n`)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it.each([
    ['/assets/index-BeAefk5i.js', true],
    ['/assets/index-D_x1-9Zq.css', true],
    ['/assets/logo-homepage.png', false],
    ['/assets/report-20240101.pdf', false],
    ['/static/js/main.a1b2c3d4.js', true],
    ['/static/js/787.a1b2c3d4.chunk.js', true],
    ['/main-ABCD2345.js', true],
    ['/_next/static/chunks/app.js', true],
    ['/_astro/page.CxYz12ab.css', true],
    ['/sw.js', false],
    ['/index.html', false],
    ['/photo-20240101.jpg', false],
    ['/manifest.webmanifest', false],
  ])('keep %s for long: %s', (path, kept) => {
    const patterns = [...settings({}).matchAll(/"~(\S+)" "public/g)].map(([, source = '']) => new RegExp(source.replaceAll('\\z', '$')))
    expect(patterns.some((pattern) => pattern.test(path))).toBe(kept)
  })
})
