import { count } from '@visits/store'
import Fastify from 'fastify'

const app = Fastify()
app.get('/', async () => `Visit ${await count()}`)
app.get('/healthz', () => 'ok')

await app.listen({ port: Number(process.env.PORT ?? 4000), host: '0.0.0.0' })
