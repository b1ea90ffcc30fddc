import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderWith, nodeApp, secureDocker, textOf } from './run.ts'

const strict = (): string => {
  const root = folderWith(nodeApp)
  expect(secureDocker(root, 'init', '--yes', '--preset', 'strict').code).toBe(0)
  return root
}
const edit = (root: string, path: string, from: string, to: string): void =>
  writeFileSync(join(root, path), readFileSync(join(root, path), 'utf8').replace(from, to))

describe('a preset', () => {
  it('is named once, and followed by every later run', () => {
    const root = strict()
    expect(textOf(root, 'secure-docker.toml')).toContain('\nextends = ["strict"]\n')
    expect(textOf(root, 'compose.yaml')).toContain('mem_limit: 256m')
    expect(secureDocker(root, 'check')).toMatchObject({ code: 0, out: 'Everything is current.\n' })
    expect(secureDocker(root, 'init', '--yes', '--preset', 'slim').code).toBe(0)
    expect(textOf(root, 'secure-docker.toml')).toContain('\nextends = ["strict", "slim"]\n')
    expect(textOf(root, 'Dockerfile')).toContain('FROM node:24-trixie-slim AS runtime')
  })

  it('is part of what is known before anything is written', () => {
    const acme = 'description = "a"\n[force]\nport = 9000\n[defaults]\nservice = "shop"\n'
    const { err } = secureDocker(folderWith({ ...nodeApp, 'acme.toml': acme }), 'init', '--yes', '--dry-run', '--preset', './acme.toml')
    expect(err).toMatch(/\n {2}port +9000 +preset \.\/acme\.toml: preset\.toml:3\n/)
    expect(err).toMatch(/\n {2}service name +shop +preset \.\/acme\.toml: preset\.toml:5\n/)
    expect(err).not.toContain('assumed')
  })

  it('of the repository itself is out of date once it was edited, even where no file would change', () => {
    const root = folderWith({ ...nodeApp, 'acme.toml': 'description = "a"\n' })
    expect(secureDocker(root, 'init', '--yes', '--preset', './acme.toml').code).toBe(0)
    edit(root, 'acme.toml', '"a"', '"b"')
    expect(secureDocker(root, 'check')).toMatchObject({
      code: 5,
      out: expect.stringMatching(/^preset \.\/acme\.toml [0-9a-f]{12} → [0-9a-f]{12}\n/),
    })
    const { changes } = JSON.parse(secureDocker(root, 'check', '--json').out)
    expect(changes).toMatchObject([{ name: 'preset ./acme.toml' }])
    expect(secureDocker(root, 'update').code).toBe(0)
    expect(secureDocker(root, 'check').code).toBe(0)
  })

  it('that nobody knows is refused', () => {
    const { code, err } = secureDocker(folderWith(nodeApp), 'init', '--yes', '--preset', 'stict')
    expect(code).toBe(2)
    expect(err).toContain('stict')
  })
})

