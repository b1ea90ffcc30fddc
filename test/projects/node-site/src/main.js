import { height } from './tide.js'
import './style.css'

const hour = Number(new URLSearchParams(location.search).get('hour') ?? 6)
const service = import.meta.env.VITE_SERVICE ?? 'none'

document.querySelector('#tides').textContent = `At ${hour} the water stands at ${height(hour)} m. Service: ${service}.`
