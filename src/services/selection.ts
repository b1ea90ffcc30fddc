import type { Variable } from '../model/app.ts'
import type { Sourced } from '../model/evidence.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import type { ServiceNeed } from '../model/service.ts'
import { rowOf } from './table.ts'

/** What of a project's needs is set up here, and what it is told to find elsewhere. */
export interface Selection {
  readonly here: readonly ServiceNeed[]
  readonly elsewhere: readonly ServiceNeed[]
  /** What the program does without. */
  readonly leftOut: readonly ServiceNeed[]
}

/**
 * What the program needs is set up, unless the option `services` leaves it out; what it runs without, only when that names it.
 * Throws a Problem (exit 2) when an answer names one that the project does not talk to.
 */
export function selected(needs: readonly ServiceNeed[], said?: Sourced<string>): Selection {
  const words = said?.value.split(/[ ,]+/) ?? []
  const unknown = words.find((word) => !word.startsWith('-') && !needs.some((need) => isCalled(need, word)))
  if (said?.from === 'answer' && unknown !== undefined) throw notTalkedTo(unknown, needs)
  const wanted = (need: ServiceNeed): boolean => {
    const word = words.findLast((each) => isCalled(need, each.replace('-', '')))
    return word === undefined ? !need.optional : !word.startsWith('-')
  }
  const not = needs.filter((need) => !wanted(need))
  return { here: needs.filter(wanted), elsewhere: not.filter((need) => !need.optional), leftOut: not.filter((need) => need.optional) }
}

/** The words of the option `services` that set up exactly these, with `all` one for each; undefined when nothing needs to be said. */
export function wordsFor(needs: readonly ServiceNeed[], marked: readonly ServiceNeed[], all: boolean): string | undefined {
  const words = needs.flatMap((need) => {
    const isMarked = marked.includes(need)
    return isMarked === !need.optional && !all ? [] : [`${isMarked ? '' : '-'}${need.flavour ?? need.kind}`]
  })
  return words.length === 0 ? undefined : words.join(', ')
}

function isCalled({ kind, flavour }: ServiceNeed, word: string): boolean {
  return word === kind || word === flavour
}

function notTalkedTo(word: string, needs: readonly ServiceNeed[]): Problem {
  const known = needs.map(({ kind, flavour }) => flavour ?? kind)
  return new Problem({
    code: 'option-invalid',
    exit: exitCodes.usage,
    message: `--services: nothing shows that the project talks to ${word}.`,
    fix: known.length === 0 ? 'It talks to no service that is known.' : `It talks to: ${known.join(', ')}.`,
  })
}

/**
 * The variables of a program as they are when services are elsewhere: where those are, and their passwords, only a person can tell. What
 * leads to one that it does without is not asked for, unless another is reached by it too.
 */
export function variablesFor(all: readonly Variable[], { here, elsewhere, leftOut }: Selection): readonly Variable[] {
  const named = (needs: readonly ServiceNeed[]) => new Set(needs.flatMap(({ connections }) => connections.map(({ variable }) => variable)))
  const [used, unused] = [named([...here, ...elsewhere]), named(leftOut)]
  const isUnused = ({ name, example, generated }: Variable): boolean =>
    unused.has(name) && !used.has(name) && example === undefined && !generated
  const variables = all.map((v) => (isUnused(v) ? { ...v, required: false } : v))
  if (elsewhere.length === 0) return variables
  const told = elsewhere.flatMap((need) => {
    const { connections, because } = need
    const locked = rowOf(need).login.password === 'required'
    // One address is enough: with it, its parts are not asked for.
    const whole = connections.some(({ holds }) => holds === 'url')
    return connections.map(({ variable, holds }): Variable => {
      const known = variables.find(({ name }) => name === variable) ?? unread(variable, because)
      if (holds === 'url') return { ...open(known), required: true, secret: true }
      if (whole) return known
      const leads = holds === 'host' || holds === 'host-and-port'
      if (holds === 'password') return { ...withoutExample(known), required: known.required || locked, secret: true, generated: false }
      return leads ? { ...open(known), required: true } : known
    })
  })
  return [...variables.filter(({ name }) => !told.some((other) => other.name === name)), ...told].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function unread(name: string, because: ServiceNeed['because']): Variable {
  return { name, required: false, secret: false, generated: false, because }
}

function open(variable: Variable): Variable {
  const { default: _, ...open } = withoutExample(variable)
  return { ...open, generated: false }
}

/** What stands in a file for everyone to read is no value of a secret. */
function withoutExample({ example: _, ...variable }: Variable): Variable {
  return variable
}
