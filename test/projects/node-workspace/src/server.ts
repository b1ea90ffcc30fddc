import { serve } from '@hono/node-server'
import { week } from '@hours/words'
import { Hono } from 'hono'
import ms from 'ms'

const app = new Hono()
app.get('/', (c) => c.text(`A week is ${ms(ms('1w'), { long: true })}, and was ${week()}.`))

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: '0.0.0.0' })
