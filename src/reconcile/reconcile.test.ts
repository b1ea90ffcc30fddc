import { describe, expect, test } from 'vitest'
import type { Artifact, Lock, OnDisk, Outcome, Policy } from '../model/artifact.ts'
import { changesOf, nextLock, reconcile } from './reconcile.ts'

const dockerfile: Artifact = { path: 'Dockerfile', set: 'dockerfile', content: 'FROM new\n' }
const ignore: Artifact = { path: '.dockerignore', set: 'dockerfile', content: '*\n' }
const compose: Artifact = { path: 'compose.yaml', set: 'compose', content: 'name: new\n' }
const choices: Artifact = { path: 'secure-docker.toml', set: 'project', content: 'port = 1\n' }
const all = [dockerfile, ignore, compose, choices]

const careful: Policy = { force: false, decided: {}, merge: true, markers: false, recreate: true, settled: new Map() }
const force: Policy = { ...careful, force: true }
const updating: Policy = { ...careful, recreate: false }

function lockOf(bases: Readonly<Record<string, string>>): Lock {
  return { tool: '1', facts: new Map(), bases: new Map(Object.entries(bases)), ejected: new Set(), replaced: new Map(), presets: new Map() }
}

function disk(texts: Readonly<Record<string, string>>, ...others: readonly string[]): OnDisk {
  return { names: new Set([...Object.keys(texts), ...others]), texts: new Map(Object.entries(texts)) }
}

function actions(outcomes: readonly Outcome[]): Readonly<Record<string, string>> {
  return Object.fromEntries(outcomes.map((o) => [o.path, [o.action, o.reason, o.blockedBy].filter(Boolean).join(' ')]))
}

function reconciled(onDisk: OnDisk, lock: Lock, policy: Policy = careful, artifacts: readonly Artifact[] = all) {
  return actions(reconcile(artifacts, lock, onDisk, policy))
}

const ours = { Dockerfile: 'FROM old\n', '.dockerignore': 'old\n', 'compose.yaml': 'name: old\n', 'secure-docker.toml': 'port = 0\n' }
const edited = Object.fromEntries(Object.entries(ours).map(([path, text]) => [path, `${text}# mine\n`]))
const each = (action: string) => Object.fromEntries(all.map((a) => [a.path, action]))

const updated = { 'secure-docker.toml': 'update' }

describe('the table of files that are there already', () => {
  test.each([
    ['not there', {}, {}, each('create'), each('create')],
    ['not there, but written once', {}, ours, each('create'), each('create')],
    ['ours, untouched', ours, ours, each('update'), each('update')],
    // The text of the project file is made from the user's own: setting a key in it is never in conflict.
    ['ours, edited in the same place', edited, ours, { ...each('conflict'), ...updated }, { ...each('replace'), ...updated }],
    ['not ours', ours, {}, { ...each('leave not-ours'), ...updated }, { ...each('replace'), ...updated }],
    ['not ours, but the same', Object.fromEntries(all.map((a) => [a.path, a.content])), {}, each('same'), each('same')],
  ])('%s', (_, texts, bases, carefully, forced) => {
    expect(reconciled(disk(texts), lockOf(bases))).toEqual(carefully)
    expect(reconciled(disk(texts), lockOf(bases), force)).toEqual(forced)
  })

  test('line ends, a byte order mark and the final newline are no edits', () => {
    const checkout = Object.fromEntries(Object.entries(ours).map(([path, text]) => [path, `\uFEFF${text.replaceAll('\n', '\r\n')}`]))
    expect(reconciled(disk(checkout), lockOf(ours))).toEqual(each('update'))
    expect(reconciled(disk({ Dockerfile: 'FROM new' }), lockOf({}), careful, [dockerfile])).toEqual({ Dockerfile: 'same' })
  })

  test('an outcome carries what was on disk, to the letter', () => {
    const [outcome] = reconcile([dockerfile], lockOf({}), disk({ Dockerfile: 'FROM x\r\n' }), force)
    expect(outcome).toEqual({ ...dockerfile, action: 'replace', before: 'FROM x\r\n' })
    expect(reconcile([dockerfile], lockOf({}), disk({}), careful)[0]).toEqual({ ...dockerfile, action: 'create' })
  })
})

