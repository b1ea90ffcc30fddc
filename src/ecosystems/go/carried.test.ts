import { describe, expect, it } from 'vitest'
import type { Tree } from '../../model/tree.ts'
import { carried } from './carried.ts'

const paths = (dockerfile: string) => carried(treeOf(dockerfile)).map(({ path, to }) => (to === `/app/${path}` ? path : `${path} → ${to}`))
const treeOf = (dockerfile: string): Tree => ({
  files: new Set(),
  folders: new Set(),
  texts: new Map([['Dockerfile', dockerfile]]),
  unread: new Map(),
})
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
    ['WORKDIR /app\nCOPY --from=builder /src/config.yaml ./config/config.yaml', ['config.yaml → /app/config/config.yaml']],
    ['WORKDIR /srv\nCOPY app/web /srv/web\nCOPY a.yml /etc/shop/b.yml', ['app/web → /app/web', 'a.yml → /etc/shop/b.yml']],
    ['COPY a.yml /etc/shop/', ['a.yml → /etc/shop/a.yml']],
    ['COPY a.yml config/b.yml', ['a.yml → /app/config/b.yml']],
    ['COPY rootfs/ /\nCOPY tool /usr/local/bin/', []],
    ['WORKDIR /app\nCOPY --from=builder /etc/ssl/certs/ca.crt /etc/ssl/certs/\nCOPY --from=alpine /etc/motd .', []],
    ['WORKDIR /app\nCOPY LICENSE README.md entrypoint.sh ./', []],
    ['WORKDIR /app\nCOPY web/$NAME .', []],
  ])('%s: %j', (lines, expected) => expect(paths(own(lines))).toEqual(expected))

  it('is nothing of a single stage that compiles', () => {
    expect(paths('FROM golang\nWORKDIR /app\nCOPY web web\n')).toEqual([])
    expect(paths('FROM alpine\nWORKDIR /app\nCOPY shop .\nCOPY a.toml b.toml\n')).toEqual(['a.toml → /app/b.toml'])
  })

  it('is seen from the folder that an earlier stage set', () =>
    expect(paths('FROM golang AS build\nFROM alpine AS base\nWORKDIR /app\nFROM base\nCOPY web /app/web\n')).toEqual(['web']))

  it('has its place', () =>
    expect(carried(treeOf(own('WORKDIR /app\nCOPY --from=build web ./web\nCOPY --from=builder /src/web ./web')))[0]?.because).toEqual({
      file: 'Dockerfile',
      line: 8,
      saw: 'COPY --from=builder /src/web ./web',
    }))
})