describe('a floor', () => {
  it('refuses a choice that is below it, with both lines', () => {
    const root = folderWith({ ...nodeApp, 'secure-docker.toml': 'memory = 4096\nextends = ["strict"]\n' })
    const { code, err } = secureDocker(root, 'init', '--yes')
    expect(code).toBe(7)
    expect(err).toMatch(/memory = 4096 \(secure-docker\.toml:1\) is below the floor memory of preset strict: preset\.toml:\d+/)
    expect(textOf(root, 'Dockerfile')).toBeUndefined()
  })

  it('holds for what people write into the files: check tells, update refuses', () => {
    const root = strict()
    edit(root, 'compose.yaml', 'read_only: true', 'read_only: false')
    const { code, out } = secureDocker(root, 'check')
    expect(code).toBe(7)
    expect(out).toMatch(/below a floor: compose\.yaml:\d+: web: the root file system can be written to \(floor read-only of preset strict/)
    const before = textOf(root, 'compose.yaml')
    expect(secureDocker(root, 'update').code).toBe(7)
    expect(textOf(root, 'compose.yaml')).toBe(before)
    const { floors } = JSON.parse(secureDocker(root, 'check', '--json').out)
    expect(floors.breaches).toMatchObject([{ floor: 'read-only', file: 'compose.yaml', preset: 'strict' }])
    expect(secureDocker(root, 'check', '--format', 'github').out).toMatch(/^::error file=compose\.yaml,line=\d+/m)
  })

  it('holds for an override that Compose merges', () => {
    const root = strict()
    writeFileSync(join(root, 'compose.override.yaml'), 'services:\n  web:\n    privileged: true\n')
    expect(secureDocker(root, 'check').out).toContain('below a floor: compose.override.yaml:3: web: it is privileged')
  })

  it('keeps the user id in a range, which each project gets one of', () => {
    const preset =
      'description = "a"\nextends = ["recommended"]\n[defaults]\nuser-range = "20000-29999"\n[floors]\nuser = { min = 20000, max = 29999 }\n'
    const ids = ['shop', 'bank'].map((name) => {
      const root = folderWith({ ...nodeApp, 'package.json': nodeApp['package.json'].replace('shop', name), 'acme.toml': preset })
      expect(secureDocker(root, 'init', '--yes', '--preset', './acme.toml').code).toBe(0)
      const id = textOf(root, 'Dockerfile')?.match(/^USER (2\d{4}):\1$/m)?.[1]
      expect(textOf(root, 'compose.yaml')).toContain(`user: '${id}:${id}'`)
      expect(secureDocker(root, 'config').out).toMatch(new RegExp(`^user +${id} {2}\\(preset ./acme.toml: preset.toml:4\\)$`, 'm'))
      expect(secureDocker(root, 'check').code).toBe(0)
      expect(secureDocker(root, 'init', '--yes', '--user', '999')).toMatchObject({
        code: 7,
        err: expect.stringContaining('below the floor user'),
      })
      edit(root, 'Dockerfile', `USER ${id}:${id}`, 'USER 999:999')
      expect(secureDocker(root, 'check')).toMatchObject({
        code: 7,
        out: expect.stringContaining('USER 999:999 is not a number from 20000'),
      })
      return id
    })
    expect(new Set(ids).size).toBe(2)
    const odd = folderWith({ ...nodeApp, 'secure-docker.toml': '\nuser-range = "29999-20000"\n' })
    expect(secureDocker(odd, 'init', '--yes')).toMatchObject({ code: 2, err: expect.stringContaining('secure-docker.toml:2') })
  })

  it('holds for a file that was given up', () => {
    const root = strict()
    expect(secureDocker(root, 'eject', 'Dockerfile').code).toBe(0)
    edit(root, 'Dockerfile', 'USER 10001:10001', 'USER root')
    expect(secureDocker(root, 'check')).toMatchObject({ code: 7, out: expect.stringContaining('USER root') })
  })
})

describe('a waiver', () => {
  it('of a floor whose preset permits none is refused', () => {
    const root = folderWith({
      ...nodeApp,
      'secure-docker.toml': `extends = ["strict"]\n[[waiver]]\nfloor = "read-only"\nreason = "x"\nowner = "y"\nexpires = "2999-01-01"\n`,
    })
    const { code, err } = secureDocker(root, 'init', '--yes')
    expect({ code, err }).toMatchObject({ code: 7, err: expect.stringContaining('waives read-only') })
  })
})

describe('check --require-preset', () => {
  it('fails where the preset is not followed', () => {
    const root = strict()
    expect(secureDocker(root, 'check', '--require-preset', 'strict').code).toBe(0)
    expect(secureDocker(root, 'check', '--require-preset', 'recommended').code).toBe(0)
    expect(secureDocker(root, 'check', '--require-preset', 'cis')).toMatchObject({
      code: 7,
      out: expect.stringContaining('cis is not among the presets'),
    })
  })
})

describe('config', () => {
  it('shows where every value comes from and what it overrules', () => {
    const root = folderWith({ ...nodeApp, 'secure-docker.toml': 'extends = ["strict"]\nmemory = 300\n' })
    const { code, out } = secureDocker(root, 'config')
    expect(code).toBe(0)
    expect(out).toContain('presets: recommended, strict\n')
    expect(out).toMatch(
      /^memory +300 {2}\(project file, secure-docker\.toml:2\)\n +overrules 256 {2}\(preset strict: preset\.toml:\d+\)\n +overrules 512/m,
    )
    expect(out).toMatch(/^port +3000 {2}\(detected, server\.js:1\)$/m)
    expect(out).toMatch(/^floors:\n/m)
    const json = JSON.parse(secureDocker(root, 'config', '--json').out)
    expect(json.options.find((row: { key: string }) => row.key === 'memory')).toMatchObject({
      value: 300,
      from: 'project',
      overruled: [{ value: 256 }, { value: 512 }],
    })
    expect(json.presets).toEqual(['recommended', 'strict'])
  })
})

describe('preset', () => {
  it('lists and shows those that come with the program', () => {
    const root = folderWith({})
    expect(secureDocker(root, 'preset', 'list').out).toMatch(/^strict +Nothing that is not pinned/m)
    expect(secureDocker(root, 'preset', 'show', 'cis').out).toBe(readFileSync('presets/cis.toml', 'utf8'))
    expect(secureDocker(root, 'preset', 'show', 'nothing').code).toBe(2)
  })

  it('starts one, and shows what it changes', () => {
    const root = folderWith({})
    expect(secureDocker(root, 'preset', 'new', 'ours')).toMatchObject({ code: 0, out: expect.stringContaining('ours/preset.toml created') })
    expect(secureDocker(root, 'preset', 'new', 'ours').code).toBe(2)
    expect(secureDocker(root, 'preset', 'test', 'ours').out).toMatch(/^node-express +unchanged$/m)
    edit(root, 'ours/preset.toml', 'memory = 512', 'memory = 64')
    edit(root, 'ours/preset.toml', 'non-root = true', 'non-root = true\nlockfile = true')
    const { out } = secureDocker(root, 'preset', 'test', 'ours')
    expect(out).toMatch(/^node-express +4 lines changed$/m)
    expect(out).toMatch(/^django-uv +refused: .*floor lockfile of preset \.\/ours/m)
    expect(out).toContain('+    mem_limit: 64m')
    expect(secureDocker(root, 'preset', 'test', './nowhere')).toMatchObject({ code: 2, err: expect.stringContaining('preset-missing') })
    expect(secureDocker(root, 'preset', 'test', 'nowhere')).toMatchObject({ code: 2, err: expect.stringContaining('preset-unknown') })
  })

  const house = {
    '.git/HEAD': 'ref: refs/heads/main\n',
    'node_modules/x/preset.toml': 'none of ours',
    'preset.toml': 'description = "all"\nextends = ["strict", "./team"]\n',
    'common.toml': 'description = "c"\nextends = ["recommended"]\n[defaults]\npids = 77\n',
    'team/preset.toml':
      'description = "t"\nextends = ["../common.toml"]\n[blocks]\nafter-install = "RUN echo {{quoted name}}"\nfinal-stage = { file = "final.hbs" }\n',
    'team/final.hbs': 'LABEL com.acme.port="{{number port}}"\n',
  }

  it('shows what blocks write, and what comes from the presets that it extends, wherever it is started', () => {
    const root = folderWith(house)
    for (const [cwd, target] of [
      [root, 'team'],
      [join(root, 'team'), '.'],
      [root, '.'],
    ] as const) {
      const { code, out, err } = secureDocker(cwd, 'preset', 'test', target)
      expect(err).not.toMatch(/error/)
      expect(code).toBe(0)
      expect(out).toMatch(/^\+RUN echo "/m)
      expect(out).toMatch(/^\+LABEL com\.acme\.port="3000"$/m)
      expect(out).toMatch(/^\+ {4}pids_limit: 77$/m)
    }
    expect(secureDocker(root, 'preset', 'test', 'strict').out).toMatch(/^django-uv +refused/m)
  })

  it.each([
    ['final.hbs', 'USER root\n', 'preset-template-invalid'],
    ['final.hbs', '{{> more}}\n', 'preset-template-invalid'],
    ['preset.toml', 'description = "t"\nextends = ["../../out"]\n', 'preset-reference-invalid'],
    ['preset.toml', 'description = "t"\nextends = ["./missing"]\n', 'preset-missing'],
  ])('tells its authors what is wrong with %s: %j', (file, text, code) => {
    const root = folderWith({ ...house, [`team/${file}`]: text })
    expect(secureDocker(root, 'preset', 'test', 'team')).toMatchObject({ code: 2, err: expect.stringContaining(code) })
  })

  it('tells what the rendered files break', () => {
    const root = folderWith({ 'p/preset.toml': 'description = "t"\n[floors.labels]\n"com.acme.team" = ".+"\n' })
    expect(secureDocker(root, 'preset', 'test', 'p').out).toMatch(/^go-http +refused: .*com\.acme\.team is missing/m)
  })

  it('shows a folder with its templates, and one file', () => {
    const root = folderWith(house)
    expect(secureDocker(root, 'preset', 'show', 'team')).toMatchObject({
      code: 0,
      out: `${house['team/preset.toml']}\n# final.hbs\n${house['team/final.hbs']}`,
    })
    expect(secureDocker(root, 'preset', 'show', 'common.toml').out).toBe(house['common.toml'])
    expect(secureDocker(root, 'preset', 'show').code).toBe(2)
    expect(secureDocker(root, 'preset', 'show', '.git/HEAD').code).toBe(2)
  })
})
