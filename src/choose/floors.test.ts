import { describe, expect, it } from 'vitest'
import { problemOf } from '../../test/problem.ts'
import type { Origin } from '../model/evidence.ts'
import type { Choices } from '../model/options.ts'
import type { Floor, FloorLimit } from '../model/preset.ts'
import { withinFloors } from './floors.ts'
import { readProject } from './project.ts'

const because = (line: number) => ({ file: 'preset acme: preset.toml', line, saw: `line ${line}` })
const floor = (limit: FloorLimit, line = 1): Floor => ({ ...limit, preset: 'acme', waivable: false, because: because(line) })
const choices = (from: Origin): Choices =>
  Object.fromEntries(
    Object.entries({
      ecosystem: 'node',
      release: '18',
      port: 3000,
      memory: 512,
      cpus: 1,
      pids: 200,
      files: 4096,
      user: 10_001,
      name: 'shop',
    }).map(([key, value]) => [key, { value, from, because: from === 'detected' ? [{ file: '.nvmrc', line: 1, saw: '18' }] : [] }]),
  ) as unknown as Choices

describe('withinFloors', () => {
  it('moves what nobody chose, and shows the evidence of both', () => {
    const { memory, release } = withinFloors(choices('detected'), [
      floor({ floor: 'memory', max: 256 }),
      floor({ floor: 'release', oldest: { node: '22' } }, 2),
    ])
    expect(memory.value).toBe(256)
    expect(release).toEqual({ value: '22', from: 'force', because: [because(2), { file: '.nvmrc', line: 1, saw: '18' }] })
  })

  it.each(['project', 'answer', 'force'] as const)('refuses what the %s insists on', (from) => {
    expect(problemOf(() => withinFloors(choices(from), [floor({ floor: 'memory', max: 256 }, 7)]))).toMatchObject({
      code: 'floor-broken',
      exit: 7,
      file: 'preset acme: preset.toml',
      line: 7,
    })
  })

  it.each([
    [{ min: 20_000, max: 29_999 }, 22_857],
    [{ min: 20_000 }, 20_000],
    [{ max: 9999 }, 9999],
    [{ min: 10_000 }, 10_001],
  ])('moves the user id into %j', (bounds, expected) => {
    expect(withinFloors(choices('default'), [floor({ floor: 'user', ...bounds })]).user.value).toBe(expected)
  })

  it('refuses a port that may not be', () => {
    const ports = floor({ floor: 'forbidden-ports', ports: [{ from: 3000, to: 3000 }] })
    expect(problemOf(() => withinFloors(choices('detected'), [ports])).message).toContain('port = 3000 (.nvmrc:1) is below the floor')
  })

  it('names both lines of floors that leave nothing', () => {
    const low = floor({ floor: 'memory', min: 512 }, 3)
    const high = floor({ floor: 'memory', max: 256 }, 9)
    const { code, message } = problemOf(() => withinFloors(choices('default'), [floor({ floor: 'memory', min: 1 }), low, high]))
    expect(code).toBe('floors-contradict')
    expect(message).toBe('Nothing satisfies both preset acme: preset.toml:3 (line 3) and preset acme: preset.toml:9 (line 9).')
    const hosts = [floor({ floor: 'registries', allow: ['a'] }, 1), floor({ floor: 'registries', allow: ['b'] }, 2)]
    expect(problemOf(() => withinFloors(choices('default'), hosts)).code).toBe('floors-contradict')
  })
})

describe('a waiver', () => {
  const waiver = '[[waiver]]\nfloor = "memory"\nreason = "A big cache"\nowner = "the shop team"\nexpires = 2027-03-31\n'
  it('is read with its line, its day as text or as a date', () => {
    const expected = { floor: 'memory', reason: 'A big cache', owner: 'the shop team', expires: '2027-03-31' }
    expect(readProject(`port = 1\n${waiver}`).waivers).toMatchObject([{ ...expected, because: { line: 2 } }])
    expect(readProject(waiver.replace('2027-03-31', '"2027-03-31"')).waivers).toMatchObject([expected])
  })

  it.each([
    ['reason', { code: 'waiver-invalid', line: 1 }],
    ['owner', { code: 'waiver-invalid', line: 1 }],
    ['expires', { code: 'waiver-invalid', line: 1 }],
  ])('needs its %s', (key, expected) => {
    expect(problemOf(() => readProject(waiver.replace(new RegExp(`${key} = .*\n`), '')))).toMatchObject(expected)
  })

  it('has no other key', () => {
    expect(problemOf(() => readProject(`${waiver}raeson = "x"\n`))).toMatchObject({ code: 'key-unknown', line: 6 })
    expect(problemOf(() => readProject('waiver = 1\n'))).toMatchObject({ code: 'waiver-invalid', line: 1 })
  })
})
