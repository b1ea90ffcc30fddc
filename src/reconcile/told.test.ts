import { expect, test } from 'vitest'
import { withoutSecrets } from './told.ts'

test.each([
  ['      POSTGRES_PASSWORD: hunter2', '      POSTGRES_PASSWORD: left-out'],
  ['      - DB_PASS=hunter2 # ours', '      - DB_PASS=left-out # ours'],
  ['ENV SECRET_KEY="a b c" PORT=80', 'ENV SECRET_KEY=left-out PORT=80'],
  ['ENV API_TOKEN hunter 2', 'ENV API_TOKEN left-out'],
  ['{"environment": {"JWT_SECRET_CURRENT": "a"}}', '{"environment": {"JWT_SECRET_CURRENT": left-out}}'],
  [`      PASSWORD: \${PASSWORD:-hunter2}`, '      PASSWORD: left-out'],
  ['DATABASE_URL: postgres://shop:hunter2@db:5432/shop', 'DATABASE_URL: postgres://shop:left-out@db:5432/shop'],
  ['  PRIVATE_KEY: |\n    -----BEGIN\n\n    abc\n  PORT: 80', '  PRIVATE_KEY: left-out\n\n\n\n  PORT: 80'],
])('leaves out what is secret: %s', (text, expected) => expect(withoutSecrets(`a\n${text}\nb`)).toBe(`a\n${expected}\nb`))

test.each([
  'secrets:\n  db_password:\n    file: ./x',
  'POSTGRES_PASSWORD_FILE: /run/secrets/db',
  `PASSWORD: \${PASSWORD}`,
  'RUN --mount=type=secret,id=npm_token,target=/root/.npmrc npm ci',
  'ARG API_KEY\nENV PORT=3000\nVOLUME /app/uploads\nHEALTHCHECK CMD curl http://localhost:3000/',
  'image: registry.example.com:5000/shop',
])('leaves the rest: %s', (text) => expect(withoutSecrets(text)).toBe(text))

test('a text made to be slow is not', () => {
  const start = performance.now()
  for (const part of ['a-', 'PASS_', 'ENV ', 'KEY:|\n  ', '://a:']) withoutSecrets(part.repeat(100_000))
  expect(performance.now() - start).toBeLessThan(3000)
})
