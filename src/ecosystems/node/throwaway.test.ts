import { expect, it } from 'vitest'
import { detect } from '../../../test/detected-node.ts'

const next = { scripts: { start: 'next start', build: 'next build' }, dependencies: { next: '15.1.7', postgres: '3' } }
const environment = (texts: Readonly<Record<string, string>>, manifest: object = next) => detect(manifest, texts).build.environment

it('lets Next.js load code that takes variables for granted', () => {
  const files = {
    'lib/db.ts':
      "import postgres from 'postgres'\nif (!process.env.POSTGRES_URL) throw new Error()\nexport const sql = postgres(process.env.POSTGRES_URL)",
    'lib/pay.ts': 'export const pay = new Stripe(process.env.STRIPE_SECRET_KEY!, {})\nconst site = process.env.SITE_URL as string',
    'lib/log.ts': 'if (process.env.SENTRY_DSN !== undefined) start(process.env.SENTRY_DSN)',
    '.env.example': 'STRIPE_SECRET_KEY=sk_test_1\nNEXT_PUBLIC_TITLE=Shop\nNEXT_PUBLIC_KEY=your-key-here\n',
  }
  expect(environment(files)).toEqual({
    NEXT_PUBLIC_TITLE: 'Shop',
    POSTGRES_URL: 'postgresql://localhost/build',
    SITE_URL: 'http://localhost',
    STRIPE_SECRET_KEY: expect.stringMatching(/^only-/),
  })
  expect(environment(files, { ...next, scripts: { start: 'node server.js', build: 'vite build' } })).toEqual({})
})

it('lets a check of variables be skipped where the code knows how', () =>
  expect(environment({ 'src/env.js': 'export const env = createEnv({ skipValidation: !!process.env.SKIP_ENV_VALIDATION })' })).toEqual({
    SKIP_ENV_VALIDATION: '1',
  }))
