import { database } from './connect.js'

// Tells every hour what is still to be sent.
setInterval(async () => {
  const { rows } = await database.query('SELECT count(*) FROM mails WHERE NOT sent')
  console.log(`${rows[0].count} mails wait`)
}, 3_600_000)
