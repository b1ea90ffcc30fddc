import { select, several } from '../../edge/ask/ask.ts'
import type { Choice } from '../../edge/ask/choice.ts'
import { colours } from '../../edge/colour.ts'
import { columns, printError, rows } from '../../edge/terminal.ts'
import type { ArtifactSet, Outcome } from '../../model/artifact.ts'
import { becomes, fileText, previewText } from '../../report/preview.ts'

/** What a person decides before anything is written. */
export type Next = 'stop' | 'change' | { readonly write: readonly Outcome[] }

/** Shows what would be written, and the text of a file on demand, until a person decides. */
export async function preview(outcomes: readonly Outcome[]): Promise<Next> {
  printError(`Files, of which none is written yet:\n${previewText(outcomes, columns())}\n`)
  for (;;) {
    const picked = await select<Next | 'some' | 'show' | Outcome>({ message: 'Write them?', more }, [
      { name: 'Write all of them', value: { write: outcomes } },
      ...(rows() < tall ? [{ name: 'Show a file', value: 'show' as const }] : outcomes.map((each) => shown(each, 'Show '))),
      { name: 'Go back and change something', value: 'change' as const },
      { name: 'Write only some of them', value: 'some' as const },
      { name: 'Stop, write nothing', value: 'stop' as const },
    ])
    const choice =
      picked === 'show'
        ? await select(
            'Which one?',
            outcomes.map((each) => shown(each)),
          )
        : picked
    if (choice === 'some') return { write: await some(outcomes) }
    if (choice === 'stop' || choice === 'change' || 'write' in choice) return choice
    printError(`\n${choice.path}: ${becomes(choice)}\n${fileText(choice, colours(process.stderr))}`)
  }
}

// A screen with fewer lines holds either the findings or a menu with all files.
const tall = 32

function shown(outcome: Outcome, verb = ''): Choice<Outcome> {
  return { name: `${verb}${outcome.path}`, value: outcome }
}

const more = `All files are written, or none. What they take the place of is kept: secure-docker update --undo brings it back.
You can edit every one of them afterwards; secure-docker update keeps your edits.`

async function some(outcomes: readonly Outcome[]): Promise<readonly Outcome[]> {
  const sets = [...new Set(outcomes.map(({ set }) => set))].filter((set) => set !== 'project')
  const choices = sets.map((set) => ({ name: pathsOf(outcomes, set).join(' and '), value: set, marked: true }))
  const picked = await several<ArtifactSet>('Which of them? Files that need each other are written together.', choices, (marked) => {
    if (marked.length === 0) return 'Mark at least one.'
    const buildsNothing = marked.includes('compose') && !marked.includes('dockerfile') && outcomes.some(isNewDockerfile)
    return buildsNothing ? 'The compose file builds the Dockerfile: mark both, or only the Dockerfile.' : true
  })
  return outcomes.filter(({ set }) => set === 'project' || picked.includes(set))
}

function isNewDockerfile({ set, action }: Outcome): boolean {
  return set === 'dockerfile' && action !== 'same'
}

function pathsOf(outcomes: readonly Outcome[], wanted: ArtifactSet): readonly string[] {
  return outcomes.flatMap(({ set, path }) => (set === wanted ? [path] : []))
}
