import { parsed } from '../choose/options.ts'
import { composeReads, withCompose } from '../compose/files.ts'
import { ecosystemsFor, reads, titleOf } from '../ecosystems/index.ts'
import { patiently } from '../edge/log.ts'
import { scan } from '../edge/scan.ts'
import { columns, print, printProse } from '../edge/terminal.ts'
import type { EcosystemName } from '../model/options.ts'
import { candidates, recognise } from '../pipeline.ts'
import { findingsOf, findingsText } from '../report/findings.ts'
import { noticesText } from '../report/human.ts'
import { detectionJson } from '../report/json.ts'
import { selected } from '../services/selection.ts'
import { lockIn, own, projectIn, withoutOurs } from './session.ts'

export interface DetectArguments {
  readonly folder: string
  readonly ecosystem?: string
  readonly json: boolean
}

/** Shows the apps of a repository with their evidence. Throws a Problem (exit 3) when there is none. */
export async function detect(args: DetectArguments): Promise<void> {
  const wanted = args.ecosystem === undefined ? undefined : (parsed('ecosystem', args.ecosystem, 'answer').value as EcosystemName)
  const all = await patiently('Reading the repository', scan(args.folder, [...reads, composeReads, own]))
  const lock = await lockIn(all)
  const tree = await withCompose(withoutOurs(all, lock, []))
  const { chosen } = (await projectIn(all)).project
  const apps = candidates(recognise(tree, await ecosystemsFor(tree), wanted, chosen.start?.value), tree).map(({ app }) => app)
  if (args.json) return print(`${JSON.stringify(detectionJson(apps), undefined, 2)}\n`)
  for (const app of apps) {
    print(findingsText(app, titleOf(app.ecosystem), findingsOf(app, app.found, selected(app.services).here), columns(), lock.replaced))
    printProse(noticesText(app.notices))
  }
}
