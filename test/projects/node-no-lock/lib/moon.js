const phases = ['new', 'waxing', 'full', 'waning']

exports.phase = (date) => phases[Math.floor((date.getTime() / 86_400_000 / 29.530588) * 4) % 4]