describe('sets', () => {
  test('an ignore file of a person holds back the Dockerfile, and that the compose file', () => {
    expect(reconciled(disk({ '.dockerignore': 'x\n' }), lockOf({}))).toEqual({
      Dockerfile: 'leave held .dockerignore',
      '.dockerignore': 'leave not-ours',
      'compose.yaml': 'leave held .dockerignore',
      'secure-docker.toml': 'create',
    })
  })

  test('a conflict holds back what must agree with it', () => {
    expect(reconciled(disk({ ...ours, Dockerfile: 'FROM mine\n' }), lockOf(ours))).toEqual({
      Dockerfile: 'conflict',
      '.dockerignore': 'leave held Dockerfile',
      'compose.yaml': 'leave held Dockerfile',
      'secure-docker.toml': 'update',
    })
  })

  test('a conflict in the compose file holds back the Dockerfile', () => {
    expect(reconciled(disk({ ...ours, 'compose.yaml': 'name: mine\n' }), lockOf(ours))).toMatchObject({
      Dockerfile: 'leave held compose.yaml',
      '.dockerignore': 'leave held compose.yaml',
      'compose.yaml': 'conflict',
    })
  })

  test('a compose file of a person holds back nothing else', () => {
    expect(reconciled(disk({ 'compose.yaml': 'x\n' }), lockOf({}))).toEqual({ ...each('create'), 'compose.yaml': 'leave not-ours' })
  })

  test.each(['compose.yml', 'docker-compose.yml', 'docker-compose.yaml', 'compose.override.yaml', 'docker-compose.override.yml'])(
    '%s stands in the way of compose.yaml',
    (name) => expect(reconciled(disk({}, name), lockOf({}))).toEqual({ ...each('create'), 'compose.yaml': `leave shadowed ${name}` }),
  )

  test.each([
    ['dockerfile', { Dockerfile: 'create dockerfile' }],
    // Docker merges these with ours, reads them in place of ours, or warns of them.
    ['compose.yml', { 'compose.yml': 'remove replaced' }],
    ['docker-compose.yml', { 'docker-compose.yml': 'remove replaced' }],
    ['compose.override.yaml', { 'compose.override.yaml': 'remove replaced' }],
    ['docker-compose.override.yml', { 'docker-compose.override.yml': 'remove replaced' }],
    ['Dockerfile.dockerignore', { 'Dockerfile.dockerignore': 'remove replaced' }],
  ])('%s when ours are forced: %j', (name, then) =>
    expect(reconciled(disk({}, name), lockOf({}), force)).toEqual({ ...each('create'), ...then }),
  )

  test('an override goes with the compose file that ours replace', () => {
    const theirs = disk({ 'compose.yaml': 'theirs\n' }, 'compose.override.yml')
    expect(reconciled(theirs, lockOf({}), force)).toEqual({
      ...each('create'),
      'compose.yaml': 'replace',
      'compose.override.yml': 'remove replaced',
    })
  })

  test.each(['Dockerfile.dockerignore', 'dockerfile'])('%s stands in the way of the Dockerfile', (name) => {
    expect(reconciled(disk({}, name), lockOf({}))).toMatchObject({
      Dockerfile: `leave shadowed ${name}`,
      '.dockerignore': `leave held ${name}`,
      'compose.yaml': `leave held ${name}`,
    })
  })

  test.each([
    'compose.hardened.yaml',
    'my-compose.yml',
    'docker-compose.prod.yml',
    'docker-compose.md',
    'Dockerfile.dev',
    'sub/compose.yml',
  ])('%s does not', (name) => {
    expect(reconciled(disk({}, name), lockOf({}))).toEqual(each('create'))
  })

  test('an override that the user added to our compose file is his way to change it', () => {
    expect(reconciled(disk(ours, 'compose.override.yaml'), lockOf(ours))).toEqual(each('update'))
  })

  test('a decision is for one set', () => {
    expect(reconciled(disk(ours), lockOf({}), { ...careful, decided: { compose: 'replace' } })).toMatchObject({
      Dockerfile: 'leave not-ours',
      'compose.yaml': 'replace',
    })
    expect(reconciled(disk(ours), lockOf({}), { ...careful, decided: { dockerfile: 'replace', compose: 'leave' } })).toMatchObject({
      Dockerfile: 'replace',
      '.dockerignore': 'replace',
      'compose.yaml': 'leave not-ours',
    })
  })

  test('beside, nothing is in the way but what a person has there too', () => {
    const beside = [
      { ...dockerfile, path: 'Dockerfile.hardened' },
      { ...ignore, path: 'Dockerfile.hardened.dockerignore' },
      { ...compose, path: 'compose.hardened.yaml' },
    ]
    const decided: Policy = { ...careful, decided: { dockerfile: 'beside', compose: 'beside' } }
    expect(
      reconciled(disk({}, 'Dockerfile', '.dockerignore', 'compose.yaml', 'compose.override.yml'), lockOf({}), decided, beside),
    ).toEqual({
      'Dockerfile.hardened': 'create',
      'Dockerfile.hardened.dockerignore': 'create',
      'compose.hardened.yaml': 'create',
    })
    expect(reconciled(disk({ 'Dockerfile.hardened': 'x\n' }), lockOf({}), decided, beside)).toMatchObject({
      'Dockerfile.hardened': 'leave not-ours',
    })
  })
})

