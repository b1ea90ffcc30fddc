import { describe, expect, it } from 'vitest'
import { keptOf } from './kept.ts'
import { readCompose } from './read.ts'

const kept = (services: string, port: number | undefined = 3000) => {
  const { service, publish } = keptOf([readCompose(`services:\n${services}`, 'compose.yml')], port, 'shop')
  return { service: service?.value, publish: publish?.value }
}

describe('of a compose file is kept', () => {
  it.each([
    ['  api: { build: ., ports: ["8080:3000"] }\n  docs: { build: docs }', { service: 'api', publish: 8080 }],
    ['  api: { build: ., ports: ["3000:3000"] }', { service: 'api', publish: undefined }],
    ['  api: { build: ., ports: ["80:3000"] }', { service: 'api', publish: undefined }],
    ['  api: { build: ., ports: ["8080:80"] }', { service: 'api', publish: 8080 }],
    ['  api: { build: ., ports: ["8080:80", "9000:90"] }', { service: 'api', publish: undefined }],
    ['  api: { build: ., ports: ["9229:9229"] }', { service: 'api', publish: undefined }],
    ['  shop_app: { build: . }\n  db: { image: postgres }', { service: 'shop_app', publish: undefined }],
    ['  Shop--App: { build: ., ports: ["8080:3000"] }', { service: undefined, publish: 8080 }],
    ['  a: { build: . }\n  b: { build: . }', { service: undefined, publish: undefined }],
    ['  worker: { build: ., command: node worker.js }', { service: undefined, publish: undefined }],
    ['  db: { image: postgres, ports: ["8080:3000"] }', { service: undefined, publish: undefined }],
    ['  web: { image: "ghcr.io/acme/shop:latest", ports: ["8080:3000"] }\n  db: { image: postgres }', { service: 'web', publish: 8080 }],
    [
      '  migrate: { image: acme/shop, command: migrate }\n  api: { image: acme/shop, command: run, ports: ["3000:3000"] }',
      { service: 'api', publish: undefined },
    ],
    ['  web: { image: "ghcr.io/acme/shop:latest" }\n  api: { build: . }', { service: 'api', publish: undefined }],
  ])('%s', (services, expected) => {
    expect(kept(services)).toEqual(expected)
  })

  it('no port of what serves nothing', () => expect(kept('  api: { build: ., ports: ["8080:80"] }', 0).publish).toBeUndefined())

  it('its line, so that a person sees where the name comes from', () => {
    const { service } = keptOf([readCompose('services:\n  api:\n    build: .\n', 'compose.yml')], undefined, undefined)
    expect(service).toEqual({ value: 'api', from: 'detected', because: [{ file: 'compose.yml', line: 2, saw: 'api:' }] })
  })
})
