import type { Assets, Lacking, Site } from './assets.ts'
import type { Evidence, Sourced } from './evidence.ts'
import type { NodePackage } from './node-package.ts'
import type { Chosen, EcosystemName, OptionKey } from './options.ts'
import type { ProblemText } from './problem.ts'
import type { Process, ServiceNeed } from './service.ts'

/** Something a person should know, and what to do about it. */
export interface Notice {
  readonly code: string
  readonly text: string
  readonly because: readonly Evidence[]
  readonly fix: string
}

/** An option that the files leave open. */
export interface Question {
  readonly key: OptionKey
  readonly why: string
  readonly candidates: readonly Candidate[]
  /** Taken when nobody can be asked; without one that is an error. */
  readonly fallback?: string
}

export interface Candidate {
  readonly value: string
  readonly because: readonly Evidence[]
}

interface AppBase {
  readonly ecosystem: EcosystemName
  /** What makes this an app of its ecosystem. */
  readonly because: readonly Evidence[]
  readonly found: Chosen
  readonly questions: readonly Question[]
  readonly notices: readonly Notice[]
  /** What it talks to. */
  readonly services: readonly ServiceNeed[]
  /** What it reads from its environment, by name. */
  readonly variables: readonly Variable[]
  /** Names of the web frameworks that it is made with, sorted. */
  readonly frameworks: readonly string[]
  /** Further programs of the same code. */
  readonly processes: readonly Process[]
  /** What it is built with, or serves, and the repository does not hold. */
  readonly lacks?: readonly Lacking[]
  /** What makes that. */
  readonly assets?: Assets
  /** Programs of the system that it calls, sorted. */
  readonly tools?: readonly Tool[]
}

/** A program of the system. */
export interface Tool {
  /** Of its Debian package. */
  readonly name: string
  /** The package as apt takes it, with a pattern of its version: `ffmpeg=7:*`. */
  readonly pinned: string
  readonly because: Evidence
}

/** A variable that the program reads. */
export interface Variable {
  readonly name: string
  /** What the program takes when it is not set. */
  readonly default?: string
  /** The program does not do its work without it. */
  readonly required: boolean
  /** Its value may be seen by nobody. */
  readonly secret: boolean
  /** A secret between the program and itself: any random text will do. */
  readonly generated: boolean
  /** How many characters of it there have to be, where examples show that it is the key of a cipher. */
  readonly length?: number
  /** What an example or a compose file of the repository gives it, where the program does nothing without it. */
  readonly example?: { readonly value: string; readonly because: Evidence }
  readonly because: readonly Evidence[]
}

/** A folder that the program writes to. */
export interface Writable {
  /** Absolute, in the container. */
  readonly path: string
  /** What is in it has to outlive the container. */
  readonly keep: boolean
  /** A file of the program's own folder that is kept there: a link takes its place. */
  readonly link?: string
  /** The repository holds it already. */
  readonly held: boolean
  /** Name of a SQLite file in it. SQLite makes files that only their owner may write, so it is there from the start. */
  readonly database?: string
  /** Name of a file in it that browsers are served: it is there from the start, since what lists its folder takes a link to nothing for an error. */
  readonly served?: string
  /** Name of a log file in it, which importing the settings opens, in commands of the build too: it is there from the start as well. */
  readonly log?: string
  /** A file for browsers that the program changes each time it starts: it finds it as the build made it, where that makes it. */
  readonly rewritten?: 'built' | 'new'
  readonly because: readonly Evidence[]
}

export interface NodeApp extends AppBase, NodePackage {
  readonly ecosystem: 'node'
  /** Of a workspace: the folder of the package that it is, in which it runs. */
  readonly folder?: string
  readonly dependencies: { readonly production: boolean; readonly development: boolean }
  /** Dependencies of development are needed at run time too. */
  readonly runsDevelopment: boolean
  /** Arguments of node before the start file, and of the program after it. */
  readonly flags: readonly string[]
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** The variable that the program takes its port from. */
  readonly portVariable: string | undefined
  /** Its code listens on localhost only. */
  readonly local?: true
  /** It ends where there is no file of variables. */
  readonly wantsFile?: true
  /** How a script starts the sources themselves, with tools of development: of a program that is built for production. */
  readonly fromSource?: {
    readonly file: string
    readonly flags: readonly string[]
    readonly args: readonly string[]
    readonly environment: Readonly<Record<string, string>>
  }
  readonly writable: readonly Writable[]
  /** Entries at the root that are needed at run time. */
  readonly runPaths: readonly string[]
  /** What it is when node starts nothing of it; the option `start` is the folder then. */
  readonly site?: Site
}

export interface GoApp extends AppBase {
  readonly ecosystem: 'go'
  /** The programs of the module; which of them is started is the option `start`. */
  readonly programs: readonly GoProgram[]
  /** The modules are in the repository: nothing is downloaded. */
  readonly vendored: boolean
  /** It takes modules that are not in the repository. */
  readonly downloads: boolean
  /** Module files copied before the download, those of local replacements included. */
  readonly manifests: readonly string[]
  /** Why no image can be built of it as it is. */
  readonly blocked: ProblemText | undefined
}

