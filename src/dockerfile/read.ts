import { type Copy, DockerfileParser, type From, type Instruction, type Label } from 'dockerfile-ast'
import type { DockerfileDocument, DockerfileStage, Placed } from '../model/document.ts'

type Building = { -readonly [K in keyof DockerfileStage]: DockerfileStage[K] }

/** What a Dockerfile says. Whatever the text, this does not throw: what cannot be read stays as it is written. */
export function readDockerfile(text: string, file: string): DockerfileDocument {
  const lines = text.split('\n')
  const stages: Building[] = []
  const given = new Map<string, string>()
  const placed = <T>(instruction: Instruction, value: T): Placed<T> => {
    const line = instruction.getRange().start.line + 1
    return { value, because: { file, line, saw: (lines[line - 1] ?? '').trim().slice(0, 120) } }
  }
  const fill = (value: string): string =>
    value.replace(
      /\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?\})/g,
      (whole, plain, braced, otherwise) => given.get(plain ?? braced) ?? otherwise ?? whole,
    )
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword()
    const words = instruction.getArguments().map((argument) => argument.getValue())
    const stage = stages.at(-1)
    if (keyword === 'ARG' || (keyword === 'ENV' && stage !== undefined)) {
      for (const word of words)
        if (word.includes('=')) given.set(word.slice(0, word.indexOf('=')), unquoted(word.slice(word.indexOf('=') + 1)))
    } else if (keyword === 'FROM') {
      const name = fill((instruction as From).getImage() ?? '')
      const below = stages.find((s) => s.name?.toLowerCase() === name.toLowerCase())
      stages.push(begun(placed(instruction, name), (instruction as From).getBuildStage() ?? undefined, below))
    } else if (stage !== undefined) {
      if (keyword === 'USER') stage.user = placed(instruction, fill(unquoted(words[0] ?? '')))
      if (keyword === 'EXPOSE') stage.ports = [...stage.ports, ...words.map((word) => placed(instruction, fill(word)))]
      if (keyword === 'HEALTHCHECK') stage.health = words[0]?.toUpperCase() !== 'NONE'
      if (keyword === 'LABEL') {
        const labels = (instruction as Label)
          .getProperties()
          .map((p) => [p.getName(), placed(instruction, fill(p.getValue() ?? ''))] as const)
        stage.labels = { ...stage.labels, ...Object.fromEntries(labels) }
      }
      stage.sources = [...stage.sources, ...sourcesOf(instruction).map((source) => placed(instruction, fill(source)))]
    }
  }
  const names = new Set(stages.map((s) => s.name?.toLowerCase()))
  const isStage = (name: string): boolean => names.has(name.toLowerCase()) || /^\d+$/.test(name)
  return { file, stages: stages.map((s) => ({ ...s, sources: s.sources.filter((source) => !isStage(source.value)) })) }
}

function begun(from: Placed<string>, name: string | undefined, below: DockerfileStage | undefined): Building {
  const { user, labels = {}, ports = [], health = false } = below ?? {}
  return { name, from, local: below !== undefined, user, labels, ports, health, sources: [] }
}

/** `COPY --from=IMAGE` and `RUN --mount=…,from=IMAGE`. */
function sourcesOf(instruction: Instruction): readonly string[] {
  if (instruction.getKeyword() === 'COPY') return [(instruction as Copy).getFromFlag()?.getValue() ?? ''].filter(Boolean)
  if (instruction.getKeyword() !== 'RUN') return []
  return [...instruction.getTextContent().matchAll(/--mount=\S*?\bfrom=([^\s,]+)/g)].map(([, image = '']) => image)
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2')
}
