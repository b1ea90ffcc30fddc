import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds } from '../../test/laws/hostile.ts'
import type { ComposeService } from '../model/compose.ts'
import { composeNotices, withCompose } from './files.ts'
import { readCompose } from './read.ts'

const file = 'docker-compose.yml'
const read = (text: string) => readCompose(text, file)
const only = (text: string): ComposeService | undefined => read(text).services[0]

describe('readCompose', () => {
  it('reads services in the short forms', () => {
    const text = `
version: "3.8"
services:
  db:
    image: postgres:16-alpine
    environment:
      POSTGRES_DB: shop
      POSTGRES_PASSWORD: \${DB_PASSWORD}
    ports: ["5433:5432"]
    volumes: [pg:/var/lib/postgresql/data]
  web:
    build: .
    command: npm run dev
    environment:
      - PORT=3000
      - TOKEN
    ports:
      - 127.0.0.1:8080:3000
      - 9229
    volumes:
      - ./:/app
      - /app/node_modules
    depends_on: [db]
volumes:
  pg:
networks: { back: {} }
`
    expect(read(text)).toEqual({
      file,
      services: [
        {
          name: 'db',
          because: { file, line: 4, saw: 'db:' },
          image: { value: 'postgres:16-alpine', because: { file, line: 5, saw: 'image: postgres:16-alpine' } },
          ports: [{ host: 5433, container: 5432 }],
          environment: [
            { name: 'POSTGRES_DB', value: 'shop', because: { file, line: 7, saw: 'POSTGRES_DB' } },
            { name: 'POSTGRES_PASSWORD', because: { file, line: 8, saw: 'POSTGRES_PASSWORD' } },
          ],
          volumes: [{ source: 'pg', target: '/var/lib/postgresql/data', named: true }],
          dependsOn: [],
        },
        {
          name: 'web',
          because: { file, line: 11, saw: 'web:' },
          dockerfile: 'Dockerfile',
          command: 'npm run dev',
          ports: [{ address: '127.0.0.1', host: 8080, container: 3000 }, { container: 9229 }],
          environment: [
            { name: 'PORT', value: '3000', because: { file, line: 15, saw: 'PORT' } },
            { name: 'TOKEN', because: { file, line: 16, saw: 'TOKEN' } },
          ],
          volumes: [
            { source: './', target: '/app', named: false },
            { target: '/app/node_modules', named: false },
          ],
          dependsOn: ['db'],
        },
      ],
      volumes: ['pg'],
      networks: ['back'],
    })
  })

  it('reads the long forms, anchors and merges', () => {
    const text = `
x-base: &base
  image: redis:\${TAG:-7}
services:
  cache:
    <<: *base
    ports:
      - { target: 6379, published: "6380", host_ip: 127.0.0.1 }
    volumes:
      - { type: volume, source: kept, target: /data }
    depends_on:
      db: { condition: service_healthy }
  app:
    build: { context: ./api, dockerfile: docker/prod.Dockerfile }
    command: [node, server.js]
`
    expect(read(text).services).toMatchObject([
      {
        name: 'cache',
        image: { value: 'redis:7', because: { line: 5 } },
        ports: [{ address: '127.0.0.1', host: 6380, container: 6379 }],
        volumes: [{ source: 'kept', target: '/data', named: true }],
        dependsOn: ['db'],
      },
      { name: 'app', dockerfile: 'api/docker/prod.Dockerfile', command: ['node', 'server.js'] },
    ])
  })

  it.each([
    [`postgres:\${PG:-\${OLD:-15}}`, 'postgres:15'],
    [`postgres:\${PG}`, 'postgres'],
    ['postgres:$PG', 'postgres'],
    ['registry.example/postgres@sha256:0123', 'registry.example/postgres@sha256:0123'],
  ])('takes %s for the image %s', (image, expected) => {
    expect(only(`services: { db: { image: '${image}' } }`)?.image?.value).toBe(expected)
  })

  it.each([`\${IMAGE}`, `\${IMAGE:?say it}`, '$IMAGE'])('knows no image where %s stands', (image) => {
    expect(only(`services: { db: { image: '${image}' } }`)?.image).toBeUndefined()
  })

  it.each([
    ['3000-3005:3000-3005', { host: 3000, container: 3000 }],
    ['8080:80/udp', { host: 8080, container: 80 }],
    ['[::1]:8080:80', { address: '[::1]', host: 8080, container: 80 }],
    ['127.0.0.1::80', { address: '127.0.0.1', container: 80 }],
    [`\${PORT:-8080}:80`, { host: 8080, container: 80 }],
  ])('reads the port %s', (port, expected) => {
    expect(only(`services: { web: { ports: ['${port}'] } }`)?.ports).toEqual([expected])
  })

  it.each([
    ['services: [', 1],
    ['services:\n  web: {\n', 3],
    ['services:\n  a: 1\n  a: 2\n', 3],
    ['- 1', undefined],
    ['', undefined],
    ['services: 4', undefined],
    ['---\na: 1\n---\nb: 2\n', 3],
    ['[ (20,000 of them)', undefined],
    ['services:\n\tweb: {}\n', 2],
  ])('says what is wrong with %j', (text, line) => {
    const { problem, services } = read(text.startsWith('[ ') ? `services: ${'['.repeat(20_000)}` : text)
    expect(services).toEqual([])
    expect(problem?.text).toMatch(/^it (?:is|has) /)
    if (line !== undefined) expect(problem?.line).toBe(line)
  })

  it('is not kept busy by aliases of aliases', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`)
    expect(read(`a0: &a0 [x]\n${levels.join('\n')}\nservices: { web: { ports: *a12 } }\n`).problem?.text).toBe(
      'its aliases cannot be resolved',
    )
  })

  it.each(['<<:', 'services:\n  web:\n    <<: 1\n    image: a\n'])('tells of a merge without a mapping: %j', (text) =>
    expect(readCompose(text, 'compose.yaml').problem?.text).toBe('a merge (<<) names no mapping'),
  )

  it('never throws, whatever the text', () => {
    const word = fc.constantFrom(
      'services',
      ':',
      ' ',
      '\n',
      '  ',
      '- ',
      '&a',
      '*a',
      '<<',
      '{',
      '}',
      '[',
      ']',
      'web',
      '"',
      '!reset ',
      '? ',
      '|\n',
      `\${X:-1}`,
    )
    holds(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join('')),
        ),
        (text) => read(text).file === file,
      ),
    )
  })
})

describe('withCompose', () => {
  const tree = (texts: Readonly<Record<string, string>>) => ({
    files: new Set(Object.keys(texts)),
    folders: new Set<string>(),
    texts: new Map(Object.entries(texts)),
    unread: new Map<string, string>(),
  })

  it('reads the files at the root in the order in which Compose looks for them', async () => {
    const found = await withCompose(tree({ 'docker-compose.yml': 'services: {}', 'compose.yaml': 'services: {}', 'a/compose.yaml': '' }))
    expect(found.compose?.map((c) => c.file)).toEqual(['compose.yaml', 'docker-compose.yml'])
  })

  it('leaves a tree without one as it is', async () => {
    const plain = tree({ 'package.json': '{}' })
    expect(await withCompose(plain)).toBe(plain)
  })

  it('gives a notice with the line for one that cannot be read', async () => {
    const { compose = [] } = await withCompose(tree({ 'compose.yml': 'services:\n  web: [' }))
    expect(composeNotices(compose)).toMatchObject([
      {
        code: 'compose-not-read',
        text: expect.stringContaining('compose.yml cannot be read'),
        because: [{ file: 'compose.yml', line: 2 }],
      },
    ])
  })
})
