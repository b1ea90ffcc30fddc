import { describe, expect, it } from 'vitest'
import { detect, mod, server } from '../../../test/detected-go.ts'

const own = (lines: string) => `FROM golang AS build\nWORKDIR /src\nCOPY . .\nFROM alpine\n${lines}\n`
const program = (lines: string, files: readonly string[] = [], code = server) => {
  const app = detect({ 'go.mod': mod, 'main.go': code, Dockerfile: own(lines) }, files)
  const { given, runPaths, placed, writable, found } = app?.programs[0] ?? {}
  return {
    given: given?.value,
    opens: runPaths,
    placed,
    keeps: writable?.map((w) => w.path),
    port: found?.port?.value,
    notices: app?.notices,
  }
}

describe('what an own Dockerfile starts the program with', () => {
  it.each([
    ['ENTRYPOINT ["/shop"]\nCMD ["serve", "--migrate"]', ['serve', '--migrate']],
    ['CMD ./shop serve', ['serve']],
    ['ENTRYPOINT ["/sbin/tini", "--"]\nCMD ["/shop", "serve"]', ['serve']],
    ['ENTRYPOINT ["/docker-entrypoint.sh"]\nCMD ["shop", "serve"]', ['serve']],
    ['ENTRYPOINT ["/entrypoint.sh", "serve"]', undefined],
    ['CMD ["/bin/svscan", "/etc/services"]', undefined],
    ['COPY --from=build /out/main /main\nCMD ["/main", "serve"]', ['serve']],
    ['ENTRYPOINT ["/entrypoint.sh"]\nCMD ["--quiet"]', undefined],
    ['CMD ["sh", "-c", "shop serve"]', undefined],
    ['CMD shop --port $PORT', undefined],
    ['ENTRYPOINT ["/shop"]\nCMD ["--help"]', undefined],
    ['ENTRYPOINT ["/shop"]', undefined],
    ['RUN go get github.com/acme/Rebuilder\nENTRYPOINT Rebuilder --build="go build" --command=./main', undefined],
    ['CMD ["/shop", "serve", "-c", "/etc/shop/mounted.yml"]', ['serve']],
    ['CMD ["/shop", "-c", "/etc/shop/mounted.yml"]', undefined],
    ['CMD ["/shop", "--metrics=/metrics"]', ['--metrics=/metrics']],
    ['FROM alpine AS made\nRUN make\nFROM alpine\nCOPY --from=made /etc/a /etc/a\nCMD ["/shop", "serve", "/etc/a/a.yml"]', ['serve']],
  ])('%s: %j', (lines, expected) => expect(program(lines).given).toEqual(expected))

  it('is told, with its line', () =>
    expect(program('CMD ["/shop", "serve"]').notices).toMatchObject([
      { code: 'go-started-with', because: [{ file: 'Dockerfile', line: 5, saw: 'CMD ["/shop", "serve"]' }] },
    ]))

  it.each([
    [
      'COPY a.yml /etc/shop/b.yml\nCMD ["/shop", "-c=/etc/shop/b.yml"]',
      '-c=/etc/shop/b.yml',
      { placed: [{ path: 'a.yml', to: '/etc/shop/b.yml' }] },
    ],
    ['WORKDIR /srv\nCOPY a.yml b.yml\nCMD ["/shop", "-c=/srv/b.yml"]', '-c=/app/b.yml', { placed: [{ path: 'a.yml', to: '/app/b.yml' }] }],
    ['WORKDIR /srv\nCOPY . .\nCMD ["/shop", "-c=./a.yml"]', '-c=./a.yml', { opens: ['a.yml'] }],
    ['WORKDIR /srv\nCOPY . .\nCMD ["/shop", "-c=/srv/a.yml"]', '-c=/app/a.yml', { opens: ['a.yml'] }],
    ['CMD ["/shop", "-db=/home/me/shop.db"]', '-db=/home/me/shop.db', { keeps: ['/home/me'] }],
    ['RUN mkdir -p /files && chown 1 /files\nCMD ["/shop", "-dir=/files/"]', '-dir=/files', { keeps: ['/files'] }],
    ['CMD ["/shop", "--listen=:8123"]', '--listen=:8123', { port: 8123 }],
  ])('has what it names: %s', (lines, word, expected) => {
    const found = program(lines, ['a.yml'])
    expect(found.given).toEqual([word])
    expect(found).toMatchObject(expected)
  })

  it('leaves what nothing names where it lies elsewhere', () => expect(program('COPY a.yml /etc/shop/', ['a.yml']).placed).toBeUndefined())
})
