import { describe, expect, it } from 'vitest'
import type { Variable } from '../model/app.ts'
import { handedThrough } from './environment.ts'

function variable(name: string, given: Partial<Variable> = {}): Variable {
  return { name, required: false, secret: false, generated: false, because: [], ...given }
}

describe('handedThrough', () => {
  it('leaves out what has a default, an empty one too', () => {
    expect(
      handedThrough([variable('B'), variable('A', { required: true }), variable('C', { default: '' }), variable('D', { default: 'x' })]),
    ).toEqual(['A', 'B'])
  })

  it('keeps those that are needed when there are too many', () => {
    const many = Array.from({ length: 60 }, (_, i) => variable(`A${String(i).padStart(2, '0')}`))
    const names = handedThrough([...many, variable('Z', { required: true })])
    expect(names).toHaveLength(40)
    expect(names.slice(-2)).toEqual(['A38', 'Z'])
  })
})
