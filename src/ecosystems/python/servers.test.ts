import { expect, it } from 'vitest'
import { pythonTools } from '../../catalogue/django.ts'
import type { PythonServer } from '../../model/app.ts'
import { findServing, serverOn } from './servers.ts'

const gunicorn: PythonServer = { name: 'gunicorn', add: ['gunicorn==27.0.1'], arguments: ['--no-control-socket'] }
const uvicorn: PythonServer = { name: 'uvicorn', add: ['uvicorn==0.54.0', 'websockets==17.4'], arguments: [] }

it.each([
  ['3.14', gunicorn, gunicorn],
  ['3.10', gunicorn, gunicorn],
  ['3.9', gunicorn, { ...gunicorn, add: ['gunicorn==23.0.0'], arguments: [] }],
  ['3.9', { ...gunicorn, add: [] }, { ...gunicorn, add: [] }],
  ['3.10', uvicorn, { ...uvicorn, add: ['uvicorn==0.54.0', 'websockets==16.1.1'] }],
  ['3.9', uvicorn, { ...uvicorn, add: ['uvicorn==0.39.0', 'websockets==15.0.1'] }],
] as const)('on Python %s %j becomes one that runs there', (release, server, expected) =>
  expect(serverOn(release, server)).toEqual(expected),
)

it('tells what is installed on the detected release, and leaves it to the chosen one what that is', () => {
  const wsgi = { value: 'site.wsgi:application', because: [] }
  const { server, notices } = findServing({ wsgi, asgi: undefined }, { declared: new Set(), packages: [] }, '3.9')
  expect(notices[0]?.text).toContain('gunicorn==23.0.0')
  expect(serverOn('3.14', server)).toEqual({ ...gunicorn, add: [`gunicorn==${pythonTools.gunicorn}`] })
})

it.each([
  ['worker_class = "uvicorn.workers.UvicornWorker"\n', 'site.asgi:application'],
  ['worker_class = "gthread"\n', 'site.wsgi:application'],
  ['# worker_class = "uvicorn.workers.UvicornWorker"\n', 'site.wsgi:application'],
])("gives gunicorn what its workers take, with %j among the project's own settings of it", (workers, expected) => {
  const project = { wsgi: { value: 'site.wsgi:application', because: [] }, asgi: { value: 'site.asgi:application', because: [] } }
  const { start, server } = findServing(project, { declared: new Set(['gunicorn', 'uvicorn']), packages: [] }, '3.14', workers)
  expect([server.name, start?.value]).toEqual(['gunicorn', expected])
})
