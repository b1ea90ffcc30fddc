import { render } from '@inquirer/testing'
import { describe, expect, test } from 'vitest'
import type { Choice } from './choice.ts'
import { inputText, selectOne, selectSeveral } from './inquirer.ts'

const choices: readonly Choice<string>[] = [
  { name: 'first', value: 'a' },
  { name: 'second', value: 'b' },
  { name: '? Tell me more about this', value: 'more' },
]
// What our prompts are given beside their context, as one value: the way in which they are rendered for a test.
const selecting = (message: string, context?: unknown) => selectOne(message, choices, context as never)
const marking = (message: string, context?: unknown) =>
  selectSeveral(
    message,
    choices.map((choice) => ({ ...choice, marked: true })),
    (picked) => (picked.length === 0 ? 'Mark at least one.' : true),
    context as never,
  )
const typing = (message: string, context?: unknown) =>
  inputText(message, (text) => (text === 'no' ? 'Not that.' : true), 'usual', context as never)

describe('one of several', () => {
  test('shows the reason above the question, and takes the first on Enter', async () => {
    const { answer, events, getScreen } = await render(selecting, 'Why it is asked.\nWhich?')
    expect(getScreen()).toBe(
      'Why it is asked.\nWhich?\n> first\n  second\n  ? Tell me more about this\n\nArrow keys move, Enter chooses, ? then Enter explains.',
    )
    events.keypress('enter')
    await expect(answer).resolves.toBe('a')
    expect(getScreen()).toBe('Which? first')
  })

  test('moves with arrows, and to the explanation with a question mark', async () => {
    const moved = await render(selecting, 'Which?')
    moved.events.keypress('down')
    moved.events.keypress('enter')
    await expect(moved.answer).resolves.toBe('b')
    const asked = await render(selecting, 'Which?')
    asked.events.type('?')
    asked.events.keypress('enter')
    await expect(asked.answer).resolves.toBe('more')
  })
})

test('several: all are marked at first, and none is refused', async () => {
  const { answer, events, getScreen } = await render(marking, 'Which?')
  expect(getScreen()).toContain('>[x] first\n [x] second')
  for (const _ of choices) {
    events.keypress('space')
    events.keypress('down')
  }
  events.keypress('enter')
  await Promise.resolve()
  expect(getScreen()).toContain('[ ] first')
  events.keypress('space')
  events.keypress('enter')
  await expect(answer).resolves.toEqual(['more'])
})

test('a text: Enter takes what is usual, and what does not fit is said', async () => {
  const usual = await render(typing, 'Name:')
  expect(usual.getScreen()).toBe('> Name: (usual)')
  usual.events.keypress('enter')
  await expect(usual.answer).resolves.toBe('usual')
  const refused = await render(typing, 'Name:')
  refused.events.type('no')
  refused.events.keypress('enter')
  await new Promise(setImmediate)
  expect(refused.getScreen()).toContain('Not that.')
})
