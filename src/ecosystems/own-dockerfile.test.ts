import { describe, expect, it } from 'vitest'
import type { Tree } from '../model/tree.ts'
import { ownFile, ownStages } from './own-dockerfile.ts'

const tree = (dockerfiles: Readonly<Record<string, string>>, others: readonly string[] = []): Tree => ({
  files: new Set([...Object.keys(dockerfiles), ...others]),
  folders: new Set(),
  texts: new Map(Object.entries(dockerfiles)),
  unread: new Map(),
})

describe('the Dockerfile of the repository', () => {
  it.each([
    ['COPY . .', [], 'docker/Dockerfile'],
    ['COPY go.mod go.sum ./', ['go.mod'], 'docker/Dockerfile'],
    ['COPY --chown=1:1 package*.json ./', ['package-lock.json'], 'docker/Dockerfile'],
    ['ADD ./web /srv/web', ['web/index.html'], 'docker/Dockerfile'],
    ['COPY . .', ['docker/package.json'], undefined],
    ['COPY start.sh /', ['docker/start.sh', 'start.sh'], undefined],
    ['COPY start.sh /', ['docker/start.sh'], undefined],
    ['COPY --from=build /web /web', ['web'], undefined],
    ['RUN true', [], undefined],
  ])('lies in a usual folder where it copies what lies at the root: %s, with %j', (line, others, file) =>
    expect(ownFile(tree({ 'docker/Dockerfile': `FROM golang\n${line}\n` }, others))?.file).toBe(file),
  )

  it('is the one at the root before all, and none in another folder', () => {
    const text = 'FROM golang\nCOPY . .\n'
    expect(ownFile(tree({ Dockerfile: text, 'docker/Dockerfile': text }))?.file).toBe('Dockerfile')
    expect(ownFile(tree({ 'api/Dockerfile': text }))).toBeUndefined()
  })

  it('is cited where it lies', () =>
    expect(ownStages(tree({ 'build/Dockerfile': 'FROM golang\nCOPY . .\nVOLUME /data\n' }))[0]?.volumes[0]?.because).toEqual({
      file: 'build/Dockerfile',
      line: 3,
      saw: 'VOLUME /data',
    }))
})
