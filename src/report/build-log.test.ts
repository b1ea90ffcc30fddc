import { expect, test } from 'vitest'
import { buildFollower, startFailure } from './build-log.ts'

const log = `#1 [internal] load build definition from Dockerfile
#1 DONE 0.0s
#5 [web dependencies 3/4] RUN npm ci
#6 [web runtime 2/6] COPY a b
#6 CACHED
#5 0.512 npm warn deprecated
#5 DONE 3.2s
#7 [web build 4/4] RUN npm run build
#7 1.204 src/a.ts(3,1): error TS1005\u001b[2J
#7 ERROR: process "/bin/sh -c npm run build" did not complete successfully: exit code: 2`

test('a build is told step by step, and the failing step with its reason', () => {
  const told: string[] = []
  const follower = buildFollower((line) => told.push(line))
  for (const line of log.split('\n')) follower.line(line)
  expect(told).toEqual([
    '  [web dependencies 3/4] RUN npm ci',
    '  [web runtime 2/6] COPY a b',
    '    done in 3.2 s: [web dependencies 3/4] RUN npm ci',
    '  [web build 4/4] RUN npm run build',
  ])
  expect(follower.failure()).toBe(`The build failed in this step:
  [web build 4/4] RUN npm run build
It said:
  src/a.ts(3,1): error TS1005 [2J
  ERROR: process "/bin/sh -c npm run build" did not complete successfully: exit code: 2
Once it is mended: docker compose build`)
})

test('a build that fails before its first step says what it said', () => {
  const follower = buildFollower(() => {})
  follower.line('failed to solve: no space left on device')
  expect(follower.failure()).toContain('  failed to solve: no space left on device\n')
})

test('a start that fails is told with what Compose and the programs said', () => {
  expect(startFailure(['a', 'b', 'c', 'container x is unhealthy'], ['web-1  | boom'])).toMatch(
    /b\n {2}c\n {2}container x is unhealthy\n[\s\S]*boom/,
  )
})
