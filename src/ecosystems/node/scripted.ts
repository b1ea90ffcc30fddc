// Lockfiles other than npm's of today do not say which packages have an install script.
const known = new Set(
  `@louislam/sqlite3 argon2 bcrypt better-sqlite3 canvas deasync farmhash ffi-napi grpc isolated-vm kerberos libxmljs libxmljs2 node-expat node-pty
  node-rdkafka node-sass re2 ref-napi serialport sharp snappy sqlite3 usb zeromq @prisma/client @prisma/engines prisma`.split(/\s+/),
)

/** Whether a package is known to need its install script. */
export function isScripted(name: string): boolean {
  return known.has(name)
}
