import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds } from '../../../test/laws/hostile.ts'
import { Problem } from '../../model/problem.ts'
import { exactVersion, readRequirements } from './requirements.ts'
import { problemOf, treeOf } from './tree.fixture.ts'

describe('readRequirements', () => {
  it('follows includes and constraints, each file once', () => {
    const tree = treeOf({
      'requirements/prod.txt': '-r base.txt\n--requirement=../extra.txt\n-c pins.txt\ngunicorn==25.1.0\n',
      'requirements/base.txt': '-r prod.txt\nDjango[argon2] ~= 5.2  # the framework\n',
      'requirements/pins.txt': 'urllib3==2.5.0\n',
      'extra.txt': "psycopg[binary,pool]==3.2.9 ; sys_platform != 'win32'\n",
    })
    const set = readRequirements(tree, 'requirements/prod.txt')
    expect(set.files).toEqual(['requirements/prod.txt', 'requirements/base.txt', 'extra.txt', 'requirements/pins.txt'])
    expect(set.requirements.map((r) => [r.name, r.extras, exactVersion(r), r.because.file, r.because.line])).toEqual([
      ['django', ['argon2'], undefined, 'requirements/base.txt', 2],
      ['psycopg', ['binary', 'pool'], '3.2.9', 'extra.txt', 1],
      ['gunicorn', [], '25.1.0', 'requirements/prod.txt', 4],
    ])
  })

  it('puts continued lines together and sees hashes', () => {
    const set = readRequirements(
      treeOf({
        'requirements.txt':
          '# made by a tool\nDjango==5.2.8 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\nasgiref==3.11.0 --hash=sha256:cc\n',
      }),
      'requirements.txt',
    )
    expect(set.hashed).toBe(true)
    expect(set.requirements.map((r) => [r.name, exactVersion(r), r.because.line])).toEqual([
      ['django', '5.2.8', 2],
      ['asgiref', '3.11.0', 5],
    ])
  })

  it('tells addresses, folders and options apart', () => {
    const text =
      '--index-url https://packages.example/simple\n-e ./libs/own\ntools @ git+https://git.example/tools.git@v1\nhttps://files.example/x.whl\nwheels/own-1.0-py3-none-any.whl\n'
    const set = readRequirements(treeOf({ 'requirements.txt': text }), 'requirements.txt')
    expect(set.local).toEqual(['libs/own', 'wheels/own-1.0-py3-none-any.whl'])
    expect(set.git?.line).toBe(3)
    expect(set.requirements.map((r) => [r.name, r.clauses])).toEqual([
      ['tools', undefined],
      ['', undefined],
    ])
  })

  it('copies an include that the scan does not read', () => {
    const tree = treeOf({ 'requirements.txt': '-r odd.list\n' })
    const set = readRequirements({ ...tree, files: new Set([...tree.files, 'odd.list']) }, 'requirements.txt')
    expect(set.files).toEqual(['requirements.txt', 'odd.list'])
  })

  it.each([
    [{ 'requirements.txt': 'Django==5.2.8\n-r gone.txt\n' }, 'requirements-missing', 2],
    [{ 'requirements.txt': '-r ../../etc/passwd\n' }, 'requirements-outside', 1],
    [{ 'requirements.txt': '\n\nDjango = 5.2\n' }, 'requirement-invalid', 3],
    [{ 'requirements.txt': '<<<<<<< HEAD\n' }, 'requirement-invalid', 1],
    [{ 'requirements.txt': '/opt/own\n' }, 'requirements-outside', 1],
  ])('refuses %j', (texts, code, line) => {
    expect(problemOf(() => readRequirements(treeOf(texts as Record<string, string>), 'requirements.txt'))).toMatchObject({
      code,
      line,
      file: 'requirements.txt',
      exit: 1,
    })
  })

  it('says which file is not text', () => {
    const tree = treeOf({}, { 'requirements.txt': 'it is not UTF-8' })
    expect(problemOf(() => readRequirements(tree, 'requirements.txt'))).toMatchObject({
      code: 'file-unread',
      message: 'requirements.txt could not be read: it is not UTF-8.',
    })
  })

  it('ends with requirements or a Problem, whatever the text', () => {
    holds(
      fc.property(fc.string({ maxLength: 500 }), (text) => {
        try {
          readRequirements(treeOf({ 'requirements.txt': text }), 'requirements.txt')
        } catch (error) {
          expect(error).toBeInstanceOf(Problem)
        }
      }),
    )
  })
})
