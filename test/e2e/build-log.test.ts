import { expect, it } from 'vitest'
import { installs, stepsOf } from './build-log.ts'

const log = `#1 [internal] load build definition from Dockerfile
#5 [web dependencies 2/3] COPY --link package.json package-lock.json ./
#5 CACHED
#6 [dependencies 3/3] RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev
#6 0.311 npm notice
#6 DONE 1.2s
#7 [4/4] COPY --link src/ ./src/
#7 DONE 0.1s
`

it('tells which steps ran again', () => {
  expect(stepsOf(log)).toEqual([
    { name: 'COPY --link package.json package-lock.json ./', cached: true },
    { name: 'RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev', cached: false },
    { name: 'COPY --link src/ ./src/', cached: false },
  ])
  expect(installs(stepsOf(log)).map((step) => step.cached)).toEqual([false])
})
