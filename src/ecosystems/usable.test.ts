import { describe, expect, it } from 'vitest'
import type { Process, ServiceKind } from '../model/service.ts'
import { detectPython } from './python/detect.ts'
import { djangoFiles, treeOf } from './python/tree.fixture.ts'
import { withUsable } from './usable.ts'

const worker: Process = {
  name: 'worker',
  kind: 'worker',
  argv: ['celery', 'worker'],
  environment: {},
  needs: ['redis', 'rabbitmq'],
  polls: true,
  because: [{ file: 'Procfile', line: 2, saw: 'worker: celery worker' }],
}

function usable(processes: readonly Process[], kinds: readonly ServiceKind[]) {
  const app = detectPython(treeOf(djangoFiles()))
  if (app === undefined) throw new Error('not detected')
  const services = kinds.map((kind) => ({ kind, optional: false, because: [], connections: [] }))
  const { processes: left, notices } = withUsable({ ...app, notices: [], services, processes })
  return { names: left.map(({ name }) => name), notices }
}

describe('withUsable', () => {
  it('keeps what finds one of the services that it needs, or needs none', () => {
    expect(usable([worker, { ...worker, name: 'clock', needs: [] }], ['postgres', 'rabbitmq'])).toEqual({
      names: ['worker', 'clock'],
      notices: [],
    })
  })

  it('says what a worker would need, and where the repository starts it', () => {
    const { names, notices } = usable([worker], ['postgres'])
    expect(names).toEqual([])
    expect(notices).toMatchObject([{ code: 'process-left-out', text: expect.stringContaining('redis, rabbitmq'), because: worker.because }])
  })

  it('is silent about what is only possible', () => {
    const migrate: Process = { ...worker, name: 'migrate', kind: 'once', because: [{ file: 'manage.py', saw: 'the file is there' }] }
    expect(usable([migrate, { ...worker, kind: 'seed' }], [])).toEqual({ names: [], notices: [] })
  })
})
