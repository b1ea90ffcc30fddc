import { first } from './find.ts'
import type { GoFile } from './source.ts'

const grpc = 'google.golang.org/grpc'

/** Modules that are there to serve: whoever imports one listens. */
const frameworks: readonly string[] = [
  'connectrpc.com/connect',
  'github.com/astaxie/beego',
  'github.com/beego/beego',
  'github.com/cloudwego/hertz',
  'github.com/danielgtaylor/huma',
  'github.com/emicklei/go-restful',
  'github.com/gin-gonic/gin',
  'github.com/go-chi/chi',
  'github.com/go-kratos/kratos',
  'github.com/gobuffalo/buffalo',
  'github.com/gofiber/fiber',
  'github.com/gorilla/mux',
  'github.com/julienschmidt/httprouter',
  'github.com/kataras/iris',
  'github.com/labstack/echo',
  'github.com/pocketbase/pocketbase',
  'github.com/revel/revel',
  'github.com/savsgio/atreugo',
  'github.com/twitchtv/twirp',
  'github.com/uptrace/bunrouter',
  'github.com/valyala/fasthttp',
  'github.com/zeromicro/go-zero',
  'goji.io',
  grpc,
]

const serving = /\b(?:Listen[A-Z]?\w{0,20}\(|Serve(?:TLS|HTTP)?\(|http\.Server\{|http\.Handle(?:Func)?\(|http\.ResponseWriter\b)/g

/** Whether these files hold a sign of a listener: a framework, or a call of net or net/http that serves. */
export function isServer(files: readonly GoFile[]): boolean {
  const imports = new Set(files.flatMap((f) => f.imports.map((i) => i.value)))
  return frameworks.some((name) => uses(imports, name)) || first(files, serving) !== undefined
}

const asHttp = /\bhttp\.(?:ListenAndServe|Serve(?:TLS)?\(|Server\{|Handle)|\bcmux\.|\bh2c\./g

/** Whether these files serve gRPC, and nothing that a plain request of HTTP could ask. */
export function speaksGrpc(files: readonly GoFile[]): boolean {
  const imports = new Set(files.flatMap((f) => f.imports.map((i) => i.value)))
  const others = frameworks.filter((name) => name !== grpc).some((name) => uses(imports, name))
  return first(files, /\bgrpc\.NewServer\(/g) !== undefined && !others && first(files, asHttp) === undefined
}

function uses(imports: ReadonlySet<string>, module: string): boolean {
  return [...imports].some((path) => path === module || path.startsWith(`${module}/`))
}
