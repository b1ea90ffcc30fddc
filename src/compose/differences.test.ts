import { describe, expect, it } from 'vitest'
import { differences } from './differences.ts'

const theirs = `services:
  app:
    build: .
    ports: ["8080:3000"]
    environment: { PASSWORD: hush }
  db:
    container_name: shop-db
    image: postgres:16-alpine
    ports: ["5433:5432"]
  proxy: { image: nginx }
  odd: 1
`
const ours = `services:
  app:
    build: { context: . }
    ports: ["127.0.0.1:8080:3000"]
    environment: [A=b]
    read_only: true
  db:
    image: postgres:16
    read_only: true
`
const between = (text: string, fresh = ours) => differences({ file: 'docker-compose.yml', text }, fresh)

describe('between a compose file and ours', () => {
  it('is told which keys of each service change, come and go; of values only those that are no secret', () => {
    expect(between(theirs)).toEqual([
      {
        service: 'app',
        there: true,
        changed: [{ key: 'build' }, { key: 'environment' }, { key: 'ports', before: '8080:3000', after: '127.0.0.1:8080:3000' }],
        added: ['read_only'],
        dropped: [],
      },
      {
        service: 'db',
        there: true,
        changed: [
          { key: 'image', before: 'postgres:16-alpine', after: 'postgres:16' },
          { key: 'ports', before: '5433:5432', after: 'none' },
        ],
        added: ['read_only'],
        dropped: ['container_name'],
      },
      { service: 'proxy', there: false },
    ])
  })

  it('drops a key of a name that every object has', () => {
    expect(between('services:\n  app:\n    constructor: a\n')).toMatchObject([{ changed: [{ key: 'ports' }], dropped: ['constructor'] }])
  })

  it('is nothing where a file cannot be read', () => {
    expect(between('services: [')).toEqual([])
    expect(between(theirs, '')).toMatchObject([{ there: false }, { there: false }, { there: false }])
  })
})
