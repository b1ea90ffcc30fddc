const Koa = require('koa')

const app = new Koa()

app.use((ctx) => {
  const celsius = Number(ctx.query.celsius ?? 100)
  ctx.body = `${celsius} °C is ${celsius * 1.8 + 32} °F, says ${process.version.split('.')[0]}`
})

const server = app.listen(process.env.PORT || 3001)
process.on('SIGTERM', () => server.close())
