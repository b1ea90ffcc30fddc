/** A book that forgets its oldest entries. */
exports.createBook = (size) => {
  const entries = []
  return {
    entries: () => entries.toReversed(),
    sign(name, text) {
      if (name.trim() === '' || text.trim() === '') return
      entries.push({ name: name.trim().slice(0, 80), text: text.trim().slice(0, 500), date: new Date() })
      if (entries.length > size) entries.shift()
    },
  }
}