describe('three ways', () => {
  const base = 'FROM a\n\nRUN b\n\nCMD c\n'
  const fresh: Artifact = { ...dockerfile, content: base.replace('FROM a', 'FROM z') }
  const merge = (now: string, policy: Policy = updating) =>
    reconcile([fresh], lockOf({ Dockerfile: base }), disk({ Dockerfile: now }), policy)[0]

  test('untouched lines follow, edited lines stay', () => {
    expect(merge(base.replace('CMD c', 'CMD mine'))).toMatchObject({ action: 'merge', merged: 'FROM z\n\nRUN b\n\nCMD mine\n' })
  })

  test('without leave to merge, edited files are left', () => {
    expect(merge(base.replace('CMD c', 'CMD mine'), { ...updating, merge: false })).toMatchObject({ action: 'leave', reason: 'edited' })
  })

  test('the same change on both sides is none', () => {
    expect(merge(fresh.content)).toMatchObject({ action: 'same' })
  })

  test('both changed: left as it is, with both sides to choose from', () => {
    const outcome = merge(base.replace('FROM a', 'FROM mine'))
    expect(outcome).toMatchObject({ action: 'conflict', before: base.replace('FROM a', 'FROM mine') })
    expect(outcome?.merged).toBeUndefined()
    expect(outcome?.pieces).toContainEqual({ mine: ['FROM mine'], base: ['FROM a'], theirs: ['FROM z'] })
  })

  test('marks are written on demand, and then refused until they are gone', () => {
    const marked = merge(base.replace('FROM a', 'FROM mine'), { ...updating, markers: true })
    const text = '<<<<<<< yours\nFROM mine\n=======\nFROM z\n>>>>>>> secure-docker\n\nRUN b\n\nCMD c\n'
    expect(marked).toMatchObject({ action: 'conflict', merged: text })
    const lock = nextLock(lockOf({ Dockerfile: base }), marked === undefined ? [] : [marked], new Map(), '2')
    expect(lock.bases.get('Dockerfile')).toBe(fresh.content)
    expect(() => reconcile([fresh], lock, disk({ Dockerfile: text }), updating)).toThrowError(/still holds the marks/)
  })

  test('what a person settled on is written, and is not asked again', () => {
    const settled = new Map([['Dockerfile', 'FROM both\n']])
    const outcome = merge(base.replace('FROM a', 'FROM mine'), { ...updating, settled })
    expect(outcome).toMatchObject({ action: 'merge', merged: 'FROM both\n' })
    const lock = nextLock(lockOf({ Dockerfile: base }), outcome === undefined ? [] : [outcome], new Map(), '2')
    expect(reconcile([fresh], lock, disk({ Dockerfile: 'FROM both\n' }), updating)[0]?.action).toBe('same')
  })

  test('a deleted file is not written again by an update', () => {
    expect(reconciled(disk({}), lockOf(ours), updating)).toEqual({ ...each('deleted') })
  })

  test('a file given up is left alone', () => {
    const lock = { ...lockOf({}), ejected: new Set(['compose.yaml']) }
    expect(reconciled(disk({ 'compose.yaml': 'mine\n' }), lock, force)).toMatchObject({ 'compose.yaml': 'ejected', Dockerfile: 'create' })
  })

  test('a file no longer needed goes when nobody touched it', () => {
    const lock = lockOf({ 'old.yaml': 'a\n', 'edited.yaml': 'b\n', 'gone.yaml': 'c\n' })
    const outcomes = reconcile([], lock, disk({ 'old.yaml': 'a\r\n', 'edited.yaml': 'b2\n' }), updating)
    expect(actions(outcomes)).toEqual({ 'old.yaml': 'remove', 'edited.yaml': 'keep' })
    expect(changesOf(outcomes, { path: 'l', content: '' })).toEqual([
      { path: 'old.yaml', before: 'a\r\n' },
      { path: 'l', content: '' },
    ])
    expect([...nextLock(lock, outcomes, new Map(), '2').bases.keys()]).toEqual(['gone.yaml'])
  })

  test('files adopted are kept as they are, and ours is their base from then on', () => {
    const [outcome] = reconcile([fresh], lockOf({}), disk({ Dockerfile: 'FROM mine\n' }), { ...updating, decided: { dockerfile: 'adopt' } })
    expect(outcome).toMatchObject({ action: 'merge', merged: 'FROM mine\n', content: fresh.content })
  })
})

