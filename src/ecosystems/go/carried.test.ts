import { describe, expect, it } from 'vitest'
import { carried } from './carried.ts'

const own = (lines: string) => `FROM golang AS builder\nWORKDIR /src\nCOPY . .\nRUN go build -o shop\nFROM alpine\n${lines}\n`

describe('what the last stage of an own Dockerfile takes from the source', () => {
  it.each([
    ['WORKDIR /app\nCOPY --from=builder /src/web ./web', ['web']],
    ['WORKDIR /app\nCOPY --from=builder /src/web/ /app/web/', ['web']],
    ['WORKDIR /app\nCOPY db/migration ./db/migration\nCOPY app.toml .', ['db/migration', 'app.toml']],
    ['WORKDIR /app\nCOPY a.yml b.yml ./', ['a.yml', 'b.yml']],
    ['COPY --chown=1:1 --from=builder \\\n  /src/web /web', ['web']],
    ['COPY --from=0 /src/web web', ['web']],
    ['WORKDIR /app\nCOPY ["web", "web"]', ['web']],
    ['WORKDIR /app\nCOPY --from=builder /src/shop /usr/bin/\nCOPY . .', []],
    ['WORKDIR /app\nCOPY --from=builder /src/config.yaml ./config/config.yaml', []],
    ['WORKDIR /app\nCOPY --from=builder /etc/ssl/certs/ca.crt /etc/ssl/certs/\nCOPY --from=alpine /etc/motd .', []],
    ['WORKDIR /app\nCOPY LICENSE README.md entrypoint.sh ./', []],
    ['WORKDIR /app\nCOPY web/$NAME .', []],
  ])('%s: %j', (lines, paths) => expect(carried(own(lines)).map(({ text }) => text)).toEqual(paths))

  it('is nothing of a Dockerfile with one stage', () => expect(carried('FROM golang\nWORKDIR /app\nCOPY web web\n')).toEqual([]))

  it('has its place', () => {
    const text = own('WORKDIR /app\nCOPY --from=builder /src/web ./web')
    expect(text.slice(carried(text)[0]?.at)).toBe('COPY --from=builder /src/web ./web\n')
  })
})
