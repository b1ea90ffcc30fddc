const started = Date.now()
setInterval(() => {
  document.title = `${Math.round((Date.now() - started) / 1000)} seconds`
}, 1000)
