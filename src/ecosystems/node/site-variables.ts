import type { Notice } from '../../model/app.ts'
import type { Tree } from '../../model/tree.ts'
import { isUsable } from '../examples.ts'
import { type Told, toldValues } from '../told.ts'
import { variable } from '../variable.ts'
import { forBrowsers } from './variables.ts'

// Read by the build itself, the one of production before the other; none of them is ever sent to a builder.
const files = ['.env.production', '.env']

/** What a build of a site puts into its files for everybody to see, out of files of variables: values, and a notice of names that have none here. */
export function siteVariables(tree: Tree): { readonly values: Readonly<Record<string, string>>; readonly notices: readonly Notice[] } {
  const told = [...toldValues(tree)].flatMap(([name, all]): readonly (readonly [string, Told])[] => {
    const found = files.flatMap((file) => all.find(({ because }) => because.file === file) ?? [])[0]
    return found === undefined || found.value === '' || !forBrowsers.test(name) ? [] : [[name, found]]
  })
  const isKept = ([name, { value }]: readonly [string, Told]): boolean => isUsable(value) && !variable(name, { required: false }, []).secret
  const left = told.filter((one) => !isKept(one))
  return {
    values: Object.fromEntries(told.filter(isKept).map(([name, { value }]) => [name, value])),
    notices: left.length === 0 ? [] : [leftOut(left)],
  }
}

function leftOut(left: readonly (readonly [name: string, told: Told])[]): Notice {
  return {
    code: 'site-variables-left-out',
    text: `The site is built without ${left.map(([name]) => name).join(', ')}: files of variables never reach a builder, and what sounds secret is written nowhere.`,
    because: left.map(([, { because }]) => because),
    fix: 'What every visitor may see can be written before the command that builds, in the Dockerfile: a later run keeps your lines.',
  }
}
