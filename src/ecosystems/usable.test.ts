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

function usable(processes: readonly Process[], kinds: readonly ServiceKind[], optional: readonly ServiceKind[] = []) {
  const app = detectPython(treeOf(djangoFiles()))
  if (app === undefined) throw new Error('not detected')
  const services = kinds.map((kind) => ({ kind, optional: optional.includes(kind), because: [], connections: [] }))
  const { processes: left, notices, services: found } = withUsable({ ...app, writable: [], notices: [], services, processes })
  return { names: left.map(({ name }) => name), notices, needed: found.filter((s) => !s.optional).map((s) => s.kind) }
}

describe('withUsable', () => {
  it('keeps what finds one of the services that it needs, or needs none', () => {
    expect(usable([worker, { ...worker, name: 'clock', needs: [] }], ['postgres', 'rabbitmq'])).toEqual({
      names: ['worker', 'clock'],
      notices: [],
      needed: ['postgres', 'rabbitmq'],
    })
  })

  it('needs what a program of it needs, though the code as a whole could do without', () => {
    const migrate: Process = { ...worker, name: 'migrate', kind: 'once', needs: ['postgres', 'mysql'] }
    const optional = ['postgres', 'redis', 'rabbitmq'] as const
    expect(usable([worker], optional, optional).needed).toEqual(['redis'])
    expect(usable([worker], optional, ['postgres', 'redis']).needed).toEqual(['rabbitmq'])
    expect(usable([migrate, worker], optional, optional).needed).toEqual(['postgres', 'redis'])
    expect(usable([{ ...worker, kind: 'seed' }], optional, optional).needed).toEqual([])
  })

  it('says what a worker would need, and where the repository starts it', () => {
    const { names, notices } = usable([worker], ['postgres'])
    expect(names).toEqual([])
    expect(notices).toMatchObject([{ code: 'process-left-out', text: expect.stringContaining('redis, rabbitmq'), because: worker.because }])
  })

  it('is silent about what is only possible', () => {
    const migrate: Process = { ...worker, name: 'migrate', kind: 'once', because: [{ file: 'manage.py', saw: 'the file is there' }] }
    expect(usable([migrate, { ...worker, kind: 'seed' }], [])).toEqual({ names: [], notices: [], needed: [] })
  })
})
