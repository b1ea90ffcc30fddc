// The package's own declaration of its runtime exports nothing.
import Handlebars from 'handlebars'

// biome-ignore lint/style/noDefaultExport: the package exports this way
export default Handlebars
