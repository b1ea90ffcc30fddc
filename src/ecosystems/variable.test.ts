import { describe, expect, it } from 'vitest'
import { variable } from './variable.ts'

describe('variable', () => {
  it.each([
    'SECRET_KEY',
    'DJANGO_SECRET_KEY',
    'JWT_SECRET',
    'JWT_ACCESS_SECRET',
    'ACCESS_TOKEN_SECRET_KEY',
    'SESSION_SECRET',
    'COOKIE_SECRET',
    'AUTH_SECRET',
    'NEXTAUTH_SECRET',
    'APP_KEY',
    'SESSION_KEYS',
    'SECRET',
    'ENCRYPTION_KEY',
    'PASSWORD_SALT',
    'jwtSecret',
    'SHOP_SESSION_SECRET',
    'PS_SHARED_SECRET',
    'ADMIN_PASSWORD',
    'DJANGO_SUPERUSER_PASSWORD',
    'SHOP_BASIC_AUTH_PASS',
    'CRON_SECRET',
    'PREVIEW_SECRET',
    'INVITE_SECRET',
    'INTERNAL_API_TOKEN',
  ])('%s is a secret that may be any random text', (name) => {
    expect(variable(name, { required: true }, [])).toMatchObject({ secret: true, generated: true })
  })

  it.each([
    'DB_PASSWORD',
    'PGPASSWORD',
    'SMTP_PASS',
    'EMAIL_HOST_PASSWORD',
    'OPENAI_API_KEY',
    'STRIPE_SECRET_KEY',
    'GITHUB_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'GOOGLE_CLIENT_SECRET',
    'SENTRY_DSN',
    'SLACK_WEBHOOK_URL',
    'TWITTER_ACCESS_TOKEN_SECRET',
    'FACEBOOK_APP_SECRET',
    'FIREBASE_PRIVATE_KEY',
    'SHOPIFY_SHARED_SECRET',
    'RADIUS_PASSWORD',
  ])('%s is a secret that somebody else hands out', (name) => {
    expect(variable(name, { required: true }, [])).toMatchObject({ secret: true, generated: false })
  })

  it.each([
    'PORT',
    'DATABASE_URL',
    'DB_HOST',
    'STRIPE_PUBLIC_KEY',
    'STRIPE_PUBLISHABLE_KEY',
    'JWT_EXPIRES_IN',
    'ACCESS_TOKEN_TTL',
    'ACCESS_TOKEN_DURATION',
    'ACCESS_TOKEN_EXPIRE_MINUTES',
    'GOOGLE_CLIENT_ID',
    'PASSWORD_MIN_LENGTH',
    'SALT_ROUNDS',
    'SESSION_COOKIE_NAME',
    'TOKEN_URL',
    'PASSPORT_STRATEGY',
    'COMPASS_HOST',
    'KEYBOARD',
    'DB_PASSWORD_FILE',
  ])('%s is no secret', (name) => {
    expect(variable(name, { required: true }, [])).toMatchObject({ secret: false, generated: false })
  })

  it('keeps what it is given', () => {
    const because = [{ file: 'a.js', line: 1, saw: 'process.env.A ?? 1' }]
    expect(variable('A', { default: '1', required: false }, because)).toEqual({
      name: 'A',
      default: '1',
      required: false,
      secret: false,
      generated: false,
      because,
    })
  })
})
