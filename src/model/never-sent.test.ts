import { expect, it } from 'vitest'
import { isNeverSent } from './never-sent.ts'

it.each(['.git', 'a/.env.local', 'keys/license_public.pem', 'node_modules/a/index.js', 'b/mod.pyc', 'compose.dev.yml'])(
  '%s is never sent',
  (path) => expect(isNeverSent(path)).toBe(true),
)

it.each(['main.go', 'pem/a.go', 'keys.go', 'a.environment', 'web/envs/.envrc', 'Dockerfiles/a'])('%s may be sent', (path) =>
  expect(isNeverSent(path)).toBe(false),
)