/** One main package. Paths of folders end in a slash. */
export interface GoProgram {
  /** As `go build` takes it: `.` or `./cmd/server`. */
  readonly start: string
  readonly because: Evidence
  /** What is known as soon as this program is chosen. */
  readonly found: Pick<Chosen, 'port' | 'health'>
  /** C libraries that it is linked with at run time. */
  readonly links: 'nothing' | 'libc' | 'libstdc++'
  /** What the compiler has to be asked for: packages of the standard library that are there on trial. */
  readonly experiment?: string
  /** The variable that says where it listens. */
  readonly portVariable?: string
  /** What it serves is gRPC alone: it answers no other request of HTTP. */
  readonly grpc?: boolean
  /** It ends when there is no such file (`.env`) in the folder in which it runs. */
  readonly variablesFile?: VariablesFile
  /** The command that it has to be given to serve. */
  readonly subcommand?: Sourced<string>
  /** All that the own Dockerfile starts it with. */
  readonly given?: Sourced<readonly string[]>
  /** The argument without which only its own machine reaches it. */
  readonly reach?: Sourced<string>
  readonly environment: Readonly<Record<string, string>>
  /** Entries at the root that the build reads. */
  readonly buildPaths: readonly string[]
  /** Files that it embeds by name, among those that are never sent to a builder. */
  readonly embedded?: readonly string[]
  /** Folders and files that the program opens while it runs. */
  readonly runPaths: readonly string[]
  /** Those that an own Dockerfile puts elsewhere than the repository. */
  readonly placed?: readonly { readonly path: string; readonly to: string }[]
  readonly writable: readonly Writable[]
  /** It runs in the folder that is kept: what it writes has no place that anybody could tell. What it opens lies elsewhere. */
  readonly stands?: boolean
  readonly blocked: ProblemText | undefined
}

/** A file of variables, which is for a developer's machine. */
export interface VariablesFile {
  readonly path: string
  /** Names without which it knows nothing of what the environment says. */
  readonly names: readonly string[]
  /** Values that stand in it as the repository shows them. */
  readonly values: Readonly<Record<string, string>>
  readonly because: Evidence
}

export interface PythonApp extends AppBase {
  readonly ecosystem: 'python'
  readonly manager: 'pip' | 'uv' | 'poetry' | 'pipenv'
  /** All that the install step reads: requirement files (pip), or a pyproject.toml or Pipfile with its lockfile. */
  readonly manifests: readonly string[]
  /** The file that is installed from: requirements (pip), a lockfile, or a pyproject.toml or Pipfile without one. */
  readonly installFrom: string
  /** Exact releases of what a dependency imports without naming it. */
  readonly undeclared: readonly string[]
  /** What its sources are built with has to be of their time: lines of constraints. */
  readonly builtWith?: readonly string[]
  /** Extras and dependency groups that are made for production (uv, Poetry). */
  readonly extras: readonly string[]
  readonly groups: readonly string[]
  /** The pyproject.toml describes no project: its groups are all that is installed. */
  readonly groupsOnly: boolean
  readonly locked: boolean
  readonly hashed: boolean
  /** Poetry is told of one patch release of Python alone, where the image has the newest of its line. */
  readonly onePatch: boolean
  /** Folder of manage.py, `.` for the root. */
  readonly folder: string
  /** Folder that modules are imported from, when it is another one. */
  readonly modules?: string
  readonly settings: string
  readonly server: PythonServer
  readonly collectStatic: boolean
  /** Commands of its own that make static files before they are collected. */
  readonly makesStatic?: readonly string[]
  /** Its dependencies hold the debugger. */
  readonly debugpy: boolean
  /** Folder of the collected files when it is an absolute path. */
  readonly staticRoot: string | undefined
  /** Folders that static files are collected from, and that the repository does not hold. */
  readonly staticFolders: readonly string[]
  /** Throwaway values, by variable, with which the settings can be imported while building. */
  readonly throwaway: Readonly<Record<string, string>>
  readonly writable: readonly Writable[]
  /** Its database is a file, whose tables are made before the program starts. */
  readonly migrates: boolean
  /** Debian packages: to build, and to run. */
  readonly packages: { readonly build: readonly string[]; readonly run: readonly string[] }
  /** Entries at the root that are needed at run time; folders end in a slash. */
  readonly runPaths: readonly string[]
}

export interface PythonServer {
  readonly name: 'gunicorn' | 'uvicorn' | 'daphne'
  /** Exact releases to install when the project does not declare it. */
  readonly add: readonly string[]
  /** Its arguments beside those for address and workers. */
  readonly arguments: readonly string[]
}

export type App = NodeApp | GoApp | PythonApp

/** The site that an app is, if it is one. */
export function siteOf(app: App): Site | undefined {
  return app.ecosystem === 'node' ? app.site : undefined
}
