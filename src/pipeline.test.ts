import { describe, expect, it } from 'vitest'
import type { Found } from './model/ecosystem.ts'
import { Problem } from './model/problem.ts'
import type { ProblemCode } from './model/problem-codes.ts'
import { candidates } from './pipeline.ts'

const problem = (code: ProblemCode) => ({ problem: new Problem({ code, exit: 1, message: code, fix: '' }) })
const app = (start?: string) => ({ found: { app: { found: start === undefined ? {} : { start } } } as unknown as Found })

describe('apps to choose from', () => {
  it('are those whose start is known', () => {
    const known = app('server.js')
    expect(candidates([app(), known, problem('package-manager-not-served')])).toEqual([known.found])
  })
  it('are none when what is surely an app cannot be served, and the rest has no start', () =>
    expect(() => candidates([app(), problem('package-manager-not-served')])).toThrow('package-manager-not-served'))
  it('are those without a start when nothing else is sure', () => {
    const tool = app()
    expect(candidates([tool, problem('python-not-served')])).toEqual([tool.found])
  })
  it('are none in an empty folder', () => expect(() => candidates([])).toThrow('No Node.js, Go or Django project'))
})
