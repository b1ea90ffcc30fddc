import { describe, expect, it } from 'vitest'
import type { Tree } from '../../model/tree.ts'
import { carried } from './carried.ts'

const paths = (dockerfile: string) => carried(treeOf(dockerfile)).map(({ path }) => path)
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
    ['WORKDIR /app\nCOPY --from=builder /src/config.yaml ./config/config.yaml', []],
    ['WORKDIR /app\nCOPY --from=builder /etc/ssl/certs/ca.crt /etc/ssl/certs/\nCOPY --from=alpine /etc/motd .', []],
    ['WORKDIR /app\nCOPY LICENSE README.md entrypoint.sh ./', []],
    ['WORKDIR /app\nCOPY web/$NAME .', []],
  ])('%s: %j', (lines, expected) => expect(paths(own(lines))).toEqual(expected))

  it('is nothing of a Dockerfile with one stage', () => expect(paths('FROM golang\nWORKDIR /app\nCOPY web web\n')).toEqual([]))

  it('is seen from the folder that an earlier stage set', () =>
    expect(paths('FROM golang AS build\nFROM alpine AS base\nWORKDIR /app\nFROM base\nCOPY web /app/web\n')).toEqual(['web']))

  it('has its place', () =>
    expect(carried(treeOf(own('WORKDIR /app\nCOPY --from=build web ./web\nCOPY --from=builder /src/web ./web')))[0]?.because).toEqual({
      file: 'Dockerfile',
      line: 8,
      saw: 'COPY --from=builder /src/web ./web',
    }))
})
