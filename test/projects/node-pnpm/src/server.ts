import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import ms from 'ms'

const app = new Hono()
app.get('/', (c) => c.text(`An hour is ${ms(3_600_000, { long: true })}.\n`))

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) })
