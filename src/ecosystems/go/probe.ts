import type { VariablesFile } from '../../model/app.ts'

// Sources of the health probe, which is compiled in the build: a static image holds no program that could ask.
// The lines become words of a shell command, so they hold no tabs.

/** What the loader does before it becomes the program. */
export interface Preparing {
  /** Folders that are kept: who runs the program at the next start may be another user. */
  readonly shares: readonly string[]
  /** A file of variables without which it ends. */
  readonly file: Omit<VariablesFile, 'because'> | undefined
  readonly links: boolean
}

/** What answers at the port of the service, if anything. */
export type Serves = 'http' | 'grpc' | undefined

/**
 * A program that exits 0 when the service is alive. One that serves: when `probe PORT PATH` gets any answer below 500 within two seconds,
 * without following a redirect. One that serves gRPC: when `probe PORT` is greeted with the settings of an HTTP/2 connection (RFC 9113, section 3.4).
 * Another one: while the first process of the container is there. With `loads` it can also be called
 * as `probe --load FILE… -- COMMAND…`: it reads lines `NAME=value` from the files into the environment, and becomes the command. With
 * `shares` what the command writes there can be changed under the user id of the next start, whatever that is: by its mask, and after each look
 * for what databases make for their own user alone. With `file` it finds an empty
 * `.env` where it runs: in a folder that is read-only, in another one that leads to all that is in it. With `links` what lies in /app is
 * found where it runs.
 */
export function probeSource(serves: Serves, secrets: boolean, several: boolean, prepares: Preparing): readonly string[] {
  const { shares } = prepares
  const loads = secrets || shares.length > 0 || prepares.file !== undefined || prepares.links
  const asked = { http: ['fmt', 'net'], grpc: ['fmt', 'io', 'net'] }
  const walked = shares.length > 0 ? ['io/fs', 'path/filepath'] : []
  const packages = [
    ...(serves ? asked[serves] : []),
    'os',
    ...walked,
    ...(loads ? ['strings', 'syscall'] : []),
    ...(serves ? ['time'] : []),
  ].sort()
  return [
    'package main',
    '',
    'import (',
    ...packages.map((name) => `  "${name}"`),
    ')',
    '',
    'func main() {',
    ...(loads ? ['  if len(os.Args) > 1 && os.Args[1] == "--load" {', '    load(os.Args[2:])', '  }'] : []),
    ...(serves ? [...(several ? aside(serves) : []), ...(serves === 'grpc' ? greets : asks)] : looks),
    ...shares.map((folder) => `  filepath.WalkDir(${JSON.stringify(folder)}, share)`),
    '}',
    ...(shares.length > 0 ? sharing : []),
    ...(loads ? loading(prepares) : []),
    ...(prepares.links ? linking : []),
    ...(prepares.file === undefined ? [] : giving(prepares.file)),
  ]
}

// Further programs of the image serve nothing.
const aside = (serves: Serves): readonly string[] => [`  if len(os.Args) < ${serves === 'grpc' ? 2 : 3} {`, '    return', '  }']

const connects: readonly string[] = [
  '  deadline := time.Now().Add(2 * time.Second)',
  '  address := net.JoinHostPort("localhost", os.Args[1])',
  '  conn, err := (&net.Dialer{Deadline: deadline}).Dial("tcp", address)',
  '  if err != nil || conn.SetDeadline(deadline) != nil {',
  '    os.Exit(1)',
  '  }',
]

const asks: readonly string[] = [
  ...connects,
  '  fmt.Fprintf(conn, "GET %s HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n\\r\\n", os.Args[2], address)',
  '  var minor, status int',
  '  if _, err := fmt.Fscanf(conn, "HTTP/1.%d %d", &minor, &status); err != nil || status >= 500 {',
  '    os.Exit(1)',
  '  }',
]

const greets: readonly string[] = [
  ...connects,
  // The preface, and an empty frame of settings: type 4.
  '  fmt.Fprint(conn, "PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n", "\\x00\\x00\\x00\\x04\\x00\\x00\\x00\\x00\\x00")',
  '  frame := make([]byte, 9)',
  '  if _, err := io.ReadFull(conn, frame); err != nil || frame[3] != 4 {',
  '    os.Exit(1)',
  '  }',
]

const looks: readonly string[] = ['  if _, err := os.Stat("/proc/1"); err != nil {', '    os.Exit(1)', '  }']

// A database lies near the top; what is uploaded by the thousand, further down, follows the mask.
const sharing: readonly string[] = [
  '',
  'func share(path string, entry fs.DirEntry, err error) error {',
  '  if err != nil || strings.Count(path, "/") > 4 {',
  '    return fs.SkipDir',
  '  }',
  '  info, err := entry.Info()',
  '  if err != nil || entry.Type()&^fs.ModeDir != 0 {',
  '    return nil',
  '  }',
  '  mode := info.Mode().Perm() | 0o666',
  '  if entry.IsDir() {',
  '    mode |= 0o111',
  '  }',
  '  if mode != info.Mode().Perm() {',
  '    os.Chmod(path, mode)',
  '  }',
  '  return nil',
  '}',
]

const loading = ({ shares, file, links }: Preparing): readonly string[] => [
  '',
  'func load(args []string) {',
  '  for i, arg := range args {',
  '    if arg == "--" {',
  ...(links ? ['      link()'] : []),
  ...(file === undefined ? [] : ['      give()']),
  ...(shares.length > 0 ? ['      syscall.Umask(0)'] : []),
  '      println(args[i+1], syscall.Exec(args[i+1], args[i+1:], os.Environ()).Error())',
  '      os.Exit(1)',
  '    }',
  '    text, err := os.ReadFile(arg)',
  '    if err != nil {',
  '      println(err.Error())',
  '      os.Exit(1)',
  '    }',
  '    key, value, _ := strings.Cut(strings.TrimSpace(string(text)), "=")',
  `    os.Setenv(key, strings.Trim(value, "\\"'"))`,
  '  }',
  '}',
]

const linking: readonly string[] = [
  '',
  'func link() {',
  '  entries, _ := os.ReadDir("/app")',
  '  for _, entry := range entries {',
  '    os.Symlink("/app/"+entry.Name(), entry.Name())',
  '  }',
  '}',
]

const giving = ({ path, names, values }: NonNullable<Preparing['file']>): readonly string[] => [
  '',
  'func give() {',
  `  text := []byte(${goText(names.map((name) => `${name}=${values[name] ?? ''}\n`).join(''))})`,
  `  if _, err := os.Stat(${goText(path)}); err == nil || os.WriteFile(${goText(path)}, text, 0o666) == nil {`,
  '    return',
  '  }',
  '  here, _ := os.Getwd()',
  '  entries, _ := os.ReadDir(here)',
  '  folder, err := os.MkdirTemp("", "app")',
  `  if err != nil || os.WriteFile(folder+${goText(`/${path}`)}, text, 0o666) != nil || os.Chdir(folder) != nil {`,
  '    return',
  '  }',
  '  for _, entry := range entries {',
  '    os.Symlink(here+"/"+entry.Name(), entry.Name())',
  '  }',
  '}',
]

/** A text of Go; what JSON escapes, Go escapes alike. */
function goText(text: string): string {
  return JSON.stringify(text)
}
