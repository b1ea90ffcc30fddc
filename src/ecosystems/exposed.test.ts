import { expect, it } from 'vitest'
import { readCompose } from '../compose/read.ts'
import type { Tree } from '../model/tree.ts'
import { exposedPort } from './exposed.ts'

const tree = (texts: Readonly<Record<string, string>>, compose = ''): Tree => ({
  files: new Set(Object.keys(texts)),
  folders: new Set(),
  texts: new Map(Object.entries(texts)),
  unread: new Map(),
  compose: [readCompose(compose, 'compose.yaml')],
})

it.each([
  ['EXPOSE 8080', 8080],
  ['FROM a AS b\nEXPOSE 1000\nFROM c\nexpose 2000/tcp', 2000],
  ['EXPOSE 53/udp 5678 3000', 3000],
  ['EXPOSE 22', undefined],
  ['EXPOSE $PORT', undefined],
  ['# EXPOSE 8080', undefined],
])('%j shows %s', (dockerfile, port) => expect(exposedPort(tree({ Dockerfile: dockerfile }))?.value).toBe(port))

it('reads what a compose file publishes of a program built here, and of no other', () => {
  const compose = 'services:\n  db:\n    image: acme/db\n    ports: ["5000:5000"]\n  app:\n    build: .\n    ports: ["80:3000"]\n'
  expect(exposedPort(tree({}, compose))).toMatchObject({ value: 3000, because: [{ file: 'compose.yaml', line: 5 }] })
  expect(exposedPort(tree({ Dockerfile: 'EXPOSE 4000' }, compose))?.value).toBe(4000)
  expect(exposedPort(tree({}, 'services:\n  app:\n    build: ./other\n    ports: ["80:3000"]\n'))).toBeUndefined()
})
