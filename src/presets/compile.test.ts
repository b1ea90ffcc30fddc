import { describe, expect, it } from 'vitest'
import { compileBlock } from './compile.ts'

describe('compileBlock', () => {
  it('gives texts, values and branches as plain data', () => {
    expect(compileBlock('{{! why }}\nLABEL a={{quoted name}}\n{{#if web}}\nENV P={{number port}}\n{{else}}\nENV W=1\n{{/if}}\n')).toEqual({
      template: [
        'LABEL a=',
        { helper: 'quoted', value: 'name' },
        '\n',
        { if: 'web', holds: ['ENV P=', { helper: 'number', value: 'port' }, '\n'], fails: ['ENV W=1\n'] },
      ],
    })
    expect(compileBlock('{{#unless web}}a{{/unless}}')).toEqual({ template: [{ if: 'web', holds: [], fails: ['a'] }] })
    expect(compileBlock('')).toEqual({ template: [] })
  })

  it.each([
    ['{{{quoted name}}}', 'raw output'],
    ['{{&quoted name}}', 'raw output'],
    ['{{name}}', 'goes through no helper'],
    ['{{> other}}', 'a partial is not allowed'],
    ['{{#> layout}}{{/layout}}', 'is not allowed'],
    ['{{* decorator}}', 'a decorator is not allowed'],
    ['{{#*inline "x"}}{{/inline}}', 'a decorator is not allowed'],
    ['{{#each name}}x{{/each}}', 'neither if nor unless'],
    ['{{#with name}}x{{/with}}', 'neither if nor unless'],
    ['{{{{raw}}}}x{{{{/raw}}}}', 'neither if nor unless'],
    ['{{lookup name "constructor"}}', 'helper lookup'],
    ['{{log name}}', 'helper log'],
    ['{{exec name}}', 'helper exec'],
    ['{{quoted (lookup name)}}', 'only plain names'],
    ['{{quoted "text"}}', 'only plain names'],
    ['{{quoted ../name}}', 'only plain names'],
    ['{{quoted @root.name}}', 'only plain names'],
    ['{{quoted this}}', 'only plain names'],
    ['{{quoted this.name}}', 'only plain names'],
    ['{{quoted name.length}}', 'only plain names'],
    ['{{quoted constructor}}', 'constructor is not one of'],
    ['{{quoted __proto__}}', '__proto__ is not one of'],
    ['{{quoted description}}', 'description is not one of'],
    ['{{quoted name port}}', 'a helper takes one value'],
    ['{{quoted name x=port}}', 'a helper takes one value'],
    ['{{quoted}}', 'goes through no helper'],
    ['{{#if name as |x|}}{{/if}}', 'block parameters'],
    ['{{(quoted) name}}', 'cannot be parsed'],
    ['{{#if name}}', 'cannot be parsed'],
    ['{{', 'cannot be parsed'],
    [`${'{{#if web}}'.repeat(12)}${'{{/if}}'.repeat(12)}`, 'more than 10 deep'],
  ])('refuses %s', (template, why) => {
    expect(compileBlock(template)).toMatchObject({ line: 1, why: expect.stringContaining(why) })
  })

  it('says the line', () => {
    expect(compileBlock('RUN a\n\n{{quoted secret}}\n')).toMatchObject({ line: 3 })
    expect(compileBlock('RUN a\n{{#if}}\n')).toMatchObject({ line: 3 })
  })
})
