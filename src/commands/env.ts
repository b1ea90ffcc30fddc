import { print } from '../edge/terminal.ts'
import { envJson, envText } from '../report/env.ts'
import { supplyOf } from '../services/environment.ts'
import { selected, variablesFor } from '../services/selection.ts'
import { known } from './known.ts'
import { chooseNone, openSession } from './session.ts'

export interface EnvArguments {
  readonly folder: string
  readonly json: boolean
}

/** Shows what the program reads from its environment. */
export async function env({ folder, json }: EnvArguments): Promise<void> {
  const session = await openSession(folder, {}, { writes: false, choose: chooseNone })
  const { services, variables } = session.found.app
  const selection = selected(services, known(session).services)
  const supplied = variablesFor(variables, selection).map((v) => ({ ...v, ...supplyOf(v, selection.here) }))
  print(json ? `${JSON.stringify(envJson(supplied), undefined, 2)}\n` : envText(supplied, process.stdout.columns ?? 80))
}
