import { projectFile } from '../choose/options.ts'
import { errorPage } from '../edge/pages.ts'
import { readOnDisk } from '../edge/target.ts'
import { print } from '../edge/terminal.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import { problemCodes } from '../model/problem-codes.ts'
import type { Rule } from '../model/rule.ts'
import { explain, explainChoice } from '../reconcile/explain.ts'
import { canonical } from '../reconcile/text.ts'
import { trace } from '../render/trace.ts'
import { explanationText, practiceText, rulesText, ruleText, type ToldPractice } from '../report/explain.ts'
import { explanationJson, ruleJson } from '../report/json.ts'
import { rules } from '../rules/index.ts'
import { practices } from '../rules/practices.ts'
import { producedNow } from './proposal.ts'
import { chooseNone, openSession } from './session.ts'

export interface ExplainArguments {
  readonly folder: string
  readonly target?: string
  readonly json: boolean
}

/** Says why a line of ours is there (`Dockerfile:23`), or what a rule, a practice or an error code is about. Throws a Problem (exit 2) on anything else. */
export async function explainTarget({ target, folder, json }: ExplainArguments): Promise<void> {
  if (target === undefined) return tell(json, { rules: Object.values(rules).map(ruleOf) }, () => rulesText(Object.values(rules)))
  const [, file, line] = target.match(/^(.+):(\d+)$/) ?? []
  if (file !== undefined) return explainLine(folder, file.replace(/^\.\//, ''), Number(line), json)
  const code = problemCodes.find((known) => known === target)
  if (code !== undefined) return tell(json, { error: { code, page: errorPage(code) } }, () => errorPage(code))
  const practice = Object.hasOwn(practices, target) ? practices[Number(target)] : undefined
  if (practice !== undefined) {
    const told = { number: Number(target), ...practice }
    const following = Object.values(rules).filter((rule) => rule.practices.includes(told.number))
    return tell(json, { practice: told, rules: following.map(ruleOf) }, () => practiceText(told, following))
  }
  const rule = Object.values(rules).find(({ id }) => id === target)
  if (rule === undefined) throw unknown(target)
  return tell(json, { rules: [ruleOf(rule)] }, () => ruleText(rule, practicesOf(rule)))
}

async function explainLine(folder: string, file: string, line: number, json: boolean): Promise<void> {
  const session = await openSession(folder, {}, { writes: false, choose: chooseNone })
  const { lock, found } = session
  const onDisk = linesOf(canonical(readOnDisk(session.folder, [file]).texts.get(file) ?? ''))
  const base = lock.bases.get(file)
  if (base === undefined && file !== projectFile) throw notOurs(file, lock.ejected.has(file))
  if ((onDisk[line - 1] ?? '').trim() === '')
    throw noLine(file, line, onDisk.filter((text) => text !== '').length === 0 ? 0 : onDisk.length)
  if (base === undefined) {
    const told = explainChoice(file, line, onDisk[line - 1] ?? '', session.project)
    return tell(json, explanationJson(told, []), () => explanationText(told, []))
  }
  const { choices, plan } = producedNow(session)
  const fresh = trace(plan, rules).get(file) ?? []
  const told = explain({ file, line, onDisk, base: linesOf(base), fresh }, rules, found.app, choices)
  const asked = told.rule === undefined ? [] : practicesOf(told.rule)
  return tell(json, explanationJson(told, asked), () => explanationText(told, asked))
}

function tell(json: boolean, document: object, text: () => string): void {
  print(json ? `${JSON.stringify({ schema: 1, ...document }, undefined, 2)}\n` : text())
}

function ruleOf(rule: Rule): ReturnType<typeof ruleJson> {
  return ruleJson(rule, practicesOf(rule))
}

function practicesOf(rule: Rule): readonly ToldPractice[] {
  return rule.practices.flatMap((number) => {
    const practice = practices[number]
    return practice === undefined ? [] : [{ number, title: practice.title, source: practice.source }]
  })
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n')
}

function unknown(target: string): Problem {
  return new Problem({
    code: 'explain-unknown',
    exit: exitCodes.usage,
    message: `There is nothing to explain by the name of ${target}.`,
    fix: 'Name a line (Dockerfile:23), a rule, the number of a practice or the code of an error. All rules: secure-docker explain',
  })
}

function notOurs(file: string, ejected: boolean): Problem {
  return new Problem({
    code: 'explain-not-ours',
    exit: exitCodes.usage,
    message: ejected ? `${file} was ejected: it is yours.` : `${file} was not written by secure-docker.`,
    file,
    fix: 'Name a line of a file that secure-docker.lock lists.',
  })
}

function noLine(file: string, line: number, count: number): Problem {
  return new Problem({
    code: 'explain-no-line',
    exit: exitCodes.usage,
    message: `Line ${line} of ${file} ${line > count ? `is behind its end (${count})` : 'is empty'}.`,
    file,
    fix: 'Name a line with text in it.',
  })
}
