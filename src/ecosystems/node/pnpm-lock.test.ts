import { describe, expect, it } from 'vitest'
import { readPnpmLock } from './pnpm-lock.ts'

const nine = `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      '@scope/server':
        specifier: ^1.0.0
        version: 1.2.0(react@19.0.0)
      quick:
        specifier: npm:slow@^2.0.0
        version: slow@2.0.0
    devDependencies:
      sharp:
        specifier: ^0.34.0
        version: 0.34.1
      twin:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  '@scope/server@1.2.0':
    resolution: {integrity: sha512-a==}
    peerDependencies:
      react: ^19

  native@3.0.0:
    resolution: {integrity: sha512-b==}
    os: [darwin, '!linux']

  react@19.0.0:
    resolution: {integrity: sha512-c==}

  sharp@0.34.1:
    resolution: {integrity: sha512-d==}

  slow@2.0.0:
    resolution: {integrity: sha512-e==}

  twin@1.0.0:
    resolution: {integrity: sha512-f==}

snapshots:

  '@scope/server@1.2.0(react@19.0.0)':
    dependencies:
      react: 19.0.0
    optionalDependencies:
      native: 3.0.0

  native@3.0.0: {}

  react@19.0.0: {}

  sharp@0.34.1: {}

  slow@2.0.0: {}

  twin@1.0.0: {}
`

const six = `lockfileVersion: '6.0'

dependencies:
  bell:
    specifier: ^1.0.0
    version: 1.0.0

devDependencies:
  maker:
    specifier: 2.0.0
    version: 2.0.0(bell@1.0.0)

packages:

  /bell@1.0.0:
    resolution: {integrity: sha512-a==}
    requiresBuild: true
    dev: false

  /maker@2.0.0(bell@1.0.0):
    resolution: {integrity: sha512-b==}
    dependencies:
      bell: 1.0.0
      rope: 1.1.0
    dev: true

  /rope@1.1.0:
    resolution: {integrity: sha512-c==}
    dev: true
`

const short = (text: string, allowed: readonly string[] = []) =>
  readPnpmLock(text, new Set(allowed)).packages.map(({ name, version, dev, hasInstallScript }) => ({
    name,
    version,
    dev,
    hasInstallScript,
  }))

describe('pnpm-lock.yaml', () => {
  it('of version 9 tells what the program needs, through the packages that need it', () => {
    expect(short(nine)).toEqual([
      { name: '@scope/server', version: '1.2.0', dev: false, hasInstallScript: false },
      { name: 'native', version: '3.0.0', dev: false, hasInstallScript: false },
      { name: 'react', version: '19.0.0', dev: false, hasInstallScript: false },
      { name: 'sharp', version: '0.34.1', dev: true, hasInstallScript: true },
      { name: 'slow', version: '2.0.0', dev: false, hasInstallScript: false },
      { name: 'twin', version: '1.0.0', dev: true, hasInstallScript: false },
    ])
  })

  it('knows install scripts by name, or because the project allows them', () => {
    expect(short(nine, ['twin']).filter((p) => p.hasInstallScript)).toMatchObject([{ name: 'sharp' }, { name: 'twin' }])
  })

  it('keeps what package.json asked for, where each package lies, and for which systems it is', () => {
    const { asked, packages } = readPnpmLock(nine, new Set())
    expect(asked).toEqual(new Set(['@scope/server@^1.0.0', 'quick@npm:slow@^2.0.0', 'sharp@^0.34.0', 'twin@^1.0.0']))
    expect(packages.map(({ path, os }) => [path, os])).toContainEqual(['node_modules/@scope/server', []])
    expect(packages.find(({ name }) => name === 'native')).toMatchObject({
      path: 'node_modules/.pnpm/native@3.0.0/node_modules/native',
      os: ['darwin', '!linux'],
    })
    expect(packages[0]?.requires).toEqual(new Set(['react', 'native']))
  })

  it('of version 6 says itself what is built', () => {
    expect(short(six)).toEqual([
      { name: 'bell', version: '1.0.0', dev: false, hasInstallScript: true },
      { name: 'maker', version: '2.0.0', dev: true, hasInstallScript: false },
      { name: 'rope', version: '1.1.0', dev: true, hasInstallScript: false },
    ])
  })

  it('reads the same with the line ends of Windows', () => {
    expect(short(nine.replaceAll('\n', '\r\n'))).toEqual(short(nine))
  })

  it.each([
    ['lockfileVersion: 5.4\n\nspecifiers:\n  a: 1.0.0\n', 'before 8'],
    ['', 'cannot be read'],
    ['<<<<<<< ours\n', 'cannot be read'],
  ])('is refused: %j', (text, why) => {
    expect(() => readPnpmLock(text, new Set())).toThrow(why)
  })

  it('of a workspace names its folders, whose dependencies the program needs too', () => {
    const member = '  packages/hours:\n    dependencies:\n      twin:\n        specifier: ^1.0.0\n        version: 1.0.0\n\n'
    const lock = readPnpmLock(nine.replace('packages:\n', `${member}packages:\n`), new Set())
    expect(lock.members).toEqual(['packages/hours'])
    expect(lock.packages.find(({ name }) => name === 'twin')?.dev).toBe(false)
    expect(readPnpmLock(nine, new Set()).packages.find(({ name }) => name === 'twin')?.dev).toBe(true)
    expect(lock.asked).toEqual(readPnpmLock(nine, new Set()).asked)
  })
})
