// Sources of the health probe, which is compiled in the build: a static image holds no program that could ask.
// The lines become words of a shell command, so they hold no tabs.

/** Exits 0 when `probe PORT PATH` gets any answer below 500 within two seconds. Follows no redirect. */
export const httpProbe: readonly string[] = [
  'package main',
  '',
  'import (',
  '  "fmt"',
  '  "net"',
  '  "os"',
  '  "time"',
  ')',
  '',
  'func main() {',
  '  deadline := time.Now().Add(2 * time.Second)',
  '  address := net.JoinHostPort("localhost", os.Args[1])',
  '  conn, err := (&net.Dialer{Deadline: deadline}).Dial("tcp", address)',
  '  if err != nil || conn.SetDeadline(deadline) != nil {',
  '    os.Exit(1)',
  '  }',
  '  fmt.Fprintf(conn, "GET %s HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n\\r\\n", os.Args[2], address)',
  '  var minor, status int',
  '  if _, err := fmt.Fscanf(conn, "HTTP/1.%d %d", &minor, &status); err != nil || status >= 500 {',
  '    os.Exit(1)',
  '  }',
  '}',
]

/** Exits 0 while the first process of the container is there: all that can be asked of a program that serves nothing. */
export const processProbe: readonly string[] = [
  'package main',
  '',
  'import "os"',
  '',
  'func main() {',
  '  if _, err := os.Stat("/proc/1"); err != nil {',
  '    os.Exit(1)',
  '  }',
  '}',
]
