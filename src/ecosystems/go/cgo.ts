import type { Evidence } from '../../model/evidence.ts'
import { evidenceAt } from '../search.ts'
import type { GoFile } from './source.ts'

/** What a program that is linked with C needs at run time. */
export interface Cgo {
  readonly libraries: 'libc' | 'libstdc++'
  readonly because: Evidence
  /** A C library that the build image does not hold, and we do not install. */
  readonly missing?: string
}

interface CgoModule {
  readonly module: string
  readonly libraries?: 'libstdc++'
  readonly missing?: string
}

/** Modules that do not work without cgo. Those that bring their C code along need libc only. */
export const cgoModules: readonly CgoModule[] = [
  { module: 'github.com/mattn/go-sqlite3' },
  { module: 'github.com/rqlite/go-sqlite3' },
  { module: 'github.com/mutecomm/go-sqlcipher' },
  { module: 'gorm.io/driver/sqlite' },
  { module: 'github.com/jinzhu/gorm/dialects/sqlite' },
  { module: 'github.com/tursodatabase/go-libsql' },
  { module: 'github.com/confluentinc/confluent-kafka-go' },
  { module: 'github.com/chai2010/webp' },
  { module: 'github.com/DataDog/zstd' },
  { module: 'github.com/valyala/gozstd' },
  { module: 'github.com/duckdb/duckdb-go', libraries: 'libstdc++' },
  { module: 'github.com/marcboeker/go-duckdb', libraries: 'libstdc++' },
  { module: 'rogchap.com/v8go', libraries: 'libstdc++' },
  { module: 'github.com/tommie/v8go', libraries: 'libstdc++' },
  { module: 'github.com/smacker/go-tree-sitter' },
  { module: 'github.com/tree-sitter/go-tree-sitter' },
  { module: 'github.com/godror/godror' },
  { module: 'layeh.com/gopus' },
  { module: 'gopkg.in/hraban/opus', missing: 'libopus' },
  { module: 'github.com/kolesa-team/go-webp', missing: 'libwebp' },
  { module: 'github.com/pebbe/zmq4', missing: 'libzmq' },
  { module: 'github.com/davidbyttow/govips', missing: 'libvips' },
  { module: 'github.com/h2non/bimg', missing: 'libvips' },
  { module: 'gopkg.in/gographics/imagick', missing: 'ImageMagick' },
  { module: 'github.com/google/gopacket/pcap', missing: 'libpcap' },
  { module: 'github.com/gopacket/gopacket/pcap', missing: 'libpcap' },
  { module: 'github.com/libgit2/git2go', missing: 'libgit2' },
  { module: 'github.com/linxGnu/grocksdb', missing: 'RocksDB' },
  { module: 'gocv.io/x/gocv', missing: 'OpenCV' },
]

/** Why these files need cgo: `import "C"`, or a module that does not work without it. Undefined when they do not. */
export function cgoOf(files: readonly GoFile[]): Cgo | undefined {
  const imports = files.flatMap((f) => f.imports.map((i) => ({ path: i.value, because: evidenceAt(f.file, f.text, i.at) })))
  const hits = imports.flatMap(({ path, because }): Cgo[] => {
    if (path === 'C') return [{ libraries: 'libc', because }]
    const row = cgoModules.find(({ module }) => path === module || path.startsWith(`${module}/`) || path.startsWith(`${module}.v`))
    return row === undefined
      ? []
      : [{ libraries: row.libraries ?? 'libc', because, ...(row.missing === undefined ? {} : { missing: row.missing }) }]
  })
  return hits.find((h) => h.missing !== undefined) ?? hits.find((h) => h.libraries === 'libstdc++') ?? hits[0]
}
