import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, nodeApp, secureDocker, textOf } from './run.ts'
import { type Answer, inTerminal, keys, noTerminal } from './terminal.ts'

if (noTerminal !== undefined) process.stderr.write(`Questions are not tested: ${noTerminal}.\n`)

const asked = 'Which shall stand?'
const nth = (n: number): readonly string[] => [...Array<string>(n).fill(keys.down), keys.enter]

/** A project whose port changed after a person had changed the same line. */
function inConflict(): string {
  const root = folderWith(nodeApp)
  secureDocker(root, 'init', '--yes')
  writeFileSync(join(root, 'Dockerfile'), (textOf(root, 'Dockerfile') ?? '').replace('EXPOSE 3000', 'EXPOSE 3000/tcp'))
  writeFileSync(join(root, 'server.js'), nodeApp['server.js'].replace('3000', '4321'))
  return root
}

const settled = (root: string): string => (textOf(root, 'Dockerfile') ?? '').match(/(?:^EXPOSE .*\n)+/m)?.[0] ?? ''

describe.skipIf(noTerminal !== undefined)('a conflict in a terminal', { timeout: 60_000 }, () => {
  test.each([
    ['yours', 0, 'EXPOSE 3000/tcp\n'],
    ["secure-docker's", 1, 'EXPOSE 4321\n'],
    ['both', 2, 'EXPOSE 3000/tcp\nEXPOSE 4321\n'],
  ])('is settled by taking %s, and not asked again', async (_, choice, expected) => {
    const root = inConflict()
    const { code, screen } = await inTerminal(root, ['update'], [{ when: asked, press: nth(choice) }])
    expect(screen).toContain('port 3000 → 4321: server.js:1')
    expect(screen).toMatch(/Dockerfile +merged/)
    expect(code).toBe(0)
    expect(settled(root)).toBe(expected)
    expect(textOf(root, 'compose.yaml')).toContain('127.0.0.1:4321:4321')
    expect(secureDocker(root, 'check').code).toBe(0)
  })

  test('is settled in the editor', async () => {
    const root = inConflict()
    writeFileSync(join(root, 'editor'), '#!/bin/sh\nsed -i "/^[<=>]\\{7\\}/d; s/4321$/4321\\/tcp/; /3000/d" "$1"\n')
    chmodSync(join(root, 'editor'), 0o755)
    const { code } = await inTerminal(root, ['update'], [{ when: asked, press: nth(3) }], {
      env: { EDITOR: join(root, 'editor'), VISUAL: join(root, 'editor') },
    })
    expect(code).toBe(0)
    expect(settled(root)).toBe('EXPOSE 4321/tcp\n')
  })

  test('is left as it is when the editor leaves marks, or nobody decides', async () => {
    for (const [choice, env] of [
      [3, { EDITOR: 'true', VISUAL: 'true' }],
      [4, {}],
    ] as const) {
      const root = inConflict()
      const { code, screen } = await inTerminal(root, ['update'], [{ when: asked, press: nth(choice) }], { env })
      expect(code).toBe(4)
      expect(screen).toContain('Nothing that belongs together was written.')
      expect(settled(root)).toBe('EXPOSE 3000/tcp\n')
      expect(textOf(root, 'compose.yaml')).toContain('127.0.0.1:3000:3000')
    }
  })

  test('is left as it is by Ctrl-C', async () => {
    const root = inConflict()
    const { code } = await inTerminal(root, ['update'], [{ when: asked, press: [keys.stop] }])
    expect(code).toBe(130)
    expect(settled(root)).toBe('EXPOSE 3000/tcp\n')
  })
})

describe.skipIf(noTerminal !== undefined)('init in a terminal over files without a lock', { timeout: 60_000 }, () => {
  const mine = 'FROM node:22-trixie-slim\nWORKDIR /srv\nCOPY server.js ./\nUSER node\nCMD ["node", "server.js"]\n'
  const adopt: readonly Answer[] = [
    { when: 'What shall happen?', press: nth(2) },
    { when: 'Write them?', press: nth(0) },
  ]

  test('keeps them and follows the stack from then on', async () => {
    const root = folderWith({
      ...nodeApp,
      'package.json': nodeApp['package.json'].replace('{', '{ "repository": "acme/shop",'),
      Dockerfile: mine,
    })
    const { code, screen } = await inTerminal(root, ['init'], adopt)
    expect(screen).toContain('adopt')
    expect(code).toBe(0)
    expect(textOf(root, 'Dockerfile')).toBe(mine)
    // What only the adopted file showed is a choice from now on.
    expect(textOf(root, 'secure-docker.toml')).toContain('release = "22"')
    expect(secureDocker(root, 'check')).toMatchObject({ code: 0, out: 'Everything is current.\n' })
    writeFileSync(join(root, 'secure-docker.toml'), `${textOf(root, 'secure-docker.toml')}port = 4321\n`)
    const { code: later, out } = secureDocker(root, 'update')
    expect(out).toContain('port 3000 → 4321: secure-docker.toml:')
    // A text that has nothing in common with ours is in conflict with every change.
    expect(later).toBe(4)
    expect(textOf(root, 'Dockerfile')).toContain('WORKDIR /srv')
  })
})