describe('what a person wrote where ours is now', () => {
  const mine = { Dockerfile: 'FROM mine\r\nVOLUME /data\n', '.dockerignore': 'mine\n', 'compose.override.yaml': 'services: {}\n' }
  const texts = { Dockerfile: 'FROM mine\nVOLUME /data\n', 'compose.override.yaml': 'services: {}\n' }
  const kept = (policy: Policy, before: Readonly<Record<string, string>>, lock = lockOf({})) =>
    Object.fromEntries(
      nextLock(
        lock,
        reconcile(all, lock, disk(before), policy),
        new Map(),
        '2',
        lock.presets,
        new Set(['Dockerfile', 'compose.override.yaml']),
      ).replaced,
    )
  const adopting: Policy = { ...updating, decided: { dockerfile: 'adopt' } }

  test.each([
    ['replaced', force, mine, texts],
    ['adopted', adopting, { Dockerfile: mine.Dockerfile }, { Dockerfile: texts.Dockerfile }],
    ['left', careful, mine, {}],
    ['there before, and ours', force, { Dockerfile: '# Written by secure-docker. Edit it freely.\nFROM a\n' }, {}],
  ])('is in the lock when it was %s', (_, policy, before, expected) => expect(kept(policy, before)).toEqual(expected))

  test('stays there, and what was ours before is never taken for it', () => {
    const before: Lock = { ...lockOf({ ...ours, Dockerfile: 'FROM old\n' }), replaced: new Map([['Dockerfile', 'FROM first\n']]) }
    expect(kept(force, { ...ours, Dockerfile: 'FROM edited\n' }, before)).toEqual({ Dockerfile: 'FROM first\n' })
  })
})

describe('afterwards', () => {
  const outcomes = reconcile(all, lockOf(ours), disk({ ...ours, 'compose.yaml': 'mine\n' }), { ...careful, decided: { compose: 'leave' } })

  test('the lock keeps the bases of a set in conflict, and the facts that they were made from', () => {
    const before: Lock = { ...lockOf(ours), facts: new Map([['port', { value: '1' }]]) }
    const after = nextLock(before, outcomes, new Map([['port', { value: '2' }]]), '2')
    expect(Object.fromEntries(after.bases)).toEqual(ours)
    expect(after.facts.get('port')).toEqual({ value: '1' })
  })

  test('files are written before the lock, and only those that change', () => {
    const lock = { path: 'secure-docker.lock', before: 'a', content: 'b' }
    const fine = reconcile(all, lockOf(ours), disk({ ...ours, Dockerfile: dockerfile.content }), careful)
    expect(changesOf(fine, lock).map((c) => c.path)).toEqual(['.dockerignore', 'compose.yaml', 'secure-docker.toml', 'secure-docker.lock'])
    expect(changesOf([], { ...lock, before: 'b' })).toEqual([])
  })

  test('a second run changes nothing', () => {
    const texts = Object.fromEntries(all.map((a) => [a.path, a.content]))
    const lock = nextLock(lockOf({}), reconcile(all, lockOf({}), disk({}), careful), new Map(), '1')
    expect(reconciled(disk(texts), lock)).toEqual(each('same'))
  })
})
