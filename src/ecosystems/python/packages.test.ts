import { describe, expect, it } from 'vitest'
import { debianPackages, hasWheel, type Package } from './packages.ts'

function item(name: string, more: Partial<Package> = {}): Package {
  return { name, extras: [], version: undefined, clauses: [], wheels: undefined, because: { file: 'requirements.txt', saw: name }, ...more }
}

describe('debianPackages', () => {
  it('has a compiler while building and only the library at run time', () => {
    const { build, run } = debianPackages([item('psycopg2')], false)
    expect(run).toEqual(['libpq5=1*'])
    expect(build).toEqual(expect.arrayContaining(['gcc=4:1*', 'libpq-dev=1*', 'libpq5=1*']))
  })

  it.each([
    [item('psycopg', { extras: ['binary'] }), [], []],
    [item('psycopg'), ['libpq5=1*'], ['libpq5=1*']],
    [item('psycopg2-binary'), [], []],
    [item('pillow'), [], []],
    [item('netifaces'), ['gcc=4:1*', 'libc6-dev=2.*', 'python3-dev=3.*'], []],
    [item('opencv-python'), ['libgl1=1.*', 'libglib2.0-0t64=2.*'], ['libgl1=1.*', 'libglib2.0-0t64=2.*']],
    [item('opencv-python-headless'), [], []],
    [item('lightgbm'), ['libgomp1=14.*'], ['libgomp1=14.*']],
  ])('of %j', (found, build, run) => {
    expect(debianPackages([found], false)).toEqual({ build, run })
  })

  it('brings what GeoDjango loads, to collect static files too', () =>
    expect(debianPackages([], false, true)).toEqual({ build: ['gdal-bin=3.*'], run: ['gdal-bin=3.*'] }))

  it('compiles what has no wheel for the release', () => {
    const old = [item('cffi', { version: '1.15.1' }), item('lru-dict', { version: '1.2.0' })]
    expect(debianPackages(old, false, false, '3.12')).toEqual({
      build: ['g++=4:1*', 'gcc=4:1*', 'libc6-dev=2.*', 'libffi-dev=3.*', 'python3-dev=3.*'],
      run: [],
    })
    expect(debianPackages(old, false, false, '3.11')).toEqual({ build: [], run: [] })
  })

  it('pins every package, and brings git only for packages from git', () => {
    const all = debianPackages(
      [
        'psycopg2',
        'mysqlclient',
        'python-ldap',
        'pycairo',
        'weasyprint',
        'pylibmc',
        'uwsgi',
        'pyodbc',
        'pyzbar',
        'pysaml2',
        'rrdtool-bindings',
      ].map((name) => item(name)),
      true,
    )
    // A star at the end makes apt take what stands before it as it is: brackets work only without one.
    expect([...all.build, ...all.run].filter((pin) => !/^[a-z0-9.+-]+=(?:[\w:.]+\*|\[\d+\]\.\*\[0-9\])$/.test(pin))).toEqual([])
    expect(all.build).toContain('git=1:2.*')
    expect(all.run).not.toContain('git=1:2.*')
  })
})

describe('hasWheel', () => {
  it.each([
    ['psycopg2_binary-2.9.10-cp313-cp313-manylinux_2_17_x86_64.whl', '3.13', true],
    ['psycopg2_binary-2.9.10-cp313-cp313-manylinux_2_17_x86_64.whl', '3.14', false],
    ['cryptography-45.0.0-cp311-abi3-manylinux_2_34_x86_64.whl', '3.14', true],
    ['x-1.0-cp314-cp314t-manylinux_2_28_x86_64.whl', '3.14', false],
    ['x-1.0-cp314-cp314-macosx_11_0_arm64.whl', '3.14', false],
    ['x-1.0-cp314-cp314-musllinux_1_2_x86_64.whl', '3.14', false],
    ['django-6.1.3-py3-none-any.whl', '3.14', true],
    ['six-1.17.0-py2.py3-none-any.whl', '3.14', true],
  ])('%s for %s: %s', (wheel, release, expected) => {
    expect(hasWheel(item('x', { wheels: [wheel] }), release)).toBe(expected)
  })

  it('compiles what the lockfile lists as source alone, with parts in C', () => {
    expect(debianPackages([item('x', { wheels: [], compiled: true })], false, false, '3.14').build).toContain('gcc=4:1*')
    expect(debianPackages([item('x', { wheels: [] })], false, false, '3.14').build).toEqual([])
  })

  it('knows the first wheels of common packages', () => {
    expect(hasWheel(item('pillow', { version: '11.0.0' }), '3.14')).toBe(false)
    expect(hasWheel(item('pillow', { version: '11.3.0' }), '3.14')).toBe(true)
    expect(hasWheel(item('pillow'), '3.14')).toBe(true)
    expect(hasWheel(item('pillow', { version: '6.2.2' }), '3.9')).toBe(false)
    expect(hasWheel(item('psycopg2-binary', { version: '2.8.6' }), '3.9')).toBe(true)
  })

  it('knows on what uWSGI builds, which has none', () => {
    const uwsgi = item('uwsgi', { version: '2.0.20', wheels: [] })
    expect(['3.10', '3.11', '3.14'].map((release) => hasWheel(uwsgi, release))).toEqual([true, false, false])
    expect(['3.11', '3.14'].map((release) => hasWheel(item('uwsgi', { version: '2.0.30' }), release))).toEqual([true, true])
    expect(hasWheel(item('psycopg2', { version: '2.8', wheels: [] }), '3.14')).toBe(true)
  })
})
